"""Short notes on what worked somewhere, for others who do the same work. Pure."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.roles import Person, Role
from bot.words import Language

LONGEST_TITLE: Final = 100
LONGEST_TEXT: Final = 1500
LONGEST_LINK: Final = 300


@dataclass(frozen=True, slots=True)
class Note:
    """A practice note; `country` (ISO 3166-1) is set where the practice is from abroad."""

    id: int
    title: str
    text: str
    language: Language
    municipality: str | None
    country: str | None
    link: str | None
    written_by: int | None
    created_at: datetime


def may_retire(person: Person, note: Note) -> bool:
    """Whether they may take it out: whoever wrote it, and who coordinates its municipality."""
    return note.written_by == person.id or person.holds(Role.COORDINATOR, note.municipality)


def is_link(typed: str) -> bool:
    """Whether that is an address people can open."""
    host = typed.removeprefix("https://").partition("/")[0]
    return typed.startswith("https://") and "." in host and " " not in typed and len(typed) <= LONGEST_LINK
