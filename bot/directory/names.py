"""The names of places: what `names.csv` (the 42), `former.csv` and `places.csv` hold, by every form people write.

`former.csv` has the 119 municipalities from before 2021 and the districts from before 2009, until when; `places.csv`
the towns, parts of cities, villages and parishes. Those that two municipalities have stand there twice.
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Final

from bot.directory.spelling import adjectives, fold_letters, inflected, nominatives, without_glides


class Found(StrEnum):
    """How a municipality was found, the surest first."""

    NAME = "name"  # its own name
    FORMER = "former"  # the name of one that it was made of, or of a district
    PLACE = "place"  # a town, village, parish or part of a city in it
    ALIKE = "alike"  # a name that is spelled nearly so: to be asked about, never taken


@dataclass(frozen=True, slots=True)
class Match:
    """A municipality (ISO 3166-2 code), how it was found, and the Latvian name that the text was taken for."""

    code: str
    found: Found
    name: str


class Kind(StrEnum):
    CITY = "city"
    COUNTY = "county"
    DISTRICT = "district"
    TOWN = "town"
    PART = "part"
    VILLAGE = "village"
    PARISH = "parish"


SMALL: Final = frozenset({Kind.VILLAGE, Kind.PARISH, Kind.PART})
_CALLED: Final = {
    Kind.COUNTY: "{} novads",
    Kind.DISTRICT: "{} rajons",
    Kind.PARISH: "{} pagasts",
}
"""How a genitive becomes a name."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A name as it stands in the data. `exact` is False for a form that a case made of it."""

    code: str
    found: Found
    kind: Kind
    name: str
    exact: bool = True

    def match(self) -> Match:
        return Match(self.code, self.found, self.name)


@dataclass(frozen=True, slots=True)
class Names:
    """Every form with what it can mean, and the letters of the names as they stand, for comparing."""

    forms: dict[str, list[Entry]] = field(default_factory=dict)
    letters: dict[str, list[Entry]] = field(default_factory=dict)

    def keep(self, name: str, entries: Sequence[Entry]) -> None:
        letters = fold_letters(name)
        genitive = any(one.kind in _CALLED for one in entries)
        written = {letters} | (nominatives(letters) if genitive else frozenset())
        whole = {without_glides(one) for one in written}
        folded = without_glides(letters)
        governed = any(one.kind in (Kind.COUNTY, Kind.DISTRICT) for one in entries)
        cases = inflected(folded) | (adjectives(folded) if governed else frozenset())
        for one in written:
            self.letters.setdefault(one, []).extend(entries)
        for form in whole:
            self.forms.setdefault(form, []).extend(entries)
        made = [replace(one, exact=False) for one in entries]
        for form in cases - whole:
            self.forms.setdefault(form, []).extend(made)


@cache
def every_name() -> Names:
    """All names of the data."""
    names = Names()
    for row in _rows("names.csv"):
        kind, own = Kind(row["kind"]), _several(row["names"])
        entry = Entry(row["code"], Found.NAME, kind, _called(kind, own[-1] if kind in _CALLED else own[0]))
        for name in (*own, *_several(row["also"])):
            names.keep(name, [entry])
    for row in _rows("former.csv"):
        kind = Kind(row["kind"])
        called = _called(kind, row["name"])
        names.keep(row["name"], [Entry(code, Found.FORMER, kind, called) for code in _several(row["codes"])])
    for row in _rows("places.csv"):
        kind = Kind(row["kind"])
        for name in _several(row["names"]):
            names.keep(name, [Entry(row["code"], Found.PLACE, kind, _called(kind, name))])
    return names


def _called(kind: Kind, name: str) -> str:
    return _CALLED.get(kind, "{}").format(name)


def _rows(file: str) -> list[dict[str, str]]:
    lines = files("bot.directory").joinpath(file).read_text("utf-8").splitlines()
    return list(csv.DictReader(lines))


def _several(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("; ") if part)
