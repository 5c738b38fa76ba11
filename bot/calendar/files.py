"""Appointments as calendars read them (RFC 5545, 5546): a file for one, or a feed of many.

Nothing in them tells what an appointment is about: a file lies in a phone's download folder, a feed with a calendar's
maker, and a locked screen shows the summary.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from bot.calendar.vtimezone import described

if TYPE_CHECKING:
    from icalendar import Calendar, Event

LASTS: Final = timedelta(hours=1)
"""How long an appointment stands in a calendar; nobody promised that it takes so long."""

FEED_ASKED_AGAIN: Final = timedelta(hours=1)
"""How often a calendar should look whether its feed has changed (RFC 7986, REFRESH-INTERVAL)."""

_YEARS_AHEAD: Final = 5
"""How far the description of the time zone reaches behind the last entry."""

_NAMESPACE: Final = UUID("6f1c0a52-6a0b-4d0e-9d3b-2f0c64f5f3a1")
_MAKER: Final = "-//PROTI un DARI! 2.0//bot//LV"
_NOBODY: Final = "invalid:nomail"
"""An organiser and an attendee must stand in an invitation (RFC 5546, 3.2.2), and neither has an address here."""


class Status(StrEnum):
    """Whether it takes place, and whether its reader will be there."""

    CONFIRMED = "CONFIRMED"
    TENTATIVE = "TENTATIVE"
    CANCELLED = "CANCELLED"


class Method(StrEnum):
    """What a calendar is to do with what it reads."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"
    PUBLISH = "PUBLISH"


@dataclass(frozen=True, slots=True)
class Entry:
    """One appointment in a calendar (moments aware): it is replaced by whatever comes with the same `uid` and a higher
    `sequence`."""

    uid: str
    sequence: int
    starts: datetime
    summary: str
    place: str | None = None
    ends: datetime | None = None
    """None: nobody said, and it stands there for as long as `LASTS`."""
    description: str | None = None
    url: str | None = None
    spot: tuple[float, float] | None = None
    """Latitude and longitude in degrees (WGS 84)."""
    status: Status = Status.CONFIRMED

    @property
    def over(self) -> datetime:
        """When it ends in the calendar; never before it begins."""
        return self.starts + LASTS if self.ends is None or self.ends <= self.starts else self.ends


def uid_of(what: str) -> str:
    """The same for the same appointment in every file and feed, and telling nobody anything."""
    return str(uuid5(_NAMESPACE, what))


def written(
    entries: Sequence[Entry], method: Method, now: datetime, zone: ZoneInfo, *, name: str | None = None
) -> bytes:
    """The file, with the time zone's own changes of clocks from before these entries to some years behind."""
    from icalendar import Calendar, Event  # only who makes a file pays for it

    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", _MAKER)
    calendar.add("method", method.value)
    if name is not None:
        _add_name(calendar, name)
    if entries:
        first = min(entry.starts.year for entry in entries)
        last = max(entry.over.year for entry in entries)
        calendar.add_component(described(zone, first - 1, last + _YEARS_AHEAD))
    for entry in entries:
        event = Event()
        _describe(event, entry, zone)
        event.add("dtstamp", now)
        event.add("class", "PRIVATE")
        event.add("status", Status.CANCELLED.value if method is Method.CANCEL else entry.status.value)
        event.add("organizer", _NOBODY)
        if method is not Method.PUBLISH:
            event.add("attendee", _NOBODY)
        calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content


def _describe(event: "Event", entry: Entry, zone: ZoneInfo) -> None:
    """What it is, when and where."""
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstart", entry.starts.astimezone(zone))
    event.add("dtend", entry.over.astimezone(zone))
    event.add("summary", entry.summary)
    if entry.place is not None:
        event.add("location", entry.place)
    if entry.description is not None:
        event.add("description", entry.description)
    if entry.url is not None:
        event.add("url", entry.url)
    if entry.spot is not None:
        event.add("geo", entry.spot)


def _add_name(calendar: "Calendar", name: str) -> None:
    """Without a name some calendars show the address, and the secret with it."""
    calendar.add("x-wr-calname", name)
    calendar.add("name", name)
    calendar.add("refresh-interval", FEED_ASKED_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", FEED_ASKED_AGAIN)
