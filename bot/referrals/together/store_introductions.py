"""What a receiver has written about themselves, and whether two have been introduced."""

from typing import Final

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.tables import people, referral_states

INTRODUCED: Final = "introduced"
"""The change's name in the referral's history."""


async def about(db: AsyncConnection, person_id: int) -> str | None:
    """Their own words; None where they have written none."""
    words: str | None = await db.scalar(select(people.c.about_me).where(people.c.id == person_id))
    return words


async def keep_about(db: AsyncConnection, person_id: int, words: str) -> None:
    await db.execute(update(people).where(people.c.id == person_id).values(about_me=words))


async def were_introduced(db: AsyncConnection, referral_id: int) -> bool:
    this = (referral_states.c.referral_id == referral_id, referral_states.c.change == INTRODUCED)
    return await db.scalar(select(referral_states.c.id).where(*this).limit(1)) is not None
