"""What people type, before anything is made of it: without the signs that nobody sees.

Marks that turn the direction of a line, joiners, fillers and line breaks in the wrong place could make one person's
words look like another's, or like the bot's own.
"""

import re
import unicodedata
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
