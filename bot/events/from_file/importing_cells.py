"""One cell of a table of events: what it says, or what was expected there. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.events import when
from bot.events.audience import Group
from bot.events.details import PLACES
from bot.events.from_file.importing_columns import Column, words_of
from bot.events.from_file.importing_faults import Expected
from bot.events.from_file.importing_opening import Value
from bot.events.from_file.importing_words import meanings, plain
from bot.events.writing.drafts import is_link, length
from bot.typed import day_of, in_one_line, time_of, visible
from bot.words import Phrase

_LONGEST_WHEN: Final = 40
"""Nobody needs more to write a date and an hour; more would only give the patterns work."""

_WORDS_TOLD: Final = 14
"""As many of the allowed words are named; the template has them all."""

_ISO: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::\d{2})?)?")
_CLOCK: Final = re.compile(r"(\d{1,2})[:.](\d{2})")
_POSITION: Final = re.compile(r"(-?\d{1,2}(?:\.\d+)?)\s*[,; ]\s*(-?\d{1,3}(?:\.\d+)?)")
_QUOTA: Final = re.compile(r"(.+?)[\s:=–-]+(\d{1,6})")
_BETWEEN: Final = re.compile(r"[;\n]")
_BETWEEN_WORDS: Final = re.compile(r"[;,\n/]")


@dataclass(frozen=True, slots=True)
class Wrong:
    """Something else was expected."""

    expected: Expected
    most: int = 0
    words: Sequence[Phrase] = ()


def is_formula(value: Value) -> bool:
    """A formula, whose result nobody here reckons out, or what stands where one failed."""
    return isinstance(value, str) and (value.lstrip().startswith("=") or value in _FAILED)


_FAILED: Final = frozenset({"#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!"})


def as_text(value: Value) -> str:
    """What a cell shows, whatever a spreadsheet took it for."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def text(value: Value, most: int) -> str | Wrong:
    """A text in one line, of at most so many UTF-16 units."""
    return _short_enough(in_one_line(as_text(value)), most)


def paragraph(value: Value, most: int) -> str | Wrong:
    """A text whose lines stay lines."""
    return _short_enough(visible(as_text(value)), most)


def _short_enough(said: str, most: int) -> str | Wrong:
    if not said:
        return Wrong(Expected.SOMETHING)
    return said if length(said) <= most else Wrong(Expected.SHORTER, most)


def parts(value: Value, most: int, each: int, all_together: int | None = None) -> tuple[str, ...] | Wrong:
    """Several texts, one a line or with semicolons between."""
    said = [one for one in (in_one_line(part) for part in _BETWEEN.split(as_text(value))) if one]
    if any(length(one) > each for one in said):
        return Wrong(Expected.SHORTER, each)
    if all_together is not None and sum(length(one) for one in said) > all_together:
        return Wrong(Expected.SHORTER, all_together)
    return tuple(dict.fromkeys(said)) if len(said) <= most else Wrong(Expected.FEWER, most)


def word(value: Value, column: Column) -> str | Wrong:
    """One of the words that belong into the column, as its code."""
    said = {True: "yes", False: "no"}.get(value, "") if isinstance(value, bool) else as_text(value)
    return meanings(column).get(plain(said), _one_of(column))


def several(value: Value, column: Column) -> tuple[str, ...] | Wrong:
    """Some of these words, with commas or semicolons between."""
    said = [plain(part) for part in _BETWEEN_WORDS.split(as_text(value))]
    codes = [meanings(column).get(one) for one in said if one]
    known = [one for one in codes if one is not None]
    return tuple(dict.fromkeys(known)) if known and len(known) == len(codes) else _one_of(column)


def _one_of(column: Column) -> Wrong:
    return Wrong(Expected.ONE_OF, words=tuple(words_of(column).values())[:_WORDS_TOLD])


def number(value: Value, most: int) -> int | Wrong:
    """A whole number from 1 to that."""
    said = as_text(value).strip()
    if said.isascii() and said.isdigit() and len(said) <= len(str(most)) and 1 <= int(said) <= most:
        return int(said)
    return Wrong(Expected.NUMBER, most)


def link(value: Value, most: int) -> str | Wrong:
    """An https address."""
    said = in_one_line(as_text(value))
    if len(said) > most:
        return Wrong(Expected.SHORTER, most)
    return said if is_link(said) else Wrong(Expected.LINK)


