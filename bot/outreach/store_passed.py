"""The links that partners hand on: how many, and how many were opened; nothing of whoever opened one."""

from dataclasses import dataclass

from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.tables import passed_links


@dataclass(frozen=True, slots=True)
class Passed:
    """Of one partner."""

    opened: int = 0
    unopened: int = 0


async def passed(db: AsyncConnection, partner_id: int) -> Passed:
    """How many of their links were opened, and how many not yet."""
    query = (
        select(passed_links.c.opened, func.count().label("number"))
        .where(passed_links.c.made_by == partner_id)
        .group_by(passed_links.c.opened)
    )
    numbers = {bool(row.opened): row.number for row in await db.execute(query)}
    return Passed(numbers.get(True, 0), numbers.get(False, 0))


async def make_link(db: AsyncConnection, code: str, source_id: int, partner_id: int) -> None:
    values = {"code": code, "source_id": source_id, "made_by": partner_id}
    await db.execute(insert(passed_links).values(values))


async def source_of(db: AsyncConnection, code: str, *, opens: bool) -> int | None:
    """The source behind a link; with `opens` it counts as opened from now on, once."""
    here = passed_links.c.code == code
    if opens:
        await db.execute(update(passed_links).where(here, passed_links.c.opened.is_(False)).values(opened=True))
    found: int | None = await db.scalar(select(passed_links.c.source_id).where(here))
    return found
