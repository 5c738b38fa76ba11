"""Why an event is called off: kept while it is about to be, and told with the cancellation."""

from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.events.changed.changes import Kind, Part, State, as_json, told_from
from bot.events.changed.store_changes import add, draft_of
from bot.events.event import Event
from bot.storage.tables import event_changes


async def keep(db: AsyncConnection, event_id: int, by: int, why: str, now: datetime) -> int:
    """Why it is about to be called off, in place of what they wrote before; its number."""
    await db.execute(delete(event_changes).where(*draft_of(event_id, by), event_changes.c.kind == Kind.CANCEL.value))
    new = as_json({Part.NOTE: why})
    return await add(db, event_id, Kind.CANCEL, {}, new, by, now, sequence=0, state=State.DRAFTED)


async def take(db: AsyncConnection, change_id: int, event: Event, by: int) -> bool:
    """True for the one press that calls it off for this reason, which is theirs and of this event."""
    taken = await db.execute(
        update(event_changes)
        .where(*draft_of(event.id, by), event_changes.c.id == change_id, event_changes.c.kind == Kind.CANCEL.value)
        .values(state=State.TOLD.value, sequence=event.sequence + 1)
    )
    return taken.rowcount == 1


async def told(db: AsyncConnection, event_id: int) -> str | None:
    """Why it was cancelled, if that was said."""
    query = select(event_changes.c.new).where(
        event_changes.c.event_id == event_id,
        event_changes.c.kind == Kind.CANCEL.value,
        event_changes.c.state == State.TOLD.value,
    )
    kept = await db.scalar(query.order_by(event_changes.c.id.desc()).limit(1))
    why = told_from(kept or {}).get(Part.NOTE)
    return why if isinstance(why, str) else None
