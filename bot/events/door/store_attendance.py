"""Who came, in rows: tickets, ticks on the list, walk-ins, and the numbers of an event's door."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, insert, or_, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.events.audience import Group
from bot.events.door.attendance import Attendance
from bot.events.door.tickets import Guest
from bot.events.event import Reply, Seat, Via
from bot.events.places.store_seats import COMES
from bot.storage.tables import cases, events, grants, invitations, people

CAME = invitations.c.came_at.is_not(None)


@dataclass(frozen=True, slots=True)
class AtDoor:
    """A guest as whoever stands at the door has to know them; `municipality` is where they live, if they said."""

    invitation_id: int
    person_id: int
    code_name: str
    name: str | None
    municipality: str | None
    is_youth: bool
    age_band: str | None
    under_age: bool | None
    guardian_at: datetime | None
    came_at: datetime | None


# --- tickets ----------------------------------------------------------------------------------------------------


async def holder(db: AsyncConnection, invitation_id: int) -> Guest | None:
    """Whom that invitation is for, and to what."""
    found = select(invitations.c.event_id, invitations.c.person_id).where(invitations.c.id == invitation_id)
    row = (await db.execute(found)).one_or_none()
    return Guest(invitation_id, row.event_id, row.person_id) if row else None


# --- the list ---------------------------------------------------------------------------------------------------


async def guest(db: AsyncConnection, event_id: int, person_id: int) -> AtDoor | None:
    """One guest, whatever they answered."""
    row = (await db.execute(_guests(event_id).where(people.c.id == person_id))).one_or_none()
    return _at_door(row) if row else None


async def page(db: AsyncConnection, event_id: int, skip: int, most: int) -> list[AtDoor]:
    """Those who come or came, in one steady order: names first letter to last."""
    query = _guests(event_id).where(or_(COMES, CAME)).order_by(people.c.code_name, people.c.id)
    return [_at_door(row) for row in await db.execute(query.offset(skip).limit(most))]


async def on_list(db: AsyncConnection, event_id: int) -> int:
    """How many stand on that list."""
    listed = select(func.count()).where(invitations.c.event_id == event_id, or_(COMES, CAME))
    return await db.scalar(listed) or 0


async def note_came(db: AsyncConnection, event_id: int, person_id: int, now: datetime) -> bool:
    """True for the one who noted it first."""
    noted = await db.execute(
        update(invitations).where(_one(event_id, person_id), or_(COMES, CAME), ~CAME).values(came_at=now)
    )
    return noted.rowcount == 1


async def take_back(db: AsyncConnection, event_id: int, person_id: int) -> bool:
    """They did not come after all. Who was never expected leaves the list."""
    was_walk_in = invitations.c.via == Via.DOOR.value
    taken = await db.execute(
        update(invitations)
        .where(_one(event_id, person_id), CAME)
        .values(
            came_at=None,
            answer=case((was_walk_in, None), else_=invitations.c.answer),
            seat=case((was_walk_in, None), else_=invitations.c.seat),
        )
    )
    return taken.rowcount == 1


# --- walk-ins ---------------------------------------------------------------------------------------------------


async def stand_at_door(db: AsyncConnection, event_id: int, person_id: int) -> None:
    """They came without a place and wait for the organiser's word; who never answered comes as little as who said
    no, though in SQL that is neither true nor false."""
    await _be_there(db, event_id, person_id)
    without_a_place = COMES.is_not(true())
    await db.execute(update(invitations).where(_one(event_id, person_id), without_a_place).values(via=Via.DOOR.value))


async def stands_at_door(db: AsyncConnection, event_id: int, person_id: int) -> bool:
    """Whether they came by the walk-in link."""
    there = select(invitations.c.id).where(_one(event_id, person_id), invitations.c.via == Via.DOOR.value)
    return await db.scalar(there) is not None


async def _be_there(db: AsyncConnection, event_id: int, person_id: int) -> None:
    if await db.scalar(select(invitations.c.id).where(_one(event_id, person_id))) is None:
        group = await group_of(db, person_id)
        new = insert(invitations).values(event_id=event_id, person_id=person_id, audience_group=group.value)
        await db.execute(new.values(via=Via.DOOR.value))


async def let_in(db: AsyncConnection, event_id: int, person_id: int, sequence: int, now: datetime) -> bool:
    """They are there: with a place, whatever they had answered before. True unless that was noted already."""
    await _be_there(db, event_id, person_id)
    came = await db.execute(
        update(invitations)
        .where(_one(event_id, person_id), ~CAME)
        .values(
            came_at=now,
            # Who had signed up stays among the expected; whoever had not is a walk-in, invited or not.
            via=case((COMES, invitations.c.via), else_=Via.DOOR.value),
            answer=Reply.YES.value,
            answered_at=case((COMES, invitations.c.answered_at), else_=now),
            answered_sequence=sequence,
            seat=Seat.HELD.value,
            queued_at=None,
            offer_until=None,
        )
    )
    return came.rowcount == 1


async def taken(db: AsyncConnection, event_id: int, group: Group) -> tuple[int, int]:
    """How many places are held or offered to somebody, and how many of them to people of that group."""
    seats = (Seat.HELD.value, Seat.OFFERED.value)
    theirs = func.count(case((invitations.c.audience_group == group.value, 1)))
    counted = select(func.count(), theirs).where(invitations.c.event_id == event_id, invitations.c.seat.in_(seats))
    all_of_them, of_group = (await db.execute(counted)).one()
    return all_of_them, of_group


async def count_unnamed(db: AsyncConnection, event_id: int, *, one_more: bool) -> None:
    """One more of those who are only counted, or one less; never less than none."""
    count = events.c.unnamed_came
    changed = count + 1 if one_more else count - 1
    enough = count < _MOST_UNNAMED if one_more else count > 0
    await db.execute(update(events).where(events.c.id == event_id, enough).values(unnamed_came=changed))


_MOST_UNNAMED = 9999


async def group_of(db: AsyncConnection, person_id: int) -> Group:
    """Whose quota their place counts against."""
    roles = set(await db.scalars(select(grants.c.role).where(grants.c.person_id == person_id)))
    of_role = {"mentor": Group.MENTORS, "lead": Group.LEADS, "coordinator": Group.COORDINATORS}
    of_role |= {"specialist": Group.SPECIALISTS, "partner": Group.PARTNERS}
    return next((group for role, group in of_role.items() if role in roles), Group.YOUTH)


# --- numbers ----------------------------------------------------------------------------------------------------


async def attendance(db: AsyncConnection, event_id: int) -> Attendance:
    """The numbers of one event."""
    at_door = invitations.c.via == Via.DOOR.value
    row = (
        await db.execute(
            select(
                func.count(case((and_(COMES, ~at_door), 1))).label("expected"),
                func.count(case((and_(CAME, ~at_door), 1))).label("came"),
                func.count(case((and_(CAME, at_door), 1))).label("walk_ins"),
            ).where(invitations.c.event_id == event_id)
        )
    ).one()
    unnamed = await db.scalar(select(events.c.unnamed_came).where(events.c.id == event_id))
    return Attendance(row.expected, row.came, row.walk_ins, unnamed or 0)


def _one(event_id: int, person_id: int) -> ColumnElement[bool]:
    return and_(invitations.c.event_id == event_id, invitations.c.person_id == person_id)


def _guests(event_id: int) -> Select[Any]:
    is_staff = exists().where(grants.c.person_id == people.c.id)
    newest = (
        select(cases.c.id)
        .where(cases.c.youth_id == people.c.id)
        .order_by(cases.c.id.desc())
        .limit(1)
        .correlate(people)
        .scalar_subquery()
    )
    return (
        select(
            invitations.c.id,
            invitations.c.person_id,
            invitations.c.under_age,
            invitations.c.guardian_at,
            invitations.c.came_at,
            people.c.code_name,
            people.c.name,
            func.coalesce(cases.c.municipality, people.c.municipality).label("lives_in"),
            cases.c.age_band,
            is_staff.label("is_staff"),
        )
        .join_from(invitations, people, people.c.id == invitations.c.person_id)
        .outerjoin(cases, cases.c.id == newest)
        .where(invitations.c.event_id == event_id)
    )


def _at_door(row: Any) -> AtDoor:
    return AtDoor(
        row.id,
        row.person_id,
        row.code_name,
        row.name,
        row.lives_in,
        not row.is_staff,
        row.age_band,
        row.under_age,
        row.guardian_at,
        row.came_at,
    )
