"""Agreements with partners and the watch over municipalities without a strategic one, typed."""

from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import delete, exists, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.directory.agreements import Agreement
from bot.roles import Role
from bot.storage.columns import NOW
from bot.storage.inserting import insert_new, upsert
from bot.storage.tables import agreements, grants, organizations, partner_watch

AT_ONCE: Final = 100
"""Due rows taken at a time."""

TO_REMIND: Final = select(agreements.c.id).where(agreements.c.remind_at <= NOW)
TO_LOOK_AT: Final = select(partner_watch.c.municipality).where(partner_watch.c.next_at <= NOW)
UNWATCHED: Final = select(grants.c.municipality).where(
    grants.c.role == Role.COORDINATOR.value,
    grants.c.municipality.is_not(None),
    ~exists().where(partner_watch.c.municipality == grants.c.municipality),
)
"""Municipalities that have a coordinator and were never looked at."""


def _agreement(row: Any) -> Agreement:
    return Agreement(
        row.id,
        row.organization_id,
        row.municipality,
        row.strategic,
        row.from_on,
        row.until_on,
        row.remind_at,
    )


async def agreement(db: AsyncConnection, number: int) -> Agreement | None:
    row = (await db.execute(select(agreements).where(agreements.c.id == number))).one_or_none()
    return None if row is None else _agreement(row)


async def agreements_with(db: AsyncConnection, organization_id: int) -> list[Agreement]:
    """All that were noted with that partner, the newest first."""
    query = select(agreements).where(agreements.c.organization_id == organization_id)
    found = await db.execute(query.order_by(agreements.c.from_on.desc(), agreements.c.id.desc()))
    return [_agreement(row) for row in found]


async def agreements_of(db: AsyncConnection, municipality: str) -> list[Agreement]:
    """A municipality's agreements with partners that are in use."""
    query = (
        select(agreements)
        .join(organizations, organizations.c.id == agreements.c.organization_id)
        .where(agreements.c.municipality == municipality, organizations.c.retired_at.is_(None))
    )
    return [_agreement(row) for row in await db.execute(query)]


async def municipalities_with(db: AsyncConnection, organization_id: int) -> list[str]:
    """Which municipalities ever agreed anything with that partner."""
    query = select(agreements.c.municipality).where(agreements.c.organization_id == organization_id).distinct()
    return sorted(await db.scalars(query))


async def add(
    db: AsyncConnection,
    organization_id: int,
    municipality: str,
    strategic: bool,
    from_on: date,
    until_on: date | None,
    remind_at: datetime | None,
    by: int,
) -> int | None:
    """The new agreement; None where the very same is noted already."""
    same = select(agreements.c.id).where(
        agreements.c.organization_id == organization_id,
        agreements.c.municipality == municipality,
        agreements.c.strategic == strategic,
        agreements.c.from_on == from_on,
        agreements.c.until_on.is_not_distinct_from(until_on),
    )
    if await db.scalar(same) is not None:
        return None
    added = await db.execute(
        insert(agreements)
        .values(
            organization_id=organization_id,
            municipality=municipality,
            strategic=strategic,
            from_on=from_on,
            until_on=until_on,
            remind_at=remind_at,
            noted_by=by,
        )
        .returning(agreements.c.id)
    )
    return int(added.scalar_one())


async def change_end(db: AsyncConnection, number: int, until_on: date | None, remind_at: datetime | None) -> None:
    values = {"until_on": until_on, "remind_at": remind_at}
    await db.execute(update(agreements).where(agreements.c.id == number).values(values))


async def drop(db: AsyncConnection, number: int) -> None:
    """Take out an agreement that was noted by mistake."""
    await db.execute(delete(agreements).where(agreements.c.id == number))


async def to_remind(db: AsyncConnection, now: datetime) -> list[Agreement]:
    due = select(agreements).where(agreements.c.remind_at <= now).order_by(agreements.c.remind_at).limit(AT_ONCE)
    return [_agreement(row) for row in await db.execute(due)]


async def reminded(db: AsyncConnection, one: Agreement, next_at: datetime | None) -> bool:
    """True for the one who got to remind."""
    changed = await db.execute(
        update(agreements)
        .where(agreements.c.id == one.id, agreements.c.remind_at == one.remind_at)
        .values(remind_at=next_at)
    )
    return changed.rowcount == 1


# --- the watch --------------------------------------------------------------------------------------------------


async def unwatched(db: AsyncConnection) -> list[str]:
    return sorted(set(await db.scalars(UNWATCHED)))


async def watch(db: AsyncConnection, municipalities: list[str], next_at: datetime | None) -> None:
    """Begin to look at these then; None: when something about their agreements changes."""
    rows = [{"municipality": one, "next_at": next_at} for one in municipalities]
    await insert_new(db, partner_watch, rows, "municipality")


async def look_again(db: AsyncConnection, municipality: str, at: datetime) -> None:
    """Something about its agreements has changed: look then, whatever was planned."""
    await upsert(db, partner_watch, [{"municipality": municipality, "next_at": at}], "municipality")


async def to_look_at(db: AsyncConnection, now: datetime) -> list[tuple[str, datetime]]:
    """Whom to look at now, each with the moment that fell due."""
    query = select(partner_watch.c.municipality, partner_watch.c.next_at).where(partner_watch.c.next_at <= now)
    rows = await db.execute(query.order_by(partner_watch.c.next_at).limit(AT_ONCE))
    return [(row.municipality, row.next_at) for row in rows]


async def looked_at(db: AsyncConnection, municipality: str, fell_at: datetime, next_at: datetime | None) -> bool:
    """True for the one who got to look."""
    changed = await db.execute(
        update(partner_watch)
        .where(partner_watch.c.municipality == municipality, partner_watch.c.next_at == fell_at)
        .values(next_at=next_at)
    )
    return changed.rowcount == 1


async def watch_no_more(db: AsyncConnection, municipality: str) -> None:
    """Nobody coordinates there any more; whoever comes is warned anew."""
    await db.execute(delete(partner_watch).where(partner_watch.c.municipality == municipality))
