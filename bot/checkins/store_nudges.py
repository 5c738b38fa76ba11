"""The nudges table, typed; and the talk that a mentor has not written down."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import exists, insert, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.checkins.nudges import Nudge, Told
from bot.checkins.rules import WANTED, CheckIn
from bot.checkins.store import checkin as checkin_by_number
from bot.storage.columns import NOW
from bot.storage.tables import checkins, nudges

AT_ONCE: Final = 100

FELL_DUE: Final = select(nudges.c.id).where(nudges.c.next_at <= NOW)
"""Due rows taken at one look at the clock."""


def _nudge(row: Any) -> Nudge:
    return Nudge(row.id, row.case_id, row.checkin_id, row.opened_at, Told(row.step), row.next_at, row.closed_at)


async def oldest_unrecorded(db: AsyncConnection, case_id: int, now: datetime) -> CheckIn | None:
    """The talk of which nothing has been written down for the longest time."""
    wanted = [state.value for state in WANTED]
    query = (
        select(checkins.c.id)
        .where(checkins.c.case_id == case_id, checkins.c.state.in_(wanted), checkins.c.due_at <= now)
        .order_by(checkins.c.due_at)
        .limit(1)
    )
    number = await db.scalar(query)
    return None if number is None else await checkin_by_number(db, number)


async def last_of_case(db: AsyncConnection, case_id: int) -> Nudge | None:
    """The latest reminder of a case, open or closed."""
    query = select(nudges).where(nudges.c.case_id == case_id).order_by(nudges.c.id.desc()).limit(1)
    row = (await db.execute(query)).one_or_none()
    return _nudge(row) if row else None


async def open_nudge(
    db: AsyncConnection, case_id: int, checkin_id: int, now: datetime, next_at: datetime | None
) -> int | None:
    """A new one, and its number; None where one stands open, so that two presses make one."""
    values = {
        "case_id": literal(case_id),
        "checkin_id": literal(checkin_id),
        "opened_at": literal(now, nudges.c.opened_at.type),
        "step": literal(Told.MENTOR.value),
        "next_at": literal(next_at, nudges.c.next_at.type),
    }
    open_one = exists().where(nudges.c.case_id == case_id, nudges.c.closed_at.is_(None))
    query = insert(nudges).from_select(list(values), select(*values.values()).where(~open_one)).returning(nudges.c.id)
    number: int | None = (await db.execute(query)).scalar_one_or_none()
    return number


async def fell_due(db: AsyncConnection, now: datetime) -> list[Nudge]:
    """Those whose next in line is to be told, the longest waiting first."""
    query = select(nudges).where(nudges.c.next_at <= now).order_by(nudges.c.next_at).limit(AT_ONCE)
    return [_nudge(row) for row in await db.execute(query)]


async def advance(db: AsyncConnection, found: Nudge, told: Told, next_at: datetime | None) -> bool:
    """Whether this call was the one that went on to the next in line."""
    still_so = (nudges.c.id == found.id, nudges.c.step == found.told.value, nudges.c.next_at == found.next_at)
    return (await db.execute(update(nudges).where(*still_so).values(step=told.value, next_at=next_at))).rowcount == 1


async def close(db: AsyncConnection, case_id: int, now: datetime) -> bool:
    """Whether this call was the one that ended a reminder of the case."""
    still_open = (nudges.c.case_id == case_id, nudges.c.closed_at.is_(None))
    return (await db.execute(update(nudges).where(*still_open).values(closed_at=now, next_at=None))).rowcount > 0
