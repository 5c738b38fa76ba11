"""The cases table, typed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, delete, func, insert, or_, select, true, update
from sqlalchemy import case as choose
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.calendar import Every, Rhythm
from bot.delivery.packing import State as Delivery
from bot.programme.joining.meetings import MeetingAnswer
from bot.programme.joining.plans import Plan
from bot.programme.rules import COME_OF_AGE, JOINED, OPEN, Case, Contact, Load, NotNow, Outcome, Stage
from bot.roles import Person, Role
from bot.storage.columns import NOW
from bot.storage.tables import case_stages, cases, deputies, grants, outbox, people

AT_ONCE: Final = 100

REMIND_CONTACT: Final = select(cases.c.id).where(cases.c.remind_at <= NOW, cases.c.stage == Stage.CONTACT.value)
ESCALATE_CONTACT: Final = select(cases.c.id).where(cases.c.escalate_at <= NOW, cases.c.stage == Stage.CONTACT.value)
_JOINED = [stage.value for stage in JOINED]
END_NEARS: Final = select(cases.c.id).where(cases.c.remind_at <= NOW, cases.c.stage.in_(_JOINED))
STILL_OPEN: Final = select(cases.c.id).where(cases.c.escalate_at <= NOW, cases.c.stage.in_(_JOINED))
"""Due rows taken at one look at the clock."""

_OPEN = [stage.value for stage in OPEN]
_ORDER = choose({stage.value: place for place, stage in enumerate(OPEN)}, value=cases.c.stage, else_=len(OPEN))


def _rhythm(row: Any) -> Rhythm | None:
    if not row.rhythm:
        return None
    return Rhythm(
        Every(row.rhythm),
        row.weekday,
        time.fromisoformat(row.hour),
        row.monthday,
        tuple(map(int, row.extra_weekdays or "")),
        row.often_until,
        row.tapers_from,
    )


def _rhythm_values(rhythm: Rhythm) -> dict[str, object]:
    return {
        "rhythm": rhythm.every.value,
        "weekday": rhythm.weekday,
        "hour": f"{rhythm.at:%H:%M}",
        "monthday": rhythm.monthday,
        "extra_weekdays": "".join(map(str, rhythm.extra_weekdays)) or None,
        "often_until": rhythm.often_until,
        "tapers_from": rhythm.tapers_from,
    }


def _case(row: Any) -> Case:
    return Case(
        row.id,
        row.youth_id,
        row.municipality,
        Stage(row.stage),
        row.screening_outcome,
        row.age_band,
        row.wish,
        row.with_parent,
        row.urgent,
        row.mentor_id,
        row.lead_id,
        row.opened_at,
        row.starts_on,
        row.ends_on,
        _rhythm(row),
        Outcome(row.outcome) if row.outcome else None,
        row.meeting,
        MeetingAnswer(row.meeting_answer) if row.meeting_answer else None,
        row.proposal,
        row.stage_at,
        row.stage_reason,
        row.aftercare_until,
        row.deputy_id,
    )


_DEPUTY = select(deputies.c.person_id).where(deputies.c.case_id == cases.c.id).scalar_subquery().label("deputy_id")
_CASES = select(cases, _DEPUTY)


# --- reading ----------------------------------------------------------------------------------------------------


async def case(db: AsyncConnection, case_id: int) -> Case | None:
    """One case by its number."""
    row = (await db.execute(_CASES.where(cases.c.id == case_id))).one_or_none()
    return _case(row) if row else None


async def cases_by_id(db: AsyncConnection, ids: Iterable[int]) -> dict[int, Case]:
    """Several cases by their numbers; who is gone is missing from the answer."""
    rows = await db.execute(_CASES.where(cases.c.id.in_(list(ids))))
    return {row.id: _case(row) for row in rows}


async def case_of_youth(db: AsyncConnection, youth_id: int) -> Case | None:
    """The newest case of this young person."""
    query = _CASES.where(cases.c.youth_id == youth_id).order_by(cases.c.id.desc()).limit(1)
    row = (await db.execute(query)).one_or_none()
    return _case(row) if row else None


async def cases_of_mentor(db: AsyncConnection, mentor_id: int, *stages: Stage) -> list[Case]:
    """The mentor's cases in these stages, oldest first."""
    wanted = [stage.value for stage in stages]
    query = _CASES.where(cases.c.mentor_id == mentor_id, cases.c.stage.in_(wanted)).order_by(cases.c.id)
    return [_case(row) for row in await db.execute(query)]


