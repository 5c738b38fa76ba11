"""Reads when an event starts, as people type it: "12.12. 17:00", "12.12.2026.", "rīt 15:00", "17:00", "17". Pure."""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.calendar import typed_when, wall
from bot.typed import time_of

FURTHEST: Final = timedelta(days=366)
"""Further ahead than this, a date is more likely mistyped than meant."""

_TIME_ALONE: Final = re.compile(r"(?P<hour>[0-9]{1,2})(?:[:.](?P<minute>[0-9]{2}))?")


@dataclass(frozen=True, slots=True)
class At:
    """It starts at this moment (UTC); `in_words` where the day was counted out from today."""

    moment: datetime
    in_words: bool = False


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


def read(text: str, now: datetime, zone: ZoneInfo, day: date | None = None) -> When:
    """What the text means at `now` by the clocks of `zone`; with a `day` chosen before, the hour alone is enough."""
    if day is not None and (alone := _TIME_ALONE.fullmatch(text.strip())):
        at = time_of(alone["hour"], alone["minute"] or "00")
        return Unreadable() if at is None else starting(day, at, now, zone)
    found = typed_when(text, now.astimezone(zone).date())
    if found is None:
        return Unreadable()
    if found.at is None:
        return _day_alone(found.day, now, zone)
    start = starting(found.day, found.at, now, zone)
    return replace(start, in_words=found.in_words) if isinstance(start, At) else start


def starting(day: date, at: time, now: datetime, zone: ZoneInfo) -> At | Past | TooFar:
    """The start at that local day and hour, if it lies within the year ahead."""
    around = _day_alone(day, now, zone)
    if not isinstance(around, On):
        return around
    return ahead(wall(day, at, zone), now, zone)


def ahead(moment: datetime, now: datetime, zone: ZoneInfo) -> At | Past | TooFar:
    """That moment, if it lies within the year ahead."""
    if moment <= now:
        return Past()
    around = _day_alone(moment.astimezone(zone).date(), now, zone)
    return At(moment) if isinstance(around, On) else around


def _day_alone(day: date, now: datetime, zone: ZoneInfo) -> On | Past | TooFar:
    today = now.astimezone(zone).date()
    if day < today:
        return Past()
    return On(day) if day <= today + FURTHEST else TooFar()
