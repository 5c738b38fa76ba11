"""The grammar of danger: which ideas near each other mean what. The rules are data (`grammar.toml`), for all languages.

A pattern such as `-want live /3` is found where a denied `want` and a `live` that is not denied stand in one sentence,
in any order, with at most three other words between them. `a|b` is either, `~a` is `a` whether denied or not.
A rule does not fire where one of its `unless` stands within reach: `joke`, or `trivial+joke` for both together,
`dwelling/5` for at most five words away.
"""

import tomllib
from bisect import bisect_left
from dataclasses import dataclass
from enum import Enum
from functools import cache
from importlib.resources import files
from itertools import chain

from bot.safety.reading import Mark, Reading
from bot.safety.vocabulary import Language


class Kind(Enum):
    """What danger a message tells of, the most urgent first."""

    ACUTE = "acute"
    SUICIDE = "suicide"
    VIOLENCE = "violence"
    SELF_HARM = "self_harm"
    HOPELESS = "hopeless"


UNLESS_REACH = 30
"""Words on either side of a match in which a reason to stay quiet counts; a long message has many subjects."""

USUAL_GAP = 3
"""Other words allowed between the elements of a pattern that does not say."""

WIDEST = 8
"""Words that the elements of a pattern may themselves take up between the first and any other."""


@dataclass(frozen=True, slots=True)
class Element:
    """One place of a pattern: any of these entries of a reading (`live` is stated, `-live` denied)."""

    entries: tuple[str, ...]

    def marks(self, reading: Reading) -> list[Mark]:
        """The marks of a message that can stand in this place, in order."""
        found = [reading[entry] for entry in self.entries if entry in reading]
        return found[0] if len(found) == 1 else sorted(chain.from_iterable(found), key=_first)


@dataclass(frozen=True, slots=True)
class Pattern:
    """Elements that must stand in one sentence with at most `gap` other words between them."""

    elements: tuple[Element, ...]
    gap: int


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason to stay quiet: all these ideas within `reach` words of the match."""

    elements: tuple[Element, ...]
    reach: int


@dataclass(frozen=True, slots=True)
class Rule:
    """One named way of telling of danger."""

    name: str
    kind: Kind
    patterns: tuple[Pattern, ...]
    unless: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """Where a rule was found: from which word to which."""

    first: int
    last: int


def find(rule: Rule, reading: Reading) -> Match | None:
    """The first place where the rule holds and no reason to stay quiet is near, or none."""
    for pattern in rule.patterns:
        if not all(any(entry in reading for entry in element.entries) for element in pattern.elements):
            continue
        columns = [element.marks(reading) for element in pattern.elements]
        for start in columns[0]:
            match = _complete([start], columns[1:], pattern.gap)
            if match is not None and not any(_near(reason, match, reading) for reason in rule.unless):
                return match
    return None


def _first(mark: Mark) -> int:
    return mark.first


def _complete(chosen: list[Mark], columns: list[list[Mark]], gap: int) -> Match | None:
    """Adds one mark of each further column, none on a word already taken, all close to the first."""
    if not columns:
        return Match(min(m.first for m in chosen), max(m.last for m in chosen))
    here = chosen[0]
    column = columns[0]
    for at in range(bisect_left(column, here.first - gap - WIDEST, key=_first), len(column)):
        mark = column[at]
        if mark.first > here.last + gap + WIDEST:
            break
        if abs(mark.sentence - here.sentence) > 1 or any(mark.first <= c.last and c.first <= mark.last for c in chosen):
            continue
        if any(_strangers(mark, other) for other in chosen):
            continue
        taken = [*chosen, mark]
        width = max(m.last for m in taken) - min(m.first for m in taken) + 1
        if width - sum(m.last - m.first + 1 for m in taken) > gap:
            continue
        if (match := _complete(taken, columns[1:], gap)) is not None:
            return match
    return None


def spoken(match: Match, reading: Reading) -> Language:
    """The language that most words around a match belong to; kindred languages share many."""
    around = [m.language for marks in reading.values() for m in marks if abs(m.first - match.first) <= UNLESS_REACH]
    return max(Language, key=around.count)


_KINDRED = {Language.UKRAINIAN: Language.RUSSIAN}


def _strangers(one: Mark, other: Mark) -> bool:
    """Words of two unrelated languages of which one is so short that it may be mistaken: `bet` is "but" and "бет"."""
    if not (one.short or other.short):
        return False
    return _KINDRED.get(one.language, one.language) is not _KINDRED.get(other.language, other.language)


def _near(reason: Reason, match: Match, reading: Reading) -> bool:
    return all(
        any(match.first - reason.reach <= m.last and m.first <= match.last + reason.reach for m in e.marks(reading))
        for e in reason.elements
    )


def _element(written: str) -> Element:
    entries: list[str] = []
    for choice in written.split("|"):
        entries += [choice[1:], f"-{choice[1:]}"] if choice.startswith("~") else [choice]
    return Element(tuple(entries))


def _pattern(written: str) -> Pattern:
    ideas, _, gap = written.partition("/")
    return Pattern(tuple(_element(e) for e in ideas.split()), int(gap) if gap else USUAL_GAP)


def _reason(written: str) -> Reason:
    ideas, _, reach = written.partition("/")
    return Reason(tuple(_element(e) for e in ideas.split("+")), int(reach) if reach else UNLESS_REACH)


@cache
def rules() -> tuple[Rule, ...]:
    """All rules, the most urgent kind first, read from the package on first use and then kept."""
    data = tomllib.loads((files("bot.safety") / "grammar.toml").read_text(encoding="utf-8"))
    order = list(Kind)
    read = [
        Rule(
            name=name,
            kind=Kind(kind),
            patterns=tuple(_pattern(p) for p in body["when"]),
            unless=tuple(_reason(r) for r in body.get("unless", [])),
        )
        for kind, named in data.items()
        for name, body in named.items()
    ]
    return tuple(sorted(read, key=lambda rule: order.index(rule.kind)))