async def cases_in_sight(
    db: AsyncConnection, person: Person, *stages: Stage, offset: int = 0, limit: int = 10
) -> list[Case]:
    """Cases in these stages that this person mentors, leads or coordinates: new ones first, then oldest first."""
    query = (
        _CASES.where(cases.c.stage.in_([stage.value for stage in stages]), _in_sight(person))
        .order_by(_ORDER, cases.c.id)
        .offset(offset)
        .limit(limit)
    )
    return [_case(row) for row in await db.execute(query)]


def _in_sight(person: Person) -> ColumnElement[bool]:
    watched = [grant.municipality for grant in person.grants if grant.role in (Role.LEAD, Role.COORDINATOR)]
    if None in watched:
        return true()
    return or_(mentored_by(person), cases.c.municipality.in_(watched))


def mentored_by(person: Person) -> ColumnElement[bool]:
    """`programme.rules.mentors` or `deputises`, said to the database: their own cases, and those they stand in for."""
    places = {grant.municipality for grant in person.grants if grant.role is Role.MENTOR}
    there = true() if None in places else cases.c.municipality.in_(sorted(one for one in places if one))
    stands_in = cases.c.id.in_(select(deputies.c.case_id).where(deputies.c.person_id == person.id))
    return and_(or_(cases.c.mentor_id == person.id, stands_in), there)


@dataclass(frozen=True, slots=True)
class BeforeMeeting:
    """A young person whose first meeting is not agreed on, and since when (UTC) it stands so."""

    case: Case
    invited: bool
    since: datetime


async def before_first_meeting(db: AsyncConnection, mentor: Person, limit: int) -> list[BeforeMeeting]:
    """Whom this mentor has not invited yet, or whose answer is missing or asks for another time; longest first."""
    agreed = cases.c.meeting_answer.is_not(None) & (cases.c.meeting_answer == MeetingAnswer.SUITS.value)
    query = (
        _CASES.where(cases.c.stage == Stage.PROFILING.value, mentored_by(mentor), ~agreed)
        .order_by(func.coalesce(cases.c.invited_at, cases.c.stage_at), cases.c.id)
        .limit(limit)
    )
    rows = await db.execute(query)
    return [BeforeMeeting(_case(row), row.invited_at is not None, row.invited_at or row.stage_at) for row in rows]


async def paused(db: AsyncConnection, mentor: Person, limit: int) -> list[Case]:
    """Cases of this mentor that rest, in the order they began."""
    query = _CASES.where(cases.c.stage == Stage.PAUSED.value, mentored_by(mentor)).order_by(cases.c.id).limit(limit)
    return [_case(row) for row in await db.execute(query)]


async def proposed(db: AsyncConnection, lead: Person, limit: int) -> list[Case]:
    """Cases whose mentors laid a plan before the leads that nobody has decided on, where this person leads."""
    query = (
        _CASES.where(cases.c.stage.in_(_OPEN), cases.c.proposal.is_not(None), _led_by(lead))
        .order_by(cases.c.id)
        .limit(limit)
    )
    return [_case(row) for row in await db.execute(query)]


async def past_their_end(db: AsyncConnection, lead: Person, today: date, limit: int) -> list[Case]:
    """Programmes whose last day lies before `today` and that are not closed, where this person leads."""
    query = (
        _CASES.where(
            cases.c.stage.in_([Stage.PROGRAMME.value, Stage.PAUSED.value]),
            cases.c.aftercare_until.is_(None),
            cases.c.ends_on < today,
            _led_by(lead),
        )
        .order_by(cases.c.ends_on, cases.c.id)
        .limit(limit)
    )
    return [_case(row) for row in await db.execute(query)]


def _led_by(person: Person) -> ColumnElement[bool]:
    led = [grant.municipality for grant in person.grants if grant.role is Role.LEAD]
    return true() if None in led else cases.c.municipality.in_(led)


async def without_mentor(db: AsyncConnection, municipality: str | None) -> int:
    """How many young people of the municipality, or of the whole country, wait for a mentor."""
    here = true() if municipality is None else cases.c.municipality == municipality
    query = select(func.count()).select_from(cases).where(cases.c.stage.in_(_OPEN), cases.c.mentor_id.is_(None), here)
    return await db.scalar(query) or 0


async def is_reachable(db: AsyncConnection, person_id: int) -> bool:
    """Whether the bot can write to them: they have not blocked it."""
    query = select(people.c.id).where(people.c.id == person_id, people.c.unreachable_at.is_(None))
    return await db.scalar(query) is not None


