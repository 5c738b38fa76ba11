"""Hours that an expert is about to offer, kept while they are asked for them."""

from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.partnerships.slots import Offer
from bot.storage.tables import expert_offers


async def begin(db: AsyncConnection, expert_id: int, subject: str) -> Offer:
    """A new one in place of any that this expert had begun."""
    await db.execute(delete(expert_offers).where(expert_offers.c.expert_id == expert_id))
    made = await db.execute(
        insert(expert_offers).values(expert_id=expert_id, subject=subject).returning(expert_offers.c.id)
    )
    return Offer(made.scalar_one(), expert_id, subject)


async def offer(db: AsyncConnection, offer_id: int) -> Offer | None:
    """The offer with that number, while it is being written."""
    row = (await db.execute(select(expert_offers).where(expert_offers.c.id == offer_id))).one_or_none()
    return None if row is None else Offer(row.id, row.expert_id, row.subject, row.event_id, row.place, row.starts_at)


async def change(db: AsyncConnection, offer_id: int, **values: Any) -> None:
    """Keep that answer."""
    await db.execute(update(expert_offers).where(expert_offers.c.id == offer_id).values(**values))


async def end(db: AsyncConnection, offer_id: int) -> bool:
    """True for the one press that made hours of it."""
    ended = await db.execute(delete(expert_offers).where(expert_offers.c.id == offer_id))
    return ended.rowcount == 1
