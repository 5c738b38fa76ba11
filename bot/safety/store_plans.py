"""Safety plans, and whose they are, typed."""

from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.roles import Person, Role
from bot.safety.plans import Guided, Level, Plan
from bot.storage.inserting import upsert
from bot.storage.tables import cases, deputies, people, safety_plans

_ENDED: Final = ("elsewhere", "not_now", "closed")
_GUIDED: Final = (
    select(
        people.c.id,
        people.c.code_name,
        people.c.language,
        cases.c.municipality,
        cases.c.mentor_id,
        deputies.c.person_id.label("deputy_id"),
    )
    .join(cases, cases.c.youth_id == people.c.id)
    .outerjoin(deputies, deputies.c.case_id == cases.c.id)
    .where(cases.c.stage.not_in(_ENDED))
    .order_by(cases.c.id.desc())
)


async def guided(db: AsyncConnection, youth_id: int) -> Guided | None:
    """The young person, if they have an open case."""
    row = (await db.execute(_GUIDED.where(people.c.id == youth_id).limit(1))).one_or_none()
    return None if row is None else _guided(row)


def _guided(row: Any) -> Guided:
    return Guided(row.id, row.code_name, row.municipality, row.mentor_id, row.language, row.deputy_id)


async def guided_by(db: AsyncConnection, person: Person, limit: int) -> list[Guided]:
    """Young people with an open case whom this person mentors or stands in for, or who live where they lead."""
    led = [one.municipality for one in person.grants if one.role is Role.LEAD and one.municipality]
    theirs = (cases.c.mentor_id == person.id) | (deputies.c.person_id == person.id)
    query = _GUIDED.where(theirs | cases.c.municipality.in_(led)).limit(limit)
    return [_guided(row) for row in await db.execute(query)]


async def plan(db: AsyncConnection, youth_id: int) -> Plan | None:
    """Their plan, if one was begun."""
    row = (await db.execute(select(safety_plans).where(safety_plans.c.youth_id == youth_id))).one_or_none()
    return None if row is None else Plan(Level(row.level), row.steps, row.changed_at)


async def save(db: AsyncConnection, youth_id: int, plan: Plan, by: int) -> None:
    """Keep the plan in place of any before."""
    values = {
        "youth_id": youth_id,
        "level": plan.level.value,
        "steps": plan.steps,
        "changed_at": plan.changed_at,
        "changed_by": by,
    }
    await upsert(db, safety_plans, [values], "youth_id")
