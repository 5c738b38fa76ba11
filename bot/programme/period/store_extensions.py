"""The extensions table, typed; and the days of a period as they are agreed."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.calendar import add_months
from bot.programme import store
from bot.programme.period.extending import Extension, ExtensionState
from bot.programme.rules import Case
from bot.storage.tables import cases, checkins, extensions


def _extension(row: Any) -> Extension:
    return Extension(row.id, row.case_id, row.ends_on, row.reason, ExtensionState(row.state), row.asked_by)


async def extension(db: AsyncConnection, extension_id: int) -> Extension | None:
    """One wish for more time by its number."""
    row = (await db.execute(select(extensions).where(extensions.c.id == extension_id))).one_or_none()
    return _extension(row) if row else None


async def ask(db: AsyncConnection, case_id: int, ends_on: date, reason: str, by: int, now: datetime) -> int:
    """Somebody asks for more time; its number. An earlier wish that nobody decided on gives way to it."""
    await leave(db, case_id)
    values = {
        "case_id": case_id,
        "ends_on": ends_on,
        "reason": reason,
        "state": ExtensionState.ASKED.value,
        "asked_at": now,
        "asked_by": by,
    }
    number: int = (await db.execute(insert(extensions).values(values).returning(extensions.c.id))).scalar_one()
    return number


async def decide(db: AsyncConnection, extension_id: int, state: ExtensionState, by: int, now: datetime) -> bool:
    """Agree or decline, unless somebody was quicker."""
    waiting = (extensions.c.id == extension_id, extensions.c.state == ExtensionState.ASKED.value)
    changed = update(extensions).where(*waiting).values(state=state.value, decided_at=now, decided_by=by)
    return (await db.execute(changed)).rowcount == 1


async def leave(db: AsyncConnection, case_id: int) -> None:
    """Nobody has to decide on what was asked before."""
    waiting = (extensions.c.case_id == case_id, extensions.c.state == ExtensionState.ASKED.value)
    await db.execute(update(extensions).where(*waiting).values(state=ExtensionState.OVER.value))


async def move_end(db: AsyncConnection, case: Case, ends_on: date, remind_at: datetime) -> bool:
    """Another last day; where talks thin out in the last month, that is the new last month."""
    thins = await thins_from(db, case.id) is not None
    return await store.agree(
        db,
        case,
        ends_on=ends_on,
        remind_at=remind_at,
        escalate_at=None,
        tapers_from=last_month_of(ends_on) if thins else None,
    )


async def thins_from(db: AsyncConnection, case_id: int) -> date | None:
    """From which local day on talks are rarer, where a lead chose so."""
    found: date | None = await db.scalar(select(cases.c.tapers_from).where(cases.c.id == case_id))
    return found


async def last_talk_at(db: AsyncConnection, case_id: int, now: datetime) -> datetime | None:
    """When the last check-in that still lies ahead falls due (UTC)."""
    ahead = (checkins.c.case_id == case_id, checkins.c.next_at.is_not(None), checkins.c.due_at > now)
    found: datetime | None = await db.scalar(select(func.max(checkins.c.due_at)).where(*ahead))
    return found


def last_month_of(ends_on: date) -> date:
    """The first day of a period's last month."""
    return add_months(ends_on, -1)
