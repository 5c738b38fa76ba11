"""The report on referrals, by partner and kind of help: how many, how fast, and what came of them, safe to show.

Every number is a range that comes from counts rounded by `bot.figures.suppression`:

- The finest cell is one partner, one kind, one municipality and one stretch of quarters. A stretch ends with the
  quarter in which enough were asked to be shown; the next one begins then. It is never cut anew, so a referral is in
  one cell for ever, and no period can be set against another: each is a sum of whole stretches, and says no more than
  they do. The same goes for whoever sees several municipalities.
- A row stands there only where enough were asked; the others are in no sum either.
- What would add up to a shown number is never shown whole: a last part, "other", is left out, so that no hidden number
  is what the shown ones lack. So for every number each of the values in its range stays possible, whatever else was
  shown before or beside it (`tests/rules/test_referral_report.py` looks for such a world for every one of them).
- A median stands only where the number of waits behind it is shown, which the rounded counts alone decide.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import groupby
from statistics import median
from typing import Final, Self

from bot.calendar import Hours, add_months, is_working_day, wall
from bot.figures.suppression import Range, added, shown
from bot.referrals.referral import Decline, Kind


class Count(StrEnum):
    """What is counted: referrals that ever came so far."""

    ASKED = "asked"
    """It was passed on to the receiver."""
    OPENED = "opened"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    UNANSWERED = "unanswered"
    UNDELIVERED = "undelivered"
    APPOINTED = "appointed"
    PROVIDER_TOOK_PLACE = "provider_took_place"
    PROVIDER_HELPED = "provider_helped"
    YOUTH_TOOK_PLACE = "youth_took_place"
    YOUTH_HELPED = "youth_helped"
    ONLY_PROVIDER = "only_provider"
    """A mismatch: the provider says that it took place, the young person that it did not."""
    ONLY_YOUTH = "only_youth"
    NO_CAPACITY = "no_capacity"
    NOT_MY_FIELD = "not_my_field"
    OTHER_LANGUAGE = "other_language"
    AGE = "age"


REASONS: Final[Mapping[Decline, Count]] = {
    Decline.NO_CAPACITY: Count.NO_CAPACITY,
    Decline.NOT_MY_FIELD: Count.NOT_MY_FIELD,
    Decline.OTHER_LANGUAGE: Count.OTHER_LANGUAGE,
    Decline.AGE: Count.AGE,
}
"""Why it was declined; all but the last one, or the reasons would add up."""

WITHIN: Final[Mapping[Count, tuple[Count, ...]]] = {
    Count.OPENED: (Count.ASKED,),
    Count.ACCEPTED: (Count.OPENED,),
    Count.DECLINED: (Count.OPENED,),
    Count.UNANSWERED: (Count.ASKED,),
    Count.UNDELIVERED: (Count.ASKED,),
    Count.APPOINTED: (Count.ACCEPTED,),
    Count.PROVIDER_TOOK_PLACE: (Count.APPOINTED,),
    Count.PROVIDER_HELPED: (Count.PROVIDER_TOOK_PLACE,),
    Count.YOUTH_TOOK_PLACE: (Count.APPOINTED,),
    Count.YOUTH_HELPED: (Count.YOUTH_TOOK_PLACE,),
    Count.ONLY_PROVIDER: (Count.PROVIDER_TOOK_PLACE,),
    Count.ONLY_YOUTH: (Count.YOUTH_TOOK_PLACE,),
    **dict.fromkeys(REASONS.values(), (Count.DECLINED,)),
}
"""What each is a part of: nobody is counted further on who is not counted there."""


class Wait(StrEnum):
    """A time from being asked until something came, in working days."""

    TO_OPEN = "to_open"
    TO_ANSWER = "to_answer"
    TO_APPOINTMENT = "to_appointment"
    """Until a first appointment was agreed on."""


_BEHIND: Final[Mapping[Wait, Count]] = {
    Wait.TO_OPEN: Count.OPENED,
    Wait.TO_ANSWER: Count.ACCEPTED,
    Wait.TO_APPOINTMENT: Count.APPOINTED,
}
"""How many waits a median is made of, or, of answers, at least is: those who declined waited too."""


class Period(StrEnum):
    """Which referrals: those asked in about so long, in whole quarters, or all."""

    QUARTER = "quarter"
    YEAR = "year"
    ALL = "all"


_MONTHS: Final = {Period.QUARTER: 3, Period.YEAR: 12}


@dataclass(frozen=True, slots=True)
class To:
    """Whom: a partner (or somebody of the team), by what names them in the tables, and the kind of help."""

    recipient: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Passed:
    """One referral that was passed on; `waits` are in working days."""

    to: To
    name: str
    municipality: str | None
    quarter: date
    """The first day of the quarter in which it was asked."""
    counted: frozenset[Count]
    waits: Mapping[Wait, float]


@dataclass(frozen=True, slots=True)
class Row:
    """One partner and kind: a range for each count, and the medians that may be shown, in tenths of a working day."""

    name: str
    kind: Kind
    counts: Mapping[Count, Range]
    medians: Mapping[Wait, int]


def since(period: Period, today: date) -> date | None:
    """The first day of the quarter with which the period begins; None: there is none."""
    months = _MONTHS.get(period)
    return None if months is None else quarter_of(add_months(today, -months))


def quarter_of(day: date) -> date:
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def until(now: datetime, hours: Hours) -> datetime:
    """This week's Monday (UTC): what is newer is in no report, or the next one would tell who has just come."""
    today = now.astimezone(hours.zone).date()
    return wall(today - timedelta(days=today.weekday()), time.min, hours.zone)


