"""Full until: whoever receives referrals says until which day they take nobody new; it ends by itself. Pure.

`until` is the last day on which nobody new is taken.
"""

from datetime import date, timedelta
from typing import Final

from bot.calendar import add_months

FARTHEST_FULL: Final = timedelta(days=366)
"""A day farther away was mistyped; whoever is full for longer says so again."""

_SUNDAY: Final = 6


def is_full(until: date | None, today: date) -> bool:
    """Whether nobody new is taken today."""
    return until is not None and today <= until


def is_full_day(day: date, today: date) -> bool:
    """Whether somebody can be full until that day."""
    return today <= day <= today + FARTHEST_FULL


def full_days(today: date) -> tuple[date, ...]:
    """The days that are offered: the end of the week (on a Sunday of the next one), two weeks, a month."""
    to_sunday = timedelta(days=(_SUNDAY - today.weekday()) or 7)
    return (today + to_sunday, today + timedelta(days=14), add_months(today, 1))
