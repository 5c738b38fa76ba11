"""How somebody is 4 weeks and 6 months after the programme: one question to them, one record by staff, each once.

Immediate results belong to the 4 weeks after leaving (CFLA's page on the participants' report; which fund period it
speaks of is not said), longer-term ones to 6 months (older ESF guidance).
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final, assert_never

from bot.calendar import Hours, Kind, add_months, add_working_days, allowed, next_working_morning, wall
from bot.programme.rules import Case, Outcome, Stage

FOUR_WEEKS: Final = timedelta(weeks=4)
SIX_MONTHS: Final = 6

REMIND_AFTER: Final = 3
"""Working days from opening the task to the first reminder, to the second, and to telling the lead."""


class ResultKind(StrEnum):
    """When it is asked."""

    FOUR_WEEKS = "four_weeks"
    SIX_MONTHS = "six_months"


class ResultState(StrEnum):
    """Where one of them stands."""

    PLANNED = "planned"
    ASKED = "asked"
    REMINDED = "reminded"
    REMINDED_TWICE = "reminded_twice"
    WITH_LEAD = "with_lead"
    RECORDED = "recorded"
    OFF = "off"
    """The programme goes on after all."""


class Answer(StrEnum):
    """What the young person says they do now."""

    LEARNING = "learning"
    WORK = "work"
    NVA = "nva"
    COMMUNITY = "community"
    LOOKING = "looking"
    OTHER = "other"
    NOT_SAID = "not_said"


class Better(StrEnum):
    """What got better, as they choose; never added up."""

    MOOD = "mood"
    PEOPLE = "people"
    SKILLS = "skills"
    PLANS = "plans"


@dataclass(frozen=True, slots=True)
class Result:
    """One of the two. `next_at` (UTC) is when its next step is due."""

    id: int
    case_id: int
    kind: ResultKind
    due_on: date
    state: ResultState
    next_at: datetime | None
    outcome: Outcome | None = None
    answer: Answer | None = None
    better: frozenset[Better] = frozenset()

    @property
    def waits(self) -> bool:
        """Whether staff are asked for it."""
        return self.state in WAITING


WAITING: Final = (ResultState.ASKED, ResultState.REMINDED, ResultState.REMINDED_TWICE, ResultState.WITH_LEAD)


def left_on(case: Case, today: date) -> date | None:
    """The last day in the programme of somebody who left it, or is about to; None for who was never in it."""
    if case.starts_on is None or case.ends_on is None or case.starts_on > today:
        return None
    return case.ends_on if case.aftercare_until is not None else min(case.ends_on, today)


def due_on(kind: ResultKind, left: date) -> date:
    """The local day it is about."""
    match kind:
        case ResultKind.FOUR_WEEKS:
            return left + FOUR_WEEKS
        case ResultKind.SIX_MONTHS:
            return add_months(left, SIX_MONTHS)
        case never:
            assert_never(never)


def first_step_at(day: date, hours: Hours) -> datetime:
    """When it is asked: on the morning of that day, or of the first working day after it (UTC)."""
    return next_working_morning(wall(day, time.min, hours.zone), hours)


# --- what falls due ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Ask:
    """Open the task; ask the young person too where their case is still open."""

    next_at: datetime
    youth_too: bool


@dataclass(frozen=True, slots=True)
class Remind:
    """Nobody recorded it yet."""

    state: ResultState
    next_at: datetime


@dataclass(frozen=True, slots=True)
class TellLead:
    """Nobody recorded it after two reminders."""


@dataclass(frozen=True, slots=True)
class LeaveOut:
    """They are in the programme again: it is asked when they leave it."""


def step(result: Result, case: Case, now: datetime, hours: Hours) -> Ask | Remind | TellLead | LeaveOut:
    """What to do about a result whose moment has come."""
    if case.is_open and case.aftercare_until is None:
        return LeaveOut()
    later = allowed(add_working_days(now, REMIND_AFTER, hours), hours, Kind.WORK).at
    match result.state:
        case ResultState.PLANNED:
            return Ask(later, youth_too=may_be_asked(case))
        case ResultState.ASKED:
            return Remind(ResultState.REMINDED, later)
        case ResultState.REMINDED:
            return Remind(ResultState.REMINDED_TWICE, later)
        case _:
            return TellLead()


def may_be_asked(case: Case) -> bool:
    """Whether the young person may still be written to for it: once their case is closed, nothing more is sent."""
    return case.stage is Stage.AFTERCARE or (case.stage is Stage.PAUSED and case.aftercare_until is not None)


# --- answering and recording ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MayKeep:
    """It can be kept."""


@dataclass(frozen=True, slots=True)
class NotAsked:
    """It has not been asked (yet), or it is over."""


@dataclass(frozen=True, slots=True)
class KeptBefore:
    """It stands already."""


def answer(result: Result, case: Case) -> MayKeep | NotAsked | KeptBefore:
    """Whether the young person's answer counts: the first one does, while their case is open."""
    if result.answer is not None:
        return KeptBefore()
    return MayKeep() if result.state not in (ResultState.PLANNED, ResultState.OFF) and case.is_open else NotAsked()


def record(result: Result) -> MayKeep | NotAsked | KeptBefore:
    """Whether staff may record the outcome."""
    if result.state is ResultState.RECORDED:
        return KeptBefore()
    return MayKeep() if result.waits else NotAsked()
