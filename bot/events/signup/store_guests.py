"""The invitations table, typed, and what the outbox knows of an invitation's messages."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.events.audience import Group
from bot.events.event import Event, Invitation, Replies, Reply, Seat, Via
from bot.events.store import STILL_ON
from bot.events.store_rows import event_from
from bot.events.whom.store_audience import Guest, agreed
from bot.storage.tables import events, grants, invitations, people

# --- who was invited, and what they say -------------------------------------------------------------------------


async def invite(db: AsyncConnection, event_id: int, guests: Sequence[Guest], now: datetime) -> None:
    """Keep that they were invited."""
    rows = [
        {
            "event_id": event_id,
            "person_id": one.person_id,
            "audience_group": one.group.value if one.group else None,
            "invited_at": now,
        }
        for one in guests
    ]
    if rows:
        await db.execute(insert(invitations), rows)


async def invitation(db: AsyncConnection, event_id: int, person_id: int) -> Invitation | None:
    """This person's invitation to it, if they have one."""
    row = (await db.execute(select(invitations).where(_mine(event_id, person_id)))).one_or_none()
    return invitation_from(row) if row else None


def invitation_from(row: Any) -> Invitation:
    """A row of `invitations`, typed."""
    return Invitation(
        reply=Reply(row.answer) if row.answer else None,
        seat=Seat(row.seat) if row.seat else None,
        group=Group(row.audience_group) if row.audience_group else None,
        via=Via(row.via),
        queued_at=row.queued_at,
        offer_until=row.offer_until,
        needs=row.needs,
        travel=row.travel,
        under_age=row.under_age,
        guardian_at=row.guardian_at,
        answered_sequence=row.answered_sequence,
        came_at=row.came_at,
        rating=row.rating,
    )


async def arrive(db: AsyncConnection, event_id: int, person_id: int, via: Via, group: Group | None) -> None:
    """Somebody signs up who was not invited; from now on they are on its list like everybody else."""
    known = await db.scalar(select(invitations.c.id).where(_mine(event_id, person_id)))
    if known is None:
        group_code = group.value if group else None
        row = {"event_id": event_id, "person_id": person_id, "via": via.value, "audience_group": group_code}
        await db.execute(insert(invitations), row)


async def save_reply(db: AsyncConnection, event: Event, person_id: int, reply: Reply, now: datetime) -> None:
    """Keep the answer in place of any before, and to which time and place it was given."""
    kept = {"answer": reply.value, "answered_at": now, "answered_sequence": event.sequence}
    await db.execute(update(invitations).where(_mine(event.id, person_id)).values(kept))


async def coming_to(db: AsyncConnection, person_id: int, now: datetime, limit: int) -> list[tuple[Event, Invitation]]:
    """What this person is invited to and has not begun, the soonest first, with what they said and have of it."""
    theirs = [column for column in invitations.c if column.name not in events.c]
    rows = await db.execute(
        select(events, *theirs)
        .join(invitations, invitations.c.event_id == events.c.id)
        .where(invitations.c.person_id == person_id, events.c.starts_at > now, STILL_ON)
        .order_by(events.c.starts_at, events.c.id)
        .limit(limit)
    )
    return [(event_from(row), invitation_from(row)) for row in rows]


async def replies(db: AsyncConnection, event_ids: Sequence[int]) -> dict[int, Replies]:
    """For each of these events how many were invited and what they answered."""
    without = and_(invitations.c.answer == Reply.YES.value, invitations.c.seat != Seat.HELD.value)
    rows = await db.execute(
        select(
            invitations.c.event_id,
            invitations.c.answer,
            func.count().label("people"),
            func.count(case((without, 1))).label("waiting"),
        )
        .where(invitations.c.event_id.in_(event_ids))
        .group_by(invitations.c.event_id, invitations.c.answer)
    )
    found: dict[int, dict[str | None, Any]] = {event_id: {} for event_id in event_ids}
    for row in rows:
        found[row.event_id][row.answer] = row
    return {event_id: _replies(by) for event_id, by in found.items()}


def _replies(by: Mapping[str | None, Any]) -> Replies:
    people_by = {answer: row.people for answer, row in by.items()}
    yes, maybe, no = (people_by.get(reply.value, 0) for reply in (Reply.YES, Reply.MAYBE, Reply.NO))
    return Replies(sum(people_by.values()), yes, maybe, no, by[Reply.YES.value].waiting if yes else 0)


def _mine(event_id: int, person_id: int) -> ColumnElement[bool]:
    return and_(invitations.c.event_id == event_id, invitations.c.person_id == person_id)


# --- whom to tell something later -------------------------------------------------------------------------------


def guests_of(event_id: int) -> Select[tuple[int, bool]]:
    """The invited who may still be written to, so that what is counted is what will be sent."""
    is_staff = select(grants.c.id).where(grants.c.person_id == people.c.id).exists()
    return (
        select(people.c.id, is_staff.label("is_staff"))
        .join(invitations, invitations.c.person_id == people.c.id)
        .where(invitations.c.event_id == event_id, people.c.unreachable_at.is_(None), or_(is_staff, agreed()))
    )
