"""Experts' hours, typed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, exists, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.partnerships.slots import Slot
from bot.storage.columns import NOW
from bot.storage.tables import events, expert_slots, grants, invitations

DUE: Final = select(expert_slots.c.id).where(expert_slots.c.next_at <= NOW)

_ON: Final = expert_slots.c.cancelled_at.is_(None)


async def offer(db: AsyncConnection, slots: Sequence[Slot]) -> None:
    """Keep these new hours; their numbers are given by the database."""
    await db.execute(
        insert(expert_slots),
        [
            {
                "expert_id": one.expert_id,
                "subject": one.subject,
                "event_id": one.event_id,
                "starts_at": one.starts_at,
                "minutes": one.minutes,
                "place": one.place,
                "sequence": 0,
            }
            for one in slots
        ],
    )


async def slot(db: AsyncConnection, slot_id: int) -> Slot | None:
    """The hour with that number."""
    row = (await db.execute(select(expert_slots).where(expert_slots.c.id == slot_id))).one_or_none()
    return _slot(row) if row else None


async def of_expert(db: AsyncConnection, expert_id: int, now: datetime) -> list[Slot]:
    """Their hours ahead, the soonest first."""
    return await _all(db, _ahead(now).where(expert_slots.c.expert_id == expert_id))


async def booked_by(db: AsyncConnection, person_id: int, now: datetime) -> list[Slot]:
    """What they have booked and lies ahead, the soonest first."""
    return await _all(db, _ahead(now).where(expert_slots.c.booked_by == person_id))


async def free_for(db: AsyncConnection, person_id: int, now: datetime, limit: int) -> list[Slot]:
    """The hours that this person could book, the soonest first."""
    took_part = exists().where(
        invitations.c.event_id == expert_slots.c.event_id,
        invitations.c.person_id == person_id,
        invitations.c.came_at.is_not(None),
    )
    is_staff = exists().where(grants.c.person_id == expert_slots.c.expert_id)
    free = _ahead(now).where(
        expert_slots.c.booked_by.is_(None),
        expert_slots.c.expert_id != person_id,
        is_staff,
        expert_slots.c.event_id.is_(None) | took_part,
    )
    return await _all(db, free.limit(limit))


async def took_part(db: AsyncConnection, event_id: int, person_id: int) -> bool:
    """Whether they were at that event."""
    came = select(invitations.c.id).where(
        invitations.c.event_id == event_id,
        invitations.c.person_id == person_id,
        invitations.c.came_at.is_not(None),
    )
    return (await db.execute(came)).first() is not None


async def events_held(db: AsyncConnection, municipality: Sequence[str | None], now: datetime, limit: int) -> list[int]:
    """The newest events of these municipalities that somebody was seen at."""
    found = select(events.c.id).where(
        events.c.starts_at <= now,
        exists().where(invitations.c.event_id == events.c.id, invitations.c.came_at.is_not(None)),
    )
    if None not in municipality:
        found = found.where(events.c.municipality.in_([one for one in municipality if one is not None]))
    return list((await db.execute(found.order_by(events.c.starts_at.desc()).limit(limit))).scalars())


async def book(db: AsyncConnection, was: Slot, person_id: int, next_at: datetime) -> bool:
    """True for the one who gets it."""
    booked = await db.execute(
        update(expert_slots)
        .where(expert_slots.c.id == was.id, expert_slots.c.booked_by.is_(None), _ON)
        .values(booked_by=person_id, about=None, next_at=next_at, sequence=expert_slots.c.sequence + 1)
    )
    return booked.rowcount == 1


async def set_about(db: AsyncConnection, slot_id: int, person_id: int, about: str) -> None:
    """What they want to talk of."""
    mine = (expert_slots.c.id == slot_id, expert_slots.c.booked_by == person_id)
    await db.execute(update(expert_slots).where(*mine).values(about=about))


async def give_back(db: AsyncConnection, was: Slot, person_id: int) -> bool:
    """True for the one press that gave it back; it is free again."""
    given = await db.execute(
        update(expert_slots)
        .where(expert_slots.c.id == was.id, expert_slots.c.booked_by == person_id, _ON)
        .values(booked_by=None, about=None, next_at=None, sequence=expert_slots.c.sequence + 1)
    )
    return given.rowcount == 1


async def forget_about(db: AsyncConnection, person_id: int) -> None:
    """What this person wanted to talk of in any hour is kept nowhere."""
    await db.execute(update(expert_slots).where(expert_slots.c.booked_by == person_id).values(about=None))


async def call_off(db: AsyncConnection, was: Slot, now: datetime) -> bool:
    """True for the one press by which the expert took it out."""
    off = await db.execute(
        update(expert_slots)
        .where(expert_slots.c.id == was.id, _ON)
        .values(cancelled_at=now, next_at=None, sequence=expert_slots.c.sequence + 1)
    )
    return off.rowcount == 1


async def due(db: AsyncConnection, now: datetime, limit: int) -> list[Slot]:
    """Those to be reminded of, or asked about."""
    found = select(expert_slots).where(expert_slots.c.next_at <= now)
    return await _all(db, found.order_by(expert_slots.c.next_at).limit(limit))


async def move_on(db: AsyncConnection, was: Slot, next_at: datetime | None) -> bool:
    """True for the one caller that found it due as it was."""
    moved = await db.execute(
        update(expert_slots)
        .where(expert_slots.c.id == was.id, expert_slots.c.next_at == was.next_at)
        .values(next_at=next_at)
    )
    return moved.rowcount == 1


async def note_came(db: AsyncConnection, slot_id: int, *, came: bool) -> None:
    """Whether it took place."""
    await db.execute(update(expert_slots).where(expert_slots.c.id == slot_id).values(came=came))


def _ahead(now: datetime) -> Select[Any]:
    return select(expert_slots).where(_ON, expert_slots.c.starts_at > now).order_by(expert_slots.c.starts_at)


async def _all(db: AsyncConnection, query: Select[Any]) -> list[Slot]:
    return [_slot(row) for row in await db.execute(query)]


def _slot(row: Any) -> Slot:
    return Slot(
        row.id,
        row.expert_id,
        row.subject,
        row.starts_at,
        row.minutes,
        row.place,
        row.event_id,
        row.booked_by,
        row.about,
        row.sequence,
        row.cancelled_at,
        row.came,
        row.next_at,
    )
