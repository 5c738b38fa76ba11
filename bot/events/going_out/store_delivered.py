"""What the outbox knows of an invitation's messages."""

from datetime import datetime
from typing import Final

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.delivery.limits import SECOND, Rates
from bot.delivery.packing import State as Sending
from bot.events.event import Delivered
from bot.storage.tables import invitations, outbox

A_SECOND: Final = (Rates().total - Rates().kept_for_replies) / SECOND
"""Invitations that leave in a second when nothing else is to be said: what Telegram takes, less the answers' part."""


def batch(event_id: int) -> str:
    """The name under which the outbox counts and stops this event's invitations."""
    return f"event:{event_id}"


def later_batch(event_id: int) -> str:
    """The name for this event's reminders, which a cancellation stops."""
    return f"event:{event_id}:later"


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


async def has_begun(db: AsyncConnection, event_id: int) -> bool:
    """Whether anybody has been invited, or was to be."""
    invited = select(invitations.c.id).where(invitations.c.event_id == event_id)
    queued = select(outbox.c.id).where(outbox.c.batch == batch(event_id))
    return bool(await db.scalar(select(or_(invited.exists(), queued.exists()))))


async def forget_stopped(db: AsyncConnection, event_id: int) -> None:
    """What was kept back counts no more: those people are invited anew, once."""
    await db.execute(delete(outbox).where(outbox.c.batch == batch(event_id), outbox.c.state == Sending.STOPPED.value))


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
