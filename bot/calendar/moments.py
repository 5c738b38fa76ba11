"""A moment as a button carries it, and as people type it."""

from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot.calendar.typed_days import typed_when
from bot.calendar.zones import wall

_MINUTE: Final = 60


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
    """The moment (UTC) that a day with an hour means by the clock of `zone` ("24.11. 14:30", "rīt 15:00"), never of a
    day before today; None where it cannot be read."""
    today = now.astimezone(zone).date()
    found = typed_when(text, today)
    if found is None or found.at is None or found.day < today:
        return None
    return wall(found.day, found.at, zone)
