"""Entries of a calendar (RFC 5545) as events: what other programmes write into a file. Pure.

A calendar says what, where and when, and nothing of whom it is for: these drafts are completed in the chat.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from bot.events import details, when
from bot.events.details import Detail
from bot.events.event import Particulars
from bot.events.from_file.importing import Planned, Reading, Understood, mark_of
from bot.events.from_file.importing_cells import Wrong, link, paragraph, text
from bot.events.from_file.importing_faults import Cell, Entry, Expected, Faults
from bot.events.from_file.importing_opening import MOST_ROWS, Calendar
from bot.events.writing.drafts import MOST, Draft, Step

MOST_LINES: Final = 50_000
_MOST_CHANGES: Final = 200
"""Of clocks, in all time zones of a file."""

_YEARLY: Final = re.compile(
    rb"RRULE:(?:FREQ=YEARLY;?|(?:UNTIL|INTERVAL|COUNT|WKST|BYMONTH)=\w+;?|BYDAY=[-+]?\d?\w\w;?)+"
)
_SINCE: Final = re.compile(rb"DTSTART(?:;[^:]*)?:(?:1[6-9]|20)\d\d.*")
"""Outlook begins its zones in 1601."""

_REPEATING: Final = ("RRULE", "RDATE", "RECURRENCE-ID")
_SHOWN: Final = 60
"""Letters of a title by which an entry is named."""


def understood_calendar(calendar: Calendar, reading: Reading) -> Understood:
    """The coming events of a calendar, or all that is wrong with it."""
    is_ = Understood()
    entries = _entries(calendar.content, is_.faults)
    planned: list[Planned] = []
    marks = set()
    for number, entry in enumerate(entries, start=1):
        if str(entry.get("STATUS", "")).upper() == "CANCELLED":
            is_.cancelled += 1
            continue
        where = Entry(number, str(_text(entry, "SUMMARY"))[:_SHOWN] or "?")
        match _start(entry, reading):
            case when.Past():
                is_.past += 1
            case Wrong() as wrong:
                is_.faults.add(where, wrong.expected, wrong.most)
            case starts_at:
                one = _planned(entry, where, starts_at, reading, is_.faults)
                if mark_of(one.draft) not in marks:
                    planned.append(one)
                marks.add(mark_of(one.draft))
    if len(planned) > MOST_ROWS:
        is_.faults.add(Cell(), Expected.FEWER, MOST_ROWS)
    if not planned and not is_.faults and not is_.cancelled and not is_.past:
        is_.faults.add(Cell(), Expected.ROWS)
    if not is_.faults:
        is_.planned = planned
    return is_


def _entries(content: bytes, faults: Faults) -> Sequence[Any]:
    """The entries of all calendars in the file; of several versions of one the newest."""
    from icalendar import Calendar as Parsed  # only who reads a calendar pays for it

    if content.count(b"\n") > MOST_LINES:
        faults.add(Cell(), Expected.FEWER, MOST_ROWS)
        return ()
    if _clocks_never_end(content):
        faults.add(Cell(), Expected.FILE)
        return ()
    found: dict[Any, Any] = {}
    try:
        for parsed in Parsed.from_ical(content, multiple=True):
            for entry in parsed.walk("VEVENT"):
                known_by = str(entry.get("UID", "")) or id(entry)
                key = (known_by, str(entry.get("RECURRENCE-ID", "")))
                if key not in found or _sequence(entry) >= _sequence(found[key]):
                    found[key] = entry
    except Exception:  # the library raises whatever comes up while it reads a damaged file
        faults.add(Cell(), Expected.FILE)
        return ()
    return list(found.values())


def _clocks_never_end(content: bytes) -> bool:
    """Whether a time zone in the file changes its clocks otherwise than zones do: the library reckons out every change
    up to 2038, and would go on for hours."""
    inside, changes = False, 0
    for line in re.sub(rb"\r?\n[ \t]", b"", content).upper().splitlines():
        line = line.strip()
        if line in (b"BEGIN:VTIMEZONE", b"END:VTIMEZONE"):
            inside = line.startswith(b"BEGIN")
        elif inside and line.startswith((b"RRULE", b"RDATE")):
            changes += 1 + line.count(b",")
            if changes > _MOST_CHANGES or (line.startswith(b"RRULE") and not _is_yearly(line)):
                return True
        elif inside and line.startswith(b"DTSTART") and not _SINCE.fullmatch(line):
            return True
    return False


def _is_yearly(rule: bytes) -> bool:
    return rule.count(b"FREQ=") == 1 and _YEARLY.fullmatch(rule) is not None


def _sequence(entry: Any) -> int:
    said = str(entry.get("SEQUENCE", ""))
    return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else 0


def _start(entry: Any, reading: Reading) -> datetime | when.Past | Wrong:
    """When it starts; what repeats is past only once its last time is, which nobody here reckons out."""
    if any(name in entry for name in _REPEATING):
        return Wrong(Expected.NO_REPEATING)
    moment = _moment(entry, "DTSTART", reading.zone)
    if moment is None:
        return Wrong(Expected.MOMENT)
    if not isinstance(moment, datetime):
        over = moment < reading.now.astimezone(reading.zone).date()
        return when.Past() if over else Wrong(Expected.HOUR)
    if moment <= reading.now:
        return when.Past()
    return moment if moment <= reading.now + when.FURTHEST else Wrong(Expected.NEARER)


def _moment(entry: Any, name: str, zone: ZoneInfo) -> datetime | date | None:
    """In UTC; without a time zone of its own it is by the clocks here. A day alone stays one."""
    try:
        found = entry.decoded(name)
        if isinstance(found, datetime):
            aware = found if found.tzinfo is not None else found.replace(tzinfo=zone)
            return aware.astimezone(UTC)
    except Exception:  # a value, or a time zone in the file, that is none
        return None
    return found if isinstance(found, date) else None


def _after(entry: Any, starts_at: datetime) -> datetime | None:
    """The end of what says how long it lasts instead."""
    try:
        lasts = entry.decoded("DURATION")
        return starts_at + lasts if isinstance(lasts, timedelta) else None
    except Exception:  # none, or one that is none
        return None


def _planned(entry: Any, where: Entry, starts_at: datetime, reading: Reading, faults: Faults) -> Planned:
    title = text(_text(entry, "SUMMARY"), MOST[Step.TITLE])
    if isinstance(title, Wrong):
        faults.add(where, Expected.TITLE, MOST[Step.TITLE])
        title = ""
    about = paragraph(_text(entry, "DESCRIPTION") or "-", MOST[Step.DETAILS])
    place = text(_text(entry, "LOCATION") or "-", MOST[Step.PLACE])
    for said in (about, place):
        if isinstance(said, Wrong):
            faults.add(where, said.expected, said.most)
    ends_at = _moment(entry, "DTEND", reading.zone) or _after(entry, starts_at)
    address = link(_text(entry, "URL"), details.MOST[Detail.LINK])
    latitude, longitude = _position(entry)
    draft = Draft(
        0,
        reading.person.id,
        reading.language,
        {reading.language: title},
        {} if isinstance(about, Wrong) or about == "-" else {reading.language: about},
        None if isinstance(place, Wrong) or place == "-" else place,
        starts_at,
        ends_at=ends_at if isinstance(ends_at, datetime) and ends_at > starts_at else None,
        particulars=Particulars(
            link=None if isinstance(address, Wrong) else address, latitude=latitude, longitude=longitude
        ),
    )
    return Planned(draft)


def _text(entry: Mapping[str, Any], name: str) -> str:
    """The value as text; where a name stands twice, the first."""
    found = entry.get(name, "")
    return str(found[0] if isinstance(found, list) and found else found)


def _position(entry: Any) -> tuple[float | None, float | None]:
    from icalendar import vGeo

    found = entry.get("GEO")
    if not isinstance(found, vGeo) or not (abs(found.latitude) <= 90 and abs(found.longitude) <= 180):
        return None, None
    return float(found.latitude), float(found.longitude)
