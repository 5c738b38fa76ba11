"""What people type, before anything is made of it: without the signs that nobody sees.

Marks that turn the direction of a line, joiners, fillers and line breaks in the wrong place could make one person's
words look like another's, or like the bot's own.
"""

import re
import unicodedata
from datetime import date
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
    day, month = int(typed[1]), int(typed[2])
    if typed[3]:
        return _day(int(typed[3]), month, day)
    found = [read for year in (not_before.year, not_before.year + 1) if (read := _day(year, month, day))]
    return next((one for one in found if one >= not_before), None)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
