"""What a receiver fills in on the page, read into what the rules take; whatever else comes is a notice."""

from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from bot.calendar import wall
from bot.referrals.referral import MOST_TIMES, Decline, Meeting, Referral, Said
from bot.typed import in_one_line
from bot.web.guard import Fields
from bot.web.notices import Notice
from bot.words import Language

LONGEST_PLACE: Final = 200
ROWS: Final = range(1, MOST_TIMES + 1)
"""Rows of a date and a time that may be filled in."""


class Deed(StrEnum):
    """What a button of the page does."""

    OPEN = "open"
    WRONG = "wrong"
    ACCEPT = "accept"
    DECLINE = "decline"
    PROPOSE = "propose"
    CHOOSE = "choose"
    DESCRIBE = "describe"
    CALL_OFF = "call_off"
    SAY = "say"
    FULL = "full"
    NOT_FULL = "not_full"
    ANEW = "anew"


def deed_of(fields: Fields) -> Deed | None:
    """Which button was pressed; None where it is none of ours."""
    wanted = one(fields, "do")
    return Deed(wanted) if wanted in set(Deed) else None


def one(fields: Fields, name: str) -> str:
    """The first value of that name, or nothing."""
    return fields.get(name, [""])[0]


def version_of(referral: Referral) -> str:
    """What every form carries: the referral as it stood when its page was made."""
    return str(int(referral.changed_at.timestamp() * 1_000_000))


def times_in(fields: Fields, zone: ZoneInfo) -> tuple[datetime, ...] | Notice:
    """The times (UTC) that were ticked or typed in, up to three of them."""
    found: set[datetime] = set()
    for minute in fields.get("at", []):
        at = moment_of(minute)
        if at is None:
            return Notice.UNREADABLE
        found.add(at)
    for row in ROWS:
        day, hour = one(fields, f"date{row}").strip(), one(fields, f"time{row}").strip()
        if day or hour:
            at = _typed(day, hour, zone)
            if at is None:
                return Notice.UNREADABLE
            found.add(at)
    if not found:
        return Notice.NOTHING
    return tuple(sorted(found)) if len(found) <= MOST_TIMES else Notice.TOO_MANY


def moment_of(minute: str) -> datetime | None:
    """The moment (UTC) that a button names by its minute since 1970."""
    if not (minute.isascii() and minute.isdecimal() and len(minute) <= 9):
        return None
    return datetime.fromtimestamp(int(minute) * 60, UTC)


def _typed(day: str, hour: str, zone: ZoneInfo) -> datetime | None:
    try:
        return wall(
            date.fromisoformat(day), time.fromisoformat(hour).replace(second=0, microsecond=0, tzinfo=None), zone
        )
    except (ValueError, OverflowError):
        return None


def day_in(fields: Fields, name: str) -> date | None:
    """The day that was filled in."""
    try:
        return date.fromisoformat(one(fields, name).strip())
    except ValueError:
        return None


def reason_in(fields: Fields) -> Decline | None:
    """Why it cannot be taken."""
    wanted = one(fields, "reason")
    return Decline(wanted) if wanted in set(Decline) else None


def said_in(fields: Fields) -> Said | None:
    """What happened."""
    wanted = one(fields, "said")
    return Said(wanted) if wanted in set(Said) else None


def meeting_in(fields: Fields) -> Meeting | Notice:
    """Where and in which language; the time is not theirs alone to change."""
    place, spoken = in_one_line(one(fields, "place")), one(fields, "spoken")
    if len(place) > LONGEST_PLACE:
        return Notice.TOO_LONG
    if spoken and spoken not in set(Language):
        return Notice.NOTHING
    return Meeting(
        place=place or None, spoken=Language(spoken) if spoken else None, interpreter=one(fields, "interpreter") == "on"
    )