def rows(passed: Iterable[Passed], since: date | None, step: int) -> list[Row]:
    """The rows that may be shown, most asked first and then by name."""
    by_partner: dict[To, dict[str | None, list[Passed]]] = {}
    for one in sorted(passed, key=lambda one: one.quarter):
        by_partner.setdefault(one.to, {}).setdefault(one.municipality, []).append(one)
    found = [_row(to, list(places.values()), since, step) for to, places in by_partner.items()]
    kept = [one for one in found if one.counts[Count.ASKED].at_least > 0]
    return sorted(kept, key=lambda one: (-one.counts[Count.ASKED].at_least, one.name, one.kind))


def _row(to: To, places: Sequence[Sequence[Passed]], since: date | None, step: int) -> Row:
    """The sum of its stretches in every place; a name that was changed is the one that was shown last."""
    cells = [_Cell.of(found, step) for place in places for found in stretches(place, since, step)]
    medians = {wait: _median(wait, [one for one in cells if one.shows(wait)]) for wait in Wait}
    return Row(
        max((one for place in places for one in place), key=lambda one: one.quarter).name,
        to.kind,
        {count: added(one.counts[count] for one in cells) for count in Count},
        {wait: tenths for wait, tenths in medians.items() if tenths is not None},
    )


def stretches(found: Sequence[Passed], since: date | None, step: int) -> list[Sequence[Passed]]:
    """These referrals, from the first quarter on, cut after each quarter with which enough were asked; those that end
    in the period, or have not ended."""
    kept: list[Sequence[Passed]] = []
    open_one: list[Passed] = []
    for quarter, asked in groupby(found, key=lambda one: one.quarter):
        open_one = [*open_one, *asked]
        if len(open_one) >= step:
            if since is None or quarter >= since:
                kept.append(open_one)
            open_one = []
    return [*kept, open_one] if open_one else kept


@dataclass(frozen=True, slots=True)
class _Cell:
    """One stretch of one place, as it may be shown."""

    counts: Mapping[Count, Range]
    referrals: Sequence[Passed]

    @classmethod
    def of(cls, referrals: Sequence[Passed], step: int) -> Self:
        numbers = {count: sum(1 for one in referrals if count in one.counted) for count in Count}
        return cls({count: shown(number, step) for count, number in numbers.items()}, referrals)

    def shows(self, wait: Wait) -> bool:
        return not self.counts[_BEHIND[wait]].is_few


def _median(wait: Wait, cells: Iterable[_Cell]) -> int | None:
    waits = [one.waits[wait] for cell in cells for one in cell.referrals if wait in one.waits]
    return round(median(waits) * 10) if waits else None


def in_all(shown_rows: Sequence[Row]) -> Mapping[Count, Range]:
    """The sums of what the rows show."""
    return {count: added(one.counts[count] for one in shown_rows) for count in Count}


def working_days(begin: datetime, end: datetime, hours: Hours) -> float:
    """How many working days lie between two moments: whole days from midnight to midnight on the clocks of `hours`,
    and of the first and the last one as much as there is. Never less than nothing."""
    day, last, total = begin.astimezone(hours.zone).date(), end.astimezone(hours.zone).date(), 0.0
    while day <= last:
        opens, closes = wall(day, time.min, hours.zone), wall(day + timedelta(days=1), time.min, hours.zone)
        if is_working_day(day, hours):
            total += max(0.0, (min(end, closes) - max(begin, opens)) / (closes - opens))
        day += timedelta(days=1)
    return total
