"""An event in somebody's own calendar: a file when they ask for it, when it changes, and when they do not come.

Who took the file is brought another whenever it is no longer right; whoever has it by the address of a calendar
(`feed`) needs none, and whoever has neither is not bothered. A discreet person's file tells nothing but the hour.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from bot.calendar.files import Entry, Method, uid_of, written
from bot.events.calendar.screens_calendar import described
from bot.events.calendar.store_calendar import Kept
from bot.events.event import Event
from bot.events.signup import screens_guests
from bot.people.rules import Purpose
from bot.roles import Person
from bot.routes import Routes
from bot.turn import Attachment, Made
from bot.words import phrase

routes = Routes()

KIND: Final = "events.calendar"


def uid(event_id: int) -> str:
    """The same for every file and feed with this event, and telling nobody anything; a number is never given twice."""
    return uid_of(f"event {event_id}")


def facts(kept: Kept, reader: Person, method: Method, now: datetime, zone: ZoneInfo, *, asked: bool) -> dict[str, Any]:
    """What `make` needs for that reader; `asked`: it answers a press of theirs."""
    event = kept.event
    return {
        "uid": uid(event.id),
        "sequence": kept.sequence,
        "starts": event.starts_at.isoformat(),
        "ends": None if event.ends_at is None else event.ends_at.isoformat(),
        "now": now.isoformat(),
        "zone": zone.key,
        "method": method.value,
        "title": event.title,
        "is_youth": reader.is_youth,
        "asked": asked,
        **(_neutral() if reader.discreet else _told(event)),
    }


def _told(event: Event) -> dict[str, Any]:
    particulars = event.particulars
    return {
        "summary": event.title,
        "place": event.place or None,
        "description": described(event.details),
        "url": particulars.link,
        "latitude": particulars.latitude,
        "longitude": particulars.longitude,
    }


def _neutral() -> dict[str, Any]:
    nothing = dict.fromkeys(("place", "description", "url", "latitude", "longitude"))
    return {"summary": phrase("events.any.calendar_summary"), **nothing}


@routes.make(KIND)
def make(given: Mapping[str, Any]) -> Made:
    """The file, with words on what to do with it."""
    starts, ends = datetime.fromisoformat(given["starts"]), given["ends"]
    method, is_youth = Method(given["method"]), given["is_youth"]
    spot = None if given["latitude"] is None else (given["latitude"], given["longitude"])
    entry = Entry(
        given["uid"],
        given["sequence"],
        starts,
        given["summary"],
        given["place"],
        None if ends is None else datetime.fromisoformat(ends),
        given["description"],
        given["url"],
        spot,
    )
    content = written([entry], method, datetime.fromisoformat(given["now"]), ZoneInfo(given["zone"]))
    if method is Method.CANCEL:
        what = "calendar_cancelled"
    else:
        what = "calendar_file" if given["asked"] else "calendar_changed"
    said = phrase(f"events.{screens_guests.voice(is_youth=is_youth)}.{what}", title=given["title"], when=starts)
    file = Attachment("calendar.ics", content)
    keyboard = (screens_guests.mine_row(is_youth=is_youth),)  # the workshop puts help below
    return Made(said, (file,), keyboard, unasked=not given["asked"], consent=Purpose.EVENTS.value)
