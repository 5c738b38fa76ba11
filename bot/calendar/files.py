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
    from icalendar import Calendar

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


class Method(StrEnum):
    """What a calendar is to do with what it reads."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"
    PUBLISH = "PUBLISH"


@dataclass(frozen=True, slots=True)
class Entry:
    """One appointment in a calendar: it is replaced by whatever comes with the same `uid` and a higher `sequence`."""

    uid: str
    sequence: int
    starts: datetime
    summary: str
    place: str | None = None


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
        years = [entry.starts.year for entry in entries]
        calendar.add_component(described(zone, min(years) - 1, max(years) + _YEARS_AHEAD))
    for entry in entries:
        event = Event()
        starts = entry.starts.astimezone(zone)
        event.add("uid", entry.uid)
        event.add("sequence", entry.sequence)
        event.add("dtstamp", now)
        event.add("dtstart", starts)
        event.add("dtend", (entry.starts + LASTS).astimezone(zone))
        event.add("summary", entry.summary)
        if entry.place is not None:
            event.add("location", entry.place)
        event.add("class", "PRIVATE")
        event.add("status", "CANCELLED" if method is Method.CANCEL else "CONFIRMED")
        event.add("organizer", _NOBODY)
        if method is not Method.PUBLISH:
            event.add("attendee", _NOBODY)
        calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content


def _add_name(calendar: "Calendar", name: str) -> None:
    """Without a name some calendars show the address, and the secret with it."""
    calendar.add("x-wr-calname", name)
    calendar.add("name", name)
    calendar.add("refresh-interval", FEED_ASKED_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", FEED_ASKED_AGAIN)
