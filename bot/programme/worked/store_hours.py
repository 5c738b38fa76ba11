"""A mentor's time, read from the hours table and from the check-ins that they recorded."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, case, delete, func, insert, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.calendar import wall
from bot.programme.worked.hours import TWICE_WITHIN, Line, What, after
from bot.roles import Person, Role
from bot.storage.tables import cases, checkins, hours

_AT: Final = case((checkins.c.recorded_at < checkins.c.due_at, checkins.c.recorded_at), else_=checkins.c.due_at)
"""When a check-in was: at its time, or when it was recorded if that was earlier."""


@dataclass(frozen=True, slots=True)
class Spent:
    """What somebody's month with all their young people in one place comes to; nobody's where the person is gone."""

    person_id: int | None
    minutes: int
    youths: int


async def lines(
    db: AsyncConnection, person_id: int, month: date, zone: ZoneInfo, case_id: int | None = None
) -> list[Line]:
    """Everything that this person did in that local month, with one young person or with all, oldest first."""
    of_case = true() if case_id is None else checkins.c.case_id == case_id
    talks = await db.execute(
        select(checkins.c.case_id, _AT.label("at"), checkins.c.minutes, checkins.c.way).where(
            *_talked(month, zone), checkins.c.recorded_by == person_id, of_case
        )
    )
    beside = select(hours).where(*_beside(month), hours.c.mentor_id == person_id)
    if case_id is not None:
        beside = beside.where(hours.c.case_id == case_id)
    found = [
        *(Line(None, row.case_id, row.at.astimezone(zone).date(), row.minutes, f"checkin_{row.way}") for row in talks),
        *(_line(row) for row in await db.execute(beside)),
    ]
    return sorted(found, key=lambda one: (one.on, one.id or 0))


async def of_mentors(db: AsyncConnection, lead: Person, month: date, zone: ZoneInfo) -> list[Spent]:
    """The month of everybody who spent time with young people of where this person leads, the most first."""
    led = [grant.municipality for grant in lead.grants if grant.role is Role.LEAD]
    here: ColumnElement[bool] = true() if None in led else cases.c.municipality.in_(led)
    talked = _with_case(checkins.c.recorded_by, checkins.c.minutes, checkins.c.case_id).where(
        *_talked(month, zone), here
    )
    beside = _with_case(hours.c.mentor_id, hours.c.minutes, hours.c.case_id).where(*_beside(month), here)
    both = talked.union_all(beside).subquery()
    query = select(
        both.c.who, func.sum(both.c.minutes).label("minutes"), func.count(both.c.case_id.distinct()).label("youths")
    ).group_by(both.c.who)
    found = [Spent(row.who, row.minutes, row.youths) for row in await db.execute(query)]
    return sorted(found, key=lambda one: (-one.minutes, one.person_id or 0))


def _with_case(who: ColumnElement[Any], minutes: ColumnElement[Any], case_id: ColumnElement[Any]) -> Select[Any]:
    return select(who.label("who"), minutes.label("minutes"), case_id.label("case_id")).join(
        cases, cases.c.id == case_id
    )


def _talked(month: date, zone: ZoneInfo) -> Sequence[ColumnElement[bool]]:
    begins, ends = wall(month, time.min, zone), wall(after(month), time.min, zone)
    # Only a recorded check-in has minutes.
    return checkins.c.minutes.is_not(None), begins <= _AT, ends > _AT


def _beside(month: date) -> Sequence[ColumnElement[bool]]:
    return hours.c.on >= month, hours.c.on < after(month)


def _line(row: Any) -> Line:
    return Line(row.id, row.case_id, row.on, row.minutes, row.what)


async def line(db: AsyncConnection, line_id: int, person_id: int) -> Line | None:
    """One line of this person's own, by its number."""
    query = select(hours).where(hours.c.id == line_id, hours.c.mentor_id == person_id)
    row = (await db.execute(query)).one_or_none()
    return _line(row) if row else None


async def add(
    db: AsyncConnection, case_id: int, person_id: int, what: What, on: date, minutes: int, now: datetime
) -> int:
    """A new line, and its number; a second tap finds the first one's."""
    values = {"case_id": case_id, "mentor_id": person_id, "what": what.value, "on": on, "minutes": minutes}
    same = (*(hours.c[name] == value for name, value in values.items()), hours.c.made_at > now - TWICE_WITHIN)
    before: int | None = await db.scalar(select(hours.c.id).where(*same).limit(1))
    if before is not None:
        return before
    number: int = (await db.execute(insert(hours).values(made_at=now, **values).returning(hours.c.id))).scalar_one()
    return number


async def set_minutes(db: AsyncConnection, line_id: int, minutes: int) -> None:
    """It took another time."""
    await db.execute(update(hours).where(hours.c.id == line_id).values(minutes=minutes))


async def drop(db: AsyncConnection, line_id: int) -> None:
    """It was not so."""
    await db.execute(delete(hours).where(hours.c.id == line_id))
