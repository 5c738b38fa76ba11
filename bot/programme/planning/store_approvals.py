"""The plan_decisions table, typed."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.programme.planning.approvals import WAITING, Laid, State
from bot.programme.planning.goals import Content, Goal, agreed, digest
from bot.programme.planning.store_goals import states
from bot.storage.columns import NOW
from bot.storage.tables import plan_decisions

AT_ONCE: Final = 100

_WAITING: Final = [state.value for state in WAITING]

STILL_WAITS: Final = select(plan_decisions.c.id).where(plan_decisions.c.next_at <= NOW)
"""Due rows taken at one look at the clock."""


def _laid(row: Any) -> Laid:
    return Laid(
        row.id,
        row.case_id,
        row.digest,
        row.content,
        State(row.state),
        row.comment,
        row.laid_at,
        row.laid_by,
        row.decided_at,
        row.decided_by,
    )


async def laid(db: AsyncConnection, decision_id: int) -> Laid | None:
    """One plan that was laid before the lead, by its number."""
    row = (await db.execute(select(plan_decisions).where(plan_decisions.c.id == decision_id))).one_or_none()
    return _laid(row) if row else None


async def latest(db: AsyncConnection, case_id: int) -> Laid | None:
    """What was laid last and not taken back."""
    return await _last(db, case_id, plan_decisions.c.state != State.TAKEN_BACK.value)


async def approved(db: AsyncConnection, case_id: int) -> Laid | None:
    """What a lead agreed to last: this is the plan."""
    return await _last(db, case_id, plan_decisions.c.state == State.APPROVED.value)


async def _last(db: AsyncConnection, case_id: int, which: ColumnElement[bool]) -> Laid | None:
    query = (
        select(plan_decisions)
        .where(plan_decisions.c.case_id == case_id, which)
        .order_by(plan_decisions.c.id.desc())
        .limit(1)
    )
    row = (await db.execute(query)).one_or_none()
    return _laid(row) if row else None


async def approved_goals(db: AsyncConnection, case_id: int) -> tuple[Goal, ...]:
    """The plan that was agreed to, with how its steps stand now; empty while there is none."""
    found = await approved(db, case_id)
    return () if found is None else await goals_in(db, found)


async def goals_in(db: AsyncConnection, found: Laid) -> tuple[Goal, ...]:
    """What was laid before the lead, as goals and steps."""
    ids = [step["step"] for goal in found.content for step in goal["steps"]]
    return agreed(found.case_id, found.content, await states(db, ids))


async def steps_ever_laid(db: AsyncConnection, case_id: int) -> set[int]:
    """The steps that stand in anything a lead was shown or agreed to: dropped, they are kept."""
    query = select(plan_decisions.c.content).where(plan_decisions.c.case_id == case_id)
    return {step["step"] for content in await db.scalars(query) for goal in content for step in goal["steps"]}


async def lay(db: AsyncConnection, case_id: int, content: Content, by: int, now: datetime, remind_at: datetime) -> int:
    """Lay it before the lead in place of what waited; its number."""
    await take_back(db, case_id)
    values = {
        "case_id": case_id,
        "digest": digest(content),
        "content": content,
        "state": State.LAID.value,
        "laid_at": now,
        "laid_by": by,
        "next_at": remind_at,
    }
    made = insert(plan_decisions).values(values).returning(plan_decisions.c.id)
    number: int = (await db.execute(made)).scalar_one()
    return number


async def take_back(db: AsyncConnection, case_id: int) -> None:
    """Nothing of this case waits for a decision any more."""
    waits = (plan_decisions.c.case_id == case_id, plan_decisions.c.state.in_(_WAITING))
    await db.execute(update(plan_decisions).where(*waits).values(state=State.TAKEN_BACK.value, next_at=None))


async def decide(
    db: AsyncConnection, decision_id: int, state: State, comment: str | None, by: int, now: datetime
) -> bool:
    """Whether this call was the one that decided; of two leads one is."""
    waits = (plan_decisions.c.id == decision_id, plan_decisions.c.state.in_(_WAITING))
    values = {"state": state.value, "comment": comment, "decided_at": now, "decided_by": by, "next_at": None}
    return (await db.execute(update(plan_decisions).where(*waits).values(values))).rowcount == 1


# --- what fell due ----------------------------------------------------------------------------------------------


async def still_waiting(db: AsyncConnection, now: datetime) -> list[tuple[Laid, datetime]]:
    """Plans that nobody decided on in time, with the moment that passed."""
    due = plan_decisions.c.next_at <= now
    query = select(plan_decisions).where(due).order_by(plan_decisions.c.next_at).limit(AT_ONCE)
    return [(_laid(row), row.next_at) for row in await db.execute(query)]


async def claim(db: AsyncConnection, found: Laid, since: datetime, state: State, next_at: datetime | None) -> bool:
    """Whether this call was the one that moved it on."""
    same = (
        plan_decisions.c.id == found.id,
        plan_decisions.c.state == found.state.value,
        plan_decisions.c.next_at == since,
    )
    return (
        await db.execute(update(plan_decisions).where(*same).values(state=state.value, next_at=next_at))
    ).rowcount == 1
