"""The invitations table, typed, and what the outbox knows of an invitation's messages."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, delete, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.delivery.packing import State as Sending
from bot.events.rules import Delivered, Event, Invitation, Replies, Reply
from bot.events.store import STILL_ON, event_from
from bot.events.store_audience import Guest, agreed
from bot.storage.tables import events, grants, invitations, outbox, people


def batch(event_id: int) -> str:
    """The name under which the outbox counts and stops this event's invitations."""
    return f"event:{event_id}"


def later_batch(event_id: int) -> str:
    """The name for this event's reminders, which a cancellation stops."""
    return f"event:{event_id}:later"


# --- who was invited, and what they say -------------------------------------------------------------------------


async def invite(db: AsyncConnection, event_id: int, person_ids: Sequence[int]) -> None:
    """Keep that they were invited."""
    if person_ids:
        await db.execute(insert(invitations), [{"event_id": event_id, "person_id": one} for one in person_ids])


async def invitation(db: AsyncConnection, event_id: int, person_id: int) -> Invitation | None:
    """This person's invitation to it, if they have one."""
    row = (await db.execute(select(invitations.c.answer).where(_mine(event_id, person_id)))).one_or_none()
    return Invitation(Reply(row.answer) if row.answer else None) if row else None


async def save_reply(db: AsyncConnection, event_id: int, person_id: int, reply: Reply, now: datetime) -> None:
    """Keep the answer in place of any before."""
    await db.execute(update(invitations).where(_mine(event_id, person_id)).values(answer=reply.value, answered_at=now))


async def coming_to(db: AsyncConnection, person_id: int, now: datetime, limit: int) -> list[tuple[Event, Reply | None]]:
    """What this person is invited to and has not begun, the soonest first, with their answers."""
    rows = await db.execute(
        select(events, invitations.c.answer)
        .join(invitations, invitations.c.event_id == events.c.id)
        .where(invitations.c.person_id == person_id, events.c.starts_at > now, STILL_ON)
        .order_by(events.c.starts_at, events.c.id)
        .limit(limit)
    )
    return [(event_from(row), Reply(row.answer) if row.answer else None) for row in rows]


async def replies(db: AsyncConnection, event_ids: Sequence[int]) -> dict[int, Replies]:
    """For each of these events how many were invited and what they answered."""
    rows = await db.execute(
        select(invitations.c.event_id, invitations.c.answer, func.count().label("people"))
        .where(invitations.c.event_id.in_(event_ids))
        .group_by(invitations.c.event_id, invitations.c.answer)
    )
    found: dict[int, dict[str | None, int]] = {event_id: {} for event_id in event_ids}
    for row in rows:
        found[row.event_id][row.answer] = row.people
    return {
        event_id: Replies(
            sum(by.values()), by.get(Reply.YES.value, 0), by.get(Reply.MAYBE.value, 0), by.get(Reply.NO.value, 0)
        )
        for event_id, by in found.items()
    }


def _mine(event_id: int, person_id: int) -> ColumnElement[bool]:
    return and_(invitations.c.event_id == event_id, invitations.c.person_id == person_id)


# --- whom to tell something later -------------------------------------------------------------------------------


async def not_declined(db: AsyncConnection, event_id: int, after: int, limit: int) -> list[Guest]:
    """The next invited people by their number who did not say no."""
    query = _guests(event_id).where(
        people.c.id > after, or_(invitations.c.answer.is_(None), invitations.c.answer != Reply.NO.value)
    )
    rows = await db.execute(query.order_by(people.c.id).limit(limit))
    return [Guest(row.id, not row.is_staff) for row in rows]


async def count_not_declined(db: AsyncConnection, event_id: int) -> int:
    """How many people a cancellation would be told to."""
    query = _guests(event_id).where(or_(invitations.c.answer.is_(None), invitations.c.answer != Reply.NO.value))
    return await db.scalar(select(func.count()).select_from(query.subquery())) or 0


async def claim_to_remind(db: AsyncConnection, event_id: int, now: datetime, limit: int) -> list[Guest]:
    """Some of those who come and have not been reminded: from now on they count as reminded."""
    query = _guests(event_id).where(invitations.c.answer == Reply.YES.value, invitations.c.reminded_at.is_(None))
    rows = (await db.execute(query.order_by(people.c.id).limit(limit))).all()
    claimed = await db.execute(
        update(invitations)
        .where(
            invitations.c.event_id == event_id,
            invitations.c.person_id.in_([row.id for row in rows]),
            invitations.c.reminded_at.is_(None),
        )
        .values(reminded_at=now)
        .returning(invitations.c.person_id)
    )
    mine = set(claimed.scalars())
    return [Guest(row.id, not row.is_staff) for row in rows if row.id in mine]


async def anybody_unreminded(db: AsyncConnection, event_id: int) -> bool:
    """Whether somebody who comes has not been reminded."""
    query = _guests(event_id).where(invitations.c.answer == Reply.YES.value, invitations.c.reminded_at.is_(None))
    return (await db.execute(query.limit(1))).first() is not None


def _guests(event_id: int) -> Select[tuple[int, bool]]:
    """The invited who may still be written to, so that what is counted is what will be sent."""
    is_staff = select(grants.c.id).where(grants.c.person_id == people.c.id).exists()
    return (
        select(people.c.id, is_staff.label("is_staff"))
        .join(invitations, invitations.c.person_id == people.c.id)
        .where(invitations.c.event_id == event_id, people.c.unreachable_at.is_(None), or_(is_staff, agreed()))
    )


# --- what the outbox knows --------------------------------------------------------------------------------------


async def delivered(db: AsyncConnection, event_id: int) -> Delivered:
    """How far the invitations have got that were handed to delivery."""
    rows = await db.execute(
        select(outbox.c.state, func.count().label("messages"))
        .where(outbox.c.batch == batch(event_id))
        .group_by(outbox.c.state)
    )
    by = {row.state: row.messages for row in rows}
    return Delivered(
        sent=by.get(Sending.SENT.value, 0),
        waiting=by.get(Sending.WAITING.value, 0),
        in_flight=by.get(Sending.IN_FLIGHT.value, 0),
        unreachable=by.get(Sending.UNREACHABLE.value, 0) + by.get(Sending.REJECTED.value, 0),
        kept_back=by.get(Sending.STOPPED.value, 0) + by.get(Sending.EXPIRED.value, 0),
    )


async def stop_waiting(db: AsyncConnection, event_id: int, now: datetime) -> None:
    """Keep back every invitation that has not left yet; whoever does not get it was not invited."""
    await _stop(db, batch(event_id), now)
    kept_back = select(outbox.c.person_id).where(
        outbox.c.batch == batch(event_id), outbox.c.state == Sending.STOPPED.value
    )
    await db.execute(
        delete(invitations).where(
            invitations.c.event_id == event_id, invitations.c.answer.is_(None), invitations.c.person_id.in_(kept_back)
        )
    )


async def stop_reminders(db: AsyncConnection, event_id: int, now: datetime) -> None:
    """Keep back reminders that have not left yet."""
    await _stop(db, later_batch(event_id), now)


async def _stop(db: AsyncConnection, name: str, now: datetime) -> None:
    await db.execute(
        update(outbox)
        .where(outbox.c.batch == name, outbox.c.state == Sending.WAITING.value)
        .values(state=Sending.STOPPED.value, done_at=now, facts={}, keyboard=[])
    )
