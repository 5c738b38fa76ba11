"""When somebody of the staff learnt of a danger to a child, and when they reported it."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.safety.reports import Body, Report
from bot.storage.columns import NOW
from bot.storage.tables import child_reports

AT_ONCE: Final = 100

FELL_DUE: Final = select(child_reports.c.id).where(child_reports.c.next_at <= NOW)
"""Due rows taken at one look at the clock."""


def _report(row: Any) -> Report:
    body = Body(row.reported_to) if row.reported_to else None
    return Report(row.id, row.youth_id, row.made_by, body, row.opened_at, row.reported_at, row.next_at)


async def report(db: AsyncConnection, report_id: int) -> Report | None:
    """One report by its number."""
    row = (await db.execute(select(child_reports).where(child_reports.c.id == report_id))).one_or_none()
    return _report(row) if row else None


async def unfinished(db: AsyncConnection, person_id: int, youth_id: int | None) -> Report | None:
    """What this person began about that young person and has not recorded."""
    query = select(child_reports).where(
        child_reports.c.made_by == person_id,
        child_reports.c.youth_id.is_not_distinct_from(youth_id),
        child_reports.c.reported_to.is_(None),
    )
    row = (await db.execute(query.order_by(child_reports.c.id.desc()).limit(1))).one_or_none()
    return _report(row) if row else None


async def begin(db: AsyncConnection, person_id: int, youth_id: int | None, now: datetime, remind_at: datetime) -> int:
    """Somebody has learnt of a danger now; the number of the record."""
    values = {"youth_id": youth_id, "made_by": person_id, "opened_at": now, "next_at": remind_at}
    number: int = (await db.execute(insert(child_reports).values(values).returning(child_reports.c.id))).scalar_one()
    return number


async def record(db: AsyncConnection, found: Report, body: Body, now: datetime) -> bool:
    """It is reported; True for the first to say so."""
    unrecorded = (child_reports.c.id == found.id, child_reports.c.reported_to.is_(None))
    values = {"reported_to": body.value, "reported_at": now, "next_at": None}
    return (await db.execute(update(child_reports).where(*unrecorded).values(values))).rowcount == 1


async def fell_due(db: AsyncConnection, now: datetime) -> list[Report]:
    """Reports that are not recorded and of which somebody is to be reminded."""
    query = select(child_reports).where(child_reports.c.next_at <= now)
    return [_report(row) for row in await db.execute(query.order_by(child_reports.c.next_at).limit(AT_ONCE))]


async def remind_later(db: AsyncConnection, found: Report, next_at: datetime) -> bool:
    """Claim the reminder; the next is due at `next_at`."""
    same = (child_reports.c.id == found.id, child_reports.c.next_at == found.next_at)
    return (await db.execute(update(child_reports).where(*same).values(next_at=next_at))).rowcount == 1
