"""The window of a check-in: from when until when it counts as on time."""

from dataclasses import dataclass
from datetime import datetime, time

from bot.calendar.hours import Hours
from bot.calendar.working import add_working_days
from bot.calendar.zones import ONE_DAY, utc, wall


@dataclass(frozen=True, slots=True)
class Window:
    """Between these two moments (UTC) a check-in is on time; from `latest_at` on it is late, and recorded as that."""

    earliest_at: datetime
    latest_at: datetime


def window(due_at: datetime, slack: int, hours: Hours) -> Window:
    """The whole local days from `slack` working days before the one it is due on until `slack` working days after.

    A weekly check-in (slack 1) due on Tuesday at 10:00 is on time from Monday 00:00 until Wednesday 24:00; with a
    holiday on Wednesday until Thursday 24:00. Without slack it is its own day.
    """
    due = utc(due_at)
    first, last = (add_working_days(due, days, hours).astimezone(hours.zone).date() for days in (-slack, slack))
    return Window(wall(first, time.min, hours.zone), wall(last + ONE_DAY, time.min, hours.zone))
