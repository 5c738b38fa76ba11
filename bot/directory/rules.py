"""The 42 municipalities and the five planning regions of Latvia, as they stand since 1 July 2025.

The list is `municipalities.csv` beside this file: ISO 3166-2 code, region, slug (what a poster's link carries) and
whether it is known to take part in PROTI un DARI! 2.0. Names are words: `locales/*/LC_MESSAGES/directory.po`. Three
municipalities share the name of the city inside them and are never shortened to it: Jelgavas, Rēzeknes and Ventspils
novads.
"""

import csv
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Final


class Region(StrEnum):
    """The five planning regions, in the order they are offered."""

    RIGA = "riga"
    VIDZEME = "vidzeme"
    KURZEME = "kurzeme"
    ZEMGALE = "zemgale"
    LATGALE = "latgale"


@dataclass(frozen=True, slots=True)
class Municipality:
    """One municipality. `takes_part` is False where nobody has told yet: unknown, not "no"."""

    code: str
    region: Region
    slug: str
    takes_part: bool


UNKNOWN_PLACE: Final = "directory.any.place.unknown"


def municipalities() -> tuple[Municipality, ...]:
    """All 42, cities first, as the state's register of territories orders them."""
    return tuple(_by_code().values())


def find(code: str) -> Municipality | None:
    """The municipality with that ISO 3166-2 code."""
    return _by_code().get(code)


def find_slug(slug: str) -> Municipality | None:
    """The municipality whose link carries that slug, whatever its case; "jelgava" is the city alone."""
    wanted = slug.casefold()
    return next((one for one in municipalities() if one.slug == wanted), None)


def in_region(region: Region) -> tuple[Municipality, ...]:
    """The municipalities of one region: six to ten of them, few enough for buttons."""
    return tuple(one for one in municipalities() if one.region is region)


def place_key(code: str | None) -> str:
    """The key of the place's name; None, or a code that is not ours, is a place nobody knows."""
    if code is None or code not in _by_code():
        return UNKNOWN_PLACE
    return f"directory.any.place.{code.lower().replace('-', '_')}"


def region_key(region: Region) -> str:
    """The key of the region's name."""
    return f"directory.any.region.{region.value}"


@cache
def _by_code() -> dict[str, Municipality]:
    rows = csv.DictReader(files("bot.directory").joinpath("municipalities.csv").read_text("utf-8").splitlines())
    return {
        row["code"]: Municipality(row["code"], Region(row["region"]), row["slug"], row["takes_part"] == "yes")
        for row in rows
    }