async def loads(db: AsyncConnection, mentor_ids: Iterable[int]) -> dict[int, Load]:
    """The open cases of each of these mentors; who has none is missing."""
    query = (
        select(cases.c.mentor_id, cases.c.stage, func.count().label("number"))
        .where(cases.c.mentor_id.in_(list(mentor_ids)), cases.c.stage.in_(_OPEN))
        .group_by(cases.c.mentor_id, cases.c.stage)
    )
    numbers: dict[int, dict[str, int]] = {}
    for row in await db.execute(query):
        numbers.setdefault(row.mentor_id, {})[row.stage] = row.number
    return {mentor: _load(by_stage) for mentor, by_stage in numbers.items()}


def _load(by_stage: Mapping[str, int]) -> Load:
    paused = by_stage.get(Stage.PAUSED.value, 0)
    aftercare = by_stage.get(Stage.AFTERCARE.value, 0)
    return Load(sum(by_stage.values()) - paused - aftercare, paused, aftercare)


async def led_municipalities(db: AsyncConnection) -> list[str]:
    """Codes of the municipalities that have a programme lead."""
    query = (
        select(grants.c.municipality)
        .distinct()
        .where(grants.c.role == Role.LEAD.value, grants.c.municipality.is_not(None))
    )
    return sorted((await db.scalars(query)).all())


# --- changing: each answers whether this call was the one that did it ------------------------------------------------


async def open_case(db: AsyncConnection, contact: Contact, now: datetime, remind_at: datetime) -> int:
    """A new case at its first stage; its number."""
    values = {
        "youth_id": contact.youth_id,
        "municipality": contact.municipality,
        "stage": Stage.CONTACT.value,
        "stage_at": now,
        "screening_outcome": contact.screening_outcome,
        "age_band": contact.age_band,
        "wish": contact.wish,
        "with_parent": contact.with_parent,
        "urgent": contact.urgent,
        "opened_at": now,
        "remind_at": remind_at,
    }
    number: int = (await db.execute(insert(cases).values(values).returning(cases.c.id))).scalar_one()
    await _note_stage(db, number, Stage.CONTACT, None, contact.youth_id, now)
    return number


async def enter(
    db: AsyncConnection, found: Case, stage: Stage, reason: str | None, by: int | None, now: datetime, **values: object
) -> bool:
    """Move the case to another stage, with the reason as a code, and keep the move in its history."""
    moved = await _changed(db, found, stage=stage.value, stage_at=now, stage_reason=reason, **values)
    if moved:
        await _note_stage(db, found.id, stage, reason, by, now)
    return moved


async def _note_stage(
    db: AsyncConnection, case_id: int, stage: Stage, reason: str | None, by: int | None, now: datetime
) -> None:
    line = {"case_id": case_id, "stage": stage.value, "reason": reason, "moved_by": by, "at": now}
    await db.execute(insert(case_stages).values(line))


async def place(db: AsyncConnection, found: Case, municipality: str, remind_at: datetime) -> bool:
    """Give a case without a municipality one; the time to react to a new contact starts anew for its keepers."""
    anew = {"remind_at": remind_at, "escalate_at": None} if found.stage is Stage.CONTACT else {}
    return await _changed(db, found, cases.c.municipality.is_(None), municipality=municipality, **anew)


async def assign(db: AsyncConnection, found: Case, mentor_id: int, stage: Stage, by: int, now: datetime) -> bool:
    """Make somebody the mentor, unless another was quicker. What a mentor before them wrote no longer counts."""
    moves = stage is not found.stage
    moved: dict[str, object] = {"stage": stage.value, "stage_at": now} if moves else {}
    if found.stage in (Stage.CONTACT, Stage.PROFILING):  # later the two moments speak of the period's end
        moved |= {"remind_at": None, "escalate_at": None}
    won = await _changed(
        db,
        found,
        cases.c.mentor_id.is_(None),
        mentor_id=mentor_id,
        lead_id=by,
        meeting=cases.c.meeting + 1,
        meeting_answer=None,
        invited_at=None,
        proposal=None,
        **moved,
    )
    if won and moves:
        await _note_stage(db, found.id, stage, None, by, now)
    return won


async def invite_to_meet(db: AsyncConnection, found: Case, now: datetime) -> int:
    """A new invitation, which alone counts from now on; its number."""
    query = (
        update(cases)
        .where(cases.c.id == found.id)
        .values(meeting=cases.c.meeting + 1, meeting_answer=None, invited_at=now)
        .returning(cases.c.meeting)
    )
    number: int = (await db.execute(query)).scalar_one()
    return number


