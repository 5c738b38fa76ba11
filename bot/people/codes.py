"""The words for what the database keeps as codes, for whoever reads what is kept of them (`codes.toml`)."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Final

from bot.words import Phrase, phrase

_BETWEEN: Final = re.compile(r" and |[ :]")
"""What parts several codes kept as one value: `mentor and lead`, `skills plans`, `event:camp`."""


def column(name: str) -> Phrase | None:
    """What a column is called, if it has a word; the rest is technical."""
    return phrase(f"people.any.column.{name}") if name in _data()["columns"] else None


def words(table: str, name: str, value: str) -> Sequence[Phrase] | None:
    """The words for a code, or for several in one, that stand in this column; None where it is no code we know."""
    said = [_word(table, name, code) for code in _BETWEEN.split(value)]
    return [one for one in said if one is not None] if None not in said else None


def yes_or_no(value: bool) -> Phrase:
    """A truth in words."""
    return phrase(f"people.any.code.{'yes' if value else 'no'}")


def _word(table: str, name: str, code: str) -> Phrase | None:
    for of in (f"{table}.{name}", f"*.{name}"):
        for keys, codes in _by_column().get(of, ()):
            if code in codes:
                return phrase(f"{keys}.{code.lower().replace('-', '_')}")
    return None


@cache
def _by_column() -> Mapping[str, Sequence[tuple[str, frozenset[str]]]]:
    found: dict[str, list[tuple[str, frozenset[str]]]] = {}
    for one in _data()["words"]:
        for of in one["of"]:
            found.setdefault(of, []).append((one["keys"], frozenset(one["codes"])))
    return found


@cache
def _data() -> Mapping[str, Any]:
    return tomllib.loads((files("bot.people") / "codes.toml").read_text(encoding="utf-8"))
