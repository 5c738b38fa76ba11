"""What is settled when somebody joins: start, length and rhythm, within their limits."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from bot.calendar import Hours, Occurrence, Rhythm, add_months, occurrences
from bot.programme.joining.rhythms import HOURS as HOURS
from bot.programme.joining.rhythms import WEEKDAYS as WEEKDAYS
from bot.programme.joining.rhythms import Cadence as Cadence
from bot.programme.joining.rhythms import rhythm_of
from bot.programme.period.limits import Limits
from bot.typed import typed_day as typed_day

START_BACK: Final = timedelta(days=7)
START_AHEAD: Final = timedelta(days=92)
"""How far from today a programme may begin: decisions are written down a little late or made a season ahead."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is settled when somebody joins: from when, for how many months, and the rhythm of check-ins."""

    starts_on: date
    months: int
    rhythm: Rhythm

    @property
    def ends_on(self) -> date:
        """The last day, included."""
        return add_months(self.starts_on, self.months) - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class OutsideLimits:
    """A forged or outdated choice: not a plan that the questions offer."""


@dataclass(frozen=True, slots=True)
class WrongLength:
    """Shorter or longer than the municipality's limits on the day on which it would start."""

    limits: Limits


def plan(
    starts_on: date,
    months: int,
    cadence: Cadence,
    weekday: int,
    hour: int,
    today: date,
    limits: Limits,
    variation: str | None = None,
) -> Plan | OutsideLimits | WrongLength:
    """The plan of these choices; every limit is checked again, as a button can be forged or old.

    `limits` are those of the municipality on the day on which it starts.
    """
    rhythm = rhythm_of(cadence, weekday, hour, variation, starts_on)
    if rhythm is None or not may_start(starts_on, today):
        return OutsideLimits()
    if months not in limits.months:
        return WrongLength(limits)
    return Plan(starts_on, months, rhythm)


def may_start(day: date, today: date) -> bool:
    """Whether a programme may begin on that day."""
    return today - START_BACK <= day <= today + START_AHEAD


def next_monday(today: date) -> date:
    """The first Monday after today."""
    return today + timedelta(days=7 - today.weekday())


def check_ins(rhythm: Rhythm, starts_on: date, ends_on: date, hours: Hours, now: datetime) -> list[Occurrence]:
    """The check-ins of a programme that still lie ahead; a programme written down late does not ask for past ones."""
    return [one for one in occurrences(rhythm, starts_on, ends_on, hours) if one.due_at > now]
