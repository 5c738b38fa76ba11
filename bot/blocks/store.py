"""The blocks table, typed."""

from datetime import datetime
from typing import Final

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.blocks.rules import Block, Reason
from bot.delivery import outbox
from bot.storage.columns import NOW
from bot.storage.inserting import upsert
from bot.storage.tables import blocks

OVER: Final = select(blocks.c.person_id).where(blocks.c.until <= NOW)
"""Blocks whose day has come."""

AT_ONCE: Final = 100


async def block_of(db: AsyncConnection, person_id: int) -> Block | None:
    row = (await db.execute(select(blocks).where(blocks.c.person_id == person_id))).one_or_none()
    if row is None:
        return None
    return Block(row.person_id, row.at, row.by, Reason(row.reason), row.until, row.appealed_at, row.decided_at)


async def put(db: AsyncConnection, block: Block) -> None:
    """Block somebody; a new block takes the place of an older one, with what was said against that."""
    row = {
        "person_id": block.person_id,
        "at": block.at,
        "by": block.by,
        "reason": block.reason.value,
        "until": block.until,
        "appeal": None,
        "appealed_at": None,
        "decided_at": None,
    }
    await upsert(db, blocks, [row], "person_id")


async def lift(db: AsyncConnection, person_id: int) -> bool:
    """Unblock them; True for whoever came first."""
    return (await db.execute(delete(blocks).where(blocks.c.person_id == person_id))).rowcount == 1


async def object_to(db: AsyncConnection, person_id: int, words: str, now: datetime) -> bool:
    """Keep what they say against it; False where they have objected before."""
    open_to_it = (blocks.c.person_id == person_id, blocks.c.appealed_at.is_(None))
    changed = await db.execute(update(blocks).where(*open_to_it).values(appeal=words, appealed_at=now))
    return changed.rowcount == 1


async def decide_to_keep(db: AsyncConnection, person_id: int, now: datetime) -> bool:
    """Leave the block as it is; what was said against it is kept no longer. True for whoever came first."""
    waits = (blocks.c.person_id == person_id, blocks.c.appealed_at.is_not(None), blocks.c.decided_at.is_(None))
    return (await db.execute(update(blocks).where(*waits).values(decided_at=now, appeal=None))).rowcount == 1


async def take_over(db: AsyncConnection, now: datetime) -> list[int]:
    """Whose blocks ended by themselves; they are gone with this."""
    ids = list(await db.scalars(select(blocks.c.person_id).where(blocks.c.until <= now).limit(AT_ONCE)))
    await db.execute(delete(blocks).where(blocks.c.person_id.in_(ids)))
    return ids


async def told_since(db: AsyncConnection, person_id: int, key: str, since: datetime) -> bool:
    """Whether that was said to them after `since` (aware)."""
    return await outbox.told_since(db, person_id, key, since)
