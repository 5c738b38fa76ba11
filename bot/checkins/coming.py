"""What a young person will receive, when, and how a talk can be put to another time. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.calendar import Hours, Kind, add_working_days, allowed, wall
from bot.checkins.rules import CheckIn, State

PAGE: Final = 5
"""Lines shown at once."""

MOVE_LATER: Final = timedelta(days=14)
"""How far from its own day a talk can be put: further away it would stand in the way of others."""

_NEAR, _FAR = 3, 9
"""Working days offered at first, and behind "another day"."""

_LATER_TODAY: Final = timedelta(hours=2)


class What(StrEnum):
    """What comes. The words stand under `checkins.youth.coming.<value>`."""

    TALK = "talk"
    """The mentor gets in touch; after it one question about how things are, unless those are stopped."""
    EVENT = "event"
    """A reminder of an event at which they have a place."""
    AFTER_EVENT = "after_event"
    """The question how an event was, on the day after."""
    APPOINTMENT = "appointment"
    """A meeting they agreed to, of which they are reminded."""
    PAUSE = "pause"
    """A word that a pause is about to end."""
    RESULT = "result"
    """A question about how things went, some time after the programme."""


@dataclass(frozen=True, slots=True)
class Coming:
    """One thing to come, at that moment (UTC); `number` is the check-in, event, referral or result it is about.

    `reminds_at` is the next reminder of it, where that is another moment.
    """

    what: What
    at: datetime
    number: int
    reminds_at: datetime | None = None


def in_order(parts: Sequence[Sequence[Coming]]) -> list[Coming]:
    """Everything that comes, the nearest first."""
    return sorted((one for part in parts for one in part), key=lambda one: (one.at, one.what, one.number))


# --- another time -----------------------------------------------------------------------------------------------


def may_be_moved(checkin: CheckIn, now: datetime) -> bool:
    """Whether its young person can still put it to another time: it lies ahead."""
    return checkin.state is State.PLANNED and checkin.due_at > now


def places(
    checkin: CheckIn, now: datetime, hours: Hours, others: Sequence[Hours] = (), *, more: bool = False
) -> list[datetime]:
    """Where it could go (UTC): later on the same day, then working days around its own at the same hour.

    `hours` are the young person's, by whose clock the hour stays the same; `others` those of a mentor who lives by
    another."""
    own = wall(_day(checkin.due_at, hours), checkin.due_at.astimezone(hours.zone).time(), hours.zone)
    days = [add_working_days(own, number, hours) for number in range(-1, (_FAR if more else _NEAR) + 1) if number]
    return [at for at in (own + _LATER_TODAY, *days) if may_put(checkin, at, now, hours, others)]


def may_put(checkin: CheckIn, at: datetime, now: datetime, hours: Hours, others: Sequence[Hours] = ()) -> bool:
    """Whether it may be put to that moment: ahead, near its own day, in both people's working time, and not where it
    is."""
    near = abs(at - checkin.due_at) <= MOVE_LATER
    works = all(allowed(at, one, Kind.WORK).at == at for one in (hours, *others))
    return now < at and near and at != checkin.due_at and works


def _day(moment: datetime, hours: Hours) -> date:
    return moment.astimezone(hours.zone).date()
