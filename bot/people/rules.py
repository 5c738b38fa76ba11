"""What the bot keeps of a person and why: code names, purposes of consent, and what happens when somebody goes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final

from bot.happenings import Happening
from bot.words import Language

DELETABLE_FOR: Final = timedelta(hours=48)
"""How long a bot may delete a message from a private chat, by whomever it is (Bot API, deleteMessage)."""

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
    """Being asked the questions, and keeping the answers."""
    CONTACT = "contact"
    """That people of the programme write to them here."""
    PROGRAMME = "programme"
    """A plan with its check-ins; said in person to the programme lead, who records it."""
    EVENTS = "events"
    """Being invited to events."""
    PICTURES = "pictures"
    """Being seen in pictures of events."""
    GUARDIAN_ON_PAPER = "guardian_paper"
    GUARDIAN_MET = "guardian_met"
    GUARDIAN_BY_PHONE = "guardian_phone"
    """A parent's or guardian's yes to the programme of somebody under age, and how the lead who recorded it got it."""


GUARDIANS: Final = frozenset({Purpose.GUARDIAN_ON_PAPER, Purpose.GUARDIAN_MET, Purpose.GUARDIAN_BY_PHONE})
RECORDED_BY_STAFF: Final = GUARDIANS | {Purpose.PROGRAMME}
"""Given in person; all others are given here in the chat by the young people themselves."""

OWN: Final = tuple(purpose for purpose in Purpose if purpose not in GUARDIANS)
"""What a young person gives and takes back; nobody takes back for a guardian, and nobody asks one through the chat."""

TO_BE_WRITTEN_TO: Final = (Purpose.CONTACT, Purpose.EVENTS)
"""Either lets the bot begin: people of the programme with the first, invitations with the second."""

RESTS_ON: Final[Mapping[Purpose, tuple[Purpose, ...]]] = {Purpose.CONTACT: (Purpose.PROGRAMME,)}
"""What ends with a consent: nobody can be in a programme without being written to."""


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
class SignOfLife(Happening):
    """Somebody whom others wait to hear from did something here, whatever it was; `needs_help` where it was looking for
    help or telling of danger."""

    person_id: int
    needs_help: bool = False


@dataclass(frozen=True, slots=True)
class Back(Happening):
    """They let the bot write to them again after having blocked it."""

    person_id: int


@dataclass(frozen=True, slots=True)
class Agreed(Happening):
    """They gave a consent that did not stand before, or not for this notice."""

    person_id: int
    purpose: Purpose


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
