"""What somebody means who types where a button was expected: an option's own words or number, an age, a year of birth.

A line counts only when all of it is known, so that nothing is read into what people write. Places are read by
`bot.directory.naming`. Pure; the words are data (understanding.toml), for the catalogues hold what we say, not what is
said to us.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Final

from bot.safety.folding import clean
from bot.screening.ages import Ages, Band, Either, age_of

_WORD: Final = re.compile(r"\w+")
_LONGEST: Final = 100
"""Characters of a line that can be an answer to a button."""


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    fillers: frozenset[str]
    numbers: Mapping[str, int]
    options: Mapping[tuple[str, str], frozenset[str]]
    """(question, code) -> lines; the question is empty where any is meant."""


def age(text: str, today: date, ages: Ages) -> Band | Either | None:
    """The age that a line tells in digits or in words."""
    line = text[:_LONGEST]
    return age_of(line, today, ages) or age_of(_in_digits(line), today, ages)


def option(question: str, codes: Sequence[str], text: str) -> str | None:
    """The one of the question's options that a line means: by its words, or by its place among the buttons."""
    bare = text.strip(" .)#")
    if bare.isascii() and bare.isdigit() and len(bare) < 3:
        return codes[int(bare) - 1] if 0 < int(bare) <= len(codes) else None
    line, words = _plain(text), _vocabulary().options
    if not line:
        return None
    own = [code for code in codes if line in words.get((question, code), ())]
    common = [code for code in codes if line in words.get(("", code), ())]
    meant = own or common
    return meant[0] if len(meant) == 1 else None


def _in_digits(text: str) -> str:
    """The number words of a line as one number; nothing where there are none, or several."""
    known = _vocabulary().numbers
    found = [known[word] for word in _WORD.findall(clean(text)) if word in known]
    match found:
        case [single]:
            return str(single)
        case [tens, unit] if tens in (20, 30, 40) and unit < 10:
            return str(tens + unit)
        case _:
            return ""


def _plain(text: str) -> str:
    """The line in small letters, without diacritics, signs and the words that add nothing."""
    words = _WORD.findall(clean(text[:_LONGEST])) if len(text) <= _LONGEST else []
    told = [word for word in words if word not in _vocabulary().fillers]
    return " ".join(told)


@cache
def _vocabulary() -> _Vocabulary:
    raw = tomllib.loads(files("bot.screening").joinpath("understanding.toml").read_text("utf-8"))
    fillers = frozenset(clean(word) for word in raw["fillers"])
    groups = {("", code): lines for code, lines in raw["any"].items()}
    for question, options in raw["option"].items():
        groups |= {(question, code): lines for code, lines in options.items()}
    return _Vocabulary(
        fillers,
        {clean(word): int(number) for number, words in raw["numbers"].items() for word in words},
        {key: frozenset(_without(fillers, line) for line in lines) for key, lines in groups.items()},
    )


def _without(fillers: frozenset[str], line: str) -> str:
    return " ".join(word for word in _WORD.findall(clean(line)) if word not in fillers)
