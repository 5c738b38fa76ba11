"""The tasks table, typed."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, insert, or_, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.programme.store import mentored_by
from bot.programme.tasks import Audience, Task, TaskKind
from bot.roles import Person, Role
from bot.storage.tables import cases, tasks


def _task(row: Any) -> Task:
    return Task(
        row.id, row.case_id, Audience(row.audience), TaskKind(row.kind), row.subject_id, row.opened_at, row.due_at
    )


async def open_task(
    db: AsyncConnection,
    case_id: int,
    audience: Audience,
    kind: TaskKind,
    now: datetime,
    *,
    subject_id: int | None = None,
    due_at: datetime | None = None,
) -> int | None:
    """A new task, and its number; None where the same one stands open already."""
    same = (
        tasks.c.case_id == case_id,
        tasks.c.audience == audience.value,
        tasks.c.kind == kind.value,
        tasks.c.subject_id.is_(None) if subject_id is None else tasks.c.subject_id == subject_id,
        tasks.c.done_at.is_(None),
    )
    if await db.scalar(select(tasks.c.id).where(*same)) is not None:
        return None
    values = {
        "case_id": case_id,
        "audience": audience.value,
        "kind": kind.value,
        "subject_id": subject_id,
        "opened_at": now,
        "due_at": due_at,
    }
    number: int = (await db.execute(insert(tasks).values(values).returning(tasks.c.id))).scalar_one()
    return number


async def task(db: AsyncConnection, task_id: int) -> Task | None:
    """One open task by its number."""
    row = (await db.execute(select(tasks).where(tasks.c.id == task_id, tasks.c.done_at.is_(None)))).one_or_none()
    return _task(row) if row else None


async def open_tasks(db: AsyncConnection, person: Person, limit: int) -> list[Task]:
    """What this person is asked to do as a mentor, a deputy or a programme lead, or in place of a mentor who is not
    there: the longest waiting first."""
    query = (
        select(tasks)
        .join(cases, cases.c.id == tasks.c.case_id)
        .where(tasks.c.done_at.is_(None), or_(_of_mentor(person), _of_lead(person), _of_nobody(person)))
        .order_by(tasks.c.opened_at, tasks.c.id)
        .limit(limit)
    )
    return [_task(row) for row in await db.execute(query)]


def _of_mentor(person: Person) -> ColumnElement[bool]:
    """A deputy has them too, but for the note that the mentor before wrote for the next one alone."""
    read = (tasks.c.kind != TaskKind.HANDED_OVER.value) | (cases.c.mentor_id == person.id)
    return (tasks.c.audience == Audience.MENTOR.value) & mentored_by(person) & read


def _of_lead(person: Person) -> ColumnElement[bool]:
    return (tasks.c.audience == Audience.LEAD.value) & _led_by(person) & ~_apart_from_mentor(person)


def _of_nobody(person: Person) -> ColumnElement[bool]:
    """A mentor's, while the case has none: its lead has them until the next one does. What was for the mentor's eyes
    alone waits for that one: the note before, and how the young person is."""
    for_mentors_alone = tasks.c.kind.in_([TaskKind.HANDED_OVER.value, TaskKind.PULSE_DROP.value])
    waits = (tasks.c.audience == Audience.MENTOR.value) & cases.c.mentor_id.is_(None)
    return waits & _led_by(person) & ~for_mentors_alone


def _led_by(person: Person) -> ColumnElement[bool]:
    led = [grant.municipality for grant in person.grants if grant.role is Role.LEAD]
    return true() if None in led else cases.c.municipality.in_(led)


def _apart_from_mentor(person: Person) -> ColumnElement[bool]:
    """What a young person asked for apart from their mentor is not the mentor's to see, though they lead as well."""
    spoken_of = tasks.c.kind.in_([TaskKind.MISMATCH.value, TaskKind.EARLIER_MISMATCH.value])
    return spoken_of & cases.c.mentor_id.is_not(None) & mentored_by(person)


async def finish(db: AsyncConnection, task_id: int, by: int, now: datetime) -> bool:
    """Whether this call was the one that finished it."""
    still_open = (tasks.c.id == task_id, tasks.c.done_at.is_(None))
    return (await db.execute(update(tasks).where(*still_open).values(done_at=now, done_by=by))).rowcount == 1


async def finish_of_subject(
    db: AsyncConnection, kind: TaskKind, subject_id: int, by: int | None, now: datetime
) -> None:
    """All open ones of that kind about one record."""
    which = (tasks.c.kind == kind.value, tasks.c.subject_id == subject_id, tasks.c.done_at.is_(None))
    await db.execute(update(tasks).where(*which).values(done_at=now, done_by=by))


async def finish_of_case(db: AsyncConnection, case_id: int, kind: TaskKind, by: int | None, now: datetime) -> None:
    """All open ones of that kind of a case."""
    which = (tasks.c.case_id == case_id, tasks.c.kind == kind.value, tasks.c.done_at.is_(None))
    await db.execute(update(tasks).where(*which).values(done_at=now, done_by=by))
