"""Whether a picture goes with a message: where its words fit below it, and nobody minds what a locked screen shows."""

import re
from html import unescape
from typing import Final

from bot.delivery.discretion import LONGEST_CAPTION
from bot.delivery.outbox import Claimed
from bot.delivery.packing import Key
from bot.turn import Picture

_TAG: Final = re.compile(r"<[^>]+>")

Keys = tuple[tuple[Key, ...], ...]


def shown(row: Claimed, html: str) -> Picture | None:
    """The picture that goes above these words. A discreet person opens it when nobody is looking, by its button."""
    return row.picture if not row.discreet and fits(html) else None


def fits(html: str) -> bool:
    """Whether Telegram takes the words below a picture; it counts them without their tags, in UTF-16."""
    return len(unescape(_TAG.sub("", html)).encode("utf-16-le")) // 2 <= LONGEST_CAPTION


def keys(row: Claimed, picture: Picture | None) -> Keys:
    """The buttons without the one that brings the picture, where that is there already."""
    if picture is None:
        return row.keyboard
    return tuple(line for number, line in enumerate(row.keyboard) if number != picture.row)
