"""A mentor's hours: what counts towards the month of one young person, and what may still be put right. Pure.

The first programme wanted at least 20 hours a month for each young person (JSPA's answers to municipalities, question
1); that 2.0 keeps it is not confirmed, so the goal is the setting BOT_HOURS_A_MONTH. A record of work done knows no
quiet hours: Sundays and holidays may be written down like any day.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from bot.calendar import add_months

TIMES: Final = (30, 60, 90, 120, 180, 240)
MOST_MINUTES: Final = 600
"""How long something took, in minutes: what the buttons offer, and the most that can be written down at once."""

DAYS_OFFERED: Final = 6
"""Days on buttons, today first; an earlier one is typed."""

TWICE_WITHIN: Final = timedelta(minutes=1)
"""The same line again so soon is a second tap, not a second hour."""


class What(StrEnum):
    """What a mentor's time went into beside the check-ins."""

    TALK = "talk"
    """A talk that no check-in stands for."""
    ALONG = "along"
    """Going along: to a school, an office, an employer."""
    PREPARING = "preparing"
    OTHERS = "others"
    """Talks with others for the young person: family, school, specialists."""
    PAPERS = "papers"


@dataclass(frozen=True, slots=True)
class Line:
    """One piece of somebody's time. `id` is None for a check-in, which is put right where it was recorded.

    `what` is a code of `What`, or "checkin_" with the way it went; `on` is the local day, `minutes` more than 0.
    """

    id: int | None
    case_id: int
    on: date
    minutes: int
    what: str


def month_of(day: date) -> date:
    """A month is named by its first day."""
    return day.replace(day=1)


def before(month: date) -> date:
    """The month before."""
    return add_months(month, -1)


def after(month: date) -> date:
    """The month after."""
    return add_months(month, 1)


def may_stand_on(day: date, today: date) -> bool:
    """Whether time of that day may be written down, changed or taken out: this month or the last, and not ahead."""
    return before(month_of(today)) <= day <= today


def total(lines: Sequence[Line], case_id: int | None = None) -> int:
    """Minutes of all lines, or of one case's."""
    return sum(one.minutes for one in lines if case_id in (None, one.case_id))


def clock(minutes: int) -> str:
    """Minutes as hours and minutes: 75 is 1:15."""
    return f"{minutes // 60}:{minutes % 60:02}"


def decimal(minutes: int) -> float:
    """Minutes as hours with two decimals, as a timesheet wants them."""
    return round(minutes / 60, 2)


_CLOCK: Final = re.compile(r"(\d{1,2})\s*[:.]\s*(\d{2})")
_MINUTES: Final = re.compile(r"(\d{1,3})")


def typed_minutes(text: str) -> int | None:
    """ "45" is minutes, "1:15" hours and minutes; None where it cannot be read or is nothing or too long."""
    if clock := _CLOCK.fullmatch(text.strip()):
        minutes = int(clock[1]) * 60 + int(clock[2]) if int(clock[2]) < 60 else 0
    elif plain := _MINUTES.fullmatch(text.strip()):
        minutes = int(plain[1])
    else:
        return None
    return minutes if 0 < minutes <= MOST_MINUTES else None
