"""The slot_offers table, typed: moments that a mentor offered, and the one that was taken."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import exists, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.checkins.rules import WANTED, CheckIn, State
from bot.checkins.slots import Offer
from bot.checkins.store import as_checkin
from bot.programme.store import mentored_by
from bot.roles import Person
from bot.storage.columns import NOW
from bot.storage.tables import cases, checkins, slot_offers

AT_ONCE: Final = 100

FELL_DUE: Final = select(slot_offers.c.id).where(slot_offers.c.next_at <= NOW)
"""Offers that nobody answered in time."""

_OPEN = slot_offers.c.answered_at.is_(None)


def _offer(row: Any) -> Offer:
    moments = tuple(datetime.fromisoformat(one) for one in row.moments)
    return Offer(row.id, row.checkin_id, moments, row.chosen, row.answered_at)


async def offer(db: AsyncConnection, offer_id: int) -> Offer | None:
    """One offer by its number."""
    row = (await db.execute(select(slot_offers).where(slot_offers.c.id == offer_id))).one_or_none()
    return _offer(row) if row else None


async def stands(db: AsyncConnection, checkin_id: int, moments: Sequence[datetime]) -> bool:
    """Whether just these are offered for that check-in and wait for an answer."""
    row = (await db.execute(select(slot_offers).where(slot_offers.c.checkin_id == checkin_id, _OPEN))).first()
    return row is not None and list(_offer(row).moments) == list(moments)


async def make(
    db: AsyncConnection, checkin_id: int, moments: Sequence[datetime], now: datetime, next_at: datetime
) -> int:
    """A new offer, which takes the place of an open one; its number."""
    await close(db, checkin_id, now)
    values = {
        "checkin_id": checkin_id,
        "moments": [moment.isoformat() for moment in moments],
        "made_at": now,
        "next_at": next_at,
    }
    number: int = (await db.execute(insert(slot_offers).values(values).returning(slot_offers.c.id))).scalar_one()
    return number


async def close(db: AsyncConnection, checkin_id: int, now: datetime) -> None:
    """What stands open for that check-in is settled otherwise."""
    which = (slot_offers.c.checkin_id == checkin_id, _OPEN)
    await db.execute(update(slot_offers).where(*which).values(answered_at=now, next_at=None))


async def answer(db: AsyncConnection, found: Offer, chosen: int | None, now: datetime) -> bool:
    """Keep the first answer: the place of a moment, or that none suits. Whether this call was the one."""
    query = update(slot_offers).where(slot_offers.c.id == found.id, _OPEN)
    return (await db.execute(query.values(chosen=chosen, answered_at=now, next_at=None))).rowcount == 1


async def fell_due(db: AsyncConnection, now: datetime) -> list[Offer]:
    """Offers that nobody answered in time, the longest waiting first."""
    query = select(slot_offers).where(slot_offers.c.next_at <= now).order_by(slot_offers.c.next_at).limit(AT_ONCE)
    return [_offer(row) for row in await db.execute(query)]


async def claim(db: AsyncConnection, found: Offer) -> bool:
    """Nothing more happens with it by itself. Whether this call was the one."""
    waits = (slot_offers.c.id == found.id, slot_offers.c.next_at.is_not(None))
    return (await db.execute(update(slot_offers).where(*waits).values(next_at=None))).rowcount == 1


async def waiting(db: AsyncConnection, mentor: Person, limit: int) -> list[CheckIn]:
    """Check-ins of this mentor for which a young person has not chosen a moment yet."""
    unanswered = exists().where(slot_offers.c.checkin_id == checkins.c.id, _OPEN)
    wanted = checkins.c.state.in_([state.value for state in WANTED])
    query = (
        select(checkins)
        .join(cases, cases.c.id == checkins.c.case_id)
        .where(mentored_by(mentor), wanted, unanswered)
        .order_by(checkins.c.due_at, checkins.c.id)
        .limit(limit)
    )
    return [as_checkin(row) for row in await db.execute(query)]


# --- what stands in calendars -----------------------------------------------------------------------------------

_IN_CALENDARS = exists().where(slot_offers.c.checkin_id == checkins.c.id, slot_offers.c.chosen.is_not(None))


async def in_calendars(db: AsyncConnection, checkin_id: int) -> CheckIn | None:
    """The check-in, if both sides were sent a file for it."""
    query = select(checkins).where(checkins.c.id == checkin_id, checkins.c.agreed_at.is_not(None), _IN_CALENDARS)
    row = (await db.execute(query)).one_or_none()
    return as_checkin(row) if row else None


async def ahead_in_calendars(db: AsyncConnection, case_id: int, now: datetime, *states: State) -> list[CheckIn]:
    """The check-ins of a case in these states that lie ahead and of which both sides have a file."""
    query = select(checkins).where(
        checkins.c.case_id == case_id,
        checkins.c.agreed_at.is_not(None),
        checkins.c.due_at > now,
        checkins.c.state.in_([state.value for state in states]),
        _IN_CALENDARS,
    )
    return [as_checkin(row) for row in await db.execute(query.order_by(checkins.c.due_at))]


async def taken_from_calendars(db: AsyncConnection, found: CheckIn) -> bool:
    """It will not be, and both sides hear so now. Whether this call was the one."""
    query = update(checkins).where(checkins.c.id == found.id, checkins.c.agreed_at.is_not(None))
    return (await db.execute(query.values(agreed_at=None, sequence=checkins.c.sequence + 1))).rowcount == 1
