"""An appointment in both sides' calendars: a file when it is agreed, moved or described anew, and when it is off.

Its summary says that somebody meets somebody, and nothing of the kind of help: a locked screen shows it.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from bot.calendar.files import Entry, Method, uid_of, written
from bot.referrals import screens
from bot.referrals.referral import Circle, Meeting, Referral, Side, State
from bot.roles import Person
from bot.routes import Routes
from bot.turn import Attachment, Keyboard, Made, Tick, Turn
from bot.words import phrase

routes = Routes()

KIND: Final = "referrals.calendar"


def uid(referral: Referral) -> str:
    """The same for every file about a referral, and telling nobody anything."""
    return uid_of(f"referral {referral.id} {referral.opened_at.isoformat()}")


def calendar_of(circle: Circle, now: datetime, zone: ZoneInfo) -> bytes | None:
    """The receiver's file, where an appointment stands."""
    referral, at = circle.referral, circle.referral.meeting.at
    if referral.state is not State.IN_PROGRESS or at is None:
        return None
    entry = Entry(uid(referral), referral.meeting.sequence, at, circle.youth.code_name, referral.meeting.place)
    return written([entry], Method.REQUEST, now, zone)


def bring(tick: Tick, before: Circle, after: Circle, by: Side | None) -> None:
    """Whatever this change means to both calendars; for the side that pressed, the file is an answer."""
    was, now = before.referral.meeting, after.referral.meeting
    if _stands(after.referral):
        if now.sequence != was.sequence or not _stands(before.referral):
            _bring(tick, after, now, Method.REQUEST, by)
    elif _stands(before.referral) and was.at is not None and was.at > tick.now:
        _bring(tick, before, _off(was), Method.CANCEL, by)


def bring_left(tick: Tick, circle: Circle, receiver: Person) -> None:
    """The young person leaves: what is ahead goes from the receiver's calendar, in a file that speaks of nobody."""
    meeting = circle.referral.meeting
    if _stands(circle.referral) and meeting.at is not None and meeting.at > tick.now:
        given = _facts(tick, circle, _off(meeting), Method.CANCEL) | {"code_name": "–", "about": None}
        summary = phrase("referrals.any.calendar_summary")
        tick.have_made(receiver.id, KIND, given | {"side": Side.RECEIVER.value, "summary": summary, "unasked": True})


def _stands(referral: Referral) -> bool:
    return referral.state is State.IN_PROGRESS and referral.meeting.at is not None


def _off(meeting: Meeting) -> Meeting:
    """A calendar takes a cancellation for what is newer than all it was sent (RFC 5546, 2.1.4)."""
    return Meeting(meeting.at, None, sequence=meeting.sequence + 1)


def _bring(tick: Tick, circle: Circle, meeting: Meeting, method: Method, by: Side | None) -> None:
    for side, reader in ((Side.YOUTH, circle.youth), (Side.RECEIVER, circle.receiver)):
        if reader is not None:
            given = _facts(tick, circle, meeting, method) | _for(side, reader, circle)
            unasked = side is not by or not isinstance(tick, Turn)
            tick.have_made(reader.id, KIND, given | {"side": side.value, "unasked": unasked})


def _facts(tick: Tick, circle: Circle, meeting: Meeting, method: Method) -> dict[str, Any]:
    at = meeting.at
    assert at is not None  # only an appointment with a time stands in calendars
    return {
        "uid": uid(circle.referral),
        "sequence": meeting.sequence,
        "starts": at.isoformat(),
        "place": meeting.place,
        "now": tick.now.isoformat(),
        "zone": tick.zone.key,
        "method": method.value,
        "code_name": circle.youth.code_name,
        "referral": circle.referral.id,
    }


def _for(side: Side, reader: Person, circle: Circle) -> dict[str, Any]:
    """Who it is with stands in the receiver's calendar alone; where it is not in that of somebody who is discreet."""
    if side is Side.RECEIVER:
        return {"summary": circle.youth.code_name, "about": circle.youth.id}
    summary = {"summary": phrase("referrals.any.calendar_summary"), "about": None}
    return summary | ({"place": None} if reader.discreet else {})


@routes.make(KIND)
def make(given: Mapping[str, Any]) -> Made:
    """The file, with words on what to do with it."""
    starts = datetime.fromisoformat(given["starts"])
    method = Method(given["method"])
    entry = Entry(given["uid"], given["sequence"], starts, given["summary"], given["place"])
    content = written([entry], method, datetime.fromisoformat(given["now"]), ZoneInfo(given["zone"]))
    what = "calendar_cancelled" if method is Method.CANCEL else "calendar_file"
    if given["side"] == Side.YOUTH:
        said = phrase(f"referrals.youth.{what}", when=starts)
        keyboard: Keyboard = ((screens.mine_button(),),)  # the workshop puts help below
    else:
        said = phrase(f"referrals.staff.{what}", when=starts, youth=given["code_name"])
        keyboard = screens.inbox_keyboard()
    file = Attachment("calendar.ics", content)
    return Made(said, (file,), keyboard, about=given["about"], unasked=given["unasked"])
