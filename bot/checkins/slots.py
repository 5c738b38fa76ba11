"""Finding a time together: which moments a mentor can offer, and what a press under an offer means. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from bot.calendar import Hours, Kind, add_working_days, allowed, is_working_day, wall
from bot.checkins import rules
from bot.checkins.rules import CheckIn

MOST: Final = 3
"""Moments in one offer: enough to choose from, few enough to answer at a glance."""

MOST_WISH: Final = 200
"""Characters of what a young person says would suit them instead."""

ANSWER_WITHIN: Final = 1
"""Working days after which a mentor hears that nobody chose."""

_WORKING_HOURS: Final = range(9, 19)
_DAYS_OFFERED: Final = 10
_FROM_NOW: Final = timedelta(hours=1)
"""Nobody can be somewhere in a minute."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Moments (UTC) that a mentor offered for one check-in; `chosen` is the place of the one that was taken."""

    id: int
    checkin_id: int
    moments: Sequence[datetime]
    chosen: int | None
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class Both:
    """By whose clocks a time is sought: the mentor works by `hours`, the young person sleeps by `young`."""

    hours: Hours
    young: Hours


def may_offer(at: datetime, now: datetime, both: Both) -> bool:
    """Whether that moment can be offered: ahead, at most fourteen days, in working time, and nobody's night."""
    awake = allowed(at, both.hours, Kind.WORK).at == at and allowed(at, both.young, Kind.MESSAGE).at == at
    return now + _FROM_NOW <= at <= now + rules.MOVE_AHEAD and awake


def days(now: datetime, both: Both) -> list[date]:
    """The working days on which something can still be offered, today included, by the mentor's clock."""
    today = now.astimezone(both.hours.zone).date()
    ahead = (today + timedelta(days=number) for number in range(rules.MOVE_AHEAD.days + 1))
    return [day for day in ahead if is_working_day(day, both.hours) and hours_of(day, now, both)][:_DAYS_OFFERED]


def hours_of(day: date, now: datetime, both: Both) -> list[datetime]:
    """The full hours of the mentor's own working day that can be offered (UTC)."""
    moments = (wall(day, time(hour), both.hours.zone) for hour in _WORKING_HOURS)
    return [at for at in moments if may_offer(at, now, both)]


def tell_at(now: datetime, hours: Hours) -> datetime:
    """When a mentor hears that nobody has chosen (UTC, in working time)."""
    return allowed(add_working_days(now, ANSWER_WITHIN, hours), hours, Kind.WORK).at


# --- the answer -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MayTake:
    """That moment can be agreed on."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Settled:
    """Somebody chose before; `at` is the moment, or None where none suited or a newer offer took its place."""

    at: datetime | None


@dataclass(frozen=True, slots=True)
class Gone:
    """That moment is over, or the check-in needs no time any more."""


def take(offer: Offer, which: int, checkin: CheckIn, now: datetime) -> MayTake | Settled | Gone:
    """Whether the moment in that place of the offer can be agreed on now."""
    if offer.answered_at is not None:
        return Settled(None if offer.chosen is None else offer.moments[offer.chosen])
    if not 0 <= which < len(offer.moments) or offer.moments[which] <= now or not rules.may_move(checkin):
        return Gone()
    return MayTake(offer.moments[which])
