"""What is known of municipalities, and the papers on how youth work is organised there, typed."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.networks.network import Note, Paper, Subject, Value
from bot.storage.tables import coverage, municipality_files


async def notes(db: AsyncConnection, municipalities: Sequence[str] | None = None) -> list[Note]:
    """All that was ever noted there, oldest first; None: everywhere."""
    query = select(coverage).order_by(coverage.c.id)
    if municipalities is not None:
        query = query.where(coverage.c.municipality.in_(municipalities))
    return [
        Note(row.id, row.municipality, Subject(row.subject), Value(row.value), row.as_of, row.noted_by, row.noted_at)
        for row in await db.execute(query)
    ]


async def note(
    db: AsyncConnection, municipality: str, subject: Subject, value: Value, as_of: date, by: int | None, now: datetime
) -> None:
    """Another note; those before it are kept."""
    await db.execute(
        insert(coverage).values(
            municipality=municipality,
            subject=subject.value,
            value=value.value,
            as_of=as_of,
            noted_by=by,
            noted_at=now,
        )
    )


def _paper(row: Any) -> Paper:
    return Paper(row.id, row.municipality, row.title, row.file_id, row.name, row.link, row.added_at, row.added_by)


async def papers(db: AsyncConnection, municipality: str) -> list[Paper]:
    """What is up there now, the newest first."""
    rows = await db.execute(
        select(municipality_files)
        .where(municipality_files.c.municipality == municipality, municipality_files.c.retired_at.is_(None))
        .order_by(municipality_files.c.id.desc())
    )
    return [_paper(row) for row in rows]


async def paper(db: AsyncConnection, paper_id: int) -> Paper | None:
    """The one with that number; None where it is not up any more."""
    query = select(municipality_files).where(
        municipality_files.c.id == paper_id, municipality_files.c.retired_at.is_(None)
    )
    row = (await db.execute(query)).one_or_none()
    return _paper(row) if row else None


async def add_paper(
    db: AsyncConnection,
    municipality: str,
    title: str,
    by: int,
    now: datetime,
    *,
    file_id: str | None = None,
    name: str | None = None,
    link: str | None = None,
) -> int:
    made = await db.execute(
        insert(municipality_files)
        .values(
            municipality=municipality, title=title, file_id=file_id, name=name, link=link, added_by=by, added_at=now
        )
        .returning(municipality_files.c.id)
    )
    return int(made.scalar_one())


async def name_paper(db: AsyncConnection, paper_id: int, title: str) -> None:
    await db.execute(update(municipality_files).where(municipality_files.c.id == paper_id).values(title=title))


async def retire_paper(db: AsyncConnection, paper_id: int, now: datetime) -> bool:
    """True for the one press that took it down."""
    retired = await db.execute(
        update(municipality_files)
        .where(municipality_files.c.id == paper_id, municipality_files.c.retired_at.is_(None))
        .values(retired_at=now)
    )
    return retired.rowcount == 1
