"""The directory as it is passed on: organisations with all that hangs on them, by their lasting codes. Pure.

Nobody on Telegram is in it: who answers a service there, and who looks after an entry, stays where it was.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.directory.register import Help, Offer, PartnerKind
from bot.words import Language


@dataclass(frozen=True, slots=True)
class Location:
    """A place of an organisation. `municipality` is an ISO 3166-2 code, `spot` latitude and longitude in degrees."""

    code: str
    name: str
    address: str | None = None
    municipality: str | None = None
    spot: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """A desk or a duty of an organisation."""

    code: str
    name: str
    title: str | None = None
    email: str | None = None
    phone: str | None = None


@dataclass(frozen=True, slots=True)
class Service:
    """What an organisation offers, as `register.Service` has it; `locations` are codes, `areas` none: the country."""

    code: str
    name: str
    kind: Help
    description: str | None = None
    eligibility: str | None = None
    offers: tuple[Offer, ...] = ()
    minimum_age: int | None = None
    maximum_age: int | None = None
    languages: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    online: bool = False
    email: str | None = None
    phone: str | None = None
    reads: Language = Language.LV
    capacity: int | None = None
    full_until: date | None = None
    verified_on: date | None = None
    locations: tuple[str, ...] = ()
    retired: bool = False


@dataclass(frozen=True, slots=True)
class Organization:
    """A partner with its services, places and desks, each in the order of their codes."""

    code: str
    name: str
    kind: PartnerKind
    municipality: str | None = None
    description: str | None = None
    website: str | None = None
    retired: bool = False
    services: tuple[Service, ...] = ()
    locations: tuple[Location, ...] = ()
    contacts: tuple[Contact, ...] = ()


Directory = Mapping[str, Organization]
"""Organisations by code."""
