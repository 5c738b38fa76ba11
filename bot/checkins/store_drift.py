"""The silences table, typed; what tells of silence; and the check-ins that rest with a paused case."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import and_, exists, func, insert, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.checkins.drift import OPEN, Around, Silence, SilenceState, Talk
from bot.checkins.rules import State, Way
from bot.storage.columns import NOW
from bot.storage.tables import cases, checkins, events, invitations, silences

AT_ONCE: Final = 100

FELL_DUE: Final = select(silences.c.id).where(silences.c.next_at <= NOW)
"""Due rows taken at one look at the clock."""

_LOOKED_AT: Final = 12
"""Talks behind which nothing counts any more."""

_OPEN = [state.value for state in OPEN]


def _silence(row: Any) -> Silence:
    return Silence(row.id, row.case_id, row.noticed_at, SilenceState(row.state), row.next_at, row.ended_at)


# --- what tells of it -------------------------------------------------------------------------------------------


async def talks(db: AsyncConnection, case_id: int) -> list[Talk]:
    """The latest recorded check-ins, oldest first."""
    query = (
        select(checkins)
        .where(checkins.c.case_id == case_id, checkins.c.state == State.RECORDED.value)
        .order_by(checkins.c.due_at.desc())
        .limit(_LOOKED_AT)
    )
    rows = (await db.execute(query)).all()
    return [Talk(row.due_at, Way(row.way), row.pulse_asked_at, row.pulse_at, row.pulse) for row in reversed(rows)]


async def around(db: AsyncConnection, case_id: int, youth_id: int) -> Around:
    """When a quiet spell of this case last ended, and which invitations wait for an answer."""
    heard = await db.scalar(select(func.max(silences.c.ended_at)).where(silences.c.case_id == case_id))
    waits = and_(cases.c.id == case_id, cases.c.meeting > 0, cases.c.meeting_answer.is_(None))
    meeting = await db.scalar(select(cases.c.invited_at).where(waits))
    unanswered = (invitations.c.person_id == youth_id, invitations.c.answer.is_(None), events.c.sent_at.is_not(None))
    event = await db.scalar(
        select(func.max(events.c.sent_at)).join(invitations, invitations.c.event_id == events.c.id).where(*unanswered)
    )
    return Around(heard, meeting, event)


# --- quiet spells -----------------------------------------------------------------------------------------------


async def notice(db: AsyncConnection, case_id: int, now: datetime, next_at: datetime) -> int | None:
    """A new quiet spell, and its number; None while one is open, so that nobody is written to twice."""
    values = {
        "case_id": literal(case_id),
        "noticed_at": literal(now, silences.c.noticed_at.type),
        "state": literal(SilenceState.ASKED.value),
        "next_at": literal(next_at, silences.c.next_at.type),
    }
    open_one = exists().where(silences.c.case_id == case_id, silences.c.state.in_(_OPEN), silences.c.ended_at.is_(None))
    query = insert(silences).from_select(list(values), select(*values.values()).where(~open_one))
    number: int | None = (await db.execute(query.returning(silences.c.id))).scalar_one_or_none()
    return number


async def silence(db: AsyncConnection, silence_id: int) -> Silence | None:
    """One quiet spell by its number."""
    row = (await db.execute(select(silences).where(silences.c.id == silence_id))).one_or_none()
    return _silence(row) if row else None


async def open_of_case(db: AsyncConnection, case_id: int) -> Silence | None:
    """The quiet spell that has not ended."""
    unended = (silences.c.case_id == case_id, silences.c.state.in_(_OPEN), silences.c.ended_at.is_(None))
    row = (await db.execute(select(silences).where(*unended).order_by(silences.c.id.desc()).limit(1))).one_or_none()
    return _silence(row) if row else None


async def fell_due(db: AsyncConnection, now: datetime) -> list[Silence]:
    """Quiet spells in which nobody answered for so long that everything is to rest."""
    query = select(silences).where(silences.c.next_at <= now).order_by(silences.c.next_at).limit(AT_ONCE)
    return [_silence(row) for row in await db.execute(query)]


async def advance(db: AsyncConnection, found: Silence, state: SilenceState, ended_at: datetime | None = None) -> bool:
    """Whether this call was the one that moved it on; nothing more falls due for it."""
    still_so = (silences.c.id == found.id, silences.c.state == found.state.value, silences.c.ended_at.is_(None))
    moved = update(silences).where(*still_so).values(state=state.value, next_at=None, ended_at=ended_at)
    return (await db.execute(moved)).rowcount == 1


async def put_off(db: AsyncConnection, found: Silence, next_at: datetime) -> None:
    """Look again then."""
    still_so = (silences.c.id == found.id, silences.c.next_at == found.next_at)
    await db.execute(update(silences).where(*still_so).values(next_at=next_at))


async def rest(db: AsyncConnection, case_id: int) -> None:
    """Nothing planned is asked for; what was asked for already can still be written down, and nobody is pressed to."""
    of_case = checkins.c.case_id == case_id
    planned = (of_case, checkins.c.state == State.PLANNED.value)
    await db.execute(update(checkins).where(*planned).values(state=State.CANCELLED.value, next_at=None))
    await db.execute(update(checkins).where(of_case, checkins.c.next_at.is_not(None)).values(next_at=None))
