"""From a local day and a wall clock to one moment in UTC, also on the two days a year when the clocks change."""

from bisect import bisect_left
from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ONE_DAY = timedelta(days=1)


def wall(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The one moment (UTC) at which the clocks of `zone` show `at` on `day`.

    Shown twice in autumn, it is the first of the two. Skipped in spring, it is the first moment after the gap: in Riga
    03:30 on 2026-03-29 becomes 04:00.
    """
    moment = datetime.combine(day, at.replace(fold=0), tzinfo=zone).astimezone(UTC)
    return _end_of_gap(day, at, zone) if _shows_otherwise(moment, day, at, zone) else moment


def is_skipped(day: date, at: time, zone: ZoneInfo) -> bool:
    """Whether the clocks of `zone` jump over `at` on `day`."""
    return _shows_otherwise(datetime.combine(day, at.replace(fold=0), tzinfo=zone).astimezone(UTC), day, at, zone)


def utc(at: datetime) -> datetime:
    """The same moment in UTC; ValueError if it is naive, as nobody can say which moment that is."""
    if at.utcoffset() is None:
        raise ValueError(f"{at!r} has no time zone")
    return at.astimezone(UTC)


def add_months(day: date, months: int) -> date:
    """The same day of the month `months` later (earlier if negative), or that month's last day where it is shorter."""
    year, month_index = divmod(day.year * 12 + day.month - 1 + months, 12)
    month = month_index + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _shows_otherwise(moment: datetime, day: date, at: time, zone: ZoneInfo) -> bool:
    return moment.astimezone(zone).replace(tzinfo=None) != datetime.combine(day, at, tzinfo=None)


def _end_of_gap(day: date, at: time, zone: ZoneInfo) -> datetime:
    """In a gap, fold 1 reads the offset after the change and so lands before it; fold 0 lands after it (PEP 495)."""
    before = int(datetime.combine(day, at.replace(fold=1), tzinfo=zone).timestamp())
    after = int(datetime.combine(day, at.replace(fold=0), tzinfo=zone).timestamp()) + 1
    new_offset = datetime.fromtimestamp(after, zone).utcoffset()

    def has_changed(second: int) -> bool:
        return datetime.fromtimestamp(second, zone).utcoffset() == new_offset

    return datetime.fromtimestamp(before + bisect_left(range(before, after), True, key=has_changed), UTC)
