"""The sessions of a series that is out: which of them are still to come, and what becomes of the others' invitations.

Everybody is invited by one of the sessions, and the others hang on it: if that one is called off alone, the invitation
hangs on another.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import and_, delete, func, insert, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.delivery.packing import State as Sending
from bot.events.changed.changes import Kind, Part, told_from
from bot.events.changed.changes import State as Telling
from bot.events.event import Event, Replies, Reply, State
from bot.events.going_out.store_delivered import batch
from bot.events.signup import store_guests
from bot.events.signup.store_guests import guests_of
from bot.events.store import SENT, STILL_ON
from bot.events.store_rows import event_from
from bot.storage.tables import event_changes, events, invitations, outbox

_SIGNED_UP = (Reply.YES.value, Reply.MAYBE.value)


async def others_ahead(db: AsyncConnection, event: Event, now: datetime) -> list[Event]:
    """The other sessions that are neither called off nor begun, the soonest first; none where it is held once."""
    if not event.is_session:
        return []
    query = SENT.where(
        events.c.series_id == event.series_id, events.c.id != event.id, STILL_ON, events.c.starts_at > now
    )
    rows = await db.execute(query.order_by(events.c.starts_at, events.c.id))
    return [event_from(row) for row in rows]


async def first(db: AsyncConnection, event: Event) -> int:
    """The number that stands for the whole series where everybody is told something once."""
    lowest = select(func.min(events.c.id)).where(events.c.series_id == event.series_id)
    return await db.scalar(lowest) or event.id


async def all_of(db: AsyncConnection, event: Event) -> list[Event]:
    """Every session that was sent, past and called off as well, in the order of their days."""
    query = SENT.where(events.c.series_id == event.series_id)
    return [event_from(row) for row in await db.execute(query.order_by(events.c.starts_at, events.c.id))]


async def replies(db: AsyncConnection, sessions: Sequence[Event]) -> Replies:
    """How many people were invited to any of them, and what they answered in all."""
    numbers = [one.id for one in sessions]
    by_session = await store_guests.replies(db, numbers)
    once = select(func.count(invitations.c.person_id.distinct())).where(invitations.c.event_id.in_(numbers))
    yes, maybe = (sum(getattr(one, name) for one in by_session.values()) for name in ("yes", "maybe"))
    no = max((one.no for one in by_session.values()), default=0)
    return Replies(await db.scalar(once) or 0, yes, maybe, no)


# --- one of them is called off ----------------------------------------------------------------------------------


async def hang_on(db: AsyncConnection, event: Event, other: Event) -> None:
    """The series' invitation hangs on the other session from now on; who has not got it yet gets it by that one."""
    kept_back = select(outbox.c.person_id).where(
        outbox.c.batch == batch(event.id), outbox.c.state.in_([Sending.WAITING.value, Sending.STOPPED.value])
    )
    mine = invitations.c.event_id == event.id
    waited = await db.execute(
        delete(invitations).where(mine, invitations.c.answer.is_(None), invitations.c.person_id.in_(kept_back))
    )
    there = invitations.alias("there")
    known = select(there.c.id).where(there.c.event_id == other.id, there.c.person_id == invitations.c.person_id)
    by_it = and_(mine, invitations.c.invited_at.is_not(None), ~known.exists())
    signed_up = invitations.c.answer.in_(_SIGNED_UP)
    columns = ("event_id", "person_id", "audience_group", "via")
    copied = select(literal(other.id), invitations.c.person_id, invitations.c.audience_group, invitations.c.via)
    await db.execute(insert(invitations).from_select(columns, copied.where(by_it, signed_up)))
    moved = by_it, or_(invitations.c.answer.is_(None), invitations.c.answer == Reply.NO.value)
    await db.execute(update(invitations).where(*moved).values(event_id=other.id))
    on = event.state if event.state in (State.SENDING, State.STOPPED) else State.SENDING
    if waited.rowcount or event.state is not State.SENT:
        await db.execute(
            update(events)
            .where(events.c.id == other.id, STILL_ON)
            .values(state=on.value, cursor=0, send_at=event.send_at)
        )


async def count_signed_up(db: AsyncConnection, event_id: int) -> int:
    """How many people hear of what concerns one session."""
    query = guests_of(event_id).where(invitations.c.answer.in_(_SIGNED_UP))
    return await db.scalar(select(func.count()).select_from(query.subquery())) or 0


async def count_concerned(db: AsyncConnection, off: Sequence[Event]) -> int:
    """How many people hear that all of these are off, each counted once."""
    people: set[int] = set()
    for one in off:
        query = guests_of(one.id).where(or_(invitations.c.answer.is_(None), invitations.c.answer != Reply.NO.value))
        people |= {row.id for row in await db.execute(query)}
    return len(people)


async def with_a_session(db: AsyncConnection, event: Event, people: Collection[int]) -> set[int]:
    """Which of these people signed up for a session that was not called off: for them nothing is off."""
    if not event.is_session:
        return set()
    query = (
        select(invitations.c.person_id)
        .join(events, events.c.id == invitations.c.event_id)
        .where(
            events.c.series_id == event.series_id,
            STILL_ON,
            invitations.c.person_id.in_(people),
            invitations.c.answer == Reply.YES.value,
        )
    )
    return set(await db.scalars(query))


async def reason(db: AsyncConnection, event: Event) -> str | None:
    """Why the last of its sessions was called off, if that was said."""
    numbers = select(events.c.id).where(events.c.series_id == event.series_id)
    query = select(event_changes.c.new).where(
        event_changes.c.event_id.in_(numbers),
        event_changes.c.kind == Kind.CANCEL.value,
        event_changes.c.state == Telling.TOLD.value,
    )
    kept = await db.scalar(query.order_by(event_changes.c.at.desc(), event_changes.c.id.desc()).limit(1))
    why = told_from(kept or {}).get(Part.NOTE)
    return why if isinstance(why, str) else None
