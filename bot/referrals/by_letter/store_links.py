"""The links in letters: rows that know a hash, never the secret itself."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.referrals.referral import State
from bot.storage.tables import referral_links, referrals


@dataclass(frozen=True, slots=True)
class LinkRow:
    """One link, and how the referral behind it stands."""

    id: int
    referral_id: int
    expires_at: datetime
    opened_at: datetime | None
    revoked_at: datetime | None
    wrong_at: datetime | None
    state: State


async def add(db: AsyncConnection, referral_id: int, secret_hash: str, now: datetime, expires_at: datetime) -> int:
    """The number of the new link."""
    values = {"referral_id": referral_id, "secret_hash": secret_hash, "made_at": now, "expires_at": expires_at}
    added = await db.execute(insert(referral_links).values(**values).returning(referral_links.c.id))
    return int(added.scalar_one())


async def by_hash(db: AsyncConnection, secret_hash: str) -> LinkRow | None:
    """The link whose secret has this hash."""
    found = await db.execute(
        select(referral_links, referrals.c.state)
        .join(referrals, referrals.c.id == referral_links.c.referral_id)
        .where(referral_links.c.secret_hash == secret_hash)
    )
    row = found.one_or_none()
    if row is None:
        return None
    return LinkRow(
        row.id, row.referral_id, row.expires_at, row.opened_at, row.revoked_at, row.wrong_at, State(row.state)
    )


async def note_opened(db: AsyncConnection, link_id: int, now: datetime) -> None:
    """Somebody opened this one; only the first time counts."""
    await db.execute(
        update(referral_links)
        .where(referral_links.c.id == link_id, referral_links.c.opened_at.is_(None))
        .values(opened_at=now)
    )


async def revoke(db: AsyncConnection, referral_id: int, now: datetime, *, wrong: bool) -> None:
    """Every link to this referral opens nothing any more; `wrong`: whoever got it said that it is not for them."""
    values: dict[str, datetime] = {"revoked_at": now, **({"wrong_at": now} if wrong else {})}
    await db.execute(
        update(referral_links)
        .where(referral_links.c.referral_id == referral_id, referral_links.c.revoked_at.is_(None))
        .values(**values)
    )


async def last_made(db: AsyncConnection, referral_id: int) -> datetime | None:
    """When the newest link of this referral was made."""
    newest = select(referral_links.c.made_at).where(referral_links.c.referral_id == referral_id)
    made: datetime | None = await db.scalar(newest.order_by(referral_links.c.id.desc()).limit(1))
    return made
