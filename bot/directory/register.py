"""The register of partners: organisations, what they offer, how they are reached, what was agreed with them. Pure.

Named as in the Human Services Data Specification (HSDS 3: organization, service, location, contact). What a service
answers is the kind of a referral; a service is offered to nobody before somebody has said that it is right.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.calendar import Hours, allowed
from bot.calendar import Kind as Going
from bot.roles import Person, Role
from bot.words import Language


class PartnerKind(StrEnum):
    """What kind of partner it is: the programme's own list (first six), then whoever else it works with."""

    ASSOCIATION = "association"
    """Associations and foundations."""
    YOUTH_CENTRE = "youth_centre"
    SOCIAL_SERVICE = "social_service"
    SCHOOL = "school"
    SPORT = "sport"
    YOUTH_FIELD = "youth_field"
    """Whoever else works with young people."""
    STATE_BODY = "state_body"
    MUNICIPAL_BODY = "municipal_body"
    SOCIAL_PARTNER = "social_partner"
    EMPLOYER = "employer"


class Help(StrEnum):
    """What a service answers: the kinds of referral, and the specialities of those who receive one."""

    PSYCHOLOGIST = "psychologist"
    COACH = "coach"
    CAREER_CONSULTANT = "career_consultant"
    PARTNER = "partner"


class Offer(StrEnum):
    """What non-governmental organisations can give (the youth council's list)."""

    NON_FORMAL = "non_formal"
    """Non-formal education."""
    NGO_EVENT = "ngo_event"
    TRAINING = "training"
    CAMP = "camp"
    YOUTH_EVENT = "youth_event"


SPOKEN: Final = ("lv", "uk", "en", "ru")
"""The languages that buttons offer; an import may bring others."""

ASKED_AGAIN_AFTER: Final = timedelta(days=14)
ASKED_AT_MOST: Final = 2
"""So often is one person asked whether an entry is still right; after that the coordinators are."""


@dataclass(frozen=True, slots=True)
class Organization:
    """A partner. `municipality` is whose coordinators look after the entry; None: the national ones."""

    id: int
    code: str
    name: str
    kind: PartnerKind
    municipality: str | None
    description: str | None = None
    website: str | None = None
    owner_id: int | None = None
    retired_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """A desk or a duty of an organisation, seldom a name."""

    name: str
    email: str | None = None
    phone: str | None = None


@dataclass(frozen=True, slots=True)
class Service:
    """What an organisation offers. Ages are inclusive, in years; `areas` are ISO 3166-2 codes, none the whole country;
    `languages` ISO 639-1 codes; `capacity` is how many it takes at a time; `address` where it is.

    `receiver_id` answers on Telegram, else letters go to `email`, written in the language it `reads`.
    """

    id: int
    code: str
    organization: Organization
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
    address: str | None = None
    email: str | None = None
    phone: str | None = None
    receiver_id: int | None = None
    reads: Language = Language.LV
    capacity: int | None = None
    full_until: date | None = None
    verified_at: datetime | None = None
    verify_at: datetime | None = None
    asked_times: int = 0
    retired_at: datetime | None = None

    @property
    def municipality(self) -> str | None:
        return self.organization.municipality

    @property
    def is_retired(self) -> bool:
        return self.retired_at is not None or self.organization.retired_at is not None

    @property
    def missing(self) -> "tuple[ServiceField, ...]":
        """What has to be known before it can be offered to anybody."""
        unreached = self.receiver_id is None and self.email is None
        nowhere = not self.online and self.address is None
        return tuple(
            field
            for field, lacks in (
                (ServiceField.LANGUAGES, not self.languages),
                (ServiceField.PLACE, nowhere),
                (ServiceField.REACHED, unreached),
            )
            if lacks
        )

    @property
    def is_offered(self) -> bool:
        """Whether a young person may be referred to it."""
        return self.verified_at is not None and not self.is_retired and not self.missing


