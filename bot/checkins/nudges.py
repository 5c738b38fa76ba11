"""The other way round: a young person may remind a mentor who is late. Pure.

The silence is counted in working days from the hour of the talk: after one the button is there and the mentor hears at
a press, after two whoever stands in, after three the coordinator. Who presses later than that is answered in the same
order, a working day between two steps. The programme names no such terms; they are ours.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from typing import Final

from bot.calendar import Hours, Kind, add_working_days, allowed
from bot.checkins.rules import CheckIn, State

BUTTON_AFTER: Final = 1
DEPUTY_AFTER: Final = 2
COORDINATOR_AFTER: Final = 3
"""Working days of silence."""

NOT_AGAIN_WITHIN: Final = timedelta(days=7)
"""One word a week is a reminder; more would be a quarrel, and somebody else knows by then."""

_UNRECORDED: Final = (State.ASKED, State.REMINDED, State.DEPUTY, State.ESCALATED, State.MISSED)


class Told(IntEnum):
    """Who knows already that the young person waits."""

    MENTOR = 0
    DEPUTY = 1
    COORDINATOR = 2


@dataclass(frozen=True, slots=True)
class Nudge:
    """One reminder; `next_at` (UTC) is when the next in line is told."""

    id: int
    case_id: int
    checkin_id: int | None
    opened_at: datetime
    told: Told
    next_at: datetime | None
    closed_at: datetime | None


def is_late(checkin: CheckIn, now: datetime, hours: Hours) -> bool:
    """Whether a working day has passed since the hour of a talk of which nothing is written down."""
    return checkin.state in _UNRECORDED and now >= add_working_days(checkin.due_at, BUTTON_AFTER, hours)


def may_nudge(checkin: CheckIn, last: Nudge | None, now: datetime, hours: Hours) -> bool:
    """Whether the button is there: the mentor is late, nobody was reminded for it yet, and no other week's word is."""
    if not is_late(checkin, now, hours):
        return False
    return last is None or (last.closed_at is not None and now >= last.opened_at + NOT_AGAIN_WITHIN)


def mentor_hears_at(now: datetime, hours: Hours) -> datetime:
    """At once, which at night or on a free day is the next working morning (UTC)."""
    return allowed(now, hours, Kind.WORK).at


def next_at(told: Told, due_at: datetime, now: datetime, hours: Hours) -> datetime | None:
    """When the one behind `told` hears of it (UTC, in working time); None behind the last."""
    match told:
        case Told.MENTOR:
            days = DEPUTY_AFTER
        case Told.DEPUTY:
            days = COORDINATOR_AFTER
        case Told.COORDINATOR:
            return None
    soonest = add_working_days(mentor_hears_at(now, hours), 1, hours)
    return allowed(max(add_working_days(due_at, days, hours), soonest), hours, Kind.WORK).at


def tried_again_at(now: datetime, hours: Hours) -> datetime:
    """When it is looked again whether anybody is there to be told (UTC, in working time)."""
    return allowed(add_working_days(now, 1, hours), hours, Kind.WORK).at


def after(told: Told) -> Told:
    """The next in line."""
    return Told(min(told + 1, Told.COORDINATOR))
