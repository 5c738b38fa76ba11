"""The files and addresses that belong to an event; what is in the files stays with Telegram."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.events.files.actions_files import Purpose
from bot.events.files.attached import PHOTO
from bot.events.writing.store_drafts import reopen
from bot.storage.tables import event_files


@dataclass(frozen=True, slots=True)
class EventFile:
    """A picture or a PDF by Telegram's id, or an https address; `title` is what its button says."""

    id: int
    event_id: int
    purpose: Purpose
    title: str
    file_id: str | None
    name: str | None
    link: str | None

    @property
    def is_photo(self) -> bool:
        """Whether Telegram may show it above an invitation."""
        return self.file_id is not None and self.name == PHOTO


def _file(row: Any) -> EventFile:
    return EventFile(row.id, row.event_id, Purpose(row.purpose), row.title, row.file_id, row.name, row.link)


async def of(db: AsyncConnection, event_id: int, purpose: Purpose) -> Sequence[EventFile]:
    """In the order they were added."""
    mine = (event_files.c.event_id == event_id, event_files.c.purpose == purpose.value)
    return [_file(row) for row in await db.execute(select(event_files).where(*mine).order_by(event_files.c.id))]


async def one(db: AsyncConnection, number: int) -> EventFile | None:
    row = (await db.execute(select(event_files).where(event_files.c.id == number))).one_or_none()
    return None if row is None else _file(row)


async def add_file(
    db: AsyncConnection, event_id: int, purpose: Purpose, file_id: str, name: str, title: str, now: datetime
) -> int:
    """Its number; the same file of the same event is kept once."""
    there = (event_files.c.event_id == event_id, event_files.c.purpose == purpose.value)
    known = await db.execute(select(event_files.c.id).where(*there, event_files.c.file_id == file_id))
    if (number := known.scalar()) is not None:
        return int(number)
    return await _add(db, event_id, purpose, title, now, file_id=file_id, name=name)


async def add_link(db: AsyncConnection, event_id: int, purpose: Purpose, link: str, title: str, now: datetime) -> int:
    return await _add(db, event_id, purpose, title, now, link=link)


async def _add(db: AsyncConnection, event_id: int, purpose: Purpose, title: str, now: datetime, **what: str) -> int:
    row = {"event_id": event_id, "purpose": purpose.value, "title": title, "added_at": now, **what}
    await reopen(db, event_id)
    return int((await db.execute(insert(event_files).values(row).returning(event_files.c.id))).scalar_one())


async def rename(db: AsyncConnection, number: int, title: str) -> None:
    renamed = update(event_files).where(event_files.c.id == number).values(title=title)
    for event_id in await db.scalars(renamed.returning(event_files.c.event_id)):
        await reopen(db, event_id)


async def drop(db: AsyncConnection, number: int) -> None:
    dropped = delete(event_files).where(event_files.c.id == number)
    for event_id in await db.scalars(dropped.returning(event_files.c.event_id)):
        await reopen(db, event_id)