async def answer_meeting(db: AsyncConnection, found: Case, number: int, answer: MeetingAnswer) -> bool:
    """Keep the answer to the latest invitation, unless it has one."""
    waits = (cases.c.meeting == number, cases.c.meeting_answer.is_(None))
    return await _changed(db, found, *waits, meeting_answer=answer.value)


async def came_of_age(db: AsyncConnection, found: Case) -> bool:
    """They have had the birthday since they told their age."""
    return await _changed(db, found, age_band=COME_OF_AGE)


async def propose(db: AsyncConnection, found: Case, proposal: str) -> bool:
    """Keep a plan, packed, until a lead decides; a newer one takes its place."""
    return await _changed(db, found, proposal=proposal)


async def begin(db: AsyncConnection, found: Case, plan: Plan, by: int, now: datetime, remind_at: datetime) -> bool:
    """Enter the programme with that plan; at `remind_at` its end is first spoken of."""
    return await enter(
        db,
        found,
        Stage.PROGRAMME,
        found.stage_reason,  # the ground on which they may join
        by,
        now,
        lead_id=by,
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        remind_at=remind_at,
        escalate_at=None,
        proposal=None,
        **_rhythm_values(plan.rhythm),
    )


async def set_rhythm(db: AsyncConnection, found: Case, rhythm: Rhythm) -> bool:
    """Meet in another rhythm from now on; what lies ahead is planned anew by who listens."""
    return await _changed(db, found, **_rhythm_values(rhythm))


async def end(
    db: AsyncConnection,
    found: Case,
    stage: Stage,
    outcome: Outcome | None,
    by: int | None,
    now: datetime,
    reason: NotNow | None = None,
) -> bool:
    """End the case in that way; `by` is the programme lead who decided, None where the young person did."""
    why = outcome or reason
    return await enter(
        db,
        found,
        stage,
        why.value if why else None,
        by,
        now,
        lead_id=by or found.lead_id,
        outcome=outcome.value if outcome else None,
        remind_at=None,
        escalate_at=None,
        proposal=None,
    )


async def agree(db: AsyncConnection, found: Case, **values: object) -> bool:
    """Change what is agreed of a programme (its days, when its end is spoken of), while it stands at that stage."""
    return await _changed(db, found, **values)


async def _changed(db: AsyncConnection, found: Case, *conditions: ColumnElement[bool], **values: object) -> bool:
    still_so = (cases.c.id == found.id, cases.c.stage == found.stage.value, *conditions)
    return (await db.execute(update(cases).where(*still_so).values(values))).rowcount == 1


# --- what fell due ----------------------------------------------------------------------------------------------


async def take_back(db: AsyncConnection, once: str) -> bool:
    """Drop a notice that nobody has to read any more; False where it has gone out, so that it is not said twice."""
    await db.execute(delete(outbox).where(outbox.c.once == once, outbox.c.state == Delivery.WAITING.value))
    return await db.scalar(select(outbox.c.id).where(outbox.c.once == once)) is None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A case for which a step is due, and since when (UTC)."""

    case: Case
    since: datetime


async def to_remind(db: AsyncConnection, now: datetime, *stages: Stage) -> list[Waiting]:
    """New contacts whose keepers are to be reminded, or programmes whose end is to be spoken of."""
    due = (cases.c.remind_at <= now, cases.c.stage.in_([stage.value for stage in stages]))
    query = _CASES.where(*due).order_by(cases.c.remind_at).limit(AT_ONCE)
    return [Waiting(_case(row), row.remind_at) for row in await db.execute(query)]


async def claim_reminder(db: AsyncConnection, waiting: Waiting, escalate_at: datetime) -> bool:
    return await _changed(db, waiting.case, cases.c.remind_at == waiting.since, remind_at=None, escalate_at=escalate_at)


async def postpone_reminder(db: AsyncConnection, waiting: Waiting, remind_at: datetime) -> bool:
    return await _changed(db, waiting.case, cases.c.remind_at == waiting.since, remind_at=remind_at)


async def to_escalate(db: AsyncConnection, now: datetime, *stages: Stage) -> list[Waiting]:
    """New contacts that are to be told to the next in line, or programmes about which it is asked again."""
    due = (cases.c.escalate_at <= now, cases.c.stage.in_([stage.value for stage in stages]))
    query = _CASES.where(*due).order_by(cases.c.escalate_at).limit(AT_ONCE)
    return [Waiting(_case(row), row.escalate_at) for row in await db.execute(query)]


async def claim_escalation(db: AsyncConnection, waiting: Waiting) -> bool:
    return await _changed(db, waiting.case, cases.c.escalate_at == waiting.since, escalate_at=None)
