"""The time zones of people abroad, as kept with each."""

from collections.abc import Iterable

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.tables import people


async def zone_name(db: AsyncConnection, person_id: int) -> str | None:
    """The name of somebody's own zone; None: the programme's."""
    found: str | None = await db.scalar(select(people.c.zone).where(people.c.id == person_id))
    return found


async def zone_names(db: AsyncConnection, ids: Iterable[int]) -> dict[int, str]:
    """The zones of those among these people who have one of their own."""
    query = select(people.c.id, people.c.zone).where(people.c.id.in_(list(ids)), people.c.zone.is_not(None))
    return {row.id: row.zone for row in await db.execute(query)}


async def set_zone(db: AsyncConnection, person_id: int, zone: str | None) -> bool:
    """Whether that is another zone than before."""
    changed = (people.c.id == person_id, people.c.zone.is_distinct_from(zone))
    return (await db.execute(update(people).where(*changed).values(zone=zone))).rowcount == 1
