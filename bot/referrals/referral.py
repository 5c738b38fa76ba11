"""What a referral is: whom it concerns, where it stands, and what exactly it passes on.

States carry the names of FHIR Task's status value set (hl7.org/fhir/valueset-task-status.html).
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
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
    NO_GUARDIAN = "no_guardian"
    """A parent or guardian would have had to agree, and no such yes was recorded."""
    YOUTH_WITHDREW = "youth_withdrew"
    REFERRER_WITHDREW = "referrer_withdrew"
    CASE_ENDED = "case_ended"
    NOBODY_ANSWERED = "nobody_answered"
    NOT_DELIVERED = "not_delivered"
    """The letter came back, or whoever got it said that it is not for them."""
    DID_NOT_HAPPEN = "did_not_happen"
    UNCONFIRMED = "unconfirmed"
    """One side said that it took place, the other nothing, and nobody found out."""
    UNCLEAR = "unclear"
    """The two sides said different things, and nobody found out."""


class Guardianship(StrEnum):
    """Where a parent's or guardian's yes stands, where one is needed before anything is passed on."""

    WANTED = "wanted"
    """The young person is told so when they are asked."""
    AWAITED = "awaited"
    """They agreed, and that whoever guides them may ask at home; the yes is not recorded yet."""


class Outcome(StrEnum):
    """How it was found out that it took place."""

    BOTH_SAID = "both_said"
    SETTLED = "settled"
    """One side said so, and who guides the young person found out the rest."""


class Said(StrEnum):
    """What one side says of an appointment once it is over; never what was talked about."""

    HELPED = "helped"
    """It took place and helped; of a career consultant: and an aim is set."""
    TOOK_PLACE = "took_place"
    DID_NOT = "did_not"
    NOT_YET = "not_yet"
    """It did not take place, and another time is wanted."""


class Choice(StrEnum):
    """The answer to proposed times."""

    YES = "yes"
    ANOTHER = "another"
    NO = "no"


class Line(StrEnum):
    """What may be passed on, line by line, in the order in which it stands."""

    CODE_NAME = "code_name"
    AGE = "age"
    PLACE = "place"
    LANGUAGE = "language"
    WISH = "wish"
    NOTE = "note"
    REFERRER = "referrer"


ALWAYS: Final = frozenset({Line.CODE_NAME, Line.LANGUAGE})
"""The lines without which nobody could answer: what to call somebody, and in which language."""


@dataclass(frozen=True, slots=True)
class PassedOn:
    """All that the receiver will learn, as it stood when the young person was asked: codes and the note as typed.

    It is kept apart from the case, so later changes there pass nothing on; `struck` are lines that the young person
    took out, which are in no text.
    """

    code_name: str
    age_band: str
    municipality: str | None
    language: Language
    wish: str | None
    note: str | None
    referrer: str
    struck: frozenset[Line] = frozenset()

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "struck": sorted(self.struck)}

    @classmethod
    def from_json(cls, raw: Mapping[str, Any]) -> Self:
        struck = frozenset(Line(one) for one in raw.get("struck", ()))
        return cls(**{**raw, "language": Language(raw["language"]), "struck": struck})

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines there are to read, without those that were struck."""
        empty = {Line.WISH: self.wish is None, Line.NOTE: self.note is None}
        return tuple(one for one in Line if not empty.get(one, False) and one not in self.struck)


def hash_of(text: str) -> str:
    """SHA-256 (hex) of the very text for the receiver: what a yes is bound to."""
    return sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Proposals:
    """Up to `MOST_TIMES` moments (UTC) that one side offers and the other chooses from."""

    by: Side
    times: tuple[datetime, ...]

    def as_json(self) -> dict[str, Any]:
        return {"by": self.by.value, "times": [at.isoformat() for at in self.times]}

    @classmethod
    def from_json(cls, raw: Mapping[str, Any]) -> Self:
        return cls(Side(raw["by"]), tuple(datetime.fromisoformat(at) for at in raw["times"]))


MOST_TIMES: Final = 3
"""How many times are offered at once."""


@dataclass(frozen=True, slots=True)
class Address:
    """Whom a referral is addressed to: somebody on Telegram, or a desk that reads letters; `name` is what all read.

    `reads` is the language of what they get. A service of the directory may stand behind either.
    """

    name: str
    reads: Language
    person_id: int | None = None
    service_id: int | None = None
    email: str | None = None

    @property
    def recipient(self) -> str:
        """Who it is, as a consent names it: nobody else's yes is meant."""
        return f"person:{self.person_id}" if self.person_id is not None else f"service:{self.service_id}"


@dataclass(frozen=True, slots=True)
class Meeting:
    """The appointment as it stands. `at` is UTC; `sequence` counts its changes (RFC 5545, SEQUENCE).

    `place` is an address or a link; `spoken` the language, `interpreter` whether one is there.
    """

    at: datetime | None = None
    place: str | None = None
    spoken: Language | None = None
    interpreter: bool = False
    sequence: int = 0


@dataclass(frozen=True, slots=True)
class Referral:
    """One referral. `reminded` is how many steps of its ladder are done, `next_at` when the next one is due.

    `texts` are the very words passed on, by language, as they stood when the young person was asked. `session` counts
    the appointments that took place; what was said of the present one is in `provider_said` and `youth_said`.
    """

    id: int
    case_id: int
    kind: Kind
    state: State
    requested_by: int | None
    to: Address
    passed_on: PassedOn
    texts: Mapping[Language, str]
    text_hash: str | None
    proposals: Proposals | None
    meeting: Meeting
    reason: Decline | Ending | None
    outcome: Outcome | None
    opened_at: datetime
    changed_at: datetime
    next_at: datetime | None
    reminded: int
    session: int = 0
    provider_said: Said | None = None
    youth_said: Said | None = None
    without_mentor: bool = False
    """The young person asked for it apart from their mentor, who learns nothing of it."""
    override_reason: str | None = None
    """Why it was passed on without a yes: a child is in danger."""
    guardian: Guardianship | None = None

    @property
    def awaits_guardian(self) -> bool:
        """Whether the young person has agreed and only a parent's or guardian's yes is missing."""
        return self.state is State.DRAFT and self.guardian is Guardianship.AWAITED

    @property
    def appointment_at(self) -> datetime | None:
        return self.meeting.at

    @property
    def text(self) -> str:
        """What the receiver reads."""
        return self.texts[self.to.reads]


@dataclass(frozen=True, slots=True)
class Circle:
    """A referral with everybody it concerns; staff who were removed are missing, a receiver whose role was taken as
    well, and one who reads letters is nobody here: `referral.to` says who it is."""

    referral: Referral
    case: Case
    youth: Person
    referrer: Person | None
    receiver: Person | None
