"""The morning digest: at which hours it can come, when the next one does, and until when it is of use. Pure."""

from datetime import datetime, time, timedelta
from typing import Final

from bot.calendar import Hours, is_working_day, wall

HOURS: Final = tuple(time(minutes // 60, minutes % 60) for minutes in range(7 * 60, 11 * 60 + 1, 30))
"""From 07:00 to 11:00 in half hours, by the local clock."""

DEFAULT: Final = time(9)
"""For who has not chosen: the end of the quiet hours."""

NOON: Final = 12
"""Then the morning is over: a digest that an outage held up until then is left out, and the list is still there. The
settings may name another hour."""

_A_YEAR: Final = 366


def following(hour: time, after: datetime, hours: Hours) -> datetime:
    """The first of that hour on a working day behind `after` (UTC)."""
    today = after.astimezone(hours.zone).date()
    for ahead in range(_A_YEAR):
        day = today + timedelta(days=ahead)
        if is_working_day(day, hours) and (at := wall(day, hour, hours.zone)) > after:
            return at
    raise ValueError("a year without a working day")


def is_useful(at: datetime, hour: time, now: datetime, hours: Hours, until: int = NOON) -> bool:
    """Whether the digest that was set for `at` should still go out: the same morning, of a day on which people work."""
    day = at.astimezone(hours.zone).date()
    return at == wall(day, hour, hours.zone) and is_working_day(day, hours) and now < useful_until(at, hours, until)


def useful_until(at: datetime, hours: Hours, until: int = NOON) -> datetime:
    """That hour of that local day (UTC), or an hour after the digest itself where it comes later than that."""
    return max(wall(at.astimezone(hours.zone).date(), time(until), hours.zone), at + timedelta(hours=1))
