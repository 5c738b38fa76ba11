"""The pauses table, typed."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.programme.period.pauses import Pause, PauseReason, PauseState
from bot.storage.columns import NOW
from bot.storage.tables import pauses

AT_ONCE: Final = 100

FELL_DUE: Final = select(pauses.c.id).where(pauses.c.next_at <= NOW)
"""Due rows taken at one look at the clock."""

_STANDING = (PauseState.PLANNED.value, PauseState.RUNNING.value)


def _pause(row: Any) -> Pause:
    return Pause(row.id, row.case_id, PauseReason(row.reason), row.starts_on, row.resumes_on, PauseState(row.state))


async def of_case(db: AsyncConnection, case_id: int) -> list[Pause]:
    """The pauses of a case that are planned or running, in the order of their days."""
    query = select(pauses).where(pauses.c.case_id == case_id, pauses.c.state.in_(_STANDING))
    return [_pause(row) for row in await db.execute(query.order_by(pauses.c.starts_on))]


async def running(db: AsyncConnection, case_ids: Collection[int]) -> dict[int, Pause]:
    """The pause in which each of these cases is now, by the number of the case."""
    inside = (pauses.c.case_id.in_(case_ids), pauses.c.state == PauseState.RUNNING.value)
    return {row.case_id: _pause(row) for row in await db.execute(select(pauses).where(*inside))}


async def pause(db: AsyncConnection, pause_id: int) -> Pause | None:
    """One pause by its number."""
    row = (await db.execute(select(pauses).where(pauses.c.id == pause_id))).one_or_none()
    return _pause(row) if row else None


async def make(
    db: AsyncConnection,
    case_id: int,
    reason: PauseReason,
    starts_on: date,
    resumes_on: date,
    next_at: datetime,
    by: int,
    now: datetime,
) -> Pause:
    """A new pause that lies ahead or begins at `next_at`."""
    values = {
        "case_id": case_id,
        "reason": reason.value,
        "starts_on": starts_on,
        "resumes_on": resumes_on,
        "state": PauseState.PLANNED.value,
        "next_at": next_at,
        "made_at": now,
        "made_by": by,
    }
    row = (await db.execute(insert(pauses).values(values).returning(pauses))).one()
    return _pause(row)


async def fell_due(db: AsyncConnection, now: datetime) -> list[Pause]:
    """Pauses that begin, end or are about to end, the longest waiting first."""
    query = select(pauses).where(pauses.c.next_at <= now).order_by(pauses.c.next_at).limit(AT_ONCE)
    return [_pause(row) for row in await db.execute(query)]


async def advance(
    db: AsyncConnection,
    found: Pause,
    state: PauseState,
    next_at: datetime | None,
    *,
    due: datetime | None = None,
    resumes_on: date | None = None,
) -> bool:
    """Move a pause on, or its end to another day; whether this call did it. `due` claims only a step that is due."""
    still_so = [pauses.c.id == found.id, pauses.c.state == found.state.value, pauses.c.resumes_on == found.resumes_on]
    if due is not None:
        still_so.append(pauses.c.next_at <= due)
    values = {"state": state.value, "next_at": next_at, "resumes_on": resumes_on or found.resumes_on}
    return (await db.execute(update(pauses).where(*still_so).values(values))).rowcount == 1


async def stop_all(db: AsyncConnection, case_id: int) -> None:
    """The case ended: no pause of it begins or ends any more."""
    standing = (pauses.c.case_id == case_id, pauses.c.state.in_(_STANDING))
    await db.execute(update(pauses).where(*standing).values(state=PauseState.STOPPED.value, next_at=None))
