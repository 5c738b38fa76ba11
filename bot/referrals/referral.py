"""What a referral is: whom it concerns, where it stands, and what exactly it passes on.

States carry the names of FHIR Task's status value set (hl7.org/fhir/valueset-task-status.html).
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from json import dumps
from typing import Any, Final, Self

from bot.programme.rules import Case, Stage
from bot.roles import Person
from bot.words import Language

MOST_NOTE: Final = 500
"""Characters of the referrer's own words."""


class Kind(StrEnum):
    """Whom the young person is referred to; the `speciality` of the receiver's grant."""

    PSYCHOLOGIST = "psychologist"
    COACH = "coach"
    CAREER_CONSULTANT = "career_consultant"
    PARTNER = "partner"


class State(StrEnum):
    """Where a referral stands."""

    DRAFT = "draft"
    """The young person has been asked and has not agreed; the receiver knows nothing."""
    REQUESTED = "requested"
    RECEIVED = "received"
    """The receiver opened it."""
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    IN_PROGRESS = "in_progress"
    """An appointment is agreed."""
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    """The young person or the referrer took it back, or the case ended."""
    FAILED = "failed"
    """Nobody answered."""


REFERABLE: Final = frozenset({Stage.PROFILING, Stage.PROGRAMME})
"""The stages of a case in which a referral may be opened: somebody guides the young person."""

CLOSED: Final = frozenset({State.REJECTED, State.COMPLETED, State.CANCELLED, State.FAILED})
OPEN: Final = frozenset(State) - CLOSED
UNOPENED: Final = frozenset({State.DRAFT, State.REQUESTED})
"""The receiver has read nothing yet."""


class Side(StrEnum):
    """What somebody is to one referral."""

    YOUTH = "youth"
    REFERRER = "referrer"
    RECEIVER = "receiver"


class Decline(StrEnum):
    """Why a receiver cannot take it."""

    NO_CAPACITY = "no_capacity"
    NOT_MY_FIELD = "not_my_field"
    OTHER_LANGUAGE = "other_language"
    AGE = "age"
    OTHER = "other"


class Ending(StrEnum):
    """Why it was cancelled or failed."""

    NOT_AGREED = "not_agreed"
    YOUTH_WITHDREW = "youth_withdrew"
    REFERRER_WITHDREW = "referrer_withdrew"
    CASE_ENDED = "case_ended"
    NOBODY_ANSWERED = "nobody_answered"


class Outcome(StrEnum):
    """What came of the appointment; never what was talked about."""

    GOES_ON = "goes_on"
    DONE = "done"
    DID_NOT_HAPPEN = "did_not_happen"


class Choice(StrEnum):
    """The young person's answer to a proposed time."""

    YES = "yes"
    ANOTHER = "another"
    NO = "no"


@dataclass(frozen=True, slots=True)
class PassedOn:
    """All that the receiver will learn, as it stood when the young person was asked: codes and the note as typed.

    Both read it in their own language; it is kept apart from the case, so later changes there pass nothing on.
    """

    code_name: str
    age_band: str
    municipality: str | None
    language: Language
    wish: str | None
    note: str | None
    referrer: str

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, raw: Mapping[str, Any]) -> Self:
        return cls(**{**raw, "language": Language(raw["language"])})

    def digest(self) -> str:
        """SHA-256 (hex) of every part of it: what an agreement is bound to."""
        return sha256(dumps(self.as_json(), sort_keys=True, ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Referral:
    """One referral. `reminded` is how many steps of its ladder are done, `next_at` when the next one is due."""

    id: int
    case_id: int
    kind: Kind
    state: State
    requested_by: int | None
    receiver_id: int | None
    passed_on: PassedOn
    text_hash: str | None
    proposed_at: datetime | None
    appointment_at: datetime | None
    reason: Decline | Ending | None
    outcome: Outcome | None
    opened_at: datetime
    changed_at: datetime
    next_at: datetime | None
    reminded: int


@dataclass(frozen=True, slots=True)
class Circle:
    """A referral with everybody it concerns; staff who were removed are missing."""

    referral: Referral
    case: Case
    youth: Person
    referrer: Person | None
    receiver: Person | None
