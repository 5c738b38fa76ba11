"""The rhythm of check-ins: which local days they are planned for, and when each really falls due."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum
from typing import assert_never

from bot.calendar.hours import Hours, Kind, Move, Reason, Slot, allowed, free_day, join
from bot.calendar.zones import ONE_DAY, add_months, is_skipped, wall

ONE_WEEK = timedelta(weeks=1)


class Every(Enum):
    """How often."""

    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY = "monthly"


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often, on which weekday (0 is Monday) and at what time of the person's own clock."""

    every: Every
    weekday: int
    at: time

    def __post_init__(self) -> None:
        if not 0 <= self.weekday <= 6:
            raise ValueError(f"a weekday is 0 (Monday) to 6 (Sunday), not {self.weekday}")


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One check-in: its place in the plan from 1, the local day it is planned for, and when it goes out, and why then.

    Number and day depend on the rhythm alone, so a holiday added later moves an occurrence and renames none.
    """

    number: int
    planned_on: date
    slot: Slot

    @property
    def due_at(self) -> datetime:
        """The moment it falls due (UTC), after every move."""
        return self.slot.at


def occurrences(rhythm: Rhythm, starts_on: date, ends_on: date, hours: Hours) -> tuple[Occurrence, ...]:
    """Every occurrence planned from `starts_on` to `ends_on`, both included, in order.

    One planned for a free day goes to the next working day at the same time, for the last one even after `ends_on`.
    Should a long break push several onto one day, only the last of them stays: nobody is asked twice in a day.
    """
    by_day: dict[date, Occurrence] = {}
    for number, day in enumerate(_planned(rhythm, starts_on, ends_on), start=1):
        slot = _slot(day, rhythm.at, hours)
        by_day[slot.at.astimezone(hours.zone).date()] = Occurrence(number, day, slot)
    return tuple(by_day.values())


def _planned(rhythm: Rhythm, starts_on: date, ends_on: date) -> Iterator[date]:
    first = _weekday_from(starts_on, rhythm.weekday)
    day, number = first, 1
    while day <= ends_on:
        yield day
        day, number = _planned_after(first, number, rhythm.every), number + 1


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


def _slot(day: date, at: time, hours: Hours) -> Slot:
    moves: tuple[Move, ...] = ()
    while free := free_day(day, hours):
        day += ONE_DAY
        moves = join(moves, Move(free.reason, wall(day, at, hours.zone), free.name))
    due = wall(day, at, hours.zone)
    if is_skipped(day, at, hours.zone):
        moves = join(moves, Move(Reason.CLOCK_CHANGE, due, None))
    for move in (rest := allowed(due, hours, Kind.WORK)).moves:
        moves = join(moves, move)
    return Slot(rest.at, moves)
