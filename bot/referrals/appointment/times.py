"""Times for an appointment: the ones suggested, and the ones picked so far as buttons carry them. Pure."""

from collections.abc import Iterable, Sequence
from datetime import datetime, time
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from bot.calendar import Hours, add_working_days, at_minute, typed_moment, wall
from bot.referrals.referral import MOST_TIMES
from bot.referrals.rules import FARTHEST

_AHEAD: Final = (2, 3, 4)
"""Working days from now: so the other side has a whole one to answer."""

_AT: Final = (time(10), time(16))
"""Local hours that are suggested."""


def suggested(now: datetime, hours: Hours) -> tuple[datetime, ...]:
    """Times (UTC) on each of three coming working days, the earliest first."""
    days = [add_working_days(now, ahead, hours).astimezone(hours.zone).date() for ahead in _AHEAD]
    return tuple(wall(day, at, hours.zone) for day in days for at in _AT)


def picked(minutes: Iterable[int | None], now: datetime) -> tuple[datetime, ...]:
    """What a button carries, by the clock, without what is forged, doubled, gone by or too far ahead."""
    found = {at_minute(one) for one in minutes if one is not None}
    return tuple(sorted(at for at in found if at is not None and now < at <= now + FARTHEST))[:MOST_TIMES]


class Refused(StrEnum):
    """Why a typed time is not put in; the last word of what is said of it."""

    UNREADABLE = "unreadable"
    OVER = "over"
    TOO_FAR = "too_far"
    FULL = "full"


def with_typed(text: str, chosen: Sequence[datetime], now: datetime, zone: ZoneInfo) -> tuple[datetime, ...] | Refused:
    """The choice with the time that was typed by the clock of `zone` ("24.11. 14:30"), or why it is not put in."""
    at = typed_moment(text, now, zone)
    if at is None:
        return Refused.UNREADABLE
    if at <= now:
        return Refused.OVER
    if at > now + FARTHEST:
        return Refused.TOO_FAR
    if at not in chosen and len(chosen) >= MOST_TIMES:
        return Refused.FULL
    return tuple(sorted({*chosen, at}))


def toggled(chosen: Sequence[datetime], at: datetime) -> tuple[datetime, ...]:
    """The choice after a press on that time: with it, or without it if it was in."""
    return tuple(sorted({*chosen} ^ {at}))
