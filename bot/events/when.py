"""Reads when an event starts, as people type it: "12.12. 17:00", "12.12.2026. 17:00", "12.12.", "17:00", "17". Pure."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.calendar import wall

FURTHEST: Final = timedelta(days=366)
"""Further ahead than this, a date is more likely mistyped than meant."""

_DAY: Final = r"(?P<day>\d{1,2})\.\s*(?P<month>\d{1,2})(?:\.\s*(?P<year>\d{4})?)?\.?"
_TIME: Final = r"(?P<hour>\d{1,2})[:.](?P<minute>\d{2})"
_TYPED: Final = re.compile(rf"{_DAY}(?:[\s,]+{_TIME})?")
_TIME_ALONE: Final = re.compile(r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))?")


@dataclass(frozen=True, slots=True)
class At:
    """It starts at this moment (UTC)."""

    moment: datetime


@dataclass(frozen=True, slots=True)
class On:
    """The day is known, the hour still to be asked for."""

    day: date


class Unreadable:
    """Nobody can tell which moment that is."""


class Past:
    """That moment is over."""


class TooFar:
    """That is more than a year ahead."""


When = At | On | Unreadable | Past | TooFar


LONGEST_WHEN: Final = 40
"""Nobody needs more to write a date and an hour; more would only give the pattern work."""


def read(text: str, now: datetime, zone: ZoneInfo, day: date | None = None) -> When:
    """What the text means at `now` by the clocks of `zone`; with a `day` chosen before, the hour alone is enough."""
    text = text[:LONGEST_WHEN]
    if day is not None and (alone := _TIME_ALONE.fullmatch(text)):
        at = _time(alone["hour"], alone["minute"] or "00")
        return Unreadable() if at is None else starting(day, at, now, zone)
    found = _TYPED.fullmatch(text)
    if found is None:
        return Unreadable()
    on = _date(found["day"], found["month"], found["year"], now.astimezone(zone).date())
    if on is None:
        return Unreadable()
    if found["hour"] is None:
        return _day_alone(on, now, zone)
    at = _time(found["hour"], found["minute"])
    return Unreadable() if at is None else starting(on, at, now, zone)


def starting(day: date, at: time, now: datetime, zone: ZoneInfo) -> At | Past | TooFar:
    """The start at that local day and hour, if it lies within the year ahead."""
    around = _day_alone(day, now, zone)
    if not isinstance(around, On):
        return around
    moment = wall(day, at, zone)
    return At(moment) if moment > now else Past()


def _day_alone(day: date, now: datetime, zone: ZoneInfo) -> On | Past | TooFar:
    today = now.astimezone(zone).date()
    if day < today:
        return Past()
    return On(day) if day <= today + FURTHEST else TooFar()


def _date(day: str, month: str, year: str | None, today: date) -> date | None:
    """The date; without a year the next one that has such a day, within the year ahead."""
    if year is not None:
        return _valid(int(year), int(month), int(day))
    candidates = (_valid(today.year + later, int(month), int(day)) for later in (0, 1))
    return next((one for one in candidates if one is not None and one >= today), None)


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _time(hour: str, minute: str) -> time | None:
    try:
        return time(int(hour), int(minute))
    except ValueError:
        return None
