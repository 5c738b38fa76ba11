"""The message in the chat of whoever sent an invitation that counts while it goes out: which it is, what it says."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, and_, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.delivery.packing import State as Sending
from bot.events.event import Event
from bot.events.store_rows import event_from
from bot.storage.columns import NOW
from bot.storage.tables import events, outbox
from bot.turn import Priority

DUE: Final = select(events.c.id).where(events.c.progress_at <= NOW)
_ON_ITS_WAY: Final = (Sending.WAITING.value, Sending.IN_FLIGHT.value)


@dataclass(frozen=True, slots=True)
class Progress:
    """The message that counts: None until Telegram has told its number. `shown` is what it says, see `Shown`."""

    event: Event
    message: int | None
    shown: str | None
    due_at: datetime | None
    on_its_way: bool
    """Whether what it is to say last has not left yet; nothing is said on top of it."""


def occasion(event_id: int, at: datetime) -> str:
    """The `once` of what the message is to say from that moment on."""
    return f"{_opening(event_id)}{at.timestamp():.3f}"


def _opening(event_id: int) -> str:
    return f"event:{event_id}:progress:"


async def begin(db: AsyncConnection, event_id: int, message: int | None, shown: str | None, at: datetime) -> None:
    """From now on that message counts (None: the one that is on its way), and is looked at again at that moment."""
    await db.execute(
        update(events)
        .where(events.c.id == event_id)
        .values(progress_message=message, progress_shown=shown, progress_at=at)
    )


async def keep(db: AsyncConnection, event_id: int, shown: str | None, at: datetime | None) -> None:
    """What the message says now, and when it is looked at again, if ever."""
    await db.execute(update(events).where(events.c.id == event_id).values(progress_shown=shown, progress_at=at))


async def look_at(db: AsyncConnection, event_id: int, at: datetime) -> None:
    """Something has happened that the message should tell."""
    await db.execute(
        update(events).where(events.c.id == event_id, events.c.sent_at.is_not(None)).values(progress_at=at)
    )


async def next_due(db: AsyncConnection, now: datetime) -> Progress | None:
    """The one that was to be looked at longest ago."""
    query = select(events).where(events.c.progress_at <= now).order_by(events.c.progress_at).limit(1)
    return await _one(db, query)


async def of(db: AsyncConnection, event_id: int) -> Progress | None:
    """The message that counts for that event."""
    return await _one(db, select(events).where(events.c.id == event_id))


async def _one(db: AsyncConnection, query: Select[Any]) -> Progress | None:
    row = (await db.execute(query)).one_or_none()
    if row is None:
        return None
    newest = (await db.execute(_newest(row.id))).one_or_none()
    message, on_its_way = row.progress_message, False
    if newest is not None and (row.sent_at is None or newest.created_at >= row.sent_at):
        message = newest.message_id or message
        on_its_way = newest.state in _ON_ITS_WAY
    return Progress(event_from(row), message, row.progress_shown, row.progress_at, on_its_way)


def _newest(event_id: int) -> Select[Any]:
    """What the message was last made to say; should it have been deleted, that came as a new one."""
    opening = _opening(event_id)
    ours = and_(outbox.c.once > opening, outbox.c.once < f"{opening[:-1]};")
    return (
        select(outbox.c.state, outbox.c.message_id, outbox.c.created_at)
        .where(ours)
        .order_by(outbox.c.id.desc())
        .limit(1)
    )


async def ahead(db: AsyncConnection, event_id: int) -> int:
    """How many invitations of other events leave before the last one of this event that is queued."""
    mine = outbox.c.batch == f"event:{event_id}"
    last = await db.scalar(select(func.max(outbox.c.id)).where(mine, outbox.c.state == Sending.WAITING.value))
    query = select(func.count()).where(
        outbox.c.state == Sending.WAITING.value,
        outbox.c.priority == int(Priority.BROADCAST),
        outbox.c.batch != f"event:{event_id}",
    )
    return await db.scalar(query if last is None else query.where(outbox.c.id < last)) or 0
