"""Danger to a child: whoever learns of it has to report it the same day, and the bot keeps when that was done.

Bērnu tiesību aizsardzības likums, section 73(1): to the police, the orphan's court or another child-protection body.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from bot.calendar import Hours, next_working_morning, wall

REMIND_AFTER: Final = timedelta(hours=2)
WORKDAY_ENDS: Final = time(17)
LAST_CALL: Final = time(23, 30)
"""Local times: the end of a working day, and when a day is nearly over on which something has to be reported."""

SOON: Final = timedelta(minutes=30)


class Body(StrEnum):
    """Whom it was reported to."""

    POLICE = "police"
    ORPHANS_COURT = "orphans_court"
    CHILD_PROTECTION = "child_protection"
    NOBODY = "nobody"
    """It turned out that there is nothing to report: the button was pressed by mistake."""


BODIES: Final = (Body.POLICE, Body.ORPHANS_COURT, Body.CHILD_PROTECTION)


@dataclass(frozen=True, slots=True)
class Report:
    """That somebody of the staff learnt of a danger, and whether they recorded the report. Moments are UTC."""

    id: int
    youth_id: int | None
    made_by: int | None
    body: Body | None
    opened_at: datetime
    reported_at: datetime | None
    next_at: datetime | None


def first_reminder(opened_at: datetime, zone: ZoneInfo) -> datetime:
    """When somebody who has not recorded a report is reminded (UTC): after two hours or as the working day ends,
    whichever comes first, and late in the day after half an hour, so that it is still the same day."""
    day = opened_at.astimezone(zone).date()
    ends, last = wall(day, WORKDAY_ENDS, zone), wall(day, LAST_CALL, zone)
    if opened_at + SOON < ends:
        return min(opened_at + REMIND_AFTER, ends)
    return min(opened_at + SOON, max(last, opened_at))


def next_reminder(reminded_at: datetime, opened_at: datetime, hours: Hours) -> datetime:
    """And after that (UTC): every two hours while the day lasts, then in the morning of each working day."""
    zone = hours.zone
    day = opened_at.astimezone(zone).date()
    last = wall(day, LAST_CALL, zone)
    if reminded_at < last:
        return min(reminded_at + REMIND_AFTER, last)
    return next_working_morning(reminded_at, hours)


def is_same_day(opened_at: datetime, at: datetime, zone: ZoneInfo) -> bool:
    """Whether both lie on one local day, as the law wants it."""
    return opened_at.astimezone(zone).date() == at.astimezone(zone).date()
