"""The programme_limits table, typed."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.programme.period.limits import Limits, SetLimits, on
from bot.settings import Settings
from bot.storage.inserting import upsert
from bot.storage.tables import programme_limits


async def lines(db: AsyncConnection, municipality: str | None) -> list[SetLimits]:
    """All limits ever set in a municipality, the earliest first."""
    query = select(programme_limits).where(programme_limits.c.municipality == municipality)
    rows = await db.execute(query.order_by(programme_limits.c.from_on))
    return [SetLimits(row.from_on, Limits(row.shortest, row.longest)) for row in rows]


async def limits_on(db: AsyncConnection, municipality: str | None, day: date, settings: Settings) -> Limits:
    """The limits for who joins there on that day."""
    return on(day, await lines(db, municipality), of_settings(settings))


def of_settings(settings: Settings) -> Limits:
    """What holds where nobody has set anything else."""
    return Limits(settings.programme_shortest_months, settings.programme_longest_months)


async def keep(db: AsyncConnection, municipality: str, from_on: date, limits: Limits, by: int, now: datetime) -> None:
    """Limits from a day on; what was set for that very day before is replaced."""
    row = {
        "municipality": municipality,
        "from_on": from_on,
        "shortest": limits.shortest,
        "longest": limits.longest,
        "set_at": now,
        "set_by": by,
    }
    await upsert(db, programme_limits, [row], "municipality", "from_on")
