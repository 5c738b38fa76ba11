"""Times for an appointment: the ones suggested, and the ones typed."""

import re
from datetime import date, datetime, time
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from bot.calendar import Hours, add_working_days, wall


class Hour(StrEnum):
    """The local hours that are suggested."""

    TEN = "10"
    ONE = "13"
    FOUR = "16"


_TYPED: Final = re.compile(r"([0-9]{1,2})\. ?([0-9]{1,2})\.?,? +([0-9]{1,2})[:.]([0-9]{2})")


def suggested(now: datetime, hours: Hours) -> tuple[tuple[date, Hour], ...]:
    """Three local days and hours, one on each of three coming working days.

    They begin on the day after the next working day, so that the young person has a whole one to answer.
    """
    days = (add_working_days(now, ahead, hours).astimezone(hours.zone).date() for ahead in (2, 3, 4))
    return tuple(zip(days, Hour, strict=True))


def on(day: date, hour: Hour, zone: ZoneInfo) -> datetime:
    """The moment (UTC) of a suggestion."""
    return wall(day, time(int(hour.value)), zone)


def typed(text: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    """The moment (UTC) that 'dd.mm. HH:MM' means: the next day of that name, today included; None if it is no time."""
    found = _TYPED.fullmatch(text.strip())
    if found is None:
        return None
    day, month, hour, minute = (int(part) for part in found.groups())
    today = now.astimezone(zone).date()
    try:
        at = time(hour, minute)
        this_year = date(today.year, month, day)
        return wall(this_year if this_year >= today else date(today.year + 1, month, day), at, zone)
    except ValueError:  # the 31st of April, or 25 o'clock
        return None
