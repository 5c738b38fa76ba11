"""What an event is, and what is kept of those invited to it: the words that all of this capability share. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

from bot.events.audience import Audience, Group
from bot.words import InLanguages, Language


class Kind(StrEnum):
    """What sort of event it is, as the programme's own papers name them; the last is news without an event."""

    INFORMATION_EVENT = "information_event"
    TRAINING = "training"
    STUDY_VISIT = "study_visit"
    JOB_SHADOWING = "job_shadowing"
    CAMP = "camp"
    SEMINAR = "seminar"
    VIDEO_CONFERENCE = "video_conference"
    WORKING_GROUP_MEETING = "working_group_meeting"
    EXPERIENCE_EXCHANGE = "experience_exchange"
    YOUTH_EVENT = "youth_event"
    COACHING = "coaching"
    OTHER = "other"
    ANNOUNCEMENT = "announcement"
    """News of something that others hold: nobody signs up here, and it is of use until `starts_at`."""


class State(StrEnum):
    """Where an event stands."""

    DRAFT = "draft"
    DISCARDED = "discarded"
    """A draft thrown away: empty, but its number is never given to another, so that its old buttons do nothing."""
    SUBMITTED = "submitted"
    """Whole, and for so many people that a second coordinator has to say yes before it goes out."""
    SESSION = "session"
    """One more session of a series that is being written: it goes out with the first, never by itself."""
    SENDING = "sending"
    """Being handed to delivery, page by page, from `send_at` on."""
    SENT = "sent"
    """Everybody of the audience has been handed to delivery."""
    STOPPED = "stopped"
    CANCELLING = "cancelling"
    """Cancelled; those who were invited are being told, page by page."""
    CANCELLED = "cancelled"


OFF: Final = frozenset({State.CANCELLING, State.CANCELLED})
NEVER_SENT: Final = frozenset({State.DRAFT, State.DISCARDED, State.SUBMITTED, State.SESSION})


class Reply(StrEnum):
    """What an invited person answers."""

    YES = "yes"
    MAYBE = "maybe"
    NO = "no"


class Seat(StrEnum):
    """Whether somebody has a place; who has none and wants none has no seat at all."""

    HELD = "held"
    WAITING = "waiting"
    """On the waiting list, in the order of `queued_at`."""
    OFFERED = "offered"
    """A place is kept for them until `offer_until`; it counts as taken until then."""


class Via(StrEnum):
    """How somebody came to the event."""

    SENT = "sent"
    FOUND = "found"
    """By themselves, in the directory of open events."""
    DOOR = "door"
    """They stood at the door."""


class Level(StrEnum):
    """Whom an event brings together."""

    LOCAL = "local"
    NATIONAL = "national"
    INTERNATIONAL = "international"


class Funder(StrEnum):
    """The programme that pays for it, where it is said."""

    PROTI_UN_DARI = "proti_un_dari"
    ERASMUS_YOUTH = "erasmus_youth"
    SOLIDARITY_CORPS = "solidarity_corps"


@dataclass(frozen=True, slots=True)
class Particulars:
    """What is told of an event and never reckoned with; each may be missing, and is then not spoken of."""

    link: str | None = None
    """An https address where it is held by video."""
    latitude: float | None = None
    longitude: float | None = None
    """Where it is on the map, in degrees (WGS 84); both or none."""
    languages: tuple[str, ...] = ()
    """In which languages it is held: codes of `directory.countries.SPOKEN`."""
    cost: str | None = None
    access: str | None = None
    """What there is for people who move, see or hear otherwise."""
    travel: str | None = None
    """What help there is with the way."""
    level: Level | None = None
    country: str | None = None
    """ISO 3166-1 alpha-2; none: Latvia."""
    funder: Funder | None = None
    agenda: tuple[str, ...] = ()
    """What is talked about, in order; told stories of experience among it."""
    news_of: Kind | None = None
    """What an announcement is news of: by this people mute it."""
    publicity: str | None = None
    """The line that the funder wants; none: the one in the settings."""
    held_in: str | None = None
    """Of a session: the municipality it is held in (ISO 3166-2), by which people are shown the nearest first."""
    further: Mapping[Language, Mapping[str, str]] = field(default_factory=dict)
    """What cost, access, travel and agenda say in the event's other languages, by the name of the field: `further`."""


