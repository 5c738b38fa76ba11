"""Who may invite whom, and when an invitation still holds."""

import hashlib
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.directory.rules import place_key
from bot.happenings import Happening
from bot.roles import Grant, Person, Role
from bot.words import Phrase, phrase

VALID_FOR: Final = timedelta(days=7)
WRONG_TRIES: Final = 10
WRONG_TRIES_WITHIN: Final = timedelta(hours=1)
LONGEST_NAME: Final = 60
PAYLOAD_PREFIX: Final = "i_"
"""A start payload that begins so is an invitation; what follows is its token."""

_ALIKE: Final = frozenset({"LATIN", "CYRILLIC", "GREEK"})


class Speciality(StrEnum):
    """What a specialist or partner is there for; the kinds of referral (programme.md section 5)."""

    PSYCHOLOGIST = "psychologist"
    COACH = "coach"
    CAREER_CONSULTANT = "career_consultant"
    PARTNER = "partner"


WITH_SPECIALITY: Final = {
    Role.SPECIALIST: (Speciality.PSYCHOLOGIST, Speciality.COACH, Speciality.CAREER_CONSULTANT),
    Role.PARTNER: (Speciality.PARTNER,),
}

_BY_COORDINATOR: Final = (Role.LEAD, Role.MENTOR, Role.SPECIALIST, Role.PARTNER, Role.COORDINATOR)


def may_invite_as(person: Person) -> tuple[Role, ...]:
    """The roles this person may invite others to."""
    if Role.ADMIN in person.roles:
        return (*_BY_COORDINATOR, Role.DATA_OFFICER)
    return _BY_COORDINATOR if Role.COORDINATOR in person.roles else ()


def reach(person: Person) -> frozenset[str] | None:
    """The municipalities they may invite for; None is the whole country."""
    mine = [grant for grant in person.grants if grant.role in (Role.ADMIN, Role.COORDINATOR)]
    if any(grant.municipality is None for grant in mine):
        return None
    return frozenset(grant.municipality for grant in mine if grant.municipality is not None)


def may_invite(person: Person, granted: Grant) -> bool:
    """Whether they may hand out exactly this role there."""
    covered = reach(person)
    return granted.role in may_invite_as(person) and (covered is None or granted.municipality in covered)


def may_take_away(person: Person, holder: Person, granted: Grant) -> bool:
    """Whether they may take that role from somebody else: whoever could have invited them to it, and a programme lead
    from a mentor of exactly their municipality. Administrators are named in the settings, not here."""
    if person.id == holder.id or granted.role is Role.ADMIN:
        return False
    leads = Grant(Role.LEAD, granted.municipality) in person.grants
    return may_invite(person, granted) or (leads and granted.role is Role.MENTOR)


def role_named(granted: Grant) -> Phrase:
    """The role in words, of a specialist the speciality."""
    return phrase(f"staff.any.role.{granted.speciality or granted.role.value}")


def place_named(granted: Grant) -> Phrase:
    """Where it is held, in words."""
    return phrase(place_key(granted.municipality) if granted.municipality else "staff.any.whole_country")


@dataclass(frozen=True, slots=True)
class Invite:
    """An invitation as it is kept: the token itself is kept nowhere, only its hash."""

    id: int
    grant: Grant
    invited_by: int | None
    expires_at: datetime
    used_at: datetime | None

    def holds_at(self, now: datetime) -> bool:
        return self.used_at is None and now < self.expires_at


def is_name(typed: str) -> bool:
    """Whether somebody can go by it: no word of two alphabets, in which one letter passes itself off as another."""
    fits = 2 <= len(typed) <= LONGEST_NAME and any(letter.isalpha() for letter in typed)
    return fits and all(len(_alphabets(word)) <= 1 for word in typed.split())


def _alphabets(word: str) -> set[str]:
    """Which of the alphabets that have letters alike it is written in, by the letters' names in Unicode."""
    return {unicodedata.name(letter, "").partition(" ")[0] for letter in word} & _ALIKE


@dataclass(frozen=True, slots=True)
class Joined(Happening):
    """Somebody took up an invitation and holds this role from now on."""

    person_id: int
    grant: Grant


@dataclass(frozen=True, slots=True)
class RoleTaken(Happening):
    """A role was taken from somebody, who goes by that name; what it opened is to be closed in the same moment."""

    person_id: int
    name: str
    grant: Grant


def hash_of(token: str) -> str:
    """What is stored of a token of 144 random bits."""
    return hashlib.sha256(token.encode()).hexdigest()
