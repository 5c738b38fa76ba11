"""What the bot keeps of a person and why: code names, purposes of consent, and what happens when somebody goes."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.happenings import Happening
from bot.words import Language

NOTICE_VERSION: Final = "2026-11"
"""The version of the privacy notice that a consent refers to."""

UNFINISHED_DAYS: Final = 30
"""How long unfinished answers are kept; told in the notice."""

_CODE_WORDS: Final = (
    "Kompass", "Bura", "Tilts", "Laiva", "Osta", "Krasts", "Enkurs", "Airis", "Karte", "Pulkstenis",
    "Lukturis", "Mugursoma", "Velosipeds", "Slidas", "Telts", "Plosts", "Raidis", "Planieris",
)  # fmt: skip
"""Plain things of the road; none of them is a first name or a surname, and all read the same in three languages."""


SHORT_CODE_NAMES: Final = len(_CODE_WORDS) * 900
"""So many code names have three digits; a larger number makes a longer name."""


def code_name(number: int) -> str:
    """The name under which staff know a young person, from a random number: a thing and three digits or more."""
    word = _CODE_WORDS[number % len(_CODE_WORDS)]
    return f"{word}-{100 + number // len(_CODE_WORDS)}"


class Purpose(StrEnum):
    """What somebody agreed to; each is given and withdrawn by itself."""

    SCREENING = "screening"
    CONTACT = "contact"


def languages_for(client: str | None) -> Sequence[Language]:
    """The three languages, the one of the person's Telegram first; Russian Telegrams of Ukrainians and Latvians are
    many, so where it is none of the three the order is Latvian, Ukrainian, English."""
    first = language_from(client)
    return (first, *(language for language in Language if language is not first))


def language_from(client: str | None) -> Language:
    """The language to begin in, from Telegram's IETF tag (`lv`, `uk`, `en-GB`), Latvian where it is none of ours."""
    primary = (client or "").lower().split("-", 1)[0]
    return next((language for language in Language if language.value == primary), Language.LV)


@dataclass(frozen=True, slots=True)
class Unreachable(Happening):
    """They blocked the bot or deleted their account; what waited for them is dropped."""

    person_id: int


@dataclass(frozen=True, slots=True)
class Back(Happening):
    """They let the bot write to them again after having blocked it."""

    person_id: int


@dataclass(frozen=True, slots=True)
class Withdrew(Happening):
    """They took back a consent; what rests on it has to stop now."""

    person_id: int
    purpose: Purpose


@dataclass(frozen=True, slots=True)
class Leaving(Happening):
    """Everything of this person is about to be erased; who worked with them is told that they left, and no more."""

    person_id: int
    code_name: str
