"""Wishes for another mentor, typed."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.delivery.packing import State as Delivery
from bot.programme.mentors.wishes import Ending, Step, Wish
from bot.storage.columns import NOW
from bot.storage.tables import mentor_wishes, outbox

AT_ONCE: Final = 100

FELL_DUE: Final = select(mentor_wishes.c.id).where(mentor_wishes.c.next_at <= NOW)
"""Due rows taken at one look at the clock."""


def _wish(row: Any) -> Wish:
    return Wish(row.id, row.case_id, row.words, row.opened_at, row.next_at, Step(row.step), row.outcome, row.decided_at)


async def wish(db: AsyncConnection, wish_id: int) -> Wish | None:
    """One wish by its number."""
    row = (await db.execute(select(mentor_wishes).where(mentor_wishes.c.id == wish_id))).one_or_none()
    return _wish(row) if row else None


async def open_wish(db: AsyncConnection, case_id: int) -> Wish | None:
    """The wish of this case that nobody has decided."""
    still_open = (mentor_wishes.c.case_id == case_id, mentor_wishes.c.decided_at.is_(None))
    row = (await db.execute(select(mentor_wishes).where(*still_open))).one_or_none()
    return _wish(row) if row else None


async def undecided(db: AsyncConnection, limit: int) -> list[Wish]:
    """Wishes that nobody has decided, the longest waiting first."""
    query = select(mentor_wishes).where(mentor_wishes.c.decided_at.is_(None)).order_by(mentor_wishes.c.opened_at)
    return [_wish(row) for row in await db.execute(query.limit(limit))]


async def begin(db: AsyncConnection, case_id: int, words: str | None, now: datetime, next_at: datetime) -> Wish:
    """A new wish."""
    values = {"case_id": case_id, "words": words, "opened_at": now, "next_at": next_at, "step": int(Step.ASKED)}
    return _wish((await db.execute(insert(mentor_wishes).values(values).returning(mentor_wishes))).one())


async def fell_due(db: AsyncConnection, now: datetime) -> list[Wish]:
    """Wishes whose next step is due, the longest waiting first."""
    query = select(mentor_wishes).where(mentor_wishes.c.next_at <= now).order_by(mentor_wishes.c.next_at)
    return [_wish(row) for row in await db.execute(query.limit(AT_ONCE))]


async def move_on(db: AsyncConnection, found: Wish, step: Step, next_at: datetime | None) -> bool:
    """Claim the next step."""
    return await _changed(db, found, step=int(step), next_at=next_at)


async def talk_first(db: AsyncConnection, found: Wish, next_at: datetime) -> bool:
    """Somebody talks with the young person; nothing is decided."""
    step = Step.ASKED if found.step is Step.REMINDED else found.step
    return await _changed(db, found, outcome=Ending.TALK.value, step=int(step), next_at=next_at)


async def decide(db: AsyncConnection, found: Wish, outcome: Ending, by: int | None, now: datetime) -> bool:
    """It is settled; what the young person wrote for it goes, and nobody is told of it any more."""
    done = {"outcome": outcome.value, "decided_at": now, "decided_by": by, "next_at": None, "words": None}
    if not await _changed(db, found, **done):
        return False
    await withhold(db, found.id)
    return True


async def withhold(db: AsyncConnection, wish_id: int, person_id: int | None = None) -> None:
    """Notices of it that have not gone out, to everybody or to this person."""
    waiting = [outbox.c.once.like(f"wish:{wish_id}:%"), outbox.c.state == Delivery.WAITING.value]
    if person_id is not None:
        waiting.append(outbox.c.person_id == person_id)
    await db.execute(delete(outbox).where(*waiting))


async def _changed(db: AsyncConnection, found: Wish, **values: object) -> bool:
    same = mentor_wishes.c.next_at.is_(None) if found.next_at is None else mentor_wishes.c.next_at == found.next_at
    still_so = (mentor_wishes.c.id == found.id, mentor_wishes.c.decided_at.is_(None), same)
    return (await db.execute(update(mentor_wishes).where(*still_so).values(values))).rowcount == 1
