"""What people type, before anything is made of it: without the signs that nobody sees.

Marks that turn the direction of a line, joiners, fillers and line breaks in the wrong place could make one person's
words look like another's, or like the bot's own.
"""

import re
import unicodedata
from datetime import date, time
from typing import Final

_BLANK: Final = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""Signs that show nothing, although Unicode counts them among letters, marks and symbols."""

_EMOJI: Final = "\u2600-\u27bf\U0001f000-\U0001faff"
_JOINT: Final = re.compile(f"(?<=[{_EMOJI}\ufe0f])\u200d(?=[{_EMOJI}])")
"""The joiner within one emoji that is made of several."""


def visible(typed: str) -> str:
    """The text as it looks: no control, format or private signs, none of the blank letters; lines stay lines."""
    lines = ("\u200d".join(_seen(part) for part in _JOINT.split(line)).strip() for line in typed.splitlines())
    return "\n".join(lines).strip()


def in_one_line(typed: str) -> str:
    """The same where one line is all that belongs there: a name, a title, a place, a note among other lines."""
    return " ".join(visible(typed).split())


def shortened(text: str, most: int) -> str:
    """As much of the text as there is room for: at most so many signs, with dots in place of what is missing."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def _seen(part: str) -> str:
    return "".join(" " if sign.isspace() else sign for sign in part if sign.isspace() or _is_seen(sign))


def _is_seen(sign: str) -> bool:
    """Emoji newer than Python's tables count as unassigned there, and are seen all the same."""
    newer_emoji = "\U0001f000" <= sign <= "\U0001faff"
    return newer_emoji or (unicodedata.category(sign)[0] != "C" and sign not in _BLANK)


_LONGEST_DAY: Final = 40
"""Nobody needs more to write a date; more would only give the pattern work."""

_TYPED_DAY: Final = re.compile(r"(\d{1,2})\s*[./-]\s*(\d{1,2})\s*[./-]?\s*(?:(\d{4})\.?)?")


def typed_day(text: str, not_before: date) -> date | None:
    """The day that "24.11." or "24.11.2026" means; without a year the first such day that is not before that date."""
    if (typed := _TYPED_DAY.fullmatch(text.strip()[:_LONGEST_DAY])) is None:
        return None
    return day_of(typed[1], typed[2], typed[3], not_before)


def day_of(day: str, month: str, year: str | None, not_before: date) -> date | None:
    """The day with these numbers, if there is one; without a year the first such day that is not before that date."""
    if year:
        return _day(int(year), int(month), int(day))
    found = (_day(not_before.year + later, int(month), int(day)) for later in (0, 1))
    return next((one for one in found if one is not None and one >= not_before), None)


def time_of(hour: str, minute: str) -> time | None:
    """The time of day with these numbers, if there is one."""
    try:
        return time(int(hour), int(minute))
    except ValueError:
        return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
