"""Who holds an event: partners of the directory and others by name, several of each."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.events.writing.store_drafts import reopen
from bot.storage.tables import event_organisers, organizations


@dataclass(frozen=True, slots=True)
class Kept:
    """One organiser of an event, by the number under which it is kept."""

    id: int
    name: str
    organization: int | None


async def of(db: AsyncConnection, event_id: int) -> list[Kept]:
    """In the order they were named; a partner by the name it has in the directory today."""
    query = (
        select(
            event_organisers.c.id,
            event_organisers.c.name,
            event_organisers.c.organization_id,
            organizations.c.name.label("known_as"),
        )
        .outerjoin_from(event_organisers, organizations, organizations.c.id == event_organisers.c.organization_id)
        .where(event_organisers.c.event_id == event_id)
        .order_by(event_organisers.c.id)
    )
    return [Kept(row.id, row.known_as or row.name, row.organization_id) for row in await db.execute(query)]


async def names(db: AsyncConnection, event_id: int) -> tuple[str, ...]:
    """As the invitation names them."""
    return tuple(one.name for one in await of(db, event_id))


async def add(db: AsyncConnection, event_id: int, name: str, organization: int | None = None) -> None:
    """One more; whoever is there already stays there once."""
    there = await of(db, event_id)
    if any(one.name.casefold() == name.casefold() or one.organization == (organization or 0) for one in there):
        return
    await reopen(db, event_id)
    await db.execute(insert(event_organisers).values(event_id=event_id, organization_id=organization, name=name))


async def remove(db: AsyncConnection, event_id: int, number: int) -> None:
    mine = (event_organisers.c.id == number, event_organisers.c.event_id == event_id)
    await reopen(db, event_id)
    await db.execute(delete(event_organisers).where(*mine))


async def copy(db: AsyncConnection, source: int, target: int) -> None:
    """The organisers of one event for another."""
    for one in await of(db, source):
        await add(db, target, one.name, one.organization)


async def partner(db: AsyncConnection, number: int) -> str | None:
    """The name of a partner in the directory, if it is still there."""
    query = select(organizations.c.name).where(organizations.c.id == number, organizations.c.retired_at.is_(None))
    return (await db.execute(query)).scalar_one_or_none()


async def partners(db: AsyncConnection, municipality: str | None) -> Sequence[tuple[int, str]]:
    """The partners of a municipality and those of the whole country, by name; of every place without one."""
    query = select(organizations.c.id, organizations.c.name).where(organizations.c.retired_at.is_(None))
    if municipality is not None:
        query = query.where((organizations.c.municipality == municipality) | organizations.c.municipality.is_(None))
    return [(row.id, row.name) for row in await db.execute(query.order_by(organizations.c.name, organizations.c.id))]
