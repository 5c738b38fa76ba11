"""The matches of two wishes, typed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.partnerships.matches import Match, Says
from bot.storage.columns import NOW
from bot.storage.tables import partner_matches

DUE: Final = select(partner_matches.c.id).where(partner_matches.c.next_at <= NOW, partner_matches.c.ended_at.is_(None))


async def find(db: AsyncConnection, one: int, other: int, next_at: datetime) -> Match | None:
    """The match of these two wishes, made now; None where they were matched before."""
    first, second = sorted((one, other))
    both = (partner_matches.c.wish_id == first, partner_matches.c.other_id == second)
    if (await db.execute(select(partner_matches.c.id).where(*both))).first() is not None:
        return None
    values = {"wish_id": first, "other_id": second, "next_at": next_at}
    made = await db.execute(insert(partner_matches).values(**values).returning(partner_matches.c.id))
    return Match(made.scalar_one(), first, second, next_at=next_at)


async def match(db: AsyncConnection, match_id: int) -> Match | None:
    """The match with that number."""
    row = (await db.execute(select(partner_matches).where(partner_matches.c.id == match_id))).one_or_none()
    return _match(row) if row else None


async def of_wishes(db: AsyncConnection, wish_ids: Sequence[int]) -> list[Match]:
    """Those of these wishes that have not ended, the newest first."""
    mine = or_(partner_matches.c.wish_id.in_(wish_ids), partner_matches.c.other_id.in_(wish_ids))
    found = select(partner_matches).where(mine, partner_matches.c.ended_at.is_(None))
    return [_match(row) for row in await db.execute(found.order_by(partner_matches.c.id.desc()))]


async def save(db: AsyncConnection, was: Match, changed: Match) -> bool:
    """True for the one caller that found it as it was."""
    saved = await db.execute(
        update(partner_matches)
        .where(
            partner_matches.c.id == was.id,
            partner_matches.c.introduced_at.is_(None),
            partner_matches.c.ended_at.is_(None),
            partner_matches.c.wish_says.is_not_distinct_from(was.wish_says),
            partner_matches.c.other_says.is_not_distinct_from(was.other_says),
        )
        .values(
            wish_says=changed.wish_says,
            other_says=changed.other_says,
            next_at=changed.next_at,
            reminded_at=changed.reminded_at,
            introduced_at=changed.introduced_at,
            ended_at=changed.ended_at,
        )
    )
    return saved.rowcount == 1


async def due(db: AsyncConnection, now: datetime, limit: int) -> list[Match]:
    """Those in which somebody has not answered for a while."""
    found = select(partner_matches).where(partner_matches.c.next_at <= now, partner_matches.c.ended_at.is_(None))
    return [_match(row) for row in await db.execute(found.order_by(partner_matches.c.next_at).limit(limit))]


def _match(row: Any) -> Match:
    return Match(
        row.id,
        row.wish_id,
        row.other_id,
        None if row.wish_says is None else Says(row.wish_says),
        None if row.other_says is None else Says(row.other_says),
        row.next_at,
        row.reminded_at,
        row.introduced_at,
        row.ended_at,
    )
