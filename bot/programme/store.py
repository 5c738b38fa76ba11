"""The cases table, typed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any, Final

from sqlalchemy import ColumnElement, func, insert, or_, select, true, update
from sqlalchemy import case as choose
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.calendar import Every, Rhythm
from bot.programme.plans import Plan
from bot.programme.rules import OPEN, Case, Contact, Outcome, Stage
from bot.roles import Person, Role
from bot.storage.tables import cases, grants

AT_ONCE: Final = 100
"""Due rows taken at one look at the clock."""

_OPEN = [stage.value for stage in OPEN]
_ORDER = choose({stage.value: place for place, stage in enumerate(OPEN)}, value=cases.c.stage, else_=len(OPEN))


def _case(row: Any) -> Case:
    rhythm = Rhythm(Every(row.rhythm), row.weekday, time.fromisoformat(row.hour)) if row.rhythm else None
    return Case(
        row.id, row.youth_id, row.municipality, Stage(row.stage), row.screening_outcome, row.age_band, row.wish,
        row.with_parent, row.urgent, row.mentor_id, row.lead_id, row.opened_at, row.starts_on, row.ends_on,
        rhythm, Outcome(row.outcome) if row.outcome else None,
    )


# --- reading ----------------------------------------------------------------------------------------------------


async def case(db: AsyncConnection, case_id: int) -> Case | None:
    """One case by its number."""
    row = (await db.execute(select(cases).where(cases.c.id == case_id))).one_or_none()
    return _case(row) if row else None


async def cases_by_id(db: AsyncConnection, ids: Iterable[int]) -> dict[int, Case]:
    """Several cases by their numbers; who is gone is missing from the answer."""
    rows = await db.execute(select(cases).where(cases.c.id.in_(list(ids))))
    return {row.id: _case(row) for row in rows}


async def case_of_youth(db: AsyncConnection, youth_id: int) -> Case | None:
    """The newest case of this young person."""
    query = select(cases).where(cases.c.youth_id == youth_id).order_by(cases.c.id.desc()).limit(1)
    row = (await db.execute(query)).one_or_none()
    return _case(row) if row else None


async def cases_of_mentor(db: AsyncConnection, mentor_id: int, *stages: Stage) -> list[Case]:
    """The mentor's cases in these stages, oldest first."""
    wanted = [stage.value for stage in stages]
    query = select(cases).where(cases.c.mentor_id == mentor_id, cases.c.stage.in_(wanted)).order_by(cases.c.id)
    return [_case(row) for row in await db.execute(query)]


async def cases_in_sight(
    db: AsyncConnection, person: Person, *stages: Stage, offset: int = 0, limit: int = 10
) -> list[Case]:
    """Cases in these stages that this person mentors, leads or coordinates: new ones first, then oldest first."""
    query = (
        select(cases)
        .where(cases.c.stage.in_([stage.value for stage in stages]), _in_sight(person))
        .order_by(_ORDER, cases.c.id)
        .offset(offset)
        .limit(limit)
    )
    return [_case(row) for row in await db.execute(query)]


def _in_sight(person: Person) -> ColumnElement[bool]:
    watched = [grant.municipality for grant in person.grants if grant.role in (Role.LEAD, Role.COORDINATOR)]
    if None in watched:
        return true()
    return or_(cases.c.mentor_id == person.id, cases.c.municipality.in_(watched))


async def loads(db: AsyncConnection, mentor_ids: Iterable[int]) -> dict[int, int]:
    """How many open cases each of these mentors has; who has none is missing."""
    query = (
        select(cases.c.mentor_id, func.count().label("load"))
        .where(cases.c.mentor_id.in_(list(mentor_ids)), cases.c.stage.in_(_OPEN))
        .group_by(cases.c.mentor_id)
    )
    return {row.mentor_id: row.load for row in await db.execute(query)}


async def led_municipalities(db: AsyncConnection) -> list[str]:
    """Codes of the municipalities that have a programme lead."""
    query = select(grants.c.municipality).distinct().where(
        grants.c.role == Role.LEAD.value, grants.c.municipality.is_not(None)
    )
    return sorted((await db.scalars(query)).all())


