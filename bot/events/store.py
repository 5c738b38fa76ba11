"""The events table, typed: drafts, events, and the steps from one state to the next, each taken by one caller only."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.events.drafts import Draft, whole
from bot.events.rules import Audience, Event, Group, State
from bot.storage.columns import NOW
from bot.storage.tables import events
from bot.words import Language

_ON = tuple(state.value for state in (State.SENDING, State.SENT, State.STOPPED))

SENDING: Final = select(events.c.id).where(events.c.state == State.SENDING.value)
CANCELLING: Final = select(events.c.id).where(events.c.state == State.CANCELLING.value)
REMINDERS_DUE: Final = select(events.c.id).where(events.c.remind_at <= NOW, events.c.state.in_(_ON))


# --- drafts -----------------------------------------------------------------------------------------------------


async def start_draft(db: AsyncConnection, author: int, language: Language, now: datetime) -> Draft:
    """A new, empty draft in place of any that this author had."""
    await _throw_away(db, events.c.created_by == author)
    made = await db.execute(
        insert(events)
        .values(
            created_by=author,
            state=State.DRAFT.value,
            language=language.value,
            titles={},
            details={},
            audience={},
            cursor=0,
            created_at=now,
        )
        .returning(events.c.id)
    )
    return Draft(made.scalar_one(), author, language)


async def draft(db: AsyncConnection, event_id: int) -> Draft | None:
    """The draft with that number; None if there is none or it has been sent."""
    return await _one_draft(db, select(events).where(events.c.id == event_id))


async def draft_of(db: AsyncConnection, author: int) -> Draft | None:
    """What this author is writing."""
    return await _one_draft(db, select(events).where(events.c.created_by == author))


async def save(db: AsyncConnection, changed: Draft) -> None:
    """Keep the draft as it is now, unless it has been sent meanwhile."""
    audience = changed.audience
    await db.execute(
        update(events)
        .where(events.c.id == changed.id, events.c.state == State.DRAFT.value)
        .values(
            language=changed.language.value,
            titles=dict(changed.titles),
            details=dict(changed.details),
            place=changed.place,
            starts_at=changed.starts_at,
            municipality=audience.municipality if audience else None,
            audience={"groups": sorted(audience.groups)} if audience else {},
        )
    )


async def discard(db: AsyncConnection, event_id: int) -> None:
    """Throw the draft away; its text is gone."""
    await _throw_away(db, events.c.id == event_id)


async def _throw_away(db: AsyncConnection, which: ColumnElement[bool]) -> None:
    await db.execute(
        update(events)
        .where(which, events.c.state == State.DRAFT.value)
        .values(state=State.DISCARDED.value, titles={}, details={}, place=None, starts_at=None, audience={})
    )


async def _one_draft(db: AsyncConnection, query: Select[Any]) -> Draft | None:
    newest = query.where(events.c.state == State.DRAFT.value).order_by(events.c.id.desc()).limit(1)
    row = (await db.execute(newest)).one_or_none()
    return _draft(row) if row else None


# --- events -----------------------------------------------------------------------------------------------------


async def event(db: AsyncConnection, event_id: int) -> Event | None:
    """The event with that number; None if there is none or it was never sent."""
    row = (await db.execute(_SENT.where(events.c.id == event_id))).one_or_none()
    return event_from(row) if row else None


async def run_by(db: AsyncConnection, places: Sequence[str | None], since: datetime, limit: int) -> list[Event]:
    """The events of these municipalities that start after `since`, the soonest first; None among them: every one."""
    query = _SENT.where(events.c.starts_at > since).order_by(events.c.starts_at, events.c.id).limit(limit)
    if None not in places:
        query = query.where(events.c.municipality.in_(places))
    return [event_from(row) for row in await db.execute(query)]


async def next_in(db: AsyncConnection, state: State) -> Event | None:
    """The oldest event in that state."""
    row = (await db.execute(_SENT.where(events.c.state == state.value).order_by(events.c.id).limit(1))).one_or_none()
    return event_from(row) if row else None


async def next_reminder(db: AsyncConnection, now: datetime) -> Event | None:
    """The event whose reminder has been due longest."""
    due = _SENT.where(events.c.remind_at <= now, events.c.state.in_(_ON)).order_by(events.c.remind_at).limit(1)
    row = (await db.execute(due)).one_or_none()
    return event_from(row) if row else None


async def begin_sending(db: AsyncConnection, event_id: int, now: datetime, remind_at: datetime | None) -> bool:
    """True for the one press that turned the draft into an event under way."""
    begun = await db.execute(
        update(events)
        .where(events.c.id == event_id, events.c.state == State.DRAFT.value)
        .values(state=State.SENDING.value, sent_at=now, remind_at=remind_at, cursor=0)
    )
    return begun.rowcount == 1


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
        .values(state=State.CANCELLING.value, remind_at=None, cursor=0)
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


async def end_reminding(db: AsyncConnection, was: Event) -> None:
    """Nobody is left to remind, or it is too late for it."""
    await db.execute(
        update(events).where(events.c.id == was.id, events.c.remind_at == was.remind_at).values(remind_at=None)
    )


# --- rows -------------------------------------------------------------------------------------------------------

_SENT = select(events).where(events.c.state.not_in([State.DRAFT.value, State.DISCARDED.value]))

STILL_ON = events.c.state.in_(_ON)


def _draft(row: Any) -> Draft:
    return Draft(
        row.id,
        row.created_by,
        Language(row.language),
        _texts(row.titles),
        _texts(row.details),
        row.place,
        row.starts_at,
        _audience(row),
    )


def event_from(row: Any) -> Event:
    """A row of `events` that has been sent; ValueError where something is missing in it."""
    described = whole(_draft(row))
    if not isinstance(described, Event):
        raise ValueError(f"event {row.id} was sent without its {described.value}")
    return Event(
        described.id,
        described.created_by,
        State(row.state),
        described.title,
        described.details,
        described.place,
        described.starts_at,
        described.audience,
        row.cursor,
        row.remind_at,
    )


def _texts(raw: Mapping[str, str]) -> dict[Language, str]:
    return {Language(language): text for language, text in raw.items()}


def _audience(row: Any) -> Audience | None:
    groups = row.audience.get("groups")
    return None if groups is None else Audience(row.municipality, frozenset(Group(group) for group in groups))
