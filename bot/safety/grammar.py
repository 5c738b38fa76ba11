"""The grammar of danger: which ideas near each other mean what. The rules are data (`grammar.toml`), for all languages.

A pattern such as `-want live /3` is found where a denied `want` and a `live` that is not denied stand in one sentence,
in any order, with at most three other words between them. `a|b` is either, `~a` is `a` whether denied or not.
A rule does not fire where one of its `unless` stands within reach: `joke`, or `trivial+joke` for both together,
`dwelling/5` for at most five words away.

Each language also has sayings of its own (`sayings_*.toml`): patterns of the same kind whose places are words of that
language rather than ideas (`=agent` is the idea), added to the rule they stand under. `! film*` keeps one saying quiet.
"""

import tomllib
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import chain

from bot.safety.kinds import Kind
from bot.safety.languages import Language
from bot.safety.reading import Mark, Reading
from bot.safety.sayings import USUAL_GAP, Saying, spoken_in

UNLESS_REACH = 10
"""Words on either side of a match in which a reason to stay quiet counts; a long message has many subjects."""

NEXT_SENTENCE_REACH = 2
"""Words into another sentence in which one still counts: a long message speaks of a film here and of oneself there."""

SAYING_REACH = 7
"""Words on either side of a saying in which a word of its own keeps it quiet."""

WIDEST = 8
"""Words that the elements of a pattern may themselves take up between the first and any other."""


@dataclass(frozen=True, slots=True)
class Element:
    """One place of a pattern: any of these entries of a reading (`live` is stated, `-live` denied)."""

    entries: frozenset[str]

    def marks(self, reading: Reading) -> list[Mark]:
        """The marks of a message that can stand in this place, in order, one for each place."""
        found = [reading[entry] for entry in self.entries if entry in reading]
        if len(found) == 1:
            return found[0]
        return sorted({(m.first, m.last, m.language): m for m in chain.from_iterable(found)}.values(), key=_first)


@dataclass(frozen=True, slots=True)
class Pattern:
    """Elements that must stand in one sentence with at most `gap` other words between them."""

    elements: tuple[Element, ...]
    gap: int
    unless: tuple["Reason", ...] = ()


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
    """Where a rule was found: the marks that make it up."""

    marks: tuple[Mark, ...]

    @property
    def first(self) -> int:
        """The number of its first word."""
        return min(m.first for m in self.marks)

    @property
    def last(self) -> int:
        """The number of its last word."""
        return max(m.last for m in self.marks)

    def covers(self, mark: Mark) -> bool:
        """Whether a mark lies wholly in its own words: "hit by a car" is not about cars."""
        return any(m.first <= mark.first and mark.last <= m.last for m in self.marks)


def find(reading: Reading) -> Iterator[tuple[Rule, Match]]:
    """The rules that hold somewhere with no reason to stay quiet near, and where they do, the most urgent first."""
    for _, rule, pattern in _candidates(reading):
        if any(element.entries.isdisjoint(reading) for element in pattern.elements):
            continue
        columns = [element.marks(reading) for element in pattern.elements]
        for start in columns[0]:
            match = _complete([start], columns[1:], pattern.gap)
            if match is not None and not any(_near(why, match, reading) for why in (*rule.unless, *pattern.unless)):
                yield rule, match


Candidate = tuple[int, Rule, Pattern]
"""A pattern with its rule and its place in the order of urgency."""


def _candidates(reading: Reading) -> list[Candidate]:
    """The patterns whose first element is in the message, the most urgent first: few of the many there are."""
    by_first = _by_first_entry()
    found = {place[0]: place for entry in reading for place in by_first.get(entry, ())}
    return [found[rank] for rank in sorted(found)]


@cache
def _by_first_entry() -> dict[str, list[Candidate]]:
    places: dict[str, list[Candidate]] = defaultdict(list)
    for rank, (rule, pattern) in enumerate((owner, one) for owner in rules() for one in owner.patterns):
        for entry in pattern.elements[0].entries:
            places[entry].append((rank, rule, pattern))
    return dict(places)


def _first(mark: Mark) -> int:
    return mark.first


def _complete(chosen: list[Mark], columns: list[list[Mark]], gap: int) -> Match | None:
    """Adds one mark of each further column, none on a word already taken, all close to the first."""
    if not columns:
        return Match(tuple(chosen))
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


def spoken(reading: Reading, match: Match | None = None) -> Language:
    """The language that most words belong to, of all or around a match; kindred languages share many."""
    marks = [mark for same in reading.values() for mark in same]
    near = [m.language for m in marks if match is None or abs(m.first - match.first) <= UNLESS_REACH]
    return max(Language, key=near.count)


_KINDRED = {Language.UKRAINIAN: Language.RUSSIAN}


def _strangers(one: Mark, other: Mark) -> bool:
    """Words of two unrelated languages of which one is so short that it may be mistaken: `bet` is "but" and "бет"."""
    if not (one.short or other.short):
        return False
    return _KINDRED.get(one.language, one.language) is not _KINDRED.get(other.language, other.language)


def _near(reason: Reason, match: Match, reading: Reading) -> bool:
    """Whether a reason to stay quiet is near: in other words than the match's, and in a language they can be in."""
    spoken_here = {_KINDRED.get(m.language, m.language) for m in match.marks} | {Language.ENGLISH}
    sentences = {m.sentence for m in match.marks}

    def counts(mark: Mark) -> bool:
        reach = reason.reach if mark.sentence in sentences else min(reason.reach, NEXT_SENTENCE_REACH)
        return (
            match.first - reach <= mark.last
            and mark.first <= match.last + reach
            and _KINDRED.get(mark.language, mark.language) in spoken_here
            and not match.covers(mark)
        )

    return all(any(map(counts, e.marks(reading))) for e in reason.elements)


def _element(written: str) -> Element:
    entries: list[str] = []
    for choice in written.split("|"):
        entries += [choice[1:], f"-{choice[1:]}"] if choice.startswith("~") else [choice]
    return Element(frozenset(entries))


def _pattern(written: str) -> Pattern:
    ideas, _, gap = written.partition("/")
    return Pattern(tuple(_element(e) for e in ideas.split()), int(gap) if gap else USUAL_GAP)


def _reason(written: str) -> Reason:
    ideas, _, reach = written.partition("/")
    return Reason(tuple(_element(e) for e in ideas.split("+")), int(reach) if reach else UNLESS_REACH)


def _said(saying: Saying) -> Pattern:
    quiet = (Reason((Element(frozenset(saying.unless)),), SAYING_REACH),) if saying.unless else ()
    return Pattern(tuple(Element(frozenset(entries)) for entries in saying.elements), saying.gap, quiet)


@cache
def rules() -> tuple[Rule, ...]:
    """All rules, the most urgent kind first, read from the package on first use and then kept."""
    data = tomllib.loads((files("bot.safety") / "grammar.toml").read_text(encoding="utf-8"))
    said: dict[str, list[Pattern]] = defaultdict(list)
    for language in Language:
        for saying in spoken_in(language).sayings:
            said[saying.rule].append(_said(saying))
    order = list(Kind)
    read = [
        Rule(
            name=name,
            kind=Kind(kind),
            patterns=(*(_pattern(p) for p in body.get("when", [])), *said.pop(name, [])),
            unless=tuple(_reason(r) for r in body.get("unless", [])),
        )
        for kind, named in data.items()
        for name, body in named.items()
    ]
    if said:
        raise ValueError(f"sayings under rules that grammar.toml does not have: {sorted(said)}")
    return tuple(sorted(read, key=lambda rule: order.index(rule.kind)))
