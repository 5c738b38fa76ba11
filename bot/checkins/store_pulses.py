"""The answers to "how are you" in the checkins table, and the words added to them."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.checkins.pulses import Words
from bot.storage.tables import checkins


async def answers(db: AsyncConnection, case_id: int, limit: int) -> list[tuple[datetime, int]]:
    """The latest answers with their moments, oldest first; what was skipped is left out."""
    query = (
        select(checkins.c.pulse_at, checkins.c.pulse)
        .where(checkins.c.case_id == case_id, checkins.c.pulse.is_not(None))
        .order_by(checkins.c.pulse_at.desc(), checkins.c.id.desc())
        .limit(limit)
    )
    return [(row.pulse_at, row.pulse) for row in reversed((await db.execute(query)).all())]


async def keep_words(db: AsyncConnection, checkin_id: int, words: str) -> bool:
    """Add words to an answer, for nobody but their writer yet; newer words take the place of older ones."""
    answered = (checkins.c.id == checkin_id, checkins.c.pulse.is_not(None))
    kept = update(checkins).where(*answered).values(pulse_words=words, words_shared=False)
    return (await db.execute(kept)).rowcount == 1


async def share_words(db: AsyncConnection, checkin_id: int, *, shared: bool) -> bool:
    """Let the mentor read them, or no longer; whether this call changed it."""
    other = (checkins.c.id == checkin_id, checkins.c.pulse_words.is_not(None), checkins.c.words_shared == (not shared))
    return (await db.execute(update(checkins).where(*other).values(words_shared=shared))).rowcount == 1


async def words(db: AsyncConnection, checkin_id: int) -> Words | None:
    """What was added to an answer, if anything was."""
    query = select(checkins.c.pulse, checkins.c.pulse_words, checkins.c.words_shared).where(
        checkins.c.id == checkin_id, checkins.c.pulse_words.is_not(None)
    )
    row = (await db.execute(query)).one_or_none()
    return Words(row.pulse or 0, row.pulse_words, row.words_shared) if row else None