@dataclass(frozen=True, slots=True)
class Terms:
    """Who may come, and for how many there is room."""

    capacity: int | None = None
    """None: for all who say yes."""
    quotas: Mapping[Group, int] = field(default_factory=dict)
    """At most so many places for people of that group; a group that is not here has no limit of its own."""
    minimum_age: int | None = None
    maximum_age: int | None = None
    """Of young people, in years, both included."""
    guardian: bool = False
    """Whether a minor needs a guardian's permission, which is noted at sign-up and asked for at the door."""
    asks_needs: bool = False
    """Whether people who say yes are asked what they need to be able to come."""
    after: tuple[int, ...] = ()
    """Only for those who took part in one of these events."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arranged:
    """What can be said of an event and need not be, while it is written and ever after."""

    kind: Kind = Kind.OTHER
    ends_at: datetime | None = None
    reply_by: datetime | None = None
    """Until when people can sign up or change their answer; none: to the start."""
    particulars: Particulars = field(default_factory=Particulars)
    terms: Terms = field(default_factory=Terms)
    listed: bool = False
    """Whether everybody it is for finds it in the directory of open events, invited or not."""
    series_id: int | None = None
    send_at: datetime | None = None
    """Not before this moment (UTC); none: as soon as its author says so."""


@dataclass(frozen=True, slots=True)
class Event(Arranged):
    """An invitation that is whole: what is sent, answered and reminded of. Moments are aware, in UTC."""

    id: int
    created_by: int | None
    state: State
    title: InLanguages
    details: InLanguages
    place: str
    """Empty where it is held by a link alone, and for an announcement."""
    starts_at: datetime
    audience: Audience
    cursor: int = 0
    """The last person whom the fan-out under way (of invitations, then of the cancellation) has reached."""
    remind_at: datetime | None = None
    sequence: int = 0
    """Of its entry in calendars (RFC 5545): higher with every change that is told, and when it is called off."""
    remind_soon_at: datetime | None = None
    ask_at: datetime | None = None

    @property
    def municipality(self) -> str | None:
        """Whose coordinators run it; none: the national ones."""
        return self.audience.municipality

    @property
    def last_answer(self) -> datetime:
        """The moment after which no answer changes any more."""
        return self.starts_at if self.reply_by is None else min(self.reply_by, self.starts_at)

    @property
    def takes_answers(self) -> bool:
        """Whether people sign up for it here at all."""
        return self.kind is not Kind.ANNOUNCEMENT

    @property
    def is_session(self) -> bool:
        """Whether it is one of several sessions, of which people come to one."""
        return self.series_id is not None and self.particulars.held_in is not None


@dataclass(frozen=True, slots=True)
class Invitation:
    """What is kept of one person and one event."""

    reply: Reply | None
    """None while they have not answered."""
    seat: Seat | None = None
    group: Group | None = None
    via: Via = Via.SENT
    queued_at: datetime | None = None
    offer_until: datetime | None = None
    needs: str | None = None
    travel: bool | None = None
    under_age: bool | None = None
    """Where a guardian's permission is wanted: whether it is for this guest; None: nobody asked."""
    guardian_at: datetime | None = None
    answered_sequence: int | None = None
    """The event's `sequence` when they answered."""
    came_at: datetime | None = None
    rating: str | None = None


@dataclass(frozen=True, slots=True)
class Delivered:
    """How far an invitation has got, in messages."""

    sent: int
    waiting: int
    in_flight: int
    unreachable: int
    kept_back: int
    """Stopped, or too late to be of use."""


@dataclass(frozen=True, slots=True)
class Replies:
    """How many were invited, and what they answered so far."""

    invited: int
    yes: int
    maybe: int
    no: int
    waiting: int = 0
    """Of those who said yes, how many have no place yet."""

    @property
    def silent(self) -> int:
        return self.invited - self.yes - self.maybe - self.no


FREE: Final = "0"
"""The cost of an event that costs nothing: said in the language of whoever reads it."""