# --- changing: each answers whether this call was the one that did it ------------------------------------------------


async def open_case(db: AsyncConnection, contact: Contact, now: datetime, remind_at: datetime) -> int:
    """A new case at its first stage; its number."""
    values = {
        "youth_id": contact.youth_id, "municipality": contact.municipality, "stage": Stage.CONTACT.value,
        "stage_at": now, "screening_outcome": contact.screening_outcome, "age_band": contact.age_band,
        "wish": contact.wish, "with_parent": contact.with_parent, "urgent": contact.urgent, "opened_at": now,
        "remind_at": remind_at,
    }
    number: int = (await db.execute(insert(cases).values(values).returning(cases.c.id))).scalar_one()
    return number


async def place(db: AsyncConnection, found: Case, municipality: str, remind_at: datetime) -> bool:
    """Give a case without a municipality one; its keepers' time to react starts anew."""
    return await _changed(
        db, found, cases.c.municipality.is_(None), municipality=municipality, remind_at=remind_at, escalate_at=None
    )


async def assign(
    db: AsyncConnection, found: Case, mentor_id: int, stage: Stage, by: int, now: datetime
) -> bool:
    """Make somebody the mentor, unless another was quicker."""
    moved = {"stage": stage.value, "stage_at": now} if stage is not found.stage else {}
    return await _changed(
        db, found, cases.c.mentor_id.is_(None), mentor_id=mentor_id, lead_id=by, remind_at=None, escalate_at=None,
        **moved,
    )


async def begin(db: AsyncConnection, found: Case, plan: Plan, by: int, now: datetime) -> bool:
    """Enter the programme with that plan."""
    return await _changed(
        db, found, stage=Stage.PROGRAMME.value, stage_at=now, lead_id=by, starts_on=plan.starts_on,
        ends_on=plan.ends_on, rhythm=plan.rhythm.every.value, weekday=plan.rhythm.weekday,
        hour=f"{plan.rhythm.at:%H:%M}",
    )


async def end(
    db: AsyncConnection, found: Case, stage: Stage, outcome: Outcome | None, by: int | None, now: datetime
) -> bool:
    """End the case in that way; `by` is the programme lead who decided, None where the young person did."""
    return await _changed(
        db, found, stage=stage.value, stage_at=now, lead_id=by or found.lead_id,
        outcome=outcome.value if outcome else None, remind_at=None, escalate_at=None,
    )


async def _changed(db: AsyncConnection, found: Case, *conditions: ColumnElement[bool], **values: object) -> bool:
    still_so = (cases.c.id == found.id, cases.c.stage == found.stage.value, *conditions)
    return (await db.execute(update(cases).where(*still_so).values(values))).rowcount == 1


# --- what fell due ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Waiting:
    """A contact that nobody has reacted to, and since when a step is due (UTC)."""

    case: Case
    since: datetime


async def to_remind(db: AsyncConnection, now: datetime) -> list[Waiting]:
    """New contacts whose keepers are to be reminded."""
    query = select(cases).where(cases.c.remind_at <= now).order_by(cases.c.remind_at).limit(AT_ONCE)
    return [Waiting(_case(row), row.remind_at) for row in await db.execute(query)]


async def claim_reminder(db: AsyncConnection, waiting: Waiting, escalate_at: datetime) -> bool:
    return await _changed(
        db, waiting.case, cases.c.remind_at == waiting.since, remind_at=None, escalate_at=escalate_at
    )


async def to_escalate(db: AsyncConnection, now: datetime) -> list[Waiting]:
    """New contacts that are to be told to the next in line."""
    query = select(cases).where(cases.c.escalate_at <= now).order_by(cases.c.escalate_at).limit(AT_ONCE)
    return [Waiting(_case(row), row.escalate_at) for row in await db.execute(query)]


async def claim_escalation(db: AsyncConnection, waiting: Waiting) -> bool:
    return await _changed(db, waiting.case, cases.c.escalate_at == waiting.since, escalate_at=None)