class OrganizationField(StrEnum):
    """What can be changed of an organisation, in the order in which it is shown."""

    NAME = "name"
    KIND = "kind"
    DESCRIPTION = "description"
    WEBSITE = "website"
    DESK = "desk"
    EMAIL = "email"
    PHONE = "phone"
    OWNER = "owner"


class ServiceField(StrEnum):
    """What can be changed of a service, in the order in which it is asked for."""

    NAME = "name"
    KIND = "kind"
    OFFERS = "offers"
    DESCRIPTION = "description"
    AGES = "ages"
    ELIGIBILITY = "eligibility"
    LANGUAGES = "languages"
    AREAS = "areas"
    PLACE = "place"
    REACHED = "reached"
    READS = "reads"
    PHONE = "phone"
    CAPACITY = "capacity"


STEPS: Final = (
    ServiceField.OFFERS,
    ServiceField.DESCRIPTION,
    ServiceField.AGES,
    ServiceField.LANGUAGES,
    ServiceField.AREAS,
    ServiceField.PLACE,
    ServiceField.REACHED,
    ServiceField.READS,
    ServiceField.CAPACITY,
)
"""What a new service is asked for, one after the other, once its name and kind are known."""


def step_after(field: ServiceField) -> ServiceField | None:
    """The next question about a new service; None after the last."""
    at = STEPS.index(field) + 1 if field in STEPS else len(STEPS)
    return STEPS[at] if at < len(STEPS) else None


def step_before(field: ServiceField) -> ServiceField | None:
    at = STEPS.index(field) if field in STEPS else 0
    return STEPS[at - 1] if at > 0 else None


# --- whose it is ------------------------------------------------------------------------------------------------


def may_see(person: Person, municipality: str | None) -> bool:
    """Coordinators and programme leads see the entries of their municipality, national ones all."""
    return person.holds(Role.COORDINATOR, municipality) or person.holds(Role.LEAD, municipality)


def may_write(person: Person, municipality: str | None) -> bool:
    """The coordinators of a municipality write its entries, the national ones all."""
    return person.holds(Role.COORDINATOR, municipality)


def places_of(person: Person) -> frozenset[str] | None:
    """The municipalities whose entries they may see; None is all of them, and the entries of no municipality."""
    places = {grant.municipality for grant in person.grants if grant.role in (Role.LEAD, Role.COORDINATOR)}
    return None if None in places else frozenset(place for place in places if place)


def may_receive(person: Person, kind: Help, municipality: str | None) -> bool:
    """Whether they can be the one who answers for a service of that kind in that municipality."""
    return any(
        (grant.municipality is None or grant.municipality == municipality)
        and (
            (grant.role in (Role.SPECIALIST, Role.PARTNER) and grant.speciality == kind.value)
            or (grant.role is Role.PARTNER and kind is Help.PARTNER)
        )
        for grant in person.grants
    )


def keeps(person: Person, municipality: str | None) -> bool:
    """Whether they work with partners there at all, so that an entry can be theirs to keep right."""
    return any(person.holds(role, municipality) for role in (Role.COORDINATOR, Role.PARTNER, Role.SPECIALIST))


def may_answer_for(person: Person, service: Service) -> bool:
    """Whether they may say that it is still right, or that it is full: its owner, its receiver, its coordinators."""
    own = person.id in (service.organization.owner_id, service.receiver_id)
    return (own and keeps(person, service.municipality)) or may_write(person, service.municipality)


# --- still right? -----------------------------------------------------------------------------------------------


def verify_at(now: datetime, days: int, hours: Hours) -> datetime:
    """When somebody is next asked whether it is still right: in working time."""
    return allowed(now + timedelta(days=days), hours, Going.WORK).at


def ask_again_at(now: datetime, hours: Hours) -> datetime:
    return allowed(now + ASKED_AGAIN_AFTER, hours, Going.WORK).at


def goes_to_owner(service: Service) -> bool:
    """Whether its owner is asked this time; the coordinators are where there is none, or they stayed silent."""
    return service.organization.owner_id is not None and service.asked_times < ASKED_AT_MOST
