"""What a person of the staff has set for themselves: the hour of the morning digest, and the address of their feed."""

from dataclasses import dataclass
from datetime import datetime, time
from typing import Any, Final

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.checkins.digest import DEFAULT
from bot.people.store import NO_DIGEST
from bot.storage.columns import NOW
from bot.storage.tables import people

AT_ONCE: Final = 100

DIGEST_DUE: Final = select(people.c.id).where(people.c.digest_at <= NOW)
"""People whose digest is due."""


@dataclass(frozen=True, slots=True)
class Digest:
    """When somebody wants the digest (local clock; None: not at all), whether they said so, when the next is due."""

    person_id: int
    hour: time | None
    chosen: bool
    at: datetime | None


def _digest(row: Any) -> Digest:
    if row.digest_hour == NO_DIGEST:
        return Digest(row.id, None, True, row.digest_at)
    hour = DEFAULT if row.digest_hour is None else time.fromisoformat(row.digest_hour)
    return Digest(row.id, hour, row.digest_hour is not None, row.digest_at)


_DIGESTS = select(people.c.id, people.c.digest_hour, people.c.digest_at)


async def digest(db: AsyncConnection, person_id: int) -> Digest:
    """What this person has set."""
    return _digest((await db.execute(_DIGESTS.where(people.c.id == person_id))).one())


async def digests_due(db: AsyncConnection, now: datetime) -> list[Digest]:
    """Whose digest is due, the longest waiting first."""
    query = _DIGESTS.where(people.c.digest_at <= now).order_by(people.c.digest_at).limit(AT_ONCE)
    return [_digest(row) for row in await db.execute(query)]


async def claim_digest(db: AsyncConnection, found: Digest, next_at: datetime | None) -> bool:
    """On to the next morning. Whether this call was the one."""
    still_so = (people.c.id == found.person_id, people.c.digest_at == found.at)
    return (await db.execute(update(people).where(*still_so).values(digest_at=next_at))).rowcount == 1


async def set_digest(db: AsyncConnection, person_id: int, hour: time | None, next_at: datetime | None) -> None:
    """At that hour from now on, or not at all."""
    said = NO_DIGEST if hour is None else f"{hour:%H:%M}"
    await db.execute(update(people).where(people.c.id == person_id).values(digest_hour=said, digest_at=next_at))


# --- the feed ---------------------------------------------------------------------------------------------------


async def has_feed(db: AsyncConnection, person_id: int) -> bool:
    """Whether an address of theirs is in use."""
    query = select(people.c.id).where(people.c.id == person_id, people.c.feed_hash.is_not(None))
    return await db.scalar(query) is not None


async def set_feed(db: AsyncConnection, person_id: int, feed_hash: str | None) -> None:
    """From now on that address and no other; without one the feed is off."""
    await db.execute(update(people).where(people.c.id == person_id).values(feed_hash=feed_hash))


async def whose_feed(db: AsyncConnection, feed_hash: str) -> int | None:
    """Whose address hashes to that."""
    found: int | None = await db.scalar(select(people.c.id).where(people.c.feed_hash == feed_hash))
    return found
