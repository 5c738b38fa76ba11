"""When a moment is allowed: the quiet hours of a night, the days on which nobody works, the reason for each wait."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import Enum
from functools import lru_cache
from types import MappingProxyType
from typing import Final, NamedTuple, Self
from zoneinfo import ZoneInfo

from bot.calendar.zones import ONE_DAY, utc, wall

SATURDAY = 5


class Kind(Enum):
    """What is going out."""

    MESSAGE = "message"
    """A push to a person: waits for the end of quiet hours, on any day."""
    WORK = "work"
    """A check-in, or anything that asks staff to act: waits for a working day too."""


class Reason(Enum):
    """Why something waits."""

    QUIET_HOURS = "quiet_hours"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    DAY_OFF = "day_off"
    CLOCK_CHANGE = "clock_change"


@dataclass(frozen=True, slots=True)
class Move:
    """One wait: why, until when (UTC), and the holiday's own name where it has one."""

    reason: Reason
    until: datetime
    name: str | None


@dataclass(frozen=True, slots=True)
class Slot:
    """When it goes out (UTC), and the waits that led there, in order; without a wait it goes out as asked."""

    at: datetime
    moves: tuple[Move, ...]


class FreeDay(NamedTuple):
    """Why nobody works on a day, and the name of that day where it has one."""

    reason: Reason
    name: str | None


class _Spell(NamedTuple):
    starts: datetime
    ends: datetime


_IN: Final = {"lv": "lv", "uk": "uk", "en": "en_US"}
"""Languages in which the holidays have names, as the `holidays` package calls them."""


@lru_cache(maxsize=96)
def _latvian_year(year: int, language: str) -> Mapping[date, str]:
    from holidays import country_holidays  # the holidays of the whole world: a start need not wait for them

    return dict(country_holidays("LV", years=year, language=language, observed=True))


def latvian_holiday(day: date) -> str | None:
    """The Latvian name of the public holiday on `day`, days off moved by the government included."""
    return _latvian_year(day.year, "lv").get(day)


def holiday_names(day: date) -> Mapping[str, str]:
    """What the public holiday on `day` is called, by language ("lv", "uk", "en"); empty where there is none."""
    return {code: name for code, called in _IN.items() if (name := _latvian_year(day.year, called).get(day))}


@dataclass(frozen=True, slots=True)
class Hours:
    """When one person may be written to: their time zone, their quiet hours, and the free days of Latvia.

    Quiet hours begin at `quiet_from` and end before `quiet_until`, over midnight if need be; two equal times mean none.
    """

    zone: ZoneInfo
    quiet_from: time = time(21)
    quiet_until: time = time(9)
    days_off: Mapping[date, str] = field(default_factory=dict)
    """One-off days that an administrator added, with their names."""
    holidays: Callable[[date], str | None] = latvian_holiday

    @classmethod
    def latvia(cls, zone: ZoneInfo, days_off: Mapping[date, str]) -> Self:
        """The default quiet hours (21:00-09:00) and Latvia's holidays, on the clocks of `zone`."""
        return cls(zone, days_off=MappingProxyType(dict(days_off)))


def allowed(at: datetime, hours: Hours, kind: Kind) -> Slot:
    """The earliest moment from `at` on when this may go out, and why not sooner; ValueError if `at` is naive.

    Asking again about the answer changes nothing, and a later question never gets an earlier answer.
    """
    moment = utc(at)
    moves: tuple[Move, ...] = ()
    while move := _next_move(moment, hours, kind):
        moves = join(moves, move)
        moment = move.until
    return Slot(moment, moves)


def is_working_day(day: date, hours: Hours) -> bool:
    """Whether staff work on this local day.

    A Saturday to which the government moved a working day stays free here: only some employers follow the move, and a
    message that waits until Monday surprises nobody.
    """
    return free_day(day, hours) is None


def free_day(day: date, hours: Hours) -> FreeDay | None:
    """Why nobody works on this local day, if so; on a weekend that is the weekend, whatever else falls on it."""
    if day.weekday() >= SATURDAY:
        return FreeDay(Reason.WEEKEND, None)
    if (name := hours.holidays(day)) is not None:
        return FreeDay(Reason.HOLIDAY, name)
    if (name := hours.days_off.get(day)) is not None:
        return FreeDay(Reason.DAY_OFF, name)
    return None


def join(moves: tuple[Move, ...], move: Move) -> tuple[Move, ...]:
    """Add a wait; a Saturday and its Sunday, or a break of several days under one name, read as one wait."""
    same = moves and (moves[-1].reason, moves[-1].name) == (move.reason, move.name)
    return (*moves[:-1], move) if same else (*moves, move)


def _next_move(moment: datetime, hours: Hours, kind: Kind) -> Move | None:
    day = moment.astimezone(hours.zone).date()
    if kind is Kind.WORK and (free := free_day(day, hours)):
        morning = _morning(day + ONE_DAY, hours.quiet_from, hours.quiet_until, hours.zone)
        return Move(free.reason, morning, free.name)
    # Compared in UTC: when the clocks go back, a wall clock would turn quiet again and the answer would lie behind.
    for spell in _quiet_spells(day, hours.quiet_from, hours.quiet_until, hours.zone):
        if spell.starts <= moment < spell.ends:
            return Move(Reason.QUIET_HOURS, spell.ends, None)
    return None


@lru_cache(maxsize=4096)
def _morning(day: date, quiet_from: time, quiet_until: time, zone: ZoneInfo) -> datetime:
    """Where a wait for `day` ends: past its quiet midnight, so that "weekend" alone explains Monday 09:00."""
    midnight = wall(day, time.min, zone)
    spells = _quiet_spells(day, quiet_from, quiet_until, zone)
    return next((spell.ends for spell in spells if spell.starts <= midnight < spell.ends), midnight)


@lru_cache(maxsize=4096)
def _quiet_spells(day: date, quiet_from: time, quiet_until: time, zone: ZoneInfo) -> tuple[_Spell, ...]:
    """The spells that can hold a moment of `day`: the one that began the day before, and its own."""
    if quiet_from == quiet_until:
        return ()
    nights = timedelta(days=1 if quiet_from > quiet_until else 0)
    return tuple(
        _Spell(wall(begins, quiet_from, zone), wall(begins + nights, quiet_until, zone))
        for begins in (day - ONE_DAY, day)
    )
