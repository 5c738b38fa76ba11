"""Until when a place is kept for somebody who waited for it: long enough to be seen, by day. Pure."""

from datetime import datetime, timedelta
from typing import Final

from bot.calendar import Hours, Kind, allowed

SHORTEST: Final = timedelta(hours=2)
"""An offer that would be shorter is none: the place is then for whoever of those who wait presses first."""

_STEP: Final = timedelta(minutes=30)


def offer_until(now: datetime, starts_at: datetime, hours: Hours, lasting: timedelta) -> datetime | None:
    """The end of an offer made `now` (UTC): `lasting` after it can be read, or sooner before the start.

    It is told in allowed hours and ends in allowed hours, and half of `lasting` lies in them, so that nobody sleeps
    through it. It takes about half of what is left until the start at most, so that somebody else still has a chance
    after it, and then ends in the evening where the next morning would be too late. None where that would be less than
    `SHORTEST`: there is no time for offers any more.
    """
    told_at = allowed(now, hours, Kind.MESSAGE).at
    lasting = min(lasting, (starts_at - told_at) / 2)
    if lasting < SHORTEST:
        return None
    until, latest = max(told_at + lasting, _awake_for(told_at, lasting / 2, hours)), starts_at - SHORTEST
    if (morning := allowed(until, hours, Kind.MESSAGE).at) <= latest:
        return morning
    until = min(until, latest)
    while allowed(until, hours, Kind.MESSAGE).moves:
        until -= _STEP
    return until if until >= _awake_for(told_at, SHORTEST, hours) else None


def _awake_for(begins: datetime, span: timedelta, hours: Hours) -> datetime:
    """When so much time outside quiet hours has run since then, to the half hour."""
    at, awake = begins, timedelta(0)
    while awake < span:
        if not allowed(at, hours, Kind.MESSAGE).moves:
            awake += _STEP
        at += _STEP
    return at
