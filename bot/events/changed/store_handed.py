"""Changes that wait for a second coordinator: handed over, taken back, told, handed back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.events.changed.changes import Kind, State, Told, told_from
from bot.storage.tables import event_changes


@dataclass(frozen=True, slots=True)
class Handed:
    """What somebody wrote and may not tell alone; nobody wrote it where its author has been erased."""

    id: int
    event_id: int
    by: int | None
    new: Told
    at: datetime


async def hand_over(db: AsyncConnection, event_id: int, by: int, now: datetime) -> int | None:
    """The number of what this person has just handed over, for the one press that did."""
    moved = await db.execute(
        update(event_changes)
        .where(
            event_changes.c.event_id == event_id,
            event_changes.c.changed_by == by,
            event_changes.c.kind == Kind.CHANGE.value,
            event_changes.c.state == State.DRAFTED.value,
        )
        .values(state=State.HANDED.value, at=now)
        .returning(event_changes.c.id)
    )
    found: int | None = moved.scalar_one_or_none()
    return found


async def handed(db: AsyncConnection, change_id: int) -> Handed | None:
    """The change with that number, if it waits for somebody else."""
    row = (await db.execute(_WAITING.where(event_changes.c.id == change_id))).one_or_none()
    return _handed(row) if row else None


async def waiting(db: AsyncConnection, event_id: int) -> list[Handed]:
    """What waits of that event, the oldest first."""
    rows = await db.execute(_WAITING.where(event_changes.c.event_id == event_id).order_by(event_changes.c.id))
    return [_handed(row) for row in rows]


async def of(db: AsyncConnection, event_id: int, by: int) -> Handed | None:
    """What this person handed over of that event."""
    return next((one for one in await waiting(db, event_id) if one.by == by), None)


async def state_of(db: AsyncConnection, change_id: int) -> tuple[int, State] | None:
    """Which event that change is of, and where it stands; None where there is no such change."""
    query = select(event_changes.c.event_id, event_changes.c.state)
    row = (await db.execute(query.where(event_changes.c.id == change_id))).one_or_none()
    return (row.event_id, State(row.state)) if row else None


async def give_back(db: AsyncConnection, change_id: int) -> bool:
    """True for the one press that let its author write it again."""
    moved = await db.execute(
        update(event_changes)
        .where(event_changes.c.id == change_id, event_changes.c.state == State.HANDED.value)
        .values(state=State.DRAFTED.value)
    )
    return moved.rowcount == 1


async def drop(db: AsyncConnection, change_id: int) -> bool:
    """True for the one press after which nobody tells it; its words are forgotten."""
    dropped = await db.execute(
        update(event_changes)
        .where(event_changes.c.id == change_id, event_changes.c.state == State.HANDED.value)
        .values(state=State.DROPPED.value, new={})
    )
    return dropped.rowcount == 1


async def begin_telling(
    db: AsyncConnection,
    change_id: int,
    kind: Kind,
    old: Mapping[str, Any],
    new: Mapping[str, Any],
    now: datetime,
    *,
    sequence: int,
) -> bool:
    """True for the one press that has it told, by the next ring of the bell; it stays its author's words."""
    begun = await db.execute(
        update(event_changes)
        .where(event_changes.c.id == change_id, event_changes.c.state == State.HANDED.value)
        .values(
            state=State.TELLING.value,
            kind=kind.value,
            old=dict(old),
            new=dict(new),
            sequence=sequence,
            at=now,
            cursor=0,
        )
    )
    return begun.rowcount == 1


def _handed(row: Any) -> Handed:
    return Handed(row.id, row.event_id, row.changed_by, told_from(row.new), row.at)


_WAITING = select(event_changes).where(
    event_changes.c.state == State.HANDED.value, event_changes.c.kind == Kind.CHANGE.value
)
