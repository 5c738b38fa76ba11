"""Reads a day and an hour as people type them, in figures or in words of the three languages. Pure.

"24.11. 14:30", "24.11.2026", "piektdien 15:00", "rīt plkst. 15", "у п'ятницю о 15:00", "tomorrow at 9". What can be
meant in two ways ("next Friday") is not guessed at.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Final

from bot.typed import day_of, time_of

LONGEST: Final = 60
"""Nobody needs more to write a day and an hour; more would only give the patterns work."""

WEEK: Final = 7

_AHEAD: Final[Mapping[str, int]] = {
    **dict.fromkeys(("šodien", "сьогодні", "today"), 0),
    **dict.fromkeys(("rīt", "завтра", "tomorrow"), 1),
    **dict.fromkeys(("parīt", "післязавтра", "the day after tomorrow", "day after tomorrow"), 2),
}
"""Names of days counted from today."""

_LATVIAN: Final = ("pirmdien", "otrdien", "trešdien", "ceturtdien", "piektdien", "sestdien", "svētdien")
_UKRAINIAN: Final = (
    ("понеділок",),
    ("вівторок",),
    ("середа", "середу"),
    ("четвер",),
    ("п'ятниця", "п'ятницю"),
    ("субота", "суботу"),
    ("неділя", "неділю"),
)
_ENGLISH: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

_APOSTROPHES: Final = str.maketrans(dict.fromkeys("’ʼ`´‘", "'"))


@dataclass(frozen=True, slots=True)
class Typed:
    """A day, and the hour where one was typed; `in_words` where it was counted out from today."""

    day: date
    at: time | None
    in_words: bool = False


def _plain(text: str) -> str:
    """In small letters, without accents and with one kind of apostrophe, as many type it on a phone."""
    apart = unicodedata.normalize("NFKD", " ".join(text.split()).casefold().translate(_APOSTROPHES))
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


_DAYS_AHEAD: Final = {_plain(name): ahead for name, ahead in _AHEAD.items()}
_WEEKDAYS: Final = {
    _plain(name): weekday
    for weekday in range(WEEK)
    for name in (
        *(f"{_LATVIAN[weekday]}{ending}" for ending in ("", "a", "ā")),
        *_UKRAINIAN[weekday],
        _ENGLISH[weekday],
    )
}

_NAMES: Final = "|".join(re.escape(name) for name in sorted((*_DAYS_AHEAD, *_WEEKDAYS), key=len, reverse=True))
_BEFORE_HOUR: Final = r"(?:(?:plkst\.?|pl\.|о|об|at)\s*)?"
_IN_FIGURES: Final = re.compile(
    r"(?P<day>[0-9]{1,2})\s*[./-]\s*(?P<month>[0-9]{1,2})(?:\s*[./-]\s*(?P<year>[0-9]{4})?)?\.?"
    rf"(?:[\s,]+{_BEFORE_HOUR}(?P<hour>[0-9]{{1,2}})[:.](?P<minute>[0-9]{{2}}))?"
)
_IN_WORDS: Final = re.compile(
    rf"(?:(?:в|у|on)\s+)?(?P<name>{_NAMES})(?:[\s,]+{_BEFORE_HOUR}(?P<hour>[0-9]{{1,2}})(?:[:.](?P<minute>[0-9]{{2}}))?)?"
)


def typed_when(text: str, today: date) -> Typed | None:
    """The day that is meant, and the hour if one is; None where it cannot be read.

    In figures without a year it is the next day of that name, today included. A weekday is the next one after today:
    who means today says so.
    """
    text = _plain(text[:LONGEST])
    if (named := _IN_WORDS.fullmatch(text)) is not None:
        day: date | None = _named(named["name"], today)
        hour, minute = named["hour"], named["minute"] or "00"
    elif (figures := _IN_FIGURES.fullmatch(text)) is not None:
        day = day_of(figures["day"], figures["month"], figures["year"], today)
        hour, minute = figures["hour"], figures["minute"]
    else:
        return None
    at = None if hour is None else time_of(hour, minute)
    if day is None or (hour is not None and at is None):
        return None
    return Typed(day, at, in_words=named is not None)


def _named(name: str, today: date) -> date:
    if (ahead := _DAYS_AHEAD.get(name)) is not None:
        return today + timedelta(days=ahead)
    return today + timedelta(days=(_WEEKDAYS[name] - today.weekday() - 1) % WEEK + 1)
