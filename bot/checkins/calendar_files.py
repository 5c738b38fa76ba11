"""A check-in as a calendar file: what the two who meet are sent, and its name in every file and feed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from bot.calendar.files import Entry, Method, uid_of, written
from bot.checkins.rules import CheckIn
from bot.programme.rules import Case
from bot.programme.screens import OpenPlan, case_button
from bot.roles import Person
from bot.routes import Routes
from bot.turn import Attachment, Made, button
from bot.words import phrase

routes = Routes()

KIND: Final = "checkins.calendar"


def uid(checkin_id: int, case: Case) -> str:
    """The same for every file about a check-in and in every feed, and telling nobody anything."""
    return uid_of(f"{checkin_id} {case.id} {case.opened_at.isoformat()}")


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
    talk = Entry(given["uid"], given["sequence"], starts, given["summary"])
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
