"""When those who come are reminded: on the day before, and some hours before it begins. Pure.

Nobody is woken for an event: where the hours before would fall into the night, it is said when the night ends, if that
leaves time to get there, and else on the evening before.
"""

from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Final

from bot.calendar import Hours, Kind, allowed, wall


class Reminder(StrEnum):
    """Which of the two."""

    DAY_BEFORE = "day_before"
    SOON = "soon"


DAY_BEFORE_AT: Final = time(10)
"""When, on the day before and by local clocks, those who come are reminded."""

NO_REMINDER_WITHIN: Final = timedelta(hours=3)
"""A reminder of the day before that is this close to the start would only hurry people."""

NO_SOON_REMINDER_WITHIN: Final = timedelta(minutes=30)
"""Nor is one of the last hours of use this close to it."""

TIME_TO_GET_THERE: Final = timedelta(hours=1)
"""What has to be left after the end of the night for the morning to be early enough."""

BEFORE_THE_NIGHT: Final = timedelta(hours=1)
"""How long before quiet hours the evening's reminder goes out."""


def useful_until(which: Reminder, starts_at: datetime) -> datetime:
    """The last moment at which it is still of use."""
    return starts_at - (NO_REMINDER_WITHIN if which is Reminder.DAY_BEFORE else NO_SOON_REMINDER_WITHIN)


def day_before(starts_at: datetime, now: datetime, hours: Hours) -> datetime | None:
    """10:00 of the day before, in allowed hours (UTC); None where that is over or too close to the start."""
    eve = starts_at.astimezone(hours.zone).date() - timedelta(days=1)
    due = allowed(wall(eve, DAY_BEFORE_AT, hours.zone), hours, Kind.MESSAGE).at
    return due if now < due <= useful_until(Reminder.DAY_BEFORE, starts_at) else None


def soon_before(starts_at: datetime, now: datetime, hours: Hours, ahead: int) -> datetime | None:
    """So many hours `ahead` of the start, or when people may be written to around then (UTC); None where that is over
    by `now`, where no hour fits, and where `ahead` is 0."""
    if ahead == 0:
        return None
    wished = starts_at - timedelta(hours=ahead)
    due = allowed(wished, hours, Kind.MESSAGE).at
    if due > wished and due > starts_at - TIME_TO_GET_THERE:
        due = _evening_before(wished, hours)
    return due if now < due == allowed(due, hours, Kind.MESSAGE).at else None


def _evening_before(night: datetime, hours: Hours) -> datetime:
    """An hour before the quiet hours began in which this moment lies."""
    day = night.astimezone(hours.zone).date()
    begins = [wall(day - timedelta(days=back), hours.quiet_from, hours.zone) for back in (0, 1)]
    return max(one for one in begins if one <= night) - BEFORE_THE_NIGHT
