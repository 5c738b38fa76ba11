"""Events from a file: what was understood of it, ready to be taken over as drafts. Pure.

All faults are found at once, and with one fault nothing of the file counts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.events.from_file.importing_faults import Faults
from bot.events.sessions.series import Session
from bot.events.writing.drafts import Draft
from bot.roles import Person
from bot.words import InLanguages, Language


class Mark(NamedTuple):
    """By what two drafts of one author are taken for the same."""

    starts_at: datetime | None
    municipality: str | None
    where: str
    title: str


def mark_of(draft: Draft) -> Mark:
    municipality = None if draft.audience is None else draft.audience.municipality
    return Mark(
        draft.starts_at,
        municipality,
        draft.place or draft.particulars.link or "",
        draft.titles.get(draft.language, ""),
    )


@dataclass(frozen=True, slots=True)
class Reading:
    """Who sent the file and when, and what has to be known to read it: the organisations of the directory by their
    names without case, and what this person has written already."""

    person: Person
    now: datetime
    zone: ZoneInfo
    organizations: Mapping[str, int] = field(default_factory=dict)
    there: frozenset[Mark] = frozenset()

    @property
    def language(self) -> Language:
        return self.person.language


@dataclass(frozen=True, slots=True)
class Organiser:
    """Who holds an event: a partner of the directory, or whoever was named."""

    name: str
    organization: int | None = None


@dataclass(frozen=True, slots=True)
class Planned:
    """One event of the file as a draft without a number, with the further sessions of its series."""

    draft: Draft
    organisers: tuple[Organiser, ...] = ()
    sessions: tuple[Session, ...] = ()

    @property
    def title(self) -> InLanguages:
        return InLanguages(self.draft.titles, self.draft.language)


@dataclass(slots=True)
class Understood:
    """What a file says; `cancelled` and `past` count the entries of a calendar that were left out."""

    planned: Sequence[Planned] = ()
    faults: Faults = field(default_factory=Faults)
    cancelled: int = 0
    past: int = 0

    def new(self, there: frozenset[Mark]) -> list[Planned]:
        """Those that this person has not written already."""
        return [one for one in self.planned if mark_of(one.draft) not in there]
