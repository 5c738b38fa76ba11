"""A municipality's contact card: an office that anybody may turn to, checked field by field. Pure.

It takes the place of the programme's map of contact persons. What is on it is the office's: no private numbers, nothing
of Telegram. Every field may be left out.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.roles import Person, Role
from bot.words import Phrase, phrase


class Field(StrEnum):
    """What can stand on a card, in the order in which it is shown."""

    OFFICE = "office"
    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"
    HOURS = "hours"
    SPOT = "spot"
    """Where it is, as a point on the map."""


TYPED: Final = tuple(field for field in Field if field is not Field.SPOT)
LONGEST: Final = {Field.OFFICE: 120, Field.PHONE: 40, Field.EMAIL: 120, Field.ADDRESS: 200, Field.HOURS: 200}
"""In letters; the columns hold as many."""


@dataclass(frozen=True, slots=True)
class Card:
    """What is known of one municipality's office. `spot` is latitude and longitude in degrees (WGS 84)."""

    municipality: str
    office: str | None = None
    phone: str | None = None
    email: str | None = None
    address: str | None = None
    hours: str | None = None
    spot: tuple[float, float] | None = None

    def text(self, field: Field) -> str | None:
        """What stands in a field that is typed."""
        match field:
            case Field.OFFICE:
                return self.office
            case Field.PHONE:
                return self.phone
            case Field.EMAIL:
                return self.email
            case Field.ADDRESS:
                return self.address
            case Field.HOURS:
                return self.hours
            case Field.SPOT:
                return None

    def has(self, field: Field) -> bool:
        return self.spot is not None if field is Field.SPOT else self.text(field) is not None

    @property
    def reachable(self) -> bool:
        """Whether somebody could turn to it: by phone, by e-mail or by going there."""
        return any(self.has(field) for field in (Field.PHONE, Field.EMAIL, Field.ADDRESS, Field.SPOT))


def card_lines(card: Card | None) -> tuple[Phrase, ...]:
    """The card line by line, as everybody sees it; nothing where nobody could be reached by it."""
    if card is None or not card.reachable:
        return ()
    return tuple(
        phrase(f"directory.any.card_line.{field.value}", value=value) for field in TYPED if (value := card.text(field))
    )


def may_write(person: Person, municipality: str) -> bool:
    """A municipality's card is its programme lead's and its coordinators' to write."""
    return person.holds(Role.LEAD, municipality) or person.holds(Role.COORDINATOR, municipality)


def places_of(person: Person) -> frozenset[str] | None:
    """The municipalities whose cards they may write; None is all of them."""
    places = {grant.municipality for grant in person.grants if grant.role in (Role.LEAD, Role.COORDINATOR)}
    return None if None in places else frozenset(place for place in places if place)


# --- what was typed ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Accepted:
    """What will stand on the card."""

    value: str


@dataclass(frozen=True, slots=True)
class NotAccepted:
    """Why not, as the end of a key, and the most letters there may be."""

    why: str
    most: int


_NUMBER: Final = re.compile(r"(?:(?:\+|00)371)?([25-9][0-9]{7})")
"""Eight digits: 2 is a mobile, 6 a fixed line, the others services (the national numbering plan)."""

_BETWEEN_DIGITS: Final = re.compile(r"[\s().\-–/]+")
_EMAIL: Final = re.compile(r"[A-Za-z0-9._%+\-]+@(?:[A-Za-z0-9](?:[A-Za-z0-9\-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}")


def accepted(field: Field, typed: str) -> Accepted | NotAccepted:
    """What the typed line puts on the card, or why it does not; `typed` is one line without unseen signs."""
    most = LONGEST[field]
    if len(typed) > most:
        return NotAccepted("too_long", most)
    match field:
        case Field.PHONE:
            number = _NUMBER.fullmatch(_BETWEEN_DIGITS.sub("", typed))
            return Accepted(f"+371 {number[1]}") if number else NotAccepted("no_phone", most)
        case Field.EMAIL:
            return Accepted(typed) if _EMAIL.fullmatch(typed) else NotAccepted("no_email", most)
        case _:
            tells = len(typed) > 1 and any(sign.isalnum() for sign in typed)
            return Accepted(typed) if tells else NotAccepted("says_nothing", most)


_SOUTH: Final = 55.6
_NORTH: Final = 58.2
_WEST: Final = 20.9
_EAST: Final = 28.3


def in_latvia(latitude: float, longitude: float) -> bool:
    """Whether a point can be an office of ours: within the degrees that hold Latvia."""
    return _SOUTH <= latitude <= _NORTH and _WEST <= longitude <= _EAST
