"""Which of several notices of the same thing, each newer than the one before, left for whom."""

from collections.abc import Collection, Mapping

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.delivery.packing import State as Sending
from bot.storage.tables import outbox


async def last_heard(db: AsyncConnection, numbers: Mapping[str, int], person_ids: Collection[int]) -> dict[int, int]:
    """For each of these people the highest of these numbers, by the name under which the outbox keeps its notices,
    that left for them."""
    if not numbers or not person_ids:
        return {}
    left = (Sending.SENT.value, Sending.IN_FLIGHT.value)
    rows = await db.execute(
        select(outbox.c.person_id, outbox.c.batch).where(
            outbox.c.batch.in_(numbers), outbox.c.person_id.in_(person_ids), outbox.c.state.in_(left)
        )
    )
    found: dict[int, int] = {}
    for row in rows:
        found[row.person_id] = max(found.get(row.person_id, 0), numbers[row.batch])
    return found
