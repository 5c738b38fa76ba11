"""The goals and steps tables, typed."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.programme.planning.goals import Goal, Helper, Measure, Step, StepState
from bot.storage.tables import goals, steps


def _step(row: Any) -> Step:
    return Step(
        row.id,
        row.goal_id,
        row.position,
        Measure(row.kind),
        row.words,
        row.due_on,
        Helper(row.helper),
        StepState(row.state),
    )


async def goals_of(db: AsyncConnection, case_id: int) -> list[Goal]:
    """Everything that was written for a case, in its order."""
    query = select(goals).where(goals.c.case_id == case_id).order_by(goals.c.position, goals.c.id)
    found = (await db.execute(query)).all()
    of_goal: dict[int, list[Step]] = {row.id: [] for row in found}
    lines = select(steps).where(steps.c.goal_id.in_(list(of_goal))).order_by(steps.c.position, steps.c.id)
    for row in await db.execute(lines):
        of_goal[row.goal_id].append(_step(row))
    return [Goal(row.id, row.case_id, row.position, row.template, row.words, tuple(of_goal[row.id])) for row in found]


async def goal(db: AsyncConnection, goal_id: int) -> Goal | None:
    """One goal with its steps."""
    case_id = await db.scalar(select(goals.c.case_id).where(goals.c.id == goal_id))
    if case_id is None:
        return None
    return next((one for one in await goals_of(db, case_id) if one.id == goal_id), None)


async def goal_of_step(db: AsyncConnection, step_id: int) -> Goal | None:
    """The goal of that step, with all its steps."""
    goal_id = await db.scalar(select(steps.c.goal_id).where(steps.c.id == step_id))
    return None if goal_id is None else await goal(db, goal_id)


async def states(db: AsyncConnection, step_ids: Iterable[int]) -> dict[int, StepState]:
    """How these steps stand; what is gone is missing."""
    rows = await db.execute(select(steps.c.id, steps.c.state).where(steps.c.id.in_(list(step_ids))))
    return {row.id: StepState(row.state) for row in rows}


async def add_goal(
    db: AsyncConnection, case_id: int, by: int, now: datetime, *, words: str | None = None, template: str | None = None
) -> int:
    """A goal below the others; its number."""
    last = await db.scalar(select(func.max(goals.c.position)).where(goals.c.case_id == case_id))
    values = {"case_id": case_id, "position": (last or 0) + 1, "template": template, "words": words}
    made = insert(goals).values(values | {"made_at": now, "made_by": by}).returning(goals.c.id)
    number: int = (await db.execute(made)).scalar_one()
    return number


async def word_goal(db: AsyncConnection, goal_id: int, words: str) -> None:
    await db.execute(update(goals).where(goals.c.id == goal_id).values(words=words, template=None))


async def delete_goal(db: AsyncConnection, goal_id: int) -> None:
    """Take a goal away with its steps, as if it had never been written."""
    await db.execute(delete(goals).where(goals.c.id == goal_id))


async def order_goals(db: AsyncConnection, ids: Sequence[int]) -> None:
    for place, one in enumerate(ids, start=1):
        await db.execute(update(goals).where(goals.c.id == one).values(position=place))


async def add_step(db: AsyncConnection, goal_id: int, kind: Measure, helper: Helper, by: int, now: datetime) -> int:
    """A step below the others of its goal; its number."""
    last = await db.scalar(select(func.max(steps.c.position)).where(steps.c.goal_id == goal_id))
    values = {"goal_id": goal_id, "position": (last or 0) + 1, "kind": kind.value, "helper": helper.value}
    whose = {"state": StepState.OPEN.value, "changed_at": now, "changed_by": by}
    made = insert(steps).values(values | whose).returning(steps.c.id)
    number: int = (await db.execute(made)).scalar_one()
    return number


async def word_step(db: AsyncConnection, step_id: int, words: str | None, by: int, now: datetime) -> None:
    """Its words; None: its kind says enough."""
    await _change(db, step_id, by, now, words=words)


async def set_day(db: AsyncConnection, step_id: int, day: date | None, by: int, now: datetime) -> None:
    await _change(db, step_id, by, now, due_on=day)


async def set_helper(db: AsyncConnection, step_id: int, helper: Helper, by: int, now: datetime) -> None:
    await _change(db, step_id, by, now, helper=helper.value)


async def _change(db: AsyncConnection, step_id: int, by: int, now: datetime, **values: object) -> None:
    await db.execute(update(steps).where(steps.c.id == step_id).values(changed_at=now, changed_by=by, **values))


async def set_state(db: AsyncConnection, step: Step, state: StepState, by: int, now: datetime) -> bool:
    """Whether this call was the one that changed it from how it was seen."""
    seen = (steps.c.id == step.id, steps.c.state == step.state.value)
    values = {"state": state.value, "changed_at": now, "changed_by": by}
    return state is not step.state and (await db.execute(update(steps).where(*seen).values(values))).rowcount == 1


async def delete_step(db: AsyncConnection, step_id: int) -> None:
    await db.execute(delete(steps).where(steps.c.id == step_id))


async def order_steps(db: AsyncConnection, ids: Sequence[int]) -> None:
    for place, one in enumerate(ids, start=1):
        await db.execute(update(steps).where(steps.c.id == one).values(position=place))
