"""Blocks: who may close the bot to whom and for how long, and who looks at it when they object.

A block never takes the help card, one's own data, its erasure, the language or the way to object: `bot.dispatch` lets
those through. It ends by itself on its day.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, assert_never

from bot.happenings import Happening
from bot.roles import Person, Role

LONGEST_APPEAL: Final = 1000
"""Letters of an objection: as much as fits into one message with the rest."""

TOLD_AGAIN_AFTER: Final = timedelta(minutes=1)
"""Whoever goes on writing is told so, but not at every line."""


class Reason(StrEnum):
    """Why somebody was blocked; told to them, so that they can object."""

    THREATS = "threats"
    INSULTS = "insults"
    HARASSMENT = "harassment"
    FLOOD = "flood"


class Term(StrEnum):
    """For how long."""

    DAY = "day"
    WEEK = "week"
    OPEN = "open"  # until somebody lifts it


@dataclass(frozen=True, slots=True)
class Barred(Happening):
    """The bot was closed to them: what is kept for them alone goes on to others."""

    person_id: int


@dataclass(frozen=True, slots=True)
class Unbarred(Happening):
    """It is open to them again."""

    person_id: int


@dataclass(frozen=True, slots=True)
class Block:
    """A block as it stands; `by` is None where whoever blocked is erased."""

    person_id: int
    at: datetime
    by: int | None
    reason: Reason
    until: datetime | None
    appealed_at: datetime | None
    decided_at: datetime | None

    def holds_at(self, now: datetime) -> bool:
        return self.until is None or now < self.until


def ends(term: Term, now: datetime) -> datetime | None:
    """When a block of that length ends; None: not by itself."""
    match term:
        case Term.DAY:
            return now + timedelta(days=1)
        case Term.WEEK:
            return now + timedelta(days=7)
        case Term.OPEN:
            return None
        case never:
            assert_never(never)


def may_block(staff: Person, youth: Person, municipality: str | None) -> bool:
    """Leads and coordinators, for the young people of their municipality. Staff are not blocked: they lose a role."""
    keeps = staff.holds(Role.LEAD, municipality) or staff.holds(Role.COORDINATOR, municipality)
    return keeps and youth.is_youth and youth.id != staff.id


def may_object(block: Block, now: datetime) -> bool:
    """Once for each block."""
    return block.holds_at(now) and block.appealed_at is None


def deciders(
    block: Block, coordinators: Iterable[Person], admins: Iterable[Person], leads: Iterable[Person]
) -> Sequence[Person]:
    """Who looks at an objection: coordinators other than the one who blocked; without any, an administrator; else
    another lead; where nobody else is there at all, the one who blocked has to look again. Empty: there is nobody."""
    groups = [list(coordinators), list(admins), list(leads)]
    for group in groups:
        others = [one for one in group if one.id != block.by]
        if others:
            return others
    return next((group for group in groups if group), [])
