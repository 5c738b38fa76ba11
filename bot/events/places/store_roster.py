"""The guests of an event in rows, for those who look after it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.events.event import Reply, Seat
from bot.events.places.actions_seats import Part
from bot.events.places.store_seats import COMES
from bot.people.rules import Purpose
from bot.people.store import has_agreed
from bot.storage.tables import cases, grants, invitations, people

_PARTS: Final[Mapping[Part, ColumnElement[bool]]] = {
    Part.COMING: COMES,
    Part.OFFERED: invitations.c.seat == Seat.OFFERED.value,
    Part.WAITING: invitations.c.seat == Seat.WAITING.value,
    Part.MAYBE: invitations.c.answer == Reply.MAYBE.value,
    Part.NO_PERMISSION: and_(
        or_(COMES, invitations.c.seat == Seat.OFFERED.value),
        invitations.c.under_age.is_(True),
        invitations.c.guardian_at.is_(None),
    ),
}
_IS_STAFF: Final = exists().where(grants.c.person_id == people.c.id).label("is_staff")


@dataclass(frozen=True, slots=True)
class Guest:
    """One of them; a young person is shown by code name, and only to those in whose municipality they are."""

    person_id: int
    code_name: str
    name: str | None
    is_youth: bool
    places: frozenset[str | None]
    """Where they live, and where their case is."""
    under_age: bool
    permission: bool
    until: datetime | None
    """Until when a place is offered to them."""
    pictures: bool
    """Whether they may be seen in pictures."""


async def count(db: AsyncConnection, event_id: int, part: Part) -> int:
    """How many guests are in that part."""
    found = select(func.count()).where(invitations.c.event_id == event_id, _PARTS[part])
    return await db.scalar(found) or 0


async def page(db: AsyncConnection, event_id: int, part: Part, skip: int, most: int) -> list[Guest]:
    """The next guests of that part: who waits in the list's order, others by code name."""
    case_at = select(cases.c.municipality).where(cases.c.youth_id == people.c.id).order_by(cases.c.id.desc()).limit(1)
    rows = await db.execute(
        select(
            people.c.id,
            people.c.code_name,
            people.c.name,
            people.c.municipality,
            case_at.scalar_subquery().label("case_at"),
            _IS_STAFF,
            has_agreed(Purpose.PICTURES).label("pictures"),
            invitations.c.under_age,
            invitations.c.guardian_at,
            invitations.c.offer_until,
        )
        .join(invitations, invitations.c.person_id == people.c.id)
        .where(invitations.c.event_id == event_id, _PARTS[part])
        .order_by(invitations.c.queued_at if part is Part.WAITING else people.c.code_name, people.c.id)
        .offset(skip)
        .limit(most)
    )
    return [
        Guest(
            row.id,
            row.code_name,
            row.name,
            not row.is_staff,
            frozenset({row.municipality, row.case_at}),
            bool(row.under_age),
            row.guardian_at is not None,
            row.offer_until,
            row.pictures,
        )
        for row in rows
    ]


async def note_permission(db: AsyncConnection, event_id: int, person_id: int, at: datetime | None) -> bool:
    """Note it, or take the note back; True for whoever changed something."""
    is_noted = invitations.c.guardian_at.is_not(None)
    noted = await db.execute(
        update(invitations)
        .where(
            invitations.c.event_id == event_id,
            invitations.c.person_id == person_id,
            invitations.c.under_age.is_(True),
            is_noted if at is None else ~is_noted,
        )
        .values(guardian_at=at)
    )
    return noted.rowcount == 1
