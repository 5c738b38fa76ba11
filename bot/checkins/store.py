"""The checkins table, typed; and the one-off days off, which move what is planned on them."""

from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, bindparam, delete, or_, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.checkins.rules import WANTED, CheckIn, State, Way
from bot.programme.rules import Stage
from bot.programme.store import mentored_by
from bot.roles import Person, Role
from bot.storage.columns import NOW
from bot.storage.inserting import insert_new
from bot.storage.tables import cases, checkins, days_off

AT_ONCE: Final = 100

FELL_DUE: Final = select(checkins.c.id).where(checkins.c.next_at <= NOW)
"""Due rows taken at one look at the clock."""

_WANTED = [state.value for state in WANTED]
_RUNNING = [Stage.PROGRAMME.value, Stage.AFTERCARE.value]


def as_checkin(row: Any) -> CheckIn:
    return CheckIn(
        row.id,
        row.case_id,
        row.number,
        row.planned_on,
        row.due_at,
        State(row.state),
        row.next_at,
        Way(row.way) if row.way else None,
        row.minutes,
        row.late,
        row.pulse,
        row.pulse_asked_at,
        row.pulse_at,
        row.earliest_at,
        row.latest_at,
        row.agreed_at,
        row.sequence,
    )


# --- planning ---------------------------------------------------------------------------------------------------


async def cancel(db: AsyncConnection, case_id: int, *, before: datetime | None = None) -> None:
    """Nothing more of this case will be asked, or only nothing that was due before that moment."""
    due = true() if before is None else checkins.c.due_at < before
    wanted = (checkins.c.case_id == case_id, checkins.c.state.in_(_WANTED), due)
    await db.execute(update(checkins).where(*wanted).values(state=State.CANCELLED.value, next_at=None))


# --- reading ----------------------------------------------------------------------------------------------------


async def checkin(db: AsyncConnection, checkin_id: int) -> CheckIn | None:
    """One check-in by its number."""
    row = (await db.execute(select(checkins).where(checkins.c.id == checkin_id))).one_or_none()
    return as_checkin(row) if row else None


async def next_of_case(db: AsyncConnection, case_id: int) -> CheckIn | None:
    """The next check-in that is planned for a case."""
    query = (
        select(checkins)
        .where(checkins.c.case_id == case_id, checkins.c.state == State.PLANNED.value)
        .order_by(checkins.c.due_at)
        .limit(1)
    )
    row = (await db.execute(query)).one_or_none()
    return as_checkin(row) if row else None


async def last_pulse(db: AsyncConnection, case_id: int) -> int | None:
    """What the young person answered last, 1 to 5."""
    query = (
        select(checkins.c.pulse)
        .where(checkins.c.case_id == case_id, checkins.c.pulse.is_not(None))
        .order_by(checkins.c.pulse_at.desc())
        .limit(1)
    )
    found: int | None = await db.scalar(query)
    return found


async def of_mentor(db: AsyncConnection, mentor: Person, until: datetime) -> list[CheckIn]:
    """Everything a mentor can record that is due before `until`, in order."""
    query = _wanted().where(mentored_by(mentor), checkins.c.due_at < until)
    return [as_checkin(row) for row in await db.execute(query)]


async def unrecorded_for_lead(db: AsyncConnection, lead: Person, limit: int) -> list[CheckIn]:
    """What nobody recorded although a reminder was sent, or an outage let pass, where this person leads."""
    led = [grant.municipality for grant in lead.grants if grant.role is Role.LEAD]
    here: ColumnElement[bool] = true() if None in led else cases.c.municipality.in_(led)
    late = checkins.c.state.in_([State.ESCALATED.value, State.MISSED.value])
    # What they mentor themselves stands in their own list.
    theirs = or_(cases.c.mentor_id != lead.id, cases.c.mentor_id.is_(None))
    return [as_checkin(row) for row in await db.execute(_wanted().where(here, late, theirs).limit(limit))]


def _wanted() -> Select[Any]:
    return (
        select(checkins)
        .join(cases, cases.c.id == checkins.c.case_id)
        .where(cases.c.stage.in_(_RUNNING), checkins.c.state.in_(_WANTED))
        .order_by(checkins.c.due_at, checkins.c.id)
    )


# --- changing: each answers whether this call was the one that did it ------------------------------------------------


async def fell_due(db: AsyncConnection, now: datetime) -> list[CheckIn]:
    """Check-ins whose next step is due, the longest waiting first."""
    query = select(checkins).where(checkins.c.next_at <= now).order_by(checkins.c.next_at).limit(AT_ONCE)
    return [as_checkin(row) for row in await db.execute(query)]


