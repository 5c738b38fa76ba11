"""How a case goes back: a decision taken back, an ended case taken up again; and what its history holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.programme import store
from bot.programme.afterwards.reopening import Comeback, Reopened
from bot.programme.joining.eligibility import TAKEN_BACK
from bot.programme.period.pauses import PauseState
from bot.programme.rules import Case, Stage
from bot.storage.tables import case_stages, cases, handovers, pauses, plan_decisions

_NO_PROGRAMME: Final[dict[str, object]] = {
    "starts_on": None,
    "ends_on": None,
    "rhythm": None,
    "weekday": None,
    "hour": None,
    "monthday": None,
    "extra_weekdays": None,
    "often_until": None,
    "tapers_from": None,
    "timing": None,
    "aftercare_until": None,
    "outcome": None,
    "proposal": None,
    "escalate_at": None,
}
"""A case that has no programme, or none any more; what was stands in its history."""


async def take_back(db: AsyncConnection, found: Case, by: int, now: datetime) -> bool:
    """Back to getting to know each other, as if no programme had been agreed."""
    return await store.enter(db, found, Stage.PROFILING, TAKEN_BACK, by, now, remind_at=None, **_NO_PROGRAMME)


async def reopen(
    db: AsyncConnection,
    found: Case,
    again: Reopened,
    reason: Comeback,
    by: int,
    now: datetime,
    remind_at: datetime | None,
) -> bool:
    """Take up an ended case; `remind_at` is when somebody has to have found it a mentor."""
    return await store.enter(
        db,
        found,
        again.stage,
        reason.value,
        by,
        now,
        mentor_id=again.mentor_id,
        meeting=cases.c.meeting + 1,
        meeting_answer=None,
        invited_at=None,
        remind_at=remind_at,
        **_NO_PROGRAMME,
    )


@dataclass(frozen=True, slots=True)
class Move:
    """A stage that a case entered, and the code of the reason."""

    stage: Stage
    reason: str | None
    at: datetime


async def moves(db: AsyncConnection, case_id: int) -> Sequence[Move]:
    """Every stage of the case, in order."""
    query = select(case_stages).where(case_stages.c.case_id == case_id).order_by(case_stages.c.at, case_stages.c.id)
    return [Move(Stage(row.stage), row.reason, row.at) for row in await db.execute(query)]


async def handed_over(db: AsyncConnection, case_id: int) -> Sequence[datetime]:
    """When the case went from one mentor to another."""
    query = select(handovers.c.at).where(handovers.c.case_id == case_id).order_by(handovers.c.at)
    return list(await db.scalars(query))


async def plans_laid(db: AsyncConnection, case_id: int) -> Sequence[Any]:
    """When an individual programme was laid before the lead (`laid_at`), when decided (`decided_at`) and `state`."""
    query = (
        select(plan_decisions.c.laid_at, plan_decisions.c.decided_at, plan_decisions.c.state)
        .where(plan_decisions.c.case_id == case_id)
        .order_by(plan_decisions.c.laid_at)
    )
    return (await db.execute(query)).all()


async def paused(db: AsyncConnection, case_id: int) -> Sequence[Any]:
    """Pauses that were not taken back: `starts_on` and `resumes_on`."""
    query = (
        select(pauses.c.starts_on, pauses.c.resumes_on)
        .where(pauses.c.case_id == case_id, pauses.c.state != PauseState.STOPPED.value)
        .order_by(pauses.c.starts_on)
    )
    return (await db.execute(query)).all()


async def earlier_cases(db: AsyncConnection, found: Case) -> Sequence[Case]:
    """Cases that the same young person had before this one, in the same municipality, oldest first."""
    query = (
        select(cases.c.id)
        .where(cases.c.youth_id == found.youth_id, cases.c.id < found.id, cases.c.municipality == found.municipality)
        .order_by(cases.c.id)
    )
    ids = list(await db.scalars(query))
    known = await store.cases_by_id(db, ids)
    return [known[one] for one in ids]
