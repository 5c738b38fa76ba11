"""Which help lines to show to whom and when; pure, the lines themselves are data (help_lines.toml).

Order and limits follow what crisis bodies ask of such cards: danger first, at most a few lines, the child line first
for minors, honest about languages. No Ukrainian-speaking crisis line inside Latvia was found; Ukraine's web chat is
offered instead.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from bot.words import Language

STALE_AFTER_DAYS: Final = 90
"""A line that nobody rang for that long is reported by `doctor`, and to the administrators once a month."""

MINOR_BANDS: Final = frozenset({"under_13", "13_14", "under_15", "15_17"})
"""Answers about age that mean: under 18."""

_LATVIA: Final = ZoneInfo("Europe/Riga")


class Age(StrEnum):
    """What is known of somebody's age, as far as the choice of lines goes."""

    MINOR = "minor"
    ADULT = "adult"
    UNKNOWN = "unknown"

    @classmethod
    def of(cls, band: str | None) -> "Age":
        """From an answer about age, or none."""
        if band is None:
            return cls.UNKNOWN
        return cls.MINOR if band in MINOR_BANDS else cls.ADULT


@dataclass(frozen=True, slots=True)
class Opening:
    """Local times in Latvia on these weekdays (1 is Monday)."""

    days: frozenset[int]
    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class HelpLine:
    """One line. `number` or `url`; `opening` is None where it is round the clock or no source states it."""

    id: str
    number: str | None
    url: str | None
    always: bool
    opening: Opening | None
    languages: tuple[str, ...]
    checked_on: date | None
    shown: bool

    def open_at(self, now: datetime) -> bool:
        if self.opening is None:
            return True
        local = now.astimezone(_LATVIA)
        return local.isoweekday() in self.opening.days and self.opening.opens <= local.time() < self.opening.closes


def choose(age: Age, language: Language, now: datetime) -> tuple[HelpLine, ...]:
    """The lines for this person at this hour, the most urgent first; closed and unchecked ones are left out."""
    wanted = ["emergency"]
    match age:
        case Age.MINOR:
            wanted += ["child", "child_chat", "crisis"]
        case Age.ADULT:
            wanted += ["crisis"]
        case Age.UNKNOWN:
            wanted += ["child", "crisis"]
    if language is Language.UK:
        wanted += ["ukraine_chat", "ukraine_information"]
    known = lines()
    return tuple(known[one] for one in wanted if known[one].shown and known[one].open_at(now))


def stale(today: date) -> list[str]:
    """Lines that are shown and that nobody rang in the last three months, or ever."""
    return [line.id for line in lines().values() if line.shown and is_stale(line.checked_on, today)]


def is_stale(checked_on: date | None, today: date) -> bool:
    """Whether a line was rung too long ago to promise anything, or never."""
    return checked_on is None or (today - checked_on).days > STALE_AFTER_DAYS


def local_day(now: datetime) -> date:
    """The day it is where the lines are."""
    return now.astimezone(_LATVIA).date()


def may_be_abroad(language: Language, municipality: str | None) -> bool:
    """Whether somebody may well be reading this outside Latvia, where its short numbers lead elsewhere or nowhere."""
    return language is not Language.LV or municipality is None


@cache
def lines() -> Mapping[str, HelpLine]:
    """Every line by its id, read once."""
    raw = tomllib.loads((Path(__file__).parent / "help_lines.toml").read_text("utf-8"))
    return {one["id"]: _line(one) for one in raw["line"]}


def _line(raw: Mapping[str, Any]) -> HelpLine:
    hours = raw["hours"]
    opening = None
    if not isinstance(hours, str):
        opening = Opening(frozenset(hours["days"]), hours["from"], hours["until"])
    return HelpLine(
        raw["id"],
        raw.get("number"),
        raw.get("url"),
        hours == "always",
        opening,
        tuple(raw["languages"]),
        raw.get("checked_on"),
        raw["status"] == "ok",
    )
