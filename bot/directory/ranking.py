"""Who fits somebody's need, in which order, and why: of services and of people on Telegram alike. Pure.

Whoever does not fit is not offered at all. The others stand in one order that anybody can check: how near it is and the
language (which of the two first, whoever asks says), then the age, whether there is room, when it was last checked, and
at last the name. So whoever is better in one of these and worse in none never stands below. Who is full stands apart,
with the day until which.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum, StrEnum
from typing import Final

from bot.directory.rules import find
from bot.directory.services import SPANS
from bot.words import Language, Listing, Phrase, phrase


class Near(IntEnum):
    """Where it is, seen from the young person's municipality."""

    HERE = 0
    REGION = 1
    ONLINE = 2
    COUNTRY = 3


class Tongue(IntEnum):
    """Whether their language is spoken there."""

    SPEAKS = 0
    UNKNOWN = 1
    INTERPRETER = 2


class Age(IntEnum):
    """Whether their age is one that it is for."""

    FITS = 0
    PARTLY = 1
    """Not all ages of the band: somebody has to ask."""


class Room(IntEnum):
    """Whether somebody new finds a place, as far as we know of those referred by us."""

    FREE = 0
    UNKNOWN = 1
    TAKEN = 2


class Check(IntEnum):
    """When somebody last said that all of it is right."""

    LATELY = 0
    LONG_AGO = 1
    NEVER = 2


class First(StrEnum):
    """What counts most: in a search the place; for a young person, that they are understood."""

    PLACE = "place"
    LANGUAGE = "language"


LATELY: Final = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody needs. `age_band` as screening asks it; None where nobody knows, as with the municipality."""

    municipality: str | None
    language: Language
    age_band: str | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be offered; `id` tells them from all others.

    `areas` are ISO 3166-2 codes, none the whole country; `languages` ISO 639-1 codes, and `speaks_others` where there
    may be more than these; ages are inclusive; `free` counts the places that are left. `in_team` is a person of the
    team, whom nobody has to check.
    """

    id: str
    name: str
    areas: frozenset[str] = frozenset()
    online: bool = False
    languages: tuple[str, ...] = ()
    speaks_others: bool = False
    minimum_age: int | None = None
    maximum_age: int | None = None
    free: int | None = None
    checked_on: date | None = None
    in_team: bool = False
    full_until: date | None = None

    def is_full(self, today: date) -> bool:
        """Whether nobody new is taken; the last such day is `full_until`."""
        return self.full_until is not None and today <= self.full_until


@dataclass(frozen=True, slots=True)
class Standing:
    """How well somebody fits: less is better."""

    near: Near
    tongue: Tongue
    age: Age
    room: Room
    check: Check

    def by(self, first: First) -> tuple[int, ...]:
        """To sort by, the most important first."""
        both = (self.near, self.tongue) if first is First.PLACE else (self.tongue, self.near)
        return (*both, self.age, self.room, self.check)


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate who fits, and why they stand where they stand."""

    candidate: Candidate
    standing: Standing
    wanted: Wanted

    @property
    def reasons(self) -> Listing:
        """In words: where, the language, and what else is known."""
        return Listing(tuple(_reasons(self)))


@dataclass(frozen=True, slots=True)
class Choice:
    """Who may be offered, best first, and who fits but takes nobody new, by the day on which that ends."""

    offered: tuple[Ranked, ...]
    full: tuple[Ranked, ...]


def choice(candidates: Iterable[Candidate], wanted: Wanted, today: date, first: First = First.PLACE) -> Choice:
    """Whom to offer."""
    fitting = [
        Ranked(one, standing, wanted) for one in candidates if (standing := standing_of(one, wanted, today)) is not None
    ]
    best_first = sorted(
        fitting, key=lambda one: (one.standing.by(first), one.candidate.name.casefold(), one.candidate.id)
    )
    full = [one for one in best_first if one.candidate.is_full(today)]
    return Choice(
        tuple(one for one in best_first if not one.candidate.is_full(today)),
        tuple(sorted(full, key=lambda one: one.candidate.full_until or today)),
    )


def standing_of(one: Candidate, wanted: Wanted, today: date) -> Standing | None:
    """How well they fit; None where they do not."""
    near, age = near_to(one, wanted.municipality), _age(one, wanted.age_band)
    if near is None or age is None:
        return None
    return Standing(near, _tongue(one, wanted.language), age, _room(one, today), _check(one, today))


def near_to(one: Candidate, municipality: str | None) -> Near | None:
    """None where it is too far away: it serves other places, in another part of the country, and not online."""
    if municipality in one.areas:
        return Near.HERE
    home = None if municipality is None else find(municipality)
    regions = {place.region for code in one.areas if (place := find(code)) is not None}
    if home is not None and home.region in regions:
        return Near.REGION
    if one.online:
        return Near.ONLINE
    return None if one.areas else Near.COUNTRY


def _tongue(one: Candidate, language: Language) -> Tongue:
    if language.value in one.languages:
        return Tongue.SPEAKS
    return Tongue.UNKNOWN if one.speaks_others or not one.languages else Tongue.INTERPRETER


def _age(one: Candidate, band: str | None) -> Age | None:
    """None where nobody of that band may come."""
    youngest, oldest = one.minimum_age or 0, one.maximum_age or 200
    if band is None or band not in SPANS:
        return Age.FITS if one.minimum_age is None and one.maximum_age is None else Age.PARTLY
    first, last = SPANS[band]
    if last < youngest or oldest < first:
        return None
    return Age.FITS if youngest <= first and last <= oldest else Age.PARTLY


def _room(one: Candidate, today: date) -> Room:
    if one.is_full(today):
        return Room.TAKEN  # whatever was free when it was counted
    if one.free is None:
        return Room.UNKNOWN
    return Room.FREE if one.free > 0 else Room.TAKEN


def _check(one: Candidate, today: date) -> Check:
    if one.in_team:
        return Check.LATELY
    if one.checked_on is None:
        return Check.NEVER
    return Check.LATELY if today - one.checked_on <= LATELY else Check.LONG_AGO


def _reasons(one: Ranked) -> Iterable[Phrase]:
    candidate, standing = one.candidate, one.standing
    yield phrase(f"directory.staff.why.near_{standing.near.name.lower()}")
    language = phrase(f"people.any.language.{one.wanted.language.value}")
    yield phrase(f"directory.staff.why.tongue_{standing.tongue.name.lower()}", language=language)
    if candidate.minimum_age is not None or candidate.maximum_age is not None:
        yield phrase(f"directory.staff.why.age_{standing.age.name.lower()}")
    if candidate.free is not None:
        # Not how many: that would tell how many were referred there.
        yield phrase(f"directory.staff.why.room_{standing.room.name.lower()}")
    if candidate.in_team:
        yield phrase("directory.staff.why.in_team")
    elif candidate.checked_on is not None:
        yield phrase(f"directory.staff.why.check_{standing.check.name.lower()}", on=candidate.checked_on)
