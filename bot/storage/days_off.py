"""One-off days off, added in chat; they count from the moment they are saved."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.tables import days_off


async def load(db: AsyncConnection) -> dict[date, str]:
    """Every one-off day off with its name."""
    rows = await db.execute(select(days_off.c.on, days_off.c.name))
    return {row.on: row.name for row in rows}
