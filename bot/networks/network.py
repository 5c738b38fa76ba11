"""What a network is, who is in it, and what it works on: the words that all of this capability share. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.directory.rules import Region


class NetworkKind(StrEnum):
    """A working group speaks for many others; a network brings together all who do the same work."""

    WORKING_GROUP = "working_group"
    NETWORK = "network"


class StandsFor(StrEnum):
    """For whom somebody sits in a network: the bodies that the support network of municipal youth work is made of."""

    MUNICIPALITY = "municipality"
    REGION = "region"
    """A planning region."""
    MINISTRY = "ministry"
    ASSOCIATION = "association"
    """Of municipalities, or of organisations."""
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Standing:
    """For whom somebody speaks: a municipality (ISO 3166-2 code), a region, or an organisation by its name."""

    stands_for: StandsFor
    municipality: str | None = None
    region: Region | None = None
    organization: str | None = None


@dataclass(frozen=True, slots=True)
class Network:
    """One network. `municipality` is whose coordinators run it; None: the national ones."""

    id: int
    name: str
    kind: NetworkKind
    municipality: str | None
    led_by: int | None
    """Whom it hears from and who hears of it."""
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the staff in a network; they are shown by name, for whom they speak."""

    id: int
    network_id: int
    person_id: int
    name: str
    standing: Standing
    since: datetime


class TopicState(StrEnum):
    """Where a proposed topic stands."""

    OPEN = "open"
    CHOSEN = "chosen"
    """Among those that won the vote: it waits for a meeting, or has one."""
    ASIDE = "aside"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Topic:
    """Something a member wants to talk about. Votes are counted, and nobody is told whose they are."""

    id: int
    network_id: int
    text: str
    state: TopicState
    proposed_by: int | None
    votes: int = 0
    event_id: int | None = None


class Stage(StrEnum):
    """Where a request for opinions stands."""

    DRAFT = "draft"
    DISCARDED = "discarded"
    ASKING = "asking"
    """Members are being asked, page by page."""
    OPEN = "open"
    REMINDING = "reminding"
    REMINDED = "reminded"
    CLOSED = "closed"


TAKES_ANSWERS = frozenset({Stage.ASKING, Stage.OPEN, Stage.REMINDING, Stage.REMINDED})


@dataclass(frozen=True, slots=True)
class Opinion:
    """A question to a network, answered in words until the deadline (UTC)."""

    id: int
    network_id: int
    asked_by: int | None
    question: str
    deadline: datetime
    stage: Stage
    cursor: int = 0
    """The last person whom the fan-out under way has reached."""
    next_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What one person wrote, for whom they speak, and when."""

    person_id: int
    text: str
    at: datetime


class Subject(StrEnum):
    """What is known, or not, of each municipality."""

    YOUTH_WORK = "youth_work"
    PLAN = "plan"
    """A plan or strategy for it."""


class Value(StrEnum):
    """Unknown is what nobody has told, and never means no."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Note:
    """What somebody said of one municipality, as of that day."""

    id: int
    municipality: str
    subject: Subject
    value: Value
    as_of: date
    noted_by: int | None
    noted_at: datetime


Coverage = Mapping[tuple[str, Subject], Note]
"""The newest note of each municipality and subject; what is missing is unknown."""


@dataclass(frozen=True, slots=True)
class Paper:
    """How youth work is organised in a municipality: a file that stays with Telegram, or an https address."""

    id: int
    municipality: str
    title: str
    file_id: str | None
    name: str | None
    link: str | None
    added_at: datetime
    added_by: int | None
