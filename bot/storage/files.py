"""Files that people sent: by whom, Telegram's id for each and its name. What is in them is not kept here."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.tables import received_files


@dataclass(frozen=True, slots=True)
class Received:
    """A file that somebody sent."""

    id: int
    file_id: str
    name: str


async def keep(db: AsyncConnection, person_id: int, file_id: str, name: str, now: datetime) -> Received:
    added = await db.execute(
        insert(received_files)
        .values(person_id=person_id, file_id=file_id, name=name, sent_at=now)
        .returning(received_files.c.id)
    )
    return Received(int(added.scalar_one()), file_id, name)


async def of(db: AsyncConnection, person_id: int, number: int) -> Received | None:
    """That file, if it is this person's and still remembered."""
    mine = (received_files.c.id == number, received_files.c.person_id == person_id)
    row = (await db.execute(select(received_files).where(*mine))).one_or_none()
    return None if row is None else Received(row.id, row.file_id, row.name)


async def forget(db: AsyncConnection, person_id: int, number: int) -> None:
    mine = (received_files.c.id == number, received_files.c.person_id == person_id)
    await db.execute(delete(received_files).where(*mine))
