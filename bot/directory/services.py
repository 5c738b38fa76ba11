"""Which services to name to somebody: by what they came for, age, language and municipality. Pure; see services.toml.

Named as in the Human Services Data Specification. An unverified contact is never shown: the service is then named with
how to find it, which is in its words. Every ending of the first questions that points elsewhere has at least one.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any, Final

from bot.words import Language, Phrase, phrase


class Need(StrEnum):
    """What the first questions found that the programme is not for: their outcomes' own codes."""

    CHILD = "refer_child"
    ADULT = "refer_adult"
    STUDENT = "refer_student"
    ACTIVE = "refer_active"
    NVA = "refer_nva"


class Mark(StrEnum):
    """How sure a fact is."""

    FOUND = "found"
    GENERAL = "general"
    OLD = "old"
    OPEN = "open"


SPANS: Final[Mapping[str, tuple[int, int]]] = {
    "under_13": (5, 12), "13_14": (13, 14), "under_15": (5, 14), "15_17": (15, 17), "18_28": (18, 28), "29": (29, 29),
    "over_29": (30, 119),
}  # fmt: skip
"""The age bands of the questions, in whole years."""


@dataclass(frozen=True, slots=True)
class Contact:
    """How it is reached; empty where nobody has checked."""

    phone: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Service:
    """One service. Ages are inclusive, in years; `area` is ISO 3166-2 codes, None the whole country.

    `languages` are ISO 639-1 codes that it is known to speak, empty where nobody found out; `readers`, where there are
    any, are those it is named to.
    """

    id: str
    organization: str
    needs: frozenset[Need]
    minimum_age: int | None
    maximum_age: int | None
    languages: tuple[str, ...]
    readers: tuple[str, ...]
    area: frozenset[str] | None
    contact: Contact
    marks: Mapping[str, Mark]
    source: str
    offered: bool

    def fits_age(self, band: str | None) -> bool:
        """Whether everybody of that band may come; a band that is not known shuts nobody out."""
        youngest, oldest = SPANS.get(band or "", (self.minimum_age or 0, self.minimum_age or 0))
        return (self.minimum_age or 0) <= youngest and oldest <= (self.maximum_age or oldest)

    def serves(self, municipality: str | None) -> bool:
        return self.area is None or municipality in self.area

    def speaks(self, language: Language) -> bool | None:
        """Whether it speaks that language; None where nobody found out."""
        return language.value in self.languages if self.languages else None


def fit(need: Need, age_band: str | None, language: Language, municipality: str | None) -> tuple[Service, ...]:
    """The services for somebody like that, those near them and in their language first."""
    fitting = [
        one
        for one in services()
        if one.offered
        and need in one.needs
        and one.fits_age(age_band)
        and one.serves(municipality)
        and (not one.readers or language.value in one.readers)
    ]
    return tuple(
        sorted(fitting, key=lambda one: (_FOREMOST[need] != one.id, one.area is None, _strange(one, language)))
    )


_FOREMOST: Final = {
    Need.CHILD: "child_line",
    Need.ADULT: "nva_advice",
    Need.STUDENT: "school_support",
    Need.ACTIVE: "nva_advice",
    Need.NVA: "youth_guarantee",
}
"""What each need is met by before anything else."""


def _strange(one: Service, language: Language) -> int:
    """0 where it speaks the language, 1 where nobody knows, 2 where it does not."""
    return {True: 0, None: 1, False: 2}[one.speaks(language)]


def told(one: Service) -> Phrase:
    """A service in words: its name, what it is and how to reach it."""
    reach = phrase(f"directory.youth.service_reach.{one.id}", phone=one.contact.phone or "")
    return phrase(
        "directory.youth.service",
        name=phrase(f"directory.youth.service_name.{one.id}"),
        what=phrase(f"directory.youth.service_what.{one.id}"),
        reach=reach,
    )


@cache
def services() -> tuple[Service, ...]:
    """Every service, in the order of the file; raises ValueError where the file says something impossible."""
    raw = tomllib.loads(files("bot.directory").joinpath("services.toml").read_text("utf-8"))
    known = {one["id"] for one in raw["organization"]}
    found = tuple(_service(one) for one in raw["service"])
    if any(one.organization not in known for one in found):
        raise ValueError("a service of an organization that is not listed")
    return found


def _service(raw: Mapping[str, Any]) -> Service:
    contact = raw["contact"]
    checked = Mark(contact["mark"]) is Mark.FOUND
    return Service(
        raw["id"],
        raw["organization"],
        frozenset(Need(one) for one in raw["needs"]),
        raw.get("minimum_age"),
        raw.get("maximum_age"),
        tuple(raw["languages"]),
        tuple(raw.get("readers", ())),
        None if raw["area"] == "country" else frozenset(raw["area"]),
        Contact(contact.get("phone"), contact.get("url")) if checked else Contact(),
        {fact: Mark(mark) for fact, mark in raw["marks"].items()},
        raw["source"],
        raw.get("offered", True),
    )
