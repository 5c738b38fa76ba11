"""Mentoring after the programme: its days thin out by a rule, and the last of them is the closing talk."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from bot.calendar import add_months
from bot.programme.rules import Case, Stage

MONTHS: Final = range(1, 7)
"""How long it may last. Nothing is found on the length in 2.0; a forerunner in Ogre lasted 1 to 3 months (2022-23)."""

ONE_WEEK: Final = timedelta(days=7)
FORTNIGHT: Final = timedelta(days=14)


def aftercare_days(starts_on: date, until: date, weekday: int) -> list[date]:
    """The local days of its talks, in order, all on `weekday` (0 is Monday): every other week in the first month, then
    every fourth week. The last day is the closing talk: the last such weekday of the time, never after `until`.

    The first talk is in the second week, as the programme's own last talk lies just behind. Empty where no such
    weekday lies between the two.
    """
    first = starts_on + ONE_WEEK + timedelta(days=(weekday - starts_on.weekday()) % 7)
    closing = until - timedelta(days=(until.weekday() - weekday) % 7)
    if closing < starts_on:
        return []
    thins_from = add_months(starts_on, 1)
    days: list[date] = []
    day = first
    while day <= closing - FORTNIGHT:  # a talk within a week of the closing one would not be thinner
        days.append(day)
        day += FORTNIGHT if day + FORTNIGHT < thins_from else 2 * FORTNIGHT
    return [*days, closing]


# --- from the programme into it ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MayFollow:
    """Aftercare may begin: the programme's last day, and aftercare's own last."""

    ends_on: date
    until: date


@dataclass(frozen=True, slots=True)
class NotInProgramme:
    """There is no programme that it could follow, or it has begun already."""


@dataclass(frozen=True, slots=True)
class OutsideLimits:
    """Not a length that is offered, or by now it would be over already."""


def begin(case: Case, months: int, today: date) -> MayFollow | NotInProgramme | OutsideLimits:
    """Whether aftercare of so many months may follow. Where the period still runs, today becomes its last day; where
    it was over before anybody decided, aftercare counts from then all the same.
    """
    runs = case.stage in (Stage.PROGRAMME, Stage.PAUSED) and case.aftercare_until is None
    if not runs or case.ends_on is None or case.starts_on is None or case.starts_on > today:
        return NotInProgramme()
    ends_on = min(case.ends_on, today)
    until = add_months(ends_on + timedelta(days=1), months) - timedelta(days=1)
    if months not in MONTHS or until <= today:
        return OutsideLimits()
    return MayFollow(ends_on, until)


def starts_on(case: Case) -> date | None:
    """The first day of a case's aftercare: the one after the programme's last."""
    return None if case.aftercare_until is None or case.ends_on is None else case.ends_on + timedelta(days=1)
