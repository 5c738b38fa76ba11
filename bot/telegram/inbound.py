"""From Telegram's update to what dispatch understands: one at a time, so that a broken one harms nobody else.

Read are the few fields that mean something here, as they came. Nothing is made of the rest, so nothing in it can break.
"""

import logging
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final, TypeGuard

from telegram.constants import ChatMemberStatus, ChatType

from bot.arrival import Arrival, Blocked, Edited, NotText, Pressed, Returned, Typed, Unread, What
from bot.turn import Document, Spot
from bot.typed import in_one_line

log = logging.getLogger(__name__)

ALLOWED: Final = ("message", "edited_message", "callback_query", "my_chat_member")
"""The kinds of update the bot asks Telegram for."""

_GONE: Final = (ChatMemberStatus.BANNED, ChatMemberStatus.LEFT)
_LARGEST_ID: Final = 2**52
"""Telegram ids have at most 52 significant bits (Bot API, User.id)."""

_FILE_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,200}")
_LONGEST_FILE_NAME: Final = 120

Fields = Mapping[str, Any]


class Misshapen(Exception):
    """A field is missing or not what Telegram says it is; its name, never its value."""


def arrivals(raw: Sequence[Any]) -> list[Arrival]:
    """The updates of one batch, in the order of their numbers: that is what Telegram gives them for (Bot API, Update).

    One that has not even a number is left out: nothing can be done about it.
    """
    found = (arrival for one in raw if (arrival := _arrival(one)) is not None)
    return sorted(found, key=lambda arrival: arrival.update_id)


def presses(raw: Sequence[Any]) -> list[str]:
    """The ids of the button presses in a batch, to be acknowledged before anything else."""
    found = (one.get("callback_query") for one in raw if isinstance(one, Mapping))
    return [query["id"] for query in found if isinstance(query, Mapping) and isinstance(query.get("id"), str)]


def number_of(raw: Any) -> int | None:
    """The update's number, None where it has none that Telegram could have given."""
    number = raw.get("update_id") if isinstance(raw, Mapping) else None
    return number if _is_number(number) else None


def _is_number(value: Any) -> TypeGuard[int]:
    """Whether Telegram could have given that as the number of anything."""
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < _LARGEST_ID


def _arrival(raw: Any) -> Arrival | None:
    number = number_of(raw)
    if number is None:
        log.error("update without a number left out", extra={"action": "update_without_number"})
        return None
    try:
        return _understood(number, raw)
    except Misshapen as fault:
        log.error("update set aside", extra={"action": "update_set_aside", "update": number})  # noqa: TRY400  # no words
        return Arrival(number, what=Unread(f"no good {fault}"))


def _understood(number: int, update: Fields) -> Arrival:
    if "callback_query" in update:
        return _pressed(number, _part(update, "callback_query"))
    if "my_chat_member" in update:
        return _member(number, _part(update, "my_chat_member"))
    if "message" in update:
        return _said(number, _part(update, "message"), edited=False)
    if "edited_message" in update:
        return _said(number, _part(update, "edited_message"), edited=True)
    return Arrival(number)


def _pressed(number: int, query: Fields) -> Arrival:
    if "message" not in query:
        return Arrival(number)
    message = _part(query, "message")
    if not _private(message):
        return Arrival(number)
    # Without data (a game's button) it is a button we never made.
    return _from(number, _part(query, "from"), Pressed(_id(message, "message_id"), _text(query, "data") or ""))


def _member(number: int, changed: Fields) -> Arrival:
    if not _private(changed):
        return Arrival(number)
    gone = _text(_part(changed, "new_chat_member"), "status") in _GONE
    return _from(number, _part(changed, "from"), Blocked() if gone else Returned())


def _said(number: int, message: Fields, *, edited: bool) -> Arrival:
    if not _private(message) or "from" not in message:
        return Arrival(number)
    text, caption = _text(message, "text"), _text(message, "caption")
    what: What
    if text is None:
        what = NotText(caption) if edited else NotText(caption, _spot(message), _document(message))
        what = Edited(caption) if edited and caption else what
    else:
        what = Edited(text) if edited else Typed(text)
    written = message.get("message_id")
    arrival = _from(number, _part(message, "from"), what)
    return replace(arrival, message_id=written) if _is_number(written) else arrival


def _document(message: Fields) -> Document | None:
    """The file that they sent (Bot API, Document), or the largest size of a picture (Bot API, PhotoSize); None where
    Telegram's id of it is none that we could ask for."""
    found = message.get("document") or _largest(message.get("photo"))
    if not isinstance(found, Mapping):
        return None
    file_id, name, size = found.get("file_id"), found.get("file_name"), found.get("file_size")
    if not isinstance(file_id, str) or not _FILE_ID.fullmatch(file_id):
        return None
    shown = in_one_line(_text(found, "file_name") or "") if isinstance(name, str) else ""
    return Document(file_id, shown[-_LONGEST_FILE_NAME:], size if _is_number(size) else None)


def _largest(sizes: Any) -> Any:
    """The last of the sizes, as Telegram lists them from the smallest on; a picture has no name of its own."""
    return sizes[-1] if isinstance(sizes, list) and sizes else None


def _spot(message: Fields) -> Spot | None:
    """The place on the map that they sent (Bot API, Location: degrees); None where it is none on Earth."""
    found = message.get("location")
    if not isinstance(found, Mapping):
        return None
    latitude, longitude = found.get("latitude"), found.get("longitude")
    if not (_is_degrees(latitude, 90) and _is_degrees(longitude, 180)):
        return None
    return Spot(float(latitude), float(longitude))


def _is_degrees(value: Any, most: int) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and -most <= value <= most


def _private(message: Fields) -> bool:
    kind = _text(_part(message, "chat"), "type")
    if kind is None:
        raise Misshapen("type")
    return kind == ChatType.PRIVATE


def _from(number: int, user: Fields, what: What) -> Arrival:
    return Arrival(number, _id(user, "id"), _text(user, "language_code"), what)


def _part(of: Fields, name: str) -> Fields:
    found = of.get(name)
    if not isinstance(found, Mapping):
        raise Misshapen(name)
    return found


def _id(of: Fields, name: str) -> int:
    found = of.get(name)
    if not _is_number(found) or found == 0:
        raise Misshapen(name)
    return found


def _text(of: Fields, name: str) -> str | None:
    """The text, with a sign in place of half letters (lone surrogates), which JSON can hold and no database can."""
    found = of.get(name)
    if found is None:
        return None
    if not isinstance(found, str):
        raise Misshapen(name)
    return found.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
