"""Where young people come from: what stands behind `/start`, and the sources that coordinators make.

The payload of a t.me link can also be typed by hand, so a code is short, in small letters and digits that nobody takes
for one another.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.directory.rules import find
from bot.people.rules import language_from
from bot.roles import Person, Role
from bot.words import Language

INVITE: Final = "i_"
"""What the payload of a staff invite begins with; the rest is its single-use token."""

NETWORK: Final = "n_"
"""What that of a link into a network begins with; the rest is its token."""

TICKET: Final = "e_"
"""What the payload of a guest's ticket begins with; the rest is its number and signature."""

AT_DOOR: Final = "w_"
"""What the payload of the way in to an event begins with, for whoever stands at its door."""

_PAYLOAD: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")
"""All that Telegram lets a deep link carry (core.telegram.org/bots/features#deep-linking)."""


@dataclass(frozen=True, slots=True)
class Bare:
    """A /start without anything behind it."""


@dataclass(frozen=True, slots=True)
class Invite:
    """A staff invite with this token."""

    token: str


@dataclass(frozen=True, slots=True)
class IntoNetwork:
    """A link for staff into a network, with this token."""

    token: str


@dataclass(frozen=True, slots=True)
class Ticket:
    """A guest's ticket to an event, scanned by somebody."""

    signed: str


@dataclass(frozen=True, slots=True)
class AtDoor:
    """The walk-in code of an event."""

    signed: str


@dataclass(frozen=True, slots=True)
class Code:
    """Perhaps the code of a source, in the one case that codes are kept in."""

    code: str


@dataclass(frozen=True, slots=True)
class Strange:
    """Nothing that a link of ours could carry."""


Payload = Bare | Invite | IntoNetwork | Ticket | AtDoor | Code | Strange


def read(payload: str) -> Payload:
    """What the text behind /start is; whether such an invite or source exists is for others to look up."""
    if not payload:
        return Bare()
    if not _PAYLOAD.fullmatch(payload):
        return Strange()
    if payload.startswith(INVITE) and payload != INVITE:
        return Invite(payload.removeprefix(INVITE))
    if payload.startswith(NETWORK):
        return IntoNetwork(payload.removeprefix(NETWORK))
    if payload.startswith(TICKET):
        return Ticket(payload.removeprefix(TICKET))
    if payload.startswith(AT_DOOR):
        return AtDoor(payload.removeprefix(AT_DOOR))
    return Code(payload.lower())


class Kind(StrEnum):
    """What somebody found the link on, or from whom they have it."""

    POSTER = "poster"
    SCHOOL = "school"
    NGO = "ngo"
    YOUTH_WORKER = "youth_worker"
    OTHER = "other"
    FRIEND = "friend"
    PARTNER = "partner"


OFFERED: Final = (Kind.POSTER, Kind.SCHOOL, Kind.NGO, Kind.YOUTH_WORKER, Kind.OTHER)
"""The kinds of a new source. Friends and partners pass on links of their own, whose sources nobody makes by hand."""

FRIEND: Final = "friend"
"""The code of the link that young people pass on: it says nothing of who did."""

LONGEST_NAME: Final = 60


@dataclass(frozen=True, slots=True)
class Source:
    """Where somebody first heard of us. `municipality` is an ISO code; none: the whole country.

    A municipality's own link (its slug is the code) has no name. Whoever comes by a source with a `language` is asked
    in that one first. One that is not `in_use` any more greets and counts like any other: posters stay on walls.
    """

    id: int
    code: str
    municipality: str | None
    name: str | None = None
    kind: Kind = Kind.OTHER
    language: Language | None = None
    in_use: bool = True


_SIGNS: Final = "bcdfghjkmnpqrstvwxyz23456789"
"""Without vowels, so that no word comes about, and without signs that look like others."""

_SIGNS_OF_A_CODE: Final = 5
CODES: Final = len(_SIGNS) ** _SIGNS_OF_A_CODE
"""So many codes there are for one place: seventeen million."""


def code_for(municipality: str | None, number: int) -> str:
    """The code of a new source from a random number under `CODES`: the place, then five signs."""
    return f"{_slug(municipality)}-{_signs(number, _SIGNS_OF_A_CODE)}"


def _slug(municipality: str | None) -> str:
    place = find(municipality) if municipality else None
    return place.slug if place else "lv"


def _signs(number: int, how_many: int) -> str:
    signs = ""
    for _ in range(how_many):
        number, at = divmod(number, len(_SIGNS))
        signs += _SIGNS[at]
    return signs


PASSED: Final = "p-"
"""What the link begins with that a partner hands to one young person."""

_SIGNS_OF_A_LINK: Final = 10
LINKS: Final = len(_SIGNS) ** _SIGNS_OF_A_LINK

MOST_UNOPENED: Final = 20
"""Links of one partner that wait to be opened; who has more to hand out needs a poster."""


def link_for(number: int) -> str:
    """The code of a partner's link for one young person, from a random number under `LINKS`."""
    return PASSED + _signs(number, _SIGNS_OF_A_LINK)


def partners_code(municipality: str | None) -> str:
    """The source to which everybody belongs who comes by a partner's link there: many people, so it tells of none."""
    return f"partner-{_slug(municipality)}"


def is_name(typed: str) -> bool:
    """Whether a source can be called that: something to read, and short enough for a button."""
    return len(typed) <= LONGEST_NAME and any(sign.isalnum() for sign in typed)


def reach(person: Person) -> frozenset[str] | None:
    """The municipalities whose sources they look after; None is the whole country."""
    mine = [grant.municipality for grant in person.grants if grant.role is Role.COORDINATOR]
    return None if None in mine else frozenset(code for code in mine if code is not None)


def may_keep(person: Person, municipality: str | None) -> bool:
    """Whether sources of that municipality, or of the whole country where there is none, are theirs."""
    return person.holds(Role.COORDINATOR, municipality)


def first_language(client: str | None, source: Language | None) -> Language:
    """The language to begin in with somebody new, from their Telegram's tag and the source they came by.

    A phone in Latvian or Ukrainian says more of its owner than a poster does. One in English or in none of the three
    says little: many have it so without reading English well. There the source decides, for whoever made it knew its
    readers.
    """
    own = (client or "").lower().split("-", 1)[0]
    if source is None or own in (Language.LV, Language.UK):
        return language_from(client)
    return source
