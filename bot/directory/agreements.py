"""What municipalities agreed with partners: since when, until when, and whether one of them is strategic. Pure.

At least one strategic partner is needed (the youth council's letter to municipalities).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

FARTHEST_AGREEMENT: Final = timedelta(days=3660)
"""An agreement that begins or ends farther away than ten years was mistyped."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """What a municipality agreed with a partner; both days are included, `until_on` None has no end."""

    id: int
    organization_id: int
    municipality: str
    strategic: bool
    from_on: date
    until_on: date | None
    remind_at: datetime | None = None

    def holds_on(self, day: date) -> bool:
        return self.from_on <= day and (self.until_on is None or day <= self.until_on)


def is_agreement_day(day: date, today: date) -> bool:
    return abs(day - today) <= FARTHEST_AGREEMENT


def remind_days(until_on: date | None, days_before: int, today: date) -> tuple[date, ...]:
    """The days on which the coordinator is reminded that it ends: so many days before, and the day itself."""
    if until_on is None:
        return ()
    both = (until_on - timedelta(days=days_before), until_on)
    return tuple(day for day in dict.fromkeys(both) if day >= today)


@dataclass(frozen=True, slots=True)
class Covered:
    """There is a strategic partner; `until` is the last day of that, None where no end is in sight."""

    until: date | None


def covered(agreements: Sequence[Agreement], today: date) -> Covered | None:
    """Whether a municipality with these agreements has a strategic partner today, and how long without a gap."""
    strategic = [one for one in agreements if one.strategic]
    until, day = None, today
    while standing := [one for one in strategic if one.holds_on(day)]:
        ends = [one.until_on for one in standing if one.until_on is not None]
        if len(ends) < len(standing):
            return Covered(None)
        until = max(ends)
        day = until + timedelta(days=1)
    return None if until is None else Covered(until)
