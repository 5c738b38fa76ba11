"""What is planned for one young person, read from every table that makes the bot write to them by itself."""

from datetime import datetime
from typing import Final

from sqlalchemy import literal, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.checkins.coming import Coming, What, in_order
from bot.checkins.rules import State
from bot.events.calendar import store_ahead
from bot.people.rules import Purpose
from bot.programme.rules import Stage
from bot.referrals.ladder import REMINDERS
from bot.storage.tables import cases, checkins, consents, referrals, results

_SOON: Final = "in_progress"
_PLANNED: Final = "planned"
"""A referral with an appointment, a result that nobody was asked for yet."""


async def coming(db: AsyncConnection, case_id: int | None, youth_id: int, now: datetime) -> list[Coming]:
    """Everything that lies ahead, the nearest first. A programme has some dozens of check-ins at most."""
    return in_order(
        (
            await _talks(db, case_id, now),
            await _events(db, youth_id, now),
            await _appointments(db, youth_id, now),
            await _results(db, case_id, youth_id, now),
        )
    )


async def _talks(db: AsyncConnection, case_id: int | None, now: datetime) -> list[Coming]:
    ahead = (checkins.c.case_id == case_id, checkins.c.state == State.PLANNED.value, checkins.c.due_at > now)
    rows = await db.execute(select(checkins.c.id, checkins.c.due_at).where(*ahead))
    return [Coming(What.TALK, row.due_at, row.id) for row in rows]


async def _events(db: AsyncConnection, youth_id: int, now: datetime) -> list[Coming]:
    found = []
    for one in await store_ahead.ahead_of(db, youth_id, now):
        found += [Coming(What.EVENT, at, one.event_id) for at in one.reminders]
        if one.question_at is not None:
            found.append(Coming(What.AFTER_EVENT, one.question_at, one.event_id))
    return found


async def _appointments(db: AsyncConnection, youth_id: int, now: datetime) -> list[Coming]:
    query = (
        select(referrals.c.id, referrals.c.appointment_at, referrals.c.next_at, referrals.c.reminded)
        .join(cases, cases.c.id == referrals.c.case_id)
        .where(cases.c.youth_id == youth_id, referrals.c.state == _SOON, referrals.c.appointment_at > now)
    )
    rows = await db.execute(query)
    return [
        Coming(What.APPOINTMENT, row.appointment_at, row.id, row.next_at if row.reminded < len(REMINDERS) else None)
        for row in rows
    ]


async def _results(db: AsyncConnection, case_id: int | None, youth_id: int, now: datetime) -> list[Coming]:
    """Nobody is asked who took back that they may be written to, or whose case is closed (`results.may_be_asked`)."""
    agreed = (
        consents.c.person_id == youth_id,
        consents.c.purpose == Purpose.CONTACT.value,
        consents.c.withdrawn_at.is_(None),
    )
    if await db.scalar(select(consents.c.person_id).where(*agreed).limit(1)) is None:
        return []
    ahead = (results.c.case_id == case_id, results.c.state == _PLANNED, results.c.next_at > now)
    after_it = (cases.c.stage.in_((Stage.AFTERCARE.value, Stage.PAUSED.value)), cases.c.aftercare_until.is_not(None))
    asked = select(results.c.id, results.c.next_at).join(cases, cases.c.id == results.c.case_id)
    rows = await db.execute(asked.where(*ahead, *after_it))
    return [Coming(What.RESULT, row.next_at, row.id) for row in rows]


# --- "how are you" ----------------------------------------------------------------------------------------------


async def asks_pulses(db: AsyncConnection, case_id: int) -> bool:
    """Whether this young person wants to be asked how they are."""
    query = select(literal(1)).where(cases.c.id == case_id, cases.c.pulses_off != true())
    return await db.scalar(query) is not None


async def set_pulses(db: AsyncConnection, case_id: int, *, on: bool) -> bool:
    """Ask again, or no more; whether this call changed it."""
    other = (cases.c.id == case_id, cases.c.pulses_off == on)
    return (await db.execute(update(cases).where(*other).values(pulses_off=not on))).rowcount == 1
