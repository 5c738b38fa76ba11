"""The people of a case: its young person and mentor, and the programme leads who answer for it, or who stands in."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import assert_never

from bot.people import store as people
from bot.programme.rules import Case, deputises, mentors
from bot.roles import Person, Role
from bot.turn import Connection


class Level(IntEnum):
    """Who is next in line, in this order."""

    LEADS = 0
    COORDINATORS = 1
    NATIONAL = 2
    ADMINS = 3
    NOBODY = 4


@dataclass(frozen=True, slots=True)
class Keepers:
    """The people in charge, and which step of the line they are."""

    level: Level
    people: Sequence[Person]


async def youth_of(db: Connection, case: Case) -> Person:
    """The young person; the case is erased with them, so they are always there."""
    youth = await people.person(db, case.youth_id)
    assert youth is not None
    return youth


async def mentor_of(db: Connection, case: Case) -> Person | None:
    """The mentor, unless none is assigned, they left, or they are no mentor there any more."""
    mentor = None if case.mentor_id is None else await people.person(db, case.mentor_id)
    return mentor if mentor is not None and mentors(mentor, case) else None


async def deputy_of(db: Connection, case: Case) -> Person | None:
    """Who stands in for the mentor, while they are a mentor of that municipality themselves."""
    deputy = None if case.deputy_id is None else await people.person(db, case.deputy_id)
    return deputy if deputy is not None and deputises(deputy, case) else None


async def in_charge(db: Connection, municipality: str | None, above: Level | None = None) -> Keepers:
    """The first of the line with anybody in it, or the first after `above`; nobody at all is a level too."""
    for level in Level:
        if above is not None and level <= above:
            continue
        if found := await _at(db, level, municipality):
            return Keepers(level, found)
    return Keepers(Level.NOBODY, ())


async def answering_for(db: Connection, case: Case) -> Keepers:
    """Who answers for a case that runs: the lead who decided on it while they lead there, else who is in charge."""
    if case.lead_id is not None:
        lead = await people.person(db, case.lead_id)
        if lead is not None and lead.holds(Role.LEAD, case.municipality):
            return Keepers(Level.LEADS, (lead,))
    return await in_charge(db, case.municipality)


async def keepers_of(db: Connection, case: Case) -> Sequence[Person]:
    """Whom to tell about a case that runs."""
    return (await answering_for(db, case)).people


async def working_with(db: Connection, case: Case) -> Sequence[Person]:
    """The mentor and whoever answers for the case, each once."""
    mentor = await mentor_of(db, case)
    both = (*(() if mentor is None else (mentor,)), *await keepers_of(db, case))
    return list({one.id: one for one in both}.values())


async def _at(db: Connection, level: Level, municipality: str | None) -> Sequence[Person]:
    match level:
        case Level.LEADS:
            return await people.holders(db, Role.LEAD, municipality)
        case Level.COORDINATORS:
            return await people.holders(db, Role.COORDINATOR, municipality)
        case Level.NATIONAL:
            return await people.holders(db, Role.COORDINATOR, None)
        case Level.ADMINS:
            return await people.holders_for(db, Role.ADMIN, None)
        case Level.NOBODY:
            return ()
        case never:
            assert_never(never)
