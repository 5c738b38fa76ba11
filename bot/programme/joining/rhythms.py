"""The rhythms that staff can choose from, as the buttons carry them: a cadence, and what is special about it."""

import re
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum
from typing import Final, assert_never

from bot.calendar import Every, Rhythm

WEEKDAYS: Final = range(5)
HOURS: Final = range(9, 19)
"""When a check-in may be planned to begin, on the local clock: outside quiet hours, and in reach of working people."""

MONTHDAYS: Final = (1, 5, 10, 15, 20, 25, 31)
"""Days of the month that are offered; 31 is the last day of every month."""

OFTEN_WEEKS: Final = (2, 4)
"""For how many weeks at the start there may be several a week."""

MOST_EXTRA: Final = 2
"""Further weekdays beside the regular one."""


class Cadence(StrEnum):
    """The calendar's rhythms, as a button can carry them."""

    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY = "monthly"


@dataclass(frozen=True, slots=True)
class ByDate:
    """Monthly on a day of the month rather than a weekday; None: which one is still to be chosen."""

    day: int | None = None


@dataclass(frozen=True, slots=True)
class Often:
    """Weekly, and in the first weeks on further weekdays too; none: which ones are still to be chosen."""

    weeks: int
    extra: tuple[int, ...] = ()


Variation = ByDate | Often

_BY_DATE: Final = re.compile(r"date(\d{0,2})")
_OFTEN: Final = re.compile(r"often(\d)_?([0-4]*)")


def code_of(variation: Variation) -> str:
    """The variation as a button carries it: "date15", "often2_24"."""
    match variation:
        case ByDate(day):
            return f"date{day or ''}"
        case Often(weeks, extra):
            return f"often{weeks}" + (f"_{''.join(map(str, extra))}" if extra else "")
        case never:
            assert_never(never)


def variation_of(code: str | None) -> Variation | None:
    """What such a code means; None for none, and for one that no question offers."""
    if code is None:
        return None
    if found := _BY_DATE.fullmatch(code):
        day = int(found[1]) if found[1] else None
        return ByDate(day) if day is None or day in MONTHDAYS else None
    if (found := _OFTEN.fullmatch(code)) and int(found[1]) in OFTEN_WEEKS:
        extra = tuple(map(int, found[2]))
        return Often(int(found[1]), extra) if len(set(extra)) == len(extra) <= MOST_EXTRA else None
    return None


def rhythm_of(
    cadence: Cadence,
    weekday: int,
    hour: int,
    variation: str | None,
    counts_from: date,
    tapers_from: date | None = None,
) -> Rhythm | None:
    """The rhythm of these choices, whose first weeks count from that day; None where no question offers them."""
    if weekday not in WEEKDAYS or hour not in HOURS:
        return None
    plain = Rhythm(Every(cadence.value), weekday, time(hour), tapers_from=tapers_from)
    if variation is None:
        return plain
    match variation_of(variation):
        case ByDate(int(day)) if cadence is Cadence.MONTHLY:
            return Rhythm(plain.every, weekday, plain.at, day, tapers_from=tapers_from)
        case Often(weeks, extra) if cadence is Cadence.WEEKLY and extra and weekday not in extra:
            until = counts_from + timedelta(weeks=weeks, days=-1)
            return Rhythm(plain.every, weekday, plain.at, None, extra, until, tapers_from)
        case ByDate() | Often() | None:
            return None
