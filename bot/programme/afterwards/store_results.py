"""The results table, typed."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.programme.afterwards.results import Answer, Better, Result, ResultKind, ResultState
from bot.programme.rules import Outcome
from bot.storage.columns import NOW
from bot.storage.tables import results

AT_ONCE: Final = 100

FELL_DUE: Final = select(results.c.id).where(results.c.next_at <= NOW)
"""Due rows taken at one look at the clock."""


def _result(row: Any) -> Result:
    return Result(
        row.id,
        row.case_id,
        ResultKind(row.kind),
        row.due_on,
        ResultState(row.state),
        row.next_at,
        Outcome(row.outcome) if row.outcome else None,
        Answer(row.answer) if row.answer else None,
        frozenset(Better(code) for code in (row.better or "").split()),
    )


async def result(db: AsyncConnection, result_id: int) -> Result | None:
    """One result by its number."""
    row = (await db.execute(select(results).where(results.c.id == result_id))).one_or_none()
    return _result(row) if row else None


async def of_case(db: AsyncConnection, case_id: int) -> list[Result]:
    """Both results of a case, the earlier first."""
    query = select(results).where(results.c.case_id == case_id).order_by(results.c.due_on)
    return [_result(row) for row in await db.execute(query)]


async def plan(db: AsyncConnection, case_id: int, due: Mapping[ResultKind, tuple[date, datetime]]) -> None:
    """Both rows of somebody who left. What stands for that very day stays; who left once more is asked anew."""
    standing = {one.kind: one for one in await of_case(db, case_id)}
    for kind, (due_on, next_at) in due.items():
        before = standing.get(kind)
        fresh = {"due_on": due_on, "next_at": next_at, "state": ResultState.PLANNED.value}
        if before is None:
            await db.execute(insert(results).values(case_id=case_id, kind=kind.value, **fresh))
        elif before.due_on != due_on or before.state is ResultState.OFF:
            emptied = dict.fromkeys(("outcome", "answer", "better", "answered_at", "recorded_at", "recorded_by"), None)
            await db.execute(update(results).where(results.c.id == before.id).values(**fresh, **emptied))


async def fell_due(db: AsyncConnection, now: datetime) -> list[Result]:
    """Results whose next step is due, the longest waiting first."""
    query = select(results).where(results.c.next_at <= now).order_by(results.c.next_at).limit(AT_ONCE)
    return [_result(row) for row in await db.execute(query)]


async def advance(db: AsyncConnection, found: Result, state: ResultState, next_at: datetime | None) -> bool:
    """Take the next step; whether this call did."""
    still_so = (
        results.c.id == found.id,
        results.c.state == found.state.value,
        results.c.next_at.is_(None) if found.next_at is None else results.c.next_at == found.next_at,
    )
    changed = update(results).where(*still_so).values(state=state.value, next_at=next_at)
    return (await db.execute(changed)).rowcount == 1


async def answer(db: AsyncConnection, result_id: int, said: Answer, now: datetime) -> bool:
    """Keep the young person's first answer."""
    unanswered = (results.c.id == result_id, results.c.answer.is_(None))
    changed = update(results).where(*unanswered).values(answer=said.value, answered_at=now)
    return (await db.execute(changed)).rowcount == 1


async def set_better(db: AsyncConnection, result_id: int, chosen: Iterable[Better]) -> None:
    """What they say got better."""
    codes = " ".join(sorted(one.value for one in chosen))
    await db.execute(update(results).where(results.c.id == result_id).values(better=codes or None))


async def record(db: AsyncConnection, result_id: int, outcome: Outcome, by: int, now: datetime) -> bool:
    """Keep the outcome that staff recorded, unless somebody was quicker."""
    unrecorded = (results.c.id == result_id, results.c.state != ResultState.RECORDED.value)
    values = {
        "state": ResultState.RECORDED.value,
        "outcome": outcome.value,
        "next_at": None,
        "recorded_at": now,
        "recorded_by": by,
    }
    return (await db.execute(update(results).where(*unrecorded).values(values))).rowcount == 1
