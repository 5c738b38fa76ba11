"""What contacts can be compared by, read from their rows, and which pairs a lead has been asked about."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.programme.reasons import DUPLICATE
from bot.programme.rules import Case
from bot.programme.tasks import TaskKind
from bot.programme.twice.duplicates import WITHIN, Trace
from bot.storage.tables import cases, people, tasks
from bot.words import Language

_TRACE = select(
    cases.c.id,
    cases.c.youth_id,
    people.c.source_id,
    cases.c.municipality,
    cases.c.age_band,
    cases.c.wish,
    people.c.language,
    cases.c.opened_at,
).join(people, people.c.id == cases.c.youth_id)


def _trace(row: Any) -> Trace:
    return Trace(
        row.id,
        row.youth_id,
        row.source_id,
        row.municipality,
        row.age_band,
        row.wish,
        Language(row.language),
        row.opened_at,
    )


async def trace(db: AsyncConnection, case_id: int) -> Trace | None:
    """That of one case."""
    row = (await db.execute(_TRACE.where(cases.c.id == case_id))).one_or_none()
    return _trace(row) if row else None


async def around(db: AsyncConnection, new: Trace) -> Sequence[Trace]:
    """Other young people's contacts of the same place and time that did not end as duplicates."""
    near = (
        cases.c.municipality == new.municipality,
        cases.c.youth_id != new.youth_id,
        cases.c.opened_at.between(new.opened_at - WITHIN, new.opened_at + WITHIN),
        cases.c.stage_reason.is_distinct_from(DUPLICATE),
    )
    return [_trace(row) for row in await db.execute(_TRACE.where(*near).order_by(cases.c.id))]


async def was_asked(db: AsyncConnection, one: int, other: int) -> bool:
    """Whether a lead was asked about these two cases before, in whichever order."""
    older, newer = sorted((one, other))
    asked = select(tasks.c.id).where(
        tasks.c.kind == TaskKind.DUPLICATE.value, tasks.c.case_id == newer, tasks.c.subject_id == older
    )
    return (await db.execute(asked.limit(1))).first() is not None


async def waits(db: AsyncConnection, case: Case) -> list[int]:
    """The cases that perhaps are the same as this newer one, about which nobody has answered."""
    query = select(tasks.c.subject_id).where(
        tasks.c.kind == TaskKind.DUPLICATE.value, tasks.c.case_id == case.id, tasks.c.done_at.is_(None)
    )
    return [one for one in await db.scalars(query.order_by(tasks.c.id)) if one is not None]


async def settle(db: AsyncConnection, newer: Case, older: Case, by: int, now: datetime) -> None:
    """The lead has answered about these two."""
    which = (
        tasks.c.kind == TaskKind.DUPLICATE.value,
        tasks.c.case_id == newer.id,
        tasks.c.subject_id == older.id,
        tasks.c.done_at.is_(None),
    )
    await db.execute(update(tasks).where(*which).values(done_at=now, done_by=by))
