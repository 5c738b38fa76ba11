"""The sources people come from, and who came from which."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.outreach.rules import Source
from bot.storage.inserting import insert_new
from bot.storage.tables import people, sources


async def source(db: AsyncConnection, code: str) -> Source | None:
    """The source with that code."""
    query = select(sources.c.id, sources.c.code, sources.c.municipality).where(sources.c.code == code)
    row = (await db.execute(query)).one_or_none()
    return Source(row.id, row.code, row.municipality) if row else None


async def add_source(db: AsyncConnection, code: str, municipality: str | None, at: datetime) -> None:
    """Make the source, unless somebody has just made it."""
    row = {"code": code, "municipality": municipality, "created_at": at}
    await insert_new(db, sources, [row], "code")


async def keep_first_source(db: AsyncConnection, person_id: int, source_id: int) -> None:
    """Remember where this person came from; the first source stays, whatever links they open later."""
    here = people.c.id == person_id
    await db.execute(update(people).where(here, people.c.source_id.is_(None)).values(source_id=source_id))
