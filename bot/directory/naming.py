"""Which municipality a typed place means: its own name, one from before 2021, a town, a village, or something alike.

A place that two municipalities have is offered for both, and so are Jelgava, Rēzekne and Ventspils, city and county,
where the text does not tell which. Names are data: `names.py`; how one is spelled: `spelling.py`.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from bot.directory.names import SMALL, Entry, Found, Kind, Match, every_name
from bot.directory.spelling import fold_letters, without_glides

__all__ = ["Found", "Match", "matches", "the_one"]


def matches(text: str, limit: int = 4) -> tuple[Match, ...]:
    """The municipalities that a typed place can mean, best first; none where it means no place of Latvia."""
    segments = [_Segment.of(part) for part in _BETWEEN.split(text[:_LONGEST])]
    spans = [span for segment in segments for span in _spans(segment)]
    found = _agreed(spans) or _alike([segment.name for segment in segments])
    return found[:limit]


def the_one(found: Sequence[Match]) -> Match | None:
    """The match that needs no asking: the only one, and found by a name itself."""
    return found[0] if len(found) == 1 and found[0].found is not Found.ALIKE else None


# --- the text ---------------------------------------------------------------------------------------------------

_LONGEST: Final = 200
"""More than this is no answer to where somebody lives."""

_BETWEEN: Final = re.compile(r"[,;:!?/\\()\n|]+")
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’ʼ`][^\W\d_]+)*")
_APOSTROPHE: Final = re.compile("['’ʼ`]")

_SAYS: Final = (
    (
        re.compile(r"novad(s|a|ā|u|am|i|us|os)|nov|край|кра[юїяе]\w*|новад\w{0,2}|county|municipality"),
        frozenset({Kind.COUNTY}),
    ),
    (
        re.compile(r"pilsēt\w*|pilset\w*|valstspils\w*|міст\w*|город\w{0,2}|city|town"),
        frozenset({Kind.CITY, Kind.TOWN, Kind.PART}),
    ),
    (
        re.compile(
            r"pagast\w*|pag|ciem(s|ā|a|ats|atā|ata)|волост\w*|сел[оіеа]\w*|деревн\w*|посел\w*|селищ\w*|parish|village"
        ),
        frozenset({Kind.PARISH, Kind.VILLAGE, Kind.PART}),
    ),
    (re.compile(r"rajon\w*|район\w*|district"), frozenset({Kind.DISTRICT})),
)
"""Words that tell what kind of place the name beside them is."""


@cache
def _idle() -> frozenset[str]:
    """Words around a name that say nothing of the place, and a few that are no place though a village has the name."""
    return frozenset(files("bot.directory").joinpath("idle_words.txt").read_text("utf-8").split())


@dataclass(frozen=True, slots=True)
class _Segment:
    """The words of one part of a text that matter: names, and what kind of place they tell of."""

    words: tuple[str | frozenset[Kind], ...]

    @classmethod
    def of(cls, part: str) -> "_Segment":
        said: list[str | frozenset[Kind]] = []
        for word in _WORD.findall(part.casefold()):
            kinds = next((kinds for pattern, kinds in _SAYS if pattern.fullmatch(word)), None)
            if kinds is not None:
                said.append(kinds)
            elif _APOSTROPHE.sub("", word) not in _idle() and (folded := fold_letters(word)):
                said.append(folded)
        return cls(tuple(said))

    @property
    def name(self) -> str:
        """All its names in one."""
        return "".join(word for word in self.words if isinstance(word, str))


_WORDS_OF_A_NAME: Final = 3
_SHORTEST_IN_A_SENTENCE: Final = 4


def _spans(segment: _Segment) -> list[tuple[Match, ...]]:
    """For each name in the segment what it can mean, longest names first."""
    words, found, at = segment.words, [], 0
    while at < len(words):
        for until in range(min(at + _WORDS_OF_A_NAME, len(words)), at, -1):
            parts = [word for word in words[at:until] if isinstance(word, str)]
            if len(parts) == until - at and (meant := _meant(segment, "".join(parts), at, until)):
                found.append(meant)
                at = until
                break
        else:
            at += 1
    return found


def _meant(segment: _Segment, form: str, at: int, until: int) -> tuple[Match, ...]:
    """What the form can mean there, with the word beside it that tells the kind of place."""
    entries: Sequence[Entry] = every_name().forms.get(without_glides(form), ())
    beside = [segment.words[i] for i in (until, at - 1) if 0 <= i < len(segment.words)]
    told = next((word for word in beside if not isinstance(word, str)), None)
    if form != segment.name and told is None:  # one word of a sentence: a village's name may be any word
        large = tuple(one for one in entries if one.kind not in SMALL)
        entries = large if len(form) >= _SHORTEST_IN_A_SENTENCE else ()
    if told is None:
        return _best(tuple(one for one in entries if one.kind is not Kind.DISTRICT))
    fitting = tuple(one for one in entries if one.kind in told)
    return _best(fitting) or tuple(Match(one.code, Found.ALIKE, one.name) for one in _best(entries))


_SUREST: Final = tuple(Found)


def _best(entries: Sequence[Entry]) -> tuple[Match, ...]:
    """A municipality's own name goes before what lies in others, and a name as it stands before a case of another."""
    exact = tuple(one for one in entries if one.exact) or entries
    own = tuple(one for one in exact if one.found is Found.NAME)
    return _once(one.match() for one in sorted(own or exact, key=lambda one: _SUREST.index(one.found)))


