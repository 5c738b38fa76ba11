"""A moment as a button carries it, and as people type it."""

import re
from datetime import UTC, date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from bot.calendar.zones import wall

_MINUTE: Final = 60

_TYPED: Final = re.compile(r"([0-9]{1,2})\. ?([0-9]{1,2})\.?,? +([0-9]{1,2})[:.]([0-9]{2})")


def in_minutes(moment: datetime) -> int:
    """The moment as a button carries it: whole minutes since 1970 in UTC."""
    return int(moment.timestamp()) // _MINUTE


def at_minute(minutes: int) -> datetime | None:
    """The moment again (UTC); None where a forged number is none."""
    try:
        return datetime.fromtimestamp(minutes * _MINUTE, UTC)
    except (OverflowError, ValueError, OSError):
        return None


def typed_moment(text: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    """The moment (UTC) that "24.11. 14:30" means by the clock of `zone`: the next day of that name, today included;
    None where it cannot be read."""
    found = _TYPED.fullmatch(text.strip())
    if found is None:
        return None
    day, month, hour, minute = (int(part) for part in found.groups())
    today = now.astimezone(zone).date()
    try:
        this_year = date(today.year, month, day)
        on = this_year if this_year >= today else this_year.replace(year=today.year + 1)
        return wall(on, time(hour, minute), zone)
    except ValueError:  # the 31st of April, or 25 o'clock
        return None
