"""The wishes for a partner, typed."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import exists, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.partnerships.wishes import Field, Side, Wish
from bot.storage.columns import NOW
from bot.storage.tables import grants, partner_wishes

DUE: Final = select(partner_wishes.c.id).where(partner_wishes.c.next_at <= NOW, partner_wishes.c.closed_at.is_(None))

_OPEN: Final = (partner_wishes.c.published_at.is_not(None), partner_wishes.c.closed_at.is_(None))


async def begin(db: AsyncConnection, person_id: int, side: Side, now: datetime) -> Wish:
    """A new wish, to be written; one that this person had begun on the same side is gone on with."""
    begun = select(partner_wishes).where(
        partner_wishes.c.person_id == person_id,
        partner_wishes.c.side == side.value,
        partner_wishes.c.published_at.is_(None),
        partner_wishes.c.closed_at.is_(None),
    )
    row = (await db.execute(begun.limit(1))).one_or_none()
    if row is not None:
        return _wish(row)
    made = await db.execute(
        insert(partner_wishes)
        .values(person_id=person_id, side=side.value, fields=[], countries=[], languages=[], created_at=now)
        .returning(partner_wishes.c.id)
    )
    return Wish(made.scalar_one(), person_id, side)


async def wish(db: AsyncConnection, wish_id: int) -> Wish | None:
    """The wish with that number, whatever its state."""
    row = (await db.execute(select(partner_wishes).where(partner_wishes.c.id == wish_id))).one_or_none()
    return _wish(row) if row else None


async def save(db: AsyncConnection, changed: Wish) -> None:
    """Keep it as it is now, unless it was closed meanwhile."""
    await db.execute(
        update(partner_wishes)
        .where(partner_wishes.c.id == changed.id, partner_wishes.c.closed_at.is_(None))
        .values(
            organization=changed.organization,
            subject=changed.subject,
            fields=sorted(changed.fields),
            countries=sorted(changed.countries),
            languages=sorted(changed.languages),
            from_on=changed.from_on,
            until_on=changed.until_on,
            contact=changed.contact,
            published_at=changed.published_at,
            next_at=changed.next_at,
            asked_at=changed.asked_at,
        )
    )


async def close(db: AsyncConnection, wish_id: int, now: datetime) -> bool:
    """True for the one that closed it."""
    closed = await db.execute(
        update(partner_wishes)
        .where(partner_wishes.c.id == wish_id, partner_wishes.c.closed_at.is_(None))
        .values(closed_at=now, next_at=None)
    )
    return closed.rowcount == 1


async def of_person(db: AsyncConnection, person_id: int) -> list[Wish]:
    """Their wishes that are not closed, the newest first."""
    mine = select(partner_wishes).where(partner_wishes.c.person_id == person_id, partner_wishes.c.closed_at.is_(None))
    return [_wish(row) for row in await db.execute(mine.order_by(partner_wishes.c.id.desc()))]


async def open_on(db: AsyncConnection, side: Side) -> list[Wish]:
    """Every open wish on that side whose owner is still of the staff."""
    still_there = exists().where(grants.c.person_id == partner_wishes.c.person_id)
    found = select(partner_wishes).where(*_OPEN, partner_wishes.c.side == side.value, still_there)
    return [_wish(row) for row in await db.execute(found.order_by(partner_wishes.c.id))]


async def due(db: AsyncConnection, now: datetime, limit: int) -> list[Wish]:
    """Those whose owner is to be asked, or heard nothing from."""
    found = select(partner_wishes).where(partner_wishes.c.next_at <= now, partner_wishes.c.closed_at.is_(None))
    return [_wish(row) for row in await db.execute(found.order_by(partner_wishes.c.next_at).limit(limit))]


async def move_on(db: AsyncConnection, was: Wish, next_at: datetime | None, asked_at: datetime | None) -> bool:
    """True for the one caller that found it due as it was."""
    moved = await db.execute(
        update(partner_wishes)
        .where(
            partner_wishes.c.id == was.id,
            partner_wishes.c.next_at == was.next_at,
            partner_wishes.c.closed_at.is_(None),
        )
        .values(next_at=next_at, asked_at=asked_at)
    )
    return moved.rowcount == 1


def _wish(row: Any) -> Wish:
    return Wish(
        row.id,
        row.person_id,
        Side(row.side),
        row.organization,
        row.subject,
        frozenset(Field(one) for one in row.fields),
        frozenset(row.countries),
        frozenset(row.languages),
        row.from_on,
        row.until_on,
        row.contact,
        row.published_at,
        row.next_at,
        row.asked_at,
        row.closed_at,
    )
