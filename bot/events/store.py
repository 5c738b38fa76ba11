"""Events that were sent, and the steps from one state to the next, each taken by one caller only."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, or_, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.events.event import NEVER_SENT, Event, State
from bot.events.sessions.series import Series
from bot.events.store_rows import event_from
from bot.storage.columns import NOW
from bot.storage.tables import event_series, events

_ON = tuple(state.value for state in (State.SENDING, State.SENT, State.STOPPED))

SENDING: Final = select(events.c.id).where(
    events.c.state == State.SENDING.value, or_(events.c.send_at.is_(None), events.c.send_at <= NOW)
)
CANCELLING: Final = select(events.c.id).where(events.c.state == State.CANCELLING.value)


async def event(db: AsyncConnection, event_id: int) -> Event | None:
    """The event with that number; None if there is none or it was never sent."""
    row = (await db.execute(SENT.where(events.c.id == event_id))).one_or_none()
    return event_from(row) if row else None


async def run_by(db: AsyncConnection, places: Sequence[str | None], since: datetime, limit: int) -> list[Event]:
    """The events of these municipalities that start after `since`, the soonest first; None among them: every one. Of
    the sessions of one series the first stands for all."""
    query = SENT.where(events.c.starts_at > since, ~_EARLIER.where(_SOONER.c.starts_at > since).exists())
    query = query.order_by(events.c.starts_at, events.c.id).limit(limit)
    if None not in places:
        query = query.where(events.c.municipality.in_(places))
    return [event_from(row) for row in await db.execute(query)]


async def next_in(db: AsyncConnection, state: State) -> Event | None:
    """The oldest event in that state."""
    row = (await db.execute(SENT.where(events.c.state == state.value).order_by(events.c.id).limit(1))).one_or_none()
    return event_from(row) if row else None


async def next_to_send(db: AsyncConnection, now: datetime) -> Event | None:
    """The oldest event whose invitations are to be handed to delivery by now."""
    due = events.c.state == State.SENDING.value, or_(events.c.send_at.is_(None), events.c.send_at <= now)
    row = (await db.execute(SENT.where(*due).order_by(events.c.id).limit(1))).one_or_none()
    return event_from(row) if row else None


async def being_sent(db: AsyncConnection, now: datetime) -> list[Event]:
    """Every event whose invitations are being handed to delivery by now, the oldest first."""
    due = events.c.state == State.SENDING.value, or_(events.c.send_at.is_(None), events.c.send_at <= now)
    return [event_from(row) for row in await db.execute(SENT.where(*due).order_by(events.c.id))]


async def begin_sending(db: AsyncConnection, event_id: int, now: datetime, *, was: State = State.DRAFT) -> bool:
    """True for the one press that turned what was a draft, handed in or stopped into an event under way."""
    begun = await db.execute(
        update(events)
        .where(events.c.id == event_id, events.c.state == was.value)
        .values(state=State.SENDING.value, sent_at=now, cursor=0)
    )
    return begun.rowcount == 1


async def take_back(db: AsyncConnection, event_id: int, now: datetime) -> bool:
    """True for the one press that made a draft again of what was to go out later."""
    return await _a_draft_again(db, events.c.id == event_id, events.c.send_at > now)


async def put_back(db: AsyncConnection, event_id: int) -> bool:
    """The same of what has come to its time; whoever calls this knows that nobody has been invited yet."""
    return await _a_draft_again(db, events.c.id == event_id)


async def _a_draft_again(db: AsyncConnection, *which: ColumnElement[bool]) -> bool:
    taken = await db.execute(
        update(events)
        .where(*which, events.c.state == State.SENDING.value)
        .values(state=State.DRAFT.value, sent_at=None, remind_at=None, remind_soon_at=None, ask_at=None)
    )
    return taken.rowcount == 1


async def stop(db: AsyncConnection, event_id: int) -> bool:
    """True for the one press that stopped an event under way."""
    under_way = (State.SENDING.value, State.SENT.value)
    stopped = await db.execute(
        update(events).where(events.c.id == event_id, events.c.state.in_(under_way)).values(state=State.STOPPED.value)
    )
    return stopped.rowcount == 1


async def cancel(db: AsyncConnection, event_id: int) -> bool:
    """True for the one press that cancelled it; whom that concerns is told page by page, and nobody is reminded."""
    cancelled = await db.execute(
        update(events)
        .where(events.c.id == event_id, events.c.state.in_(_ON))
        .values(
            state=State.CANCELLING.value,
            sequence=events.c.sequence + 1,
            remind_at=None,
            remind_soon_at=None,
            ask_at=None,
            cursor=0,
        )
    )
    return cancelled.rowcount == 1


async def move_cursor(db: AsyncConnection, was: Event, to: int, state: State) -> bool:
    """True for the one caller that found the fan-out where it left it: the page up to person `to` is theirs."""
    moved = await db.execute(
        update(events)
        .where(events.c.id == was.id, events.c.state == was.state.value, events.c.cursor == was.cursor)
        .values(cursor=to, state=state.value)
    )
    return moved.rowcount == 1


SENT = select(events).where(events.c.state.not_in([one.value for one in NEVER_SENT]))

_SOONER = events.alias("sooner")
_EARLIER = (
    select(_SOONER.c.id)
    .join(event_series, event_series.c.id == _SOONER.c.series_id)
    .where(
        event_series.c.kind == Series.SESSIONS.value,
        _SOONER.c.series_id == events.c.series_id,
        _SOONER.c.state.not_in([one.value for one in NEVER_SENT]),
        tuple_(_SOONER.c.starts_at, _SOONER.c.id) < tuple_(events.c.starts_at, events.c.id),
    )
)
"""Another session of the same series that comes before it."""

STILL_ON = events.c.state.in_(_ON)
