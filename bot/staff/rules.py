"""Who may invite whom, and when an invitation still holds."""

import hashlib
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.happenings import Happening
from bot.roles import Grant, Person, Role

VALID_FOR: Final = timedelta(days=7)
WRONG_TRIES: Final = 10
WRONG_TRIES_WITHIN: Final = timedelta(hours=1)
PAYLOAD_PREFIX: Final = "i_"
"""A start payload that begins so is an invitation; what follows is its token."""


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
    if person.roles & {Role.ADMIN, Role.COORDINATOR}:
        return _BY_COORDINATOR
    return ()


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


def plain_name(typed: str) -> str:
    """The name without what cannot be seen: marks that turn the direction of a line could pass it off as another's."""
    visible = "".join(sign for sign in typed if sign.isspace() or unicodedata.category(sign)[0] != "C")
    return " ".join(visible.split())


@dataclass(frozen=True, slots=True)
class Joined(Happening):
    """Somebody took up an invitation and holds this role from now on."""

    person_id: int
    grant: Grant


def hash_of(token: str) -> str:
    """What is stored of a token of 144 random bits."""
    return hashlib.sha256(token.encode()).hexdigest()
