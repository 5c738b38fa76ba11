"""What people of one language say, word by word: patterns of `sayings_*.toml`, read from the package.

A saying stands under the rule of `grammar.toml` that it belongs to. Its places are words of the language, not ideas:
`знай* любил*|люблю /4` are a word beginning so and one of two others, in any order, at most four other words between.
A word with `-` in front must be denied there, with `~` it may be; `=agent` is the idea `agent` of the grammar.
What follows a `!` are words that keep the saying quiet when they stand near.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from bot.safety.languages import Language

USUAL_GAP = 3
"""Other words allowed between the elements of a pattern that does not say."""


@dataclass(frozen=True, slots=True)
class Saying:
    """One line of `sayings_*.toml`, taken apart; entries are named as in a reading (`-` in front: denied)."""

    rule: str
    elements: tuple[tuple[str, ...], ...]
    gap: int
    unless: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Spoken:
    """All sayings of a language, and the words they are made of with the ideas these are kept under."""

    language: Language
    sayings: tuple[Saying, ...]
    words: tuple[tuple[str, str], ...]


def is_plain_word(idea: str) -> bool:
    """Whether what is named like an idea is a mere word of a saying, kept as `lv:word`."""
    return ":" in idea


@cache
def spoken_in(language: Language) -> Spoken:
    """The sayings of one language, read on first use and then kept."""
    data = tomllib.loads((files("bot.safety") / f"sayings_{language.value}.toml").read_text(encoding="utf-8"))
    words: dict[str, str] = {}
    sayings: list[Saying] = []
    for rule, lines in data.items():
        for line in lines.strip().splitlines():
            body, _, quiet = line.partition("!")
            ideas, _, gap = body.partition("/")
            sayings.append(
                Saying(
                    rule=rule,
                    elements=tuple(_entries(element, language, words) for element in ideas.split()),
                    gap=int(gap) if gap.strip() else USUAL_GAP,
                    unless=tuple(entry for word in quiet.split() for entry in _entries(word, language, words)),
                )
            )
    return Spoken(language, tuple(sayings), tuple(words.items()))


def _entries(element: str, language: Language, words: dict[str, str]) -> tuple[str, ...]:
    """The entries of a reading that one place of a saying can be, its words taken up in `words`."""
    entries: list[str] = []
    for choice in element.split("|"):
        name = choice.lstrip("-~")
        if name.startswith("="):
            idea = name[1:]
        else:
            idea = f"{language.value}:{name}"
            words[idea] = name
        if not choice.startswith("-"):
            entries.append(idea)
        if choice.startswith(("-", "~")):
            entries.append(f"-{idea}")
    return tuple(entries)