def _agreed(spans: Sequence[tuple[Match, ...]]) -> tuple[Match, ...]:
    """What all names of the text agree on ("Sala, Mārupes novads"), else everything that any of them means."""
    if not spans:
        return ()
    common = set.intersection(*({one.code for one in span} for span in spans))
    every = _once(one for span in spans for one in span)
    return tuple(one for one in every if one.code in common) or every


def _once(found: Iterable[Match]) -> tuple[Match, ...]:
    """Each municipality once, the first time it was found."""
    kept: dict[str, Match] = {}
    for one in found:
        kept.setdefault(one.code, one)
    return tuple(kept.values())


# --- typing errors ----------------------------------------------------------------------------------------------

_SHORTEST_TO_COMPARE: Final = 3
_LONGEST_TO_COMPARE: Final = 24


def _alike(typed: Sequence[str]) -> tuple[Match, ...]:
    """Names spelled nearly so, the nearest first: one slip in a short name, two in a long one, or its beginning."""
    fitting = [one for one in (*typed, "".join(typed)) if _SHORTEST_TO_COMPARE <= len(one) <= _LONGEST_TO_COMPARE]
    near = [found for one in dict.fromkeys(fitting) for found in _near(one)]
    near.sort(key=lambda found: (found[0], _SUREST.index(found[1].found), len(found[1].name)))
    return _once(Match(one.code, Found.ALIKE, one.name) for _, one in near)


def _near(typed: str) -> list[tuple[int, Entry]]:
    """The names that are near enough, and how many letters away each is."""
    from rapidfuzz.distance import OSA  # heavy, and needed by those alone who mistype
    from rapidfuzz.process import extract

    forms, slips = _to_compare(min(len(typed), _LONG)), _slips(len(typed))
    extracted = extract(typed, list(forms), scorer=OSA.distance, score_cutoff=slips, limit=_MOST_COMPARED)
    near = {form: int(distance) for form, distance, _ in extracted if len(typed) > _MIDDLING or form[0] == typed[0]}
    if len(typed) >= _SHORT:
        begun = (form for form in forms if form.startswith(typed) and len(form) <= 2 * len(typed))
        near = dict.fromkeys(begun, slips + 1) | near
    strict = _slips(len(typed) - _STRICTER)
    return [
        (distance, one)
        for form, distance in near.items()
        for one in forms[form]
        if one.kind not in SMALL or distance <= strict
    ]


@cache
def _to_compare(length: int) -> dict[str, tuple[Entry, ...]]:
    """The names that a mistyped text of that many letters is compared with: the shorter, the fewer."""

    def counts(form: str, one: Entry) -> bool:
        shorter = min(length, len(form))
        match one.kind:
            case Kind.DISTRICT:
                return False
            case Kind.PARISH:
                return shorter >= _LONG
            case Kind.VILLAGE | Kind.PART:
                return shorter > _MIDDLING
            case _:
                return shorter >= _SHORT or one.found is Found.NAME

    compared = {form: tuple(one for one in of if counts(form, one)) for form, of in every_name().letters.items()}
    return {form: of for form, of in compared.items() if of}


_MOST_COMPARED: Final = 20
_SHORT: Final = 4
"""Fewer letters are compared with the 42 alone; so many are enough of a beginning, if they are half of the name."""

_STRICTER: Final = 3
"""By so many letters longer must what is taken for a village be, for there are so many of them."""

_MIDDLING: Final = 5
_LONG: Final = 8
_VERY_LONG: Final = 13


def _slips(length: int) -> int:
    """How many letters may be wrong, missing, too many or swapped in a text of that length."""
    return 1 + (length >= _LONG) + (length >= _VERY_LONG)
