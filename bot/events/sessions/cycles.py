"""A cycle: different events that follow each other over a year or two, with the countries that hold it together. Pure.

Its dates and countries change while it runs; each change makes a new version, and whoever comes to one of its events
is told the old and the new.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final

from bot.directory.countries import COUNTRIES
from bot.events.event import Event
from bot.typed import in_one_line
from bot.words import InLanguages, Language

LONGEST_TITLE: Final = 100
_LONGEST_YEARS: Final = 10
_DAY: Final = r"(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4})\.?"
_DATES: Final = re.compile(rf"{_DAY}\s*[-–—]\s*{_DAY}")
_BETWEEN: Final = re.compile(r"[\s,;]+")


@dataclass(frozen=True, slots=True)
class Cycle:
    """One cycle as it stands; dates may be open."""

    id: int
    title: InLanguages
    from_on: date | None
    until_on: date | None
    countries: tuple[str, ...]
    version: int
    ended: bool = False
    """Whether it is over: it stays to be looked at, and no event is put into it."""


class Why(StrEnum):
    """Why that cannot stand; the last word of the key that says so."""

    UNREADABLE = "unreadable"
    REVERSED = "reversed"
    TOO_LONG = "too_long"
    UNKNOWN_COUNTRY = "unknown_country"


def read_dates(text: str) -> tuple[date, date] | Why:
    """ "1.7.2026 - 31.7.2027"."""
    found = _DATES.fullmatch(in_one_line(text))
    if found is None:
        return Why.UNREADABLE
    numbers = [int(one) for one in found.groups()]
    try:
        begins, ends = date(*numbers[2::-1]), date(*numbers[:2:-1])
    except ValueError:
        return Why.UNREADABLE
    if ends < begins:
        return Why.REVERSED
    return (begins, ends) if ends.year - begins.year <= _LONGEST_YEARS else Why.TOO_LONG


def read_countries(text: str) -> tuple[str, ...] | Why:
    """ "LV, EE, CZ", in the order of the list."""
    codes = {one.upper() for one in _BETWEEN.split(in_one_line(text)) if one}
    if not codes or not codes <= set(COUNTRIES):
        return Why.UNKNOWN_COUNTRY
    return tuple(one for one in COUNTRIES if one in codes)


def from_codes(joined: str) -> tuple[str, ...] | None:
    """The countries in a button, two letters each; None where it was forged."""
    codes = tuple(joined[at : at + 2] for at in range(0, len(joined), 2))
    return codes if codes and all(one in COUNTRIES for one in codes) else None


def as_told(cycle: Cycle) -> dict[str, Any]:
    """What a notice of a change keeps of it."""
    return {
        "series": cycle.id,
        "version": cycle.version,
        "from": cycle.from_on.isoformat() if cycle.from_on else None,
        "until": cycle.until_on.isoformat() if cycle.until_on else None,
        "countries": list(cycle.countries),
        "titles": dict(cycle.title.texts),
        "language": cycle.title.fallback.value,
    }


def from_told(told: Mapping[str, Any]) -> Cycle:
    """What `as_told` wrote."""
    begins, ends = told["from"], told["until"]
    title = InLanguages({Language(one): text for one, text in told["titles"].items()}, Language(told["language"]))
    return Cycle(
        told["series"],
        title,
        None if begins is None else date.fromisoformat(begins),
        None if ends is None else date.fromisoformat(ends),
        tuple(told["countries"]),
        told["version"],
    )


def last_known(
    told: Sequence[tuple[datetime, Mapping[str, Any], Mapping[str, Any]]], since: datetime | None, heard: int
) -> Mapping[str, Any] | None:
    """What somebody who came in at `since` and heard of that version at last knows of it, given every version (when,
    what was before, what it says), the oldest first; None where nothing is new to them."""
    for at, old, new in told:
        if new["version"] > heard and (since is None or at >= since):
            return old
    return None


def differ(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """Whether there is anything to tell: a change taken back before somebody heard of it is none to them."""
    return any(old[name] != new[name] for name in ("from", "until", "countries"))


def follows(event: Event, others: Sequence[Event]) -> list[Event]:
    """The events of the cycle that somebody must have taken part in to come to this one."""
    return [one for one in others if one.id in event.terms.after]
