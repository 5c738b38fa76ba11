"""A pause in a programme: why, from when to when, and what falls due in it. It ends by itself on a working morning."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from bot.calendar import Hours, is_working_day, next_working_morning, wall
from bot.programme.rules import Case, Stage

ONE_DAY: Final = timedelta(days=1)
ONE_WEEK: Final = timedelta(days=7)

EVE_AT: Final = time(10)
"""When, on the eve, both sides hear that things go on: a local clock outside quiet hours."""

AHEAD: Final = timedelta(days=183)
"""How far ahead a pause may be agreed: exams in June are known in winter."""


class PauseReason(StrEnum):
    """Why. Nothing of an illness is asked or kept."""

    HOSPITAL = "hospital"
    TRAVEL = "travel"
    EXAMS = "exams"
    FAMILY = "family"
    OTHER = "other"


class PauseState(StrEnum):
    """Where a pause stands."""

    PLANNED = "planned"
    RUNNING = "running"
    OVER = "over"
    """It ended, by itself or earlier."""
    STOPPED = "stopped"
    """It was taken back before it began, or the case ended in it."""


@dataclass(frozen=True, slots=True)
class Pause:
    """No check-ins on the local days from `starts_on` until before `resumes_on`, which is a working day."""

    id: int
    case_id: int
    reason: PauseReason
    starts_on: date
    resumes_on: date
    state: PauseState

    def covers(self, day: date) -> bool:
        """Whether nothing is planned on that local day."""
        return self.starts_on <= day < self.resumes_on


# --- agreeing on one --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MayPause:
    """The pause may be made, with these days."""

    starts_on: date
    resumes_on: date


@dataclass(frozen=True, slots=True)
class NotRunning:
    """There is no programme to pause."""


@dataclass(frozen=True, slots=True)
class NotAhead:
    """It would begin in the past, too far ahead, after the last day, or end before it begins."""


@dataclass(frozen=True, slots=True)
class TooLong:
    """It would last longer than a pause may; the latest day on which things go on again would be this."""

    latest: date


@dataclass(frozen=True, slots=True)
class Overlaps:
    """Another pause lies there."""

    other: Pause


Refusal = NotRunning | NotAhead | TooLong | Overlaps


def pause(
    case: Case, others: Sequence[Pause], starts_on: date, resumes_on: date, today: date, longest: int, hours: Hours
) -> MayPause | Refusal:
    """Whether the case may pause so; `longest` in days, `others` those that are planned or running."""
    last_day = last_planned_day(case)
    if case.stage not in (Stage.PROGRAMME, Stage.PAUSED, Stage.AFTERCARE) or last_day is None:
        return NotRunning()
    if not today <= starts_on <= min(today + AHEAD, last_day) or resumes_on <= max(starts_on, today):
        return NotAhead()
    goes_on = working_day_from(resumes_on, hours)
    latest = starts_on + timedelta(days=longest)
    if resumes_on > latest:
        return TooLong(latest)
    for other in others:
        if starts_on < other.resumes_on and other.starts_on < goes_on:
            return Overlaps(other)
    return MayPause(starts_on, goes_on)


def change(
    case: Case, which: Pause, others: Sequence[Pause], resumes_on: date, today: date, longest: int, hours: Hours
) -> MayPause | Refusal:
    """Whether this pause may end on another day; a running one keeps the day on which it began."""
    rest = [one for one in others if one.id != which.id]
    if which.starts_on >= today:
        return pause(case, rest, which.starts_on, resumes_on, today, longest, hours)
    if resumes_on <= today:
        return NotAhead()
    latest = which.starts_on + timedelta(days=longest)
    if resumes_on > latest:
        return TooLong(latest)
    allowed = pause(case, rest, today, resumes_on, today, longest, hours)
    # A programme whose last day has passed in the pause still leaves its pause as it is.
    if isinstance(allowed, NotAhead):
        return MayPause(which.starts_on, working_day_from(resumes_on, hours))
    return replace(allowed, starts_on=which.starts_on) if isinstance(allowed, MayPause) else allowed


def last_planned_day(case: Case) -> date | None:
    """The last day on which anything is planned for the case: of aftercare where that is agreed, else the period's."""
    return case.aftercare_until or case.ends_on


def stage_behind(case: Case) -> Stage:
    """The stage a pause interrupts, which the case goes back to."""
    return Stage.AFTERCARE if case.aftercare_until is not None else Stage.PROGRAMME


# --- what falls due ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Begins:
    """The first day has come."""

    next_at: datetime


@dataclass(frozen=True, slots=True)
class Eve:
    """Both sides hear that things go on at `next_at` (UTC)."""

    next_at: datetime


@dataclass(frozen=True, slots=True)
class GoesOn:
    """The pause is over."""


def first_step_at(starts_on: date, hours: Hours) -> datetime:
    """When a pause that lies ahead begins (UTC)."""
    return wall(starts_on, time.min, hours.zone)


def step(one: Pause, now: datetime, hours: Hours) -> Begins | Eve | GoesOn:
    """What to do about a pause whose moment has come; after an outage, what is too late for is left out."""
    resumes = resumes_at(one.resumes_on, hours)
    if now >= resumes:
        return GoesOn()
    if one.state is PauseState.PLANNED:
        return Begins(next_step_at(one.resumes_on, now, hours))
    return Eve(resumes)


def next_step_at(resumes_on: date, now: datetime, hours: Hours) -> datetime:
    """The eve of going on, or, where that is past, the morning itself (UTC)."""
    eve = wall(eve_of(resumes_on, hours), EVE_AT, hours.zone)
    return eve if eve > now else resumes_at(resumes_on, hours)


def resumes_at(resumes_on: date, hours: Hours) -> datetime:
    """The working morning on which a pause ends (UTC); a day given off since then moves it on."""
    return next_working_morning(wall(resumes_on, time.min, hours.zone), hours)


def eve_of(resumes_on: date, hours: Hours) -> date:
    """The last working day before things go on: nobody plans a Monday on a Sunday."""
    day = resumes_on - ONE_DAY
    while not is_working_day(day, hours):
        day -= ONE_DAY
    return day


def working_day_from(day: date, hours: Hours) -> date:
    """That day, or the first working day after it."""
    while not is_working_day(day, hours):
        day += ONE_DAY
    return day
