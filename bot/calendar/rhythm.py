"""The rhythm of check-ins: which local days they are planned for, and when each really falls due."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum
from itertools import takewhile
from typing import Final, assert_never

from bot.calendar.hours import Hours, Kind, Move, Reason, Slot, allowed, free_day, join
from bot.calendar.zones import ONE_DAY, add_months, is_skipped, wall

ONE_WEEK = timedelta(weeks=1)

SEEK_AT_MOST: Final = 14
"""Waits after which no moment is sought any more at which nobody of several people sleeps: on opposite sides of the
earth there is none, and then the first of them alone counts."""


class Every(Enum):
    """How often."""

    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY = "monthly"


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often, on which weekday (0 is Monday) and at what time of the person's own clock.

    Monthly means the weekday's place in the month (the second Tuesday), or `monthday`, a date, which in a shorter month
    is its last day. At the start there may be several a week: `extra_weekdays` count up to `often_until`, that day
    included. From `tapers_from` on only every second one stays.
    """

    every: Every
    weekday: int
    at: time
    monthday: int | None = None
    extra_weekdays: tuple[int, ...] = ()
    often_until: date | None = None
    tapers_from: date | None = None

    def __post_init__(self) -> None:
        for weekday in (self.weekday, *self.extra_weekdays):
            if not 0 <= weekday <= 6:
                raise ValueError(f"a weekday is 0 (Monday) to 6 (Sunday), not {weekday}")
        if self.monthday is not None and not (self.every is Every.MONTHLY and 1 <= self.monthday <= 31):
            raise ValueError(f"a day of the month is 1 to 31 and belongs to a monthly rhythm, not {self.monthday}")


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One check-in: its place in the plan from 1, the local day it is planned for, and when it goes out, and why then.

    Number and day depend on the rhythm alone, so a holiday added later moves an occurrence and renames none. `slack` is
    how many working days before or after it still count as on time (see `windows`).
    """

    number: int
    planned_on: date
    slot: Slot
    slack: int = 1

    @property
    def due_at(self) -> datetime:
        """The moment it falls due (UTC), after every move."""
        return self.slot.at


def occurrences(
    rhythm: Rhythm, starts_on: date, ends_on: date, hours: Hours, others: Collection[Hours] = ()
) -> tuple[Occurrence, ...]:
    """Every occurrence planned from `starts_on` to `ends_on`, both included, in order.

    The wall clock is that of `hours`; it goes out when neither they nor `others` sleep or have a day off. One planned
    for a free day goes to the next working day at the same time, for the last one even after `ends_on`. Should a long
    break push several onto one day, only the last of them stays: nobody is asked twice in a day.
    """
    return on_days(planned_days(rhythm, starts_on, ends_on), rhythm, hours, others)


def on_days(
    days: Iterable[date], rhythm: Rhythm, hours: Hours, others: Collection[Hours] = ()
) -> tuple[Occurrence, ...]:
    """The occurrences of these local days, which are in order, at the rhythm's time of day."""
    by_day: dict[date, Occurrence] = {}
    for number, day in enumerate(days, start=1):
        slot = slot_of(day, rhythm.at, hours, others)
        by_day[slot.at.astimezone(hours.zone).date()] = Occurrence(number, day, slot, slack(rhythm, day))
    return tuple(by_day.values())


def planned_days(rhythm: Rhythm, starts_on: date, ends_on: date) -> list[date]:
    """The local days that the rhythm names from `starts_on` to `ends_on`, both included, in order; free days too."""
    regular = list(takewhile(lambda day: day <= ends_on, _regular(rhythm, starts_on)))
    if rhythm.tapers_from is not None:
        thinned = [day for day in regular if day >= rhythm.tapers_from]
        regular = [*(day for day in regular if day < rhythm.tapers_from), *thinned[::2]]
    return sorted({*regular, *_often(rhythm, starts_on, ends_on)})


def slack(rhythm: Rhythm, day: date) -> int:
    """How many working days around a planned day count as on time: none while there are several a week, one around a
    weekly one, two around a fortnightly one and three around a monthly one, so that windows never meet."""
    if rhythm.extra_weekdays and rhythm.often_until is not None and day <= rhythm.often_until:
        return 0
    return {Every.WEEKLY: 1, Every.FORTNIGHTLY: 2, Every.MONTHLY: 3}[rhythm.every]


def _often(rhythm: Rhythm, starts_on: date, ends_on: date) -> Iterator[date]:
    if rhythm.often_until is None:
        return
    day = starts_on
    while day <= min(rhythm.often_until, ends_on):
        if day.weekday() in rhythm.extra_weekdays:
            yield day
        day += ONE_DAY


def _regular(rhythm: Rhythm, starts_on: date) -> Iterator[date]:
    """The rhythm's days without end, counted from the person's own start."""
    if rhythm.monthday is not None:
        yield from _same_day_of_month(starts_on, rhythm.monthday)
        return
    first = _weekday_from(starts_on, rhythm.weekday)
    day, number = first, 1
    while True:
        yield day
        day, number = _planned_after(first, number, rhythm.every), number + 1


def _same_day_of_month(starts_on: date, monthday: int) -> Iterator[date]:
    month = starts_on.replace(day=1)
    while True:
        day = min(month + (monthday - 1) * ONE_DAY, add_months(month, 1) - ONE_DAY)
        if day >= starts_on:
            yield day
        month = add_months(month, 1)


def _planned_after(first: date, number: int, every: Every) -> date:
    match every:
        case Every.WEEKLY:
            return first + number * ONE_WEEK
        case Every.FORTNIGHTLY:
            return first + number * 2 * ONE_WEEK
        case Every.MONTHLY:
            return _same_weekday_of_month(first, number)
    assert_never(every)


def _same_weekday_of_month(first: date, months: int) -> date:
    """The second Tuesday stays the second Tuesday; a fifth one, which few months have, stands for the last."""
    month = add_months(first.replace(day=1), months)
    which = (first.day - 1) // 7
    if which == 4:
        return _weekday_from(add_months(month, 1) - ONE_WEEK, first.weekday())
    return _weekday_from(month, first.weekday()) + which * ONE_WEEK


def _weekday_from(day: date, weekday: int) -> date:
    return day + (weekday - day.weekday()) % 7 * ONE_DAY


def slot_of(day: date, at: time, hours: Hours, others: Collection[Hours] = ()) -> Slot:
    """When something planned for that local day and wall clock of `hours` goes out, and why then: on a day on which
    work is done, and when nobody concerned sleeps."""
    moves: tuple[Move, ...] = ()
    while free := free_day(day, hours):
        day += ONE_DAY
        moves = join(moves, Move(free.reason, wall(day, at, hours.zone), free.name))
    due = wall(day, at, hours.zone)
    if is_skipped(day, at, hours.zone):
        moves = join(moves, Move(Reason.CLOCK_CHANGE, due, None))
    rest = allowed_for_all(due, (hours, *others))
    for move in rest.moves:
        moves = join(moves, move)
    return Slot(rest.at, moves)


def allowed_for_all(at: datetime, everybody: Iterable[Hours]) -> Slot:
    """The first moment from `at` on in everybody's working hours, and why not sooner; where there is none, the first
    person's own."""
    people = tuple(everybody)
    moves: tuple[Move, ...] = ()
    moment = at
    for _ in range(SEEK_AT_MOST):
        slots = [allowed(moment, one, Kind.WORK) for one in people]
        late = max(slots, key=lambda slot: slot.at)
        if not late.moves:
            return Slot(late.at, moves)
        for move in late.moves:
            moves = join(moves, move)
        moment = late.at
    return allowed(at, people[0], Kind.WORK)