async def advance(db: AsyncConnection, found: CheckIn, state: State, next_at: datetime | None) -> bool:
    """Take the next step of the ladder."""
    step = {
        "row": found.id,
        "was": found.state.value,
        "was_due": found.due_at,
        "was_next": found.next_at,
        "to": state.value,
        "to_next": next_at,
    }
    return (await db.execute(_ADVANCE, step)).rowcount == 1


# Put together once: a hundred fall due together, and that costs more than running it.
_ADVANCE: Final = (
    update(checkins)
    .where(
        checkins.c.id == bindparam("row"),
        checkins.c.state == bindparam("was"),
        checkins.c.due_at == bindparam("was_due"),
        checkins.c.next_at.is_not_distinct_from(bindparam("was_next")),
    )
    .values(state=bindparam("to"), next_at=bindparam("to_next"))
)


async def move(db: AsyncConnection, found: CheckIn, at: datetime) -> bool:
    """Put it to another moment, from where it starts anew."""
    return await _changed(db, found, **_put_to(found, at))


async def agree(db: AsyncConnection, found: CheckIn, at: datetime, now: datetime) -> bool:
    """Put it to a moment that both sides chose."""
    return await _changed(db, found, **_put_to(found, at), agreed_at=now)


async def snooze(db: AsyncConnection, found: CheckIn, until: datetime) -> bool:
    """Be quiet about it until then; from there the ladder goes on with its reminder."""
    return await _changed(db, found, state=State.ASKED.value, next_at=until)


async def record(db: AsyncConnection, found: CheckIn, way: Way, by: int, now: datetime, *, late: bool) -> bool:
    """Record how it went."""
    return await _changed(
        db, found, state=State.RECORDED.value, next_at=None, way=way.value, late=late, recorded_at=now, recorded_by=by
    )


def _put_to(found: CheckIn, at: datetime) -> dict[str, object]:
    """From that moment it starts anew, and the span in which it is on time moves along."""
    moved = at - found.due_at
    return {
        "state": State.PLANNED.value,
        "due_at": at,
        "next_at": at,
        "earliest_at": found.earliest_at + moved if found.earliest_at else None,
        "latest_at": found.latest_at + moved if found.latest_at else None,
        "sequence": found.sequence + 1,
    }


async def _changed(db: AsyncConnection, found: CheckIn, **values: object) -> bool:
    still_so = (
        checkins.c.id == found.id,
        checkins.c.state == found.state.value,
        checkins.c.due_at == found.due_at,
        checkins.c.next_at.is_(None) if found.next_at is None else checkins.c.next_at == found.next_at,
    )
    return (await db.execute(update(checkins).where(*still_so).values(values))).rowcount == 1


async def set_minutes(db: AsyncConnection, checkin_id: int, minutes: int) -> None:
    """How long a recorded check-in took."""
    await db.execute(update(checkins).where(checkins.c.id == checkin_id).values(minutes=minutes))


async def set_mood(db: AsyncConnection, checkin_id: int, mood: int) -> None:
    """How the young person seemed to the mentor, 1 to 5."""
    await db.execute(update(checkins).where(checkins.c.id == checkin_id).values(mood=mood))


async def set_note(db: AsyncConnection, checkin_id: int, note: str) -> None:
    """The mentor's words about a recorded check-in."""
    await db.execute(update(checkins).where(checkins.c.id == checkin_id).values(note=note))


async def ask_pulse(db: AsyncConnection, checkin_id: int, now: datetime) -> bool:
    """Note that the young person is asked how they are."""
    unasked = (checkins.c.id == checkin_id, checkins.c.pulse_asked_at.is_(None))
    return (await db.execute(update(checkins).where(*unasked).values(pulse_asked_at=now))).rowcount == 1


async def answer_pulse(db: AsyncConnection, checkin_id: int, pulse: int | None, now: datetime) -> bool:
    """Keep the first answer, 1 to 5, or that it was skipped."""
    unanswered = (checkins.c.id == checkin_id, checkins.c.pulse_at.is_(None))
    answered = update(checkins).where(*unanswered).values(pulse=pulse, pulse_at=now)
    return (await db.execute(answered)).rowcount == 1


# --- days off ---------------------------------------------------------------------------------------------------


async def add_day_off(db: AsyncConnection, day: date, name: str, by: int) -> None:
    """Nobody works on that day from now on; a name that stands already is kept."""
    await insert_new(db, days_off, [{"on": day, "name": name, "added_by": by}], "on")


async def remove_day_off(db: AsyncConnection, day: date) -> bool:
    """That day is worked on again."""
    return (await db.execute(delete(days_off).where(days_off.c.on == day))).rowcount == 1
