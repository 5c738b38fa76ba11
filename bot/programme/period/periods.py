"""The end of a period: of a programme, announced a month ahead, or in the last third of a short one; of the mentoring
after it, two weeks ahead; and what is asked once it has passed."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from bot.calendar import Hours, Kind, add_months, add_working_days, allowed, next_working_morning, wall
from bot.programme.joining.plans import Plan

A_MONTH_AHEAD_IF_LONGER_THAN: Final = 2
"""Months. The end of a shorter programme is spoken of when two thirds of it are over: ten days ahead in one of a month,
early enough to agree what comes next, late enough to know what."""

CLOSING_TALK_NEARS: Final = timedelta(days=14)
"""How long before the last day of aftercare its closing talk is spoken of: the talk is in its last seven days."""

ASK_AGAIN_AFTER: Final = 2
"""Working days from asking to close it to the one reminder."""


@dataclass(frozen=True, slots=True)
class Announce:
    """The end nears; once it has passed, somebody is asked to close it at `ask_at` (UTC)."""

    ask_at: datetime


@dataclass(frozen=True, slots=True)
class AskToClose:
    """The last day has passed; if the programme stays open, it is asked once more at `again_at` (UTC)."""

    again_at: datetime


def step(ends_on: date, now: datetime, hours: Hours) -> Announce | AskToClose:
    """What to say about the end of a period now; after an outage an announcement that came too late is left out."""
    if now.astimezone(hours.zone).date() <= ends_on:
        return Announce(passed_at(ends_on, hours))
    return AskToClose(allowed(add_working_days(now, ASK_AGAIN_AFTER, hours), hours, Kind.WORK).at)


def announced_on(starts_on: date, ends_on: date) -> date:
    """The day on which the end of a period is first spoken of."""
    if is_long(starts_on, ends_on):
        return add_months(ends_on, -1)
    return ends_on - (ends_on - starts_on) // 3


def is_long(starts_on: date, ends_on: date) -> bool:
    """Whether its end is spoken of a whole month ahead."""
    return add_months(starts_on, A_MONTH_AHEAD_IF_LONGER_THAN) <= ends_on


def first_step_at(plan: Plan, hours: Hours) -> datetime:
    """When the end of this plan is first spoken of (UTC, on a working morning)."""
    return _morning_from(announced_on(plan.starts_on, plan.ends_on), hours)


def next_step_at(starts_on: date, ends_on: date, now: datetime, hours: Hours) -> datetime:
    """The same for a period whose end was changed: ahead of it if that still lies ahead, else when it has passed."""
    announced = _morning_from(announced_on(starts_on, ends_on), hours)
    return announced if announced > now else passed_at(ends_on, hours)


def closing_talk_at(until: date, now: datetime, hours: Hours) -> datetime:
    """When the closing talk at the end of aftercare is first spoken of (UTC), by now at the latest."""
    return max(now, _morning_from(until - CLOSING_TALK_NEARS, hours))


def passed_at(ends_on: date, hours: Hours) -> datetime:
    """The first working morning after the last day (UTC)."""
    return _morning_from(ends_on + timedelta(days=1), hours)


def _morning_from(day: date, hours: Hours) -> datetime:
    """The morning of that local day, or of the first working day after it."""
    return next_working_morning(wall(day, time.min, hours.zone), hours)
