"""Who takes nobody new until when, typed: those in the directory by their service, the others by themselves."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.inserting import upsert
from bot.storage.tables import fullness, services


@dataclass(frozen=True, slots=True)
class Full:
    """Who takes nobody new today, and until which day: people by number, services by theirs."""

    of_person: Mapping[int, date]
    of_service: Mapping[int, date]


async def full_until_of(
    db: AsyncConnection, person_ids: Iterable[int], service_ids: Iterable[int], today: date
) -> Full:
    """Which of these take nobody new today."""
    people = select(fullness.c.person_id, fullness.c.until_on).where(
        fullness.c.person_id.in_(list(person_ids)), fullness.c.until_on >= today
    )
    entries = select(services.c.id, services.c.full_until).where(
        services.c.id.in_(list(service_ids)), services.c.full_until >= today
    )
    return Full(
        {row.person_id: row.until_on for row in await db.execute(people)},
        {row.id: row.full_until for row in await db.execute(entries)},
    )


async def say_full(db: AsyncConnection, service_id: int, until_on: date | None, now: datetime) -> bool:
    """The service takes nobody new until that day, or takes people again; False where there is no such service."""
    changed = await db.execute(
        update(services)
        .where(services.c.id == service_id, services.c.retired_at.is_(None))
        .values(full_until=until_on, full_said_at=now)
    )
    return changed.rowcount == 1


async def say_full_of_person(db: AsyncConnection, person_id: int, until_on: date | None, now: datetime) -> bool:
    """The same of somebody without an entry in the directory; False where they have said so already."""
    if until_on == await db.scalar(select(fullness.c.until_on).where(fullness.c.person_id == person_id)):
        return False
    if until_on is None:
        await db.execute(delete(fullness).where(fullness.c.person_id == person_id))
    else:
        await upsert(db, fullness, [{"person_id": person_id, "until_on": until_on, "said_at": now}], "person_id")
    return True
