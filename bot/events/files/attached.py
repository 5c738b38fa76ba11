"""What may be attached to an event: pictures and PDF files, told by what is in them, and https addresses. Pure."""

import re
from enum import StrEnum
from pathlib import PurePath
from typing import Final

from bot.events.writing.drafts import is_link
from bot.typed import in_one_line, shortened

MOST_FILES: Final = 5
"""Of one event and one purpose; more buttons than that nobody reads."""

LONGEST_TITLE: Final = 22
"""Signs; with its kind behind it, it has to fit on a button."""

LONGEST_LINK: Final = 300
_LONGEST_STEM: Final = 60
_UNNAMED: Final = "file"
"""What a photo is called, which comes without a name."""


class Content(StrEnum):
    """What a file is, as the ending of its name."""

    PDF = "pdf"
    JPEG = "jpg"
    PNG = "png"

    @property
    def is_picture(self) -> bool:
        return self is not Content.PDF


_BEGINNINGS: Final = {b"%PDF-": Content.PDF, b"\xff\xd8\xff": Content.JPEG, b"\x89PNG\r\n\x1a\n": Content.PNG}


def content_of(content: bytes) -> Content | None:
    """What it is, whatever its name says; None where it is none of what may be attached."""
    return next((kind for begins, kind in _BEGINNINGS.items() if content.startswith(begins)), None)


PHOTO: Final = f"{_UNNAMED}.{Content.JPEG.value}"
"""What a photo is called; a picture that was sent as a file has a name, and Telegram does not show it with words."""


def file_name(sent_as: str, kind: Content) -> str:
    """A plain name with the ending that is true."""
    stem = re.sub(r"[^\w\- ]+|_", " ", PurePath(in_one_line(sent_as).replace("\\", "/")).stem)
    return f"{' '.join(stem.split())[:_LONGEST_STEM].strip() or _UNNAMED}.{kind.value}"


def title_from(name: str) -> str:
    """What the button says until somebody says it better."""
    path = PurePath(name)
    return short(path.suffix[1:].upper() if path.stem == _UNNAMED else path.stem)


def short(title: str) -> str:
    """A title that fits on a button."""
    title = in_one_line(title)
    return shortened(title, LONGEST_TITLE)


def link_in(text: str) -> str | None:
    """The https address that somebody typed, if it is one and not too long."""
    said = in_one_line(text)
    return said if len(said) <= LONGEST_LINK and is_link(said) else None


def host_of(link: str) -> str:
    """The name of the place that an address leads to."""
    return short(re.split(r"[/?#]", link[len("https://") :], maxsplit=1)[0].rpartition("@")[2])
