"""Putting a reminder off without moving the check-in: later today or tomorrow morning, and until when. Pure."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Final, assert_never

from bot.calendar import Hours, Kind, add_working_days, allowed, next_working_morning, wall
from bot.checkins.rules import CheckIn, State

_LATER: Final = timedelta(hours=2)
_WORKING_DAYS: Final = 2
"""Where no latest moment is set, a reminder can be put off to the end of the second working day after the day it was
due on: longer, and it would meet the next check-in."""


class Snooze(StrEnum):
    """Until when the reminder is quiet."""

    LATER = "later"
    TOMORROW = "tomorrow"


@dataclass(frozen=True, slots=True)
class Until:
    """The reminder comes back then (UTC)."""

    at: datetime


@dataclass(frozen=True, slots=True)
class TooLate:
    """It would come back behind the last moment at which it may."""

    last: datetime


@dataclass(frozen=True, slots=True)
class NotAsked:
    """Nothing is asked about it now: recorded, moved, cancelled, or seen by the programme lead already."""


def put_off(checkin: CheckIn, snooze: Snooze, now: datetime, hours: Hours) -> Until | TooLate | NotAsked:
    """When a reminder that is put off now comes back, if it may be."""
    if checkin.state not in (State.ASKED, State.REMINDED):
        return NotAsked()
    at = _until(snooze, now, hours)
    return Until(at) if at <= last(checkin, hours) else TooLate(last(checkin, hours))


def _until(snooze: Snooze, now: datetime, hours: Hours) -> datetime:
    match snooze:
        case Snooze.LATER:
            return allowed(now + _LATER, hours, Kind.WORK).at
        case Snooze.TOMORROW:
            return next_working_morning(now, hours)
    assert_never(snooze)


def last(checkin: CheckIn, hours: Hours) -> datetime:
    """The last moment (UTC) at which a reminder that was put off may come back."""
    if checkin.latest_at is not None:
        return checkin.latest_at
    day = add_working_days(checkin.due_at, _WORKING_DAYS, hours).astimezone(hours.zone).date()
    return wall(day + timedelta(days=1), time.min, hours.zone)
