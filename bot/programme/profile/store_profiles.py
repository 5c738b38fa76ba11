"""The profiles table, typed."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.programme.profile.profiling import Mark, Notes, Profile, Topic
from bot.storage.columns import NOW
from bot.storage.inserting import upsert
from bot.storage.tables import profiles

AT_ONCE: Final = 100

NOT_AGREED_TO: Final = select(profiles.c.case_id).where(profiles.c.words_drop_at <= NOW)
"""Words a mentor wrote down that got no yes in time."""


def _profile(row: Any) -> Profile:
    notes = {Topic(topic): frozenset(Mark(mark) for mark in marks) for topic, marks in row.topics.items()}
    return Profile(row.case_id, notes, row.own_words, row.own_words_shared, row.words_drop_at)


async def profile(db: AsyncConnection, case_id: int) -> Profile:
    """What is noted for a case; an empty one where nothing is."""
    row = (await db.execute(select(profiles).where(profiles.c.case_id == case_id))).one_or_none()
    return _profile(row) if row else Profile(case_id, {})


async def save_notes(db: AsyncConnection, case_id: int, notes: Notes, by: int, now: datetime) -> None:
    topics = {topic.value: sorted(mark.value for mark in marks) for topic, marks in notes.items() if marks}
    await _save(db, case_id, by, now, topics=topics)


async def save_words(
    db: AsyncConnection,
    case_id: int,
    words: str | None,
    by: int,
    now: datetime,
    *,
    shared: bool,
    drop_at: datetime | None,
) -> None:
    """Keep these words in place of the last ones; None: no words."""
    await _save(db, case_id, by, now, own_words=words, own_words_shared=shared, words_drop_at=drop_at)


async def _save(db: AsyncConnection, case_id: int, by: int, now: datetime, **values: object) -> None:
    row = {"case_id": case_id, "changed_at": now, "changed_by": by, **values}
    known = await db.scalar(select(profiles.c.case_id).where(profiles.c.case_id == case_id))
    if known is None:
        row = {"topics": {}, "own_words": None, "own_words_shared": False, "words_drop_at": None, **row}
        await upsert(db, profiles, [row], "case_id")
        return
    await db.execute(update(profiles).where(profiles.c.case_id == case_id).values(row))


async def drop_unanswered(db: AsyncConnection, case_id: int) -> None:
    """Words of a mentor's writing that wait for a yes are gone."""
    waits = (profiles.c.case_id == case_id, profiles.c.words_drop_at.is_not(None))
    await db.execute(update(profiles).where(*waits).values(own_words=None, words_drop_at=None))


async def not_agreed_to(db: AsyncConnection, now: datetime) -> list[Profile]:
    """Profiles with words that got no yes in time."""
    query = select(profiles).where(profiles.c.words_drop_at <= now).order_by(profiles.c.words_drop_at).limit(AT_ONCE)
    return [_profile(row) for row in await db.execute(query)]
