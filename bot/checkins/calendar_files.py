"""Talks as calendars read them (RFC 5545, 5546): one file for one talk, and a mentor's feed of all that are planned.

Nothing in them tells what the talk is about: a file lies in a phone's download folder, a feed with a calendar's maker.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from bot.checkins.rules import CheckIn
from bot.checkins.vtimezone import described
from bot.programme.rules import Case
from bot.programme.screens import OpenPlan, case_button
from bot.roles import Person
from bot.routes import Routes
from bot.turn import Attachment, Made, button
from bot.words import phrase

if TYPE_CHECKING:
    from icalendar import Calendar

routes = Routes()

KIND: Final = "checkins.calendar"

LASTS: Final = timedelta(hours=1)
"""How long a talk stands in a calendar; nobody promised that it takes so long."""

FEED_ASKED_AGAIN: Final = timedelta(hours=1)
"""How often a calendar should look whether its feed has changed (RFC 7986, REFRESH-INTERVAL)."""

_YEARS_AHEAD: Final = 5
"""How far the description of the time zone reaches behind the last talk."""

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
class Talk:
    """One talk in a calendar: it is replaced by whatever comes with the same `uid` and a higher `sequence`."""

    uid: str
    sequence: int
    starts: datetime
    summary: str


def uid(checkin_id: int, case: Case) -> str:
    """The same for every file about a check-in and in every feed, and telling nobody anything."""
    return str(uuid5(_NAMESPACE, f"{checkin_id} {case.id} {case.opened_at.isoformat()}"))


def written(talks: Sequence[Talk], method: Method, now: datetime, zone: ZoneInfo, *, name: str | None = None) -> bytes:
    """The file, with the time zone's own changes of clocks from before these talks to some years behind."""
    from icalendar import Calendar, Event  # only who makes a file pays for it

    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", _MAKER)
    calendar.add("method", method.value)
    if name is not None:
        _add_name(calendar, name)
    if talks:
        years = [talk.starts.year for talk in talks]
        calendar.add_component(described(zone, min(years) - 1, max(years) + _YEARS_AHEAD))
    for talk in talks:
        event = Event()
        starts = talk.starts.astimezone(zone)
        event.add("uid", talk.uid)
        event.add("sequence", talk.sequence)
        event.add("dtstamp", now)
        event.add("dtstart", starts)
        event.add("dtend", (talk.starts + LASTS).astimezone(zone))
        event.add("summary", talk.summary)
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


# --- one talk, for one of the two -------------------------------------------------------------------------------


def facts(
    checkin: CheckIn, case: Case, reader: Person, code_name: str, now: datetime, zone: ZoneInfo, method: Method, by: int
) -> dict[str, Any]:
    """What `make` needs for that reader; `by` is who brought it about, for whom it is an answer."""
    young = reader.id == case.youth_id
    return {
        "uid": uid(checkin.id, case),
        "sequence": checkin.sequence,
        "starts": checkin.due_at.isoformat(),
        "now": now.isoformat(),
        "zone": zone.key,
        "method": method.value,
        "summary": phrase("checkins.youth.calendar_summary") if young else code_name,
        "code_name": code_name,
        "case": None if young else case.id,
        "about": None if young else case.youth_id,
        "unasked": reader.id != by,
    }


@routes.make(KIND)
def make(given: Mapping[str, Any]) -> Made:
    """The file, with words on what to do with it."""
    starts = datetime.fromisoformat(given["starts"])
    method = Method(given["method"])
    talk = Talk(given["uid"], given["sequence"], starts, given["summary"])
    content = written([talk], method, datetime.fromisoformat(given["now"]), ZoneInfo(given["zone"]))
    what = "calendar_cancelled" if method is Method.CANCEL else "calendar_file"
    if given["case"] is None:
        said = phrase(f"checkins.youth.{what}", at=starts)
        keyboard = ((button("programme.youth.button.plan", OpenPlan()),),)
    else:
        said = phrase(f"checkins.staff.{what}", at=starts, code_name=given["code_name"])
        keyboard = ((case_button(given["case"]),),)
    file = Attachment("calendar.ics", content)
    return Made(said, (file,), keyboard, about=given["about"], unasked=given["unasked"])
