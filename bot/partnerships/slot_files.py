"""An hour with an expert as a file for calendars: whoever books it gets one, and another when it is off."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from bot.calendar.files import Entry, Method, uid_of, written
from bot.partnerships import screens_slots
from bot.partnerships.slots import Slot
from bot.routes import Routes
from bot.turn import Attachment, Made, Tick
from bot.words import phrase

routes = Routes()

KIND: Final = "partnerships.calendar"


def bring(tick: Tick, slot: Slot, person_id: int) -> None:
    """The hour as it was booked."""
    tick.have_made(person_id, KIND, _facts(tick, slot, Method.REQUEST, slot.sequence))


def take_back(tick: Tick, slot: Slot, person_id: int) -> None:
    """It is off: newer than what was sent before (RFC 5546, 2.1.4)."""
    tick.have_made(person_id, KIND, _facts(tick, slot, Method.CANCEL, slot.sequence + 1))


def _facts(tick: Tick, slot: Slot, method: Method, sequence: int) -> dict[str, Any]:
    return {
        "uid": uid_of(f"expert slot {slot.id}"),
        "sequence": sequence,
        "starts": slot.starts_at.isoformat(),
        "minutes": slot.minutes,
        "subject": slot.subject,
        "place": slot.place,
        "now": tick.now.isoformat(),
        "zone": tick.zone.key,
        "method": method.value,
    }


@routes.make(KIND)
def make(given: Mapping[str, Any]) -> Made:
    """The file, with a word on what to do with it."""
    starts, method = datetime.fromisoformat(given["starts"]), Method(given["method"])
    entry = Entry(
        given["uid"],
        given["sequence"],
        starts,
        given["subject"],
        given["place"],
        ends=starts + timedelta(minutes=given["minutes"]),
    )
    content = written([entry], method, datetime.fromisoformat(given["now"]), ZoneInfo(given["zone"]))
    key = "calendar_off" if method is Method.CANCEL else "calendar_file"
    said = phrase(f"partnerships.staff.{key}", when=starts)
    return Made(said, (Attachment("calendar.ics", content),), (screens_slots.back(),), unasked=True)
