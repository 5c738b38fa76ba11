"""Notices of the versions of a cycle: of several that wait, the newest alone arrives, with what each reader knew."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.delivery.packing import State as Sending
from bot.events.changed.changes import Kind, State
from bot.events.changed.store_heard import last_heard
from bot.storage.tables import event_changes, events, outbox

_TOLD: Final = [one.value for one in (State.TELLING, State.TOLD, State.OVERTAKEN)]


def batch_of(cycle_id: int, version: int) -> str:
    """The name under which the outbox keeps the notices of one version, so that a newer one can stop them."""
    return f"cycle:{cycle_id}:{version}"


async def overtake(db: AsyncConnection, cycle_id: int, now: datetime) -> None:
    """What waits of older versions is kept back, and no more of it is queued."""
    await db.execute(
        update(outbox)
        .where(outbox.c.batch.startswith(f"cycle:{cycle_id}:"), outbox.c.state == Sending.WAITING.value)
        .values(state=Sending.STOPPED.value, done_at=now, facts={}, keyboard=[])
    )
    of_the_cycle = select(events.c.id).where(events.c.series_id == cycle_id)
    await db.execute(
        update(event_changes)
        .where(
            event_changes.c.event_id.in_(of_the_cycle),
            event_changes.c.kind == Kind.CYCLE.value,
            event_changes.c.state == State.TELLING.value,
        )
        .values(state=State.OVERTAKEN.value)
    )


async def told(db: AsyncConnection, event_id: int) -> list[tuple[datetime, Mapping[str, Any], Mapping[str, Any]]]:
    """Each version that was to be told to those who come to that event: when, what was before it, and what it says."""
    query = select(event_changes.c.at, event_changes.c.old, event_changes.c.new).where(
        event_changes.c.event_id == event_id,
        event_changes.c.kind == Kind.CYCLE.value,
        event_changes.c.state.in_(_TOLD),
    )
    return [(row.at, row.old, row.new) for row in await db.execute(query.order_by(event_changes.c.id))]


async def heard(
    db: AsyncConnection, cycle_id: int, versions: Collection[int], person_ids: Collection[int]
) -> dict[int, int]:
    """For each of these people the last of these versions whose notice left for them."""
    by_name = {batch_of(cycle_id, version): version for version in versions}
    return await last_heard(db, by_name, person_ids)
