"""Practice notes, typed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.partnerships.notes import Note
from bot.roles import Person
from bot.storage.tables import practice_notes
from bot.words import Language


async def write(db: AsyncConnection, author: Person, title: str, place: Mapping[str, str | None], now: datetime) -> int:
    """A new note that so far has a title; `place` says where the practice is from."""
    made = await db.execute(
        insert(practice_notes)
        .values(title=title, text="", language=author.language.value, written_by=author.id, created_at=now, **place)
        .returning(practice_notes.c.id)
    )
    return int(made.scalar_one())


async def set_text(db: AsyncConnection, note_id: int, text: str) -> None:
    """Its text; a note without one is read by nobody but its author."""
    await db.execute(update(practice_notes).where(practice_notes.c.id == note_id).values(text=text))


async def set_link(db: AsyncConnection, note_id: int, link: str | None) -> None:
    """Where there is more."""
    await db.execute(update(practice_notes).where(practice_notes.c.id == note_id).values(link=link))


async def note(db: AsyncConnection, note_id: int) -> Note | None:
    """The note with that number, unless it was taken out."""
    found = select(practice_notes).where(practice_notes.c.id == note_id, practice_notes.c.retired_at.is_(None))
    row = (await db.execute(found)).one_or_none()
    return _note(row) if row else None


async def page(db: AsyncConnection, *, abroad: bool, offset: int, limit: int) -> list[Note]:
    """The notes from here or from abroad, the newest first."""
    where = practice_notes.c.country.is_not(None) if abroad else practice_notes.c.country.is_(None)
    found = select(practice_notes).where(where, practice_notes.c.retired_at.is_(None), practice_notes.c.text != "")
    rows = await db.execute(found.order_by(practice_notes.c.id.desc()).offset(offset).limit(limit))
    return [_note(row) for row in rows]


async def retire(db: AsyncConnection, note_id: int, now: datetime) -> bool:
    """True for the one press that took it out."""
    there = (practice_notes.c.id == note_id, practice_notes.c.retired_at.is_(None))
    retired = await db.execute(update(practice_notes).where(*there).values(retired_at=now))
    return retired.rowcount == 1


def _note(row: Any) -> Note:
    return Note(
        row.id,
        row.title,
        row.text,
        Language(row.language),
        row.municipality,
        row.country,
        row.link,
        row.written_by,
        row.created_at,
    )
