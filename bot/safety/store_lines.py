"""A municipality's own help lines, typed."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.safety.local_lines import STALE_AFTER, LocalLine
from bot.storage.tables import grants, local_lines


def _line(row: Any) -> LocalLine:
    return LocalLine(
        row.id,
        row.municipality,
        row.name,
        row.number,
        row.hours,
        row.languages,
        row.min_age,
        row.max_age,
        row.checked_on,
    )


async def line(db: AsyncConnection, line_id: int) -> LocalLine | None:
    """One line by its number."""
    row = (await db.execute(select(local_lines).where(local_lines.c.id == line_id))).one_or_none()
    return _line(row) if row else None


async def of(db: AsyncConnection, municipality: str | None) -> list[LocalLine]:
    """The lines of a municipality in the order they were entered, unfinished ones too."""
    if municipality is None:
        return []
    rows = await db.execute(
        select(local_lines).where(local_lines.c.municipality == municipality).order_by(local_lines.c.id)
    )
    return [_line(row) for row in rows]


async def stale(db: AsyncConnection, today: date) -> list[LocalLine]:
    """Lines that nobody rang for too long."""
    rows = await db.execute(
        select(local_lines).where(local_lines.c.checked_on < today - STALE_AFTER).order_by(local_lines.c.id)
    )
    return [_line(row) for row in rows]


async def staffed(db: AsyncConnection) -> list[str]:
    """Codes of the municipalities in which anybody works."""
    query = select(grants.c.municipality).distinct().where(grants.c.municipality.is_not(None))
    return sorted((await db.scalars(query)).all())


async def add(db: AsyncConnection, municipality: str, name: str, by: int, now: datetime, today: date) -> int:
    """A new line that has only its name so far; its number."""
    values = {
        "municipality": municipality,
        "name": name,
        "number": "",
        "hours": "",
        "languages": [],
        "checked_on": today,
        "added_by": by,
        "created_at": now,
    }
    number: int = (await db.execute(insert(local_lines).values(values).returning(local_lines.c.id))).scalar_one()
    return number


async def set_number(db: AsyncConnection, line_id: int, number: str) -> None:
    await _set(db, line_id, number=number)


async def set_hours(db: AsyncConnection, line_id: int, hours: str) -> None:
    await _set(db, line_id, hours=hours)


async def set_languages(db: AsyncConnection, line_id: int, languages: Sequence[str]) -> None:
    await _set(db, line_id, languages=list(languages))


async def set_ages(db: AsyncConnection, line_id: int, span: tuple[int | None, int | None]) -> None:
    await _set(db, line_id, min_age=span[0], max_age=span[1])


async def note_checked(db: AsyncConnection, line_id: int, today: date) -> bool:
    """True for the first who does so that day."""
    checked = await db.execute(
        update(local_lines)
        .where(local_lines.c.id == line_id, local_lines.c.checked_on.is_distinct_from(today))
        .values(checked_on=today)
    )
    return checked.rowcount == 1


async def remove(db: AsyncConnection, line_id: int) -> None:
    await db.execute(delete(local_lines).where(local_lines.c.id == line_id))


async def _set(db: AsyncConnection, line_id: int, **values: object) -> None:
    await db.execute(update(local_lines).where(local_lines.c.id == line_id).values(values))
