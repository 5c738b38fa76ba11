"""A time zone as a calendar file carries it (RFC 5545, 3.6.5): each change of clocks, in the local time before it.

Written here, as the library puts the spring change an hour late and lists single dates (icalendar 7.3): some readers
keep the first description of a zone that they meet, and a rule holds for the years ahead too.
"""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

_ONE_DAY = timedelta(days=1)
_SUNDAY = 6


def described(zone: ZoneInfo, first_year: int, last_year: int) -> "Timezone":
    """The zone from the beginning of the first year to the end of the last."""
    from icalendar import Timezone  # only who makes a file pays for it

    begins = datetime(first_year, 1, 1, tzinfo=UTC)
    ends = datetime(last_year + 1, 1, 1, tzinfo=UTC)
    described = Timezone()
    described.add("tzid", zone.key)
    described.add_component(_observance(zone, begins, [begins]))
    alike: dict[tuple[timedelta | None, timedelta | None], list[datetime]] = {}
    for change in _changes(zone, begins, ends):
        alike.setdefault((_offset(zone, change - timedelta(seconds=1)), _offset(zone, change)), []).append(change)
    for changes in alike.values():
        described.add_component(_observance(zone, changes[0], changes))
    return described


def _changes(zone: ZoneInfo, begins: datetime, ends: datetime) -> list[datetime]:
    """The moments (UTC) at which the zone's offset changes."""
    changes = []
    day = begins
    while day < ends:
        if _offset(zone, day) != _offset(zone, day + _ONE_DAY):
            changes.append(_change_within(zone, day))
        day += _ONE_DAY
    return changes


def _change_within(zone: ZoneInfo, day: datetime) -> datetime:
    """The first minute of that day with the new offset; zones change on whole minutes."""
    before = _offset(zone, day)
    minutes = (day + timedelta(minutes=number) for number in range(24 * 60 + 1))
    return next(minute for minute in minutes if _offset(zone, minute) != before)


def _observance(zone: ZoneInfo, shown: datetime, changes: list[datetime]) -> "TimezoneDaylight | TimezoneStandard":
    """What holds from each of these moments on."""
    from icalendar import TimezoneDaylight, TimezoneStandard

    local = shown.astimezone(zone)
    before = _offset(zone, shown - timedelta(seconds=1))
    one = TimezoneDaylight() if local.dst() else TimezoneStandard()
    one.add("tzname", local.tzname())
    one.add("tzoffsetfrom", before)
    one.add("tzoffsetto", local.utcoffset())
    onsets = [(change + (before or timedelta(0))).replace(tzinfo=None) for change in changes]
    one.add("dtstart", onsets[0])
    if onsets[1:] and all(_is_last_sunday(onset, of=onsets[0].month) for onset in onsets):
        one.add("rrule", {"freq": "yearly", "bymonth": onsets[0].month, "byday": "-1SU"})
    elif onsets[1:]:
        one.add("rdate", onsets[1:])
    return one


def _is_last_sunday(onset: datetime, of: int) -> bool:
    return onset.month == of and onset.weekday() == _SUNDAY and (onset + timedelta(weeks=1)).month != of


def _offset(zone: ZoneInfo, at: datetime) -> timedelta | None:
    return at.astimezone(zone).utcoffset()
