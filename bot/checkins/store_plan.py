"""The rows of the plan: read as planning looks at them, and changed as it says.

A row whose `sequence` has grown was put to its time by somebody; planning never touches it and never makes it grow.
"""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import bindparam, delete, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.checkins.replanning import Changes, Planned, Standing
from bot.checkins.rules import State
from bot.programme.rules import JOINED
from bot.storage.inserting import each
from bot.storage.tables import audit, cases, checkins

_OF_CASE = select(
    checkins.c.id,
    checkins.c.number,
    checkins.c.planned_on,
    checkins.c.due_at,
    checkins.c.earliest_at,
    checkins.c.latest_at,
    checkins.c.state,
    checkins.c.agreed_at,
    checkins.c.sequence,
).where(checkins.c.case_id == bindparam("case"))

_ADD = insert(checkins)

_MOVE = (
    update(checkins)
    .where(
        checkins.c.id == bindparam("row"),
        checkins.c.state == State.PLANNED.value,
        checkins.c.due_at == bindparam("was_due"),
    )
    .values(
        planned_on=bindparam("day"),
        due_at=bindparam("due"),
        next_at=bindparam("due"),
        earliest_at=bindparam("earliest"),
        latest_at=bindparam("latest"),
    )
)


async def standing(db: AsyncConnection, case_id: int) -> list[Standing]:
    """Every check-in of a case that was not cancelled."""
    rows = await db.execute(_OF_CASE.where(checkins.c.state != State.CANCELLED.value), {"case": case_id})
    return [
        Standing(
            row.id,
            row.number,
            row.planned_on,
            row.due_at,
            row.earliest_at,
            row.latest_at,
            row.state == State.PLANNED.value and row.agreed_at is None and row.sequence == 0,
        )
        for row in rows
    ]


async def last_number(db: AsyncConnection, case_id: int) -> int:
    """The highest number that a check-in of the case has, cancelled ones included; 0 where there is none."""
    return await db.scalar(select(func.max(checkins.c.number)).where(checkins.c.case_id == case_id)) or 0


async def apply(db: AsyncConnection, case_id: int, changes: Changes) -> None:
    """Write what planning decided."""
    if changes.dropped:
        unneeded = (checkins.c.id.in_([one.id for one in changes.dropped]), checkins.c.state == State.PLANNED.value)
        await db.execute(delete(checkins).where(*unneeded))
    if changes.moved:
        await db.execute(_MOVE, each([_moved(row, planned) for row, planned in changes.moved]))
    await add(db, case_id, changes.added)


async def add(db: AsyncConnection, case_id: int, planned: Iterable[tuple[int, Planned]]) -> None:
    """A row for every check-in that is new, under its number."""
    rows = [_row(case_id, number, one) for number, one in planned]
    if rows:
        await db.execute(_ADD, each(rows))


def _moved(row: Standing, planned: Planned) -> dict[str, object]:
    return {
        "row": row.id,
        "was_due": row.due_at,
        "day": planned.planned_on,
        "due": planned.due_at,
        "earliest": planned.window.earliest_at,
        "latest": planned.window.latest_at,
    }


def _row(case_id: int, number: int, planned: Planned) -> dict[str, object]:
    return {
        "case_id": case_id,
        "number": number,
        "planned_on": planned.planned_on,
        "due_at": planned.due_at,
        "next_at": planned.due_at,
        "earliest_at": planned.window.earliest_at,
        "latest_at": planned.window.latest_at,
        "state": State.PLANNED.value,
        "late": False,
    }


# --- what the rows were planned from ------------------------------------------------------------------------------


async def timing(db: AsyncConnection, case_id: int) -> str | None:
    """The digest of what a case's check-ins were planned from; None where they are not, or no more."""
    found: str | None = await db.scalar(select(cases.c.timing).where(cases.c.id == case_id))
    return found


async def set_timing(db: AsyncConnection, case_id: int, digest: str | None) -> None:
    await db.execute(update(cases).where(cases.c.id == case_id).values(timing=digest))


async def cases_between(db: AsyncConnection, begins: datetime, ends: datetime) -> list[int]:
    """Cases with a check-in that nobody was asked about and that is due from `begins` until before `ends`."""
    query = (
        select(checkins.c.case_id)
        .distinct()
        .where(checkins.c.next_at >= begins, checkins.c.next_at < ends, checkins.c.state == State.PLANNED.value)
        .order_by(checkins.c.case_id)
    )
    return list(await db.scalars(query))


async def joined_of(db: AsyncConnection, person_id: int) -> list[int]:
    """Cases in or behind their programme in which this person is the young person or the mentor."""
    theirs = or_(cases.c.youth_id == person_id, cases.c.mentor_id == person_id)
    query = select(cases.c.id).where(cases.c.stage.in_([stage.value for stage in JOINED]), theirs)
    return list(await db.scalars(query))


async def moved_by(db: AsyncConnection, checkin_id: int) -> int | None:
    """Who last put a check-in to another time, as the audit has it."""
    query = (
        select(audit.c.actor_id)
        .where(audit.c.action == "checkin.moved", audit.c.subject == "checkin", audit.c.subject_id == checkin_id)
        .order_by(audit.c.id.desc())
        .limit(1)
    )
    found: int | None = await db.scalar(query)
    return found


async def settled_on(db: AsyncConnection, case_id: int, begins: datetime, ends: datetime) -> list[datetime]:
    """Times from `begins` until before `ends` to which people themselves put a check-in that is still to come."""
    query = select(checkins.c.due_at).where(
        checkins.c.case_id == case_id,
        checkins.c.state == State.PLANNED.value,
        checkins.c.due_at >= begins,
        checkins.c.due_at < ends,
        or_(checkins.c.agreed_at.is_not(None), checkins.c.sequence > 0),
    )
    return list(await db.scalars(query))