def position(value: Value) -> tuple[float, float] | Wrong:
    """Latitude and longitude in degrees, as maps give them to be copied."""
    found = _POSITION.fullmatch(in_one_line(as_text(value))[:60])
    if found is None:
        return Wrong(Expected.POSITION)
    latitude, longitude = float(found[1]), float(found[2])
    return (latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else Wrong(Expected.POSITION)


def quotas(value: Value) -> Mapping[Group, int] | Wrong:
    """Places for groups: "jaunieši 20; mentori 5"."""
    found: dict[Group, int] = {}
    for part in re.split(r"[;,\n]", as_text(value)[:500]):
        if not part.strip():
            continue
        matched = _QUOTA.fullmatch(part.strip())
        group = meanings(Column.QUOTAS).get(plain(matched[1])) if matched else None
        most = number(matched[2], PLACES) if matched else Wrong(Expected.QUOTAS)
        if group is None or isinstance(most, Wrong) or Group(group) in found:
            return Wrong(Expected.QUOTAS, words=tuple(words_of(Column.QUOTAS).values()))
        found[Group(group)] = most
    return found or Wrong(Expected.QUOTAS, words=tuple(words_of(Column.QUOTAS).values()))


# --- when -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Clocks:
    """Whose clocks the table is written by, and since when its numbers count days."""

    now: datetime
    zone: ZoneInfo
    epoch: datetime

    @property
    def today(self) -> date:
        return self.now.astimezone(self.zone).date()


def moment(value: Value, clocks: Clocks, day: date | None = None, alone: time | None = None) -> datetime | Wrong:
    """A start, an end or a deadline, in UTC, within the year ahead. An hour alone is enough where the `day` is known,
    a day alone where it means the hour `alone` of it."""
    on, at = _day_and_hour(value, clocks)
    on = on or (day if at is not None else None)
    if on is None:
        return Wrong(Expected.MOMENT)
    at = at or alone
    if at is None:
        return Wrong(Expected.HOUR)
    match when.starting(on, at, clocks.now, clocks.zone):
        case when.At(found):
            return found
        case when.Past():
            return Wrong(Expected.AHEAD)
        case when.TooFar():
            return Wrong(Expected.NEARER)


def _day_and_hour(value: Value, clocks: Clocks) -> tuple[date | None, time | None]:
    match value:
        case bool() | None | timedelta():
            return None, None
        case datetime():
            near = value + timedelta(seconds=30)  # numbers of days are seldom exact to the second
            at = near.time().replace(second=0, microsecond=0, tzinfo=None)
            return near.date(), at if at != time() else None
        case date():
            return value, None
        case time():
            return None, value.replace(second=0, microsecond=0, tzinfo=None)
        case int() | float():
            return _of_number(value, clocks)
        case str():
            return _of_text(in_one_line(value)[:_LONGEST_WHEN], clocks.today)


def _of_number(value: float, clocks: Clocks) -> tuple[date | None, time | None]:
    """As spreadsheets keep moments that they were not told to show as such: days since the epoch."""
    if 0 < value < 1:
        return None, _day_and_hour(clocks.epoch + timedelta(days=value), clocks)[1]
    if not 20_000 <= value <= 80_000:
        return None, None
    return _day_and_hour(clocks.epoch + timedelta(days=value), clocks)


def _of_text(said: str, today: date) -> tuple[date | None, time | None]:
    if iso := _ISO.fullmatch(said):
        on = day_of(iso[3], iso[2], iso[1], today)
        return on, (time_of(iso[4], iso[5]) if iso[4] else None)
    if clock := _CLOCK.fullmatch(said):
        return None, time_of(clock[1], clock[2])
    if (typed := _TYPED.fullmatch(said)) is None:
        return None, None
    at = time_of(typed["hour"], typed["minute"]) if typed["hour"] else None
    if typed["hour"] and at is None:
        return None, None
    return day_of(typed["day"], typed["month"], typed["year"], today), at


_TYPED: Final = re.compile(
    r"(?P<day>\d{1,2})\s*[./]\s*(?P<month>\d{1,2})(?:\s*[./]\s*(?P<year>\d{4})?)?\.?"
    r"(?:[\s,]+(?:plkst\.?\s*|о\s+|at\s+)?(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?::\d{2})?)?"
)
