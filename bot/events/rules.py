"""Invitations to events: whom one may reach, when it may go, and what an answer changes; writing it is in `drafts`.

Pure: time, calendar and numbers are arguments. A coordinator of one municipality never reaches another's people, and
the number of people somebody agreed to send to is the number that is sent to (faults.md, X43).
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Final

from bot.calendar import Hours, Kind, allowed, wall
from bot.roles import Person, Role
from bot.words import InLanguages

REMIND_AT: Final = time(10)
"""When, on the day before and by local clocks, those who come are reminded."""

NO_REMINDER_WITHIN: Final = timedelta(hours=3)
"""A reminder this close to the start would only hurry people."""


class State(StrEnum):
    """Where an event stands."""

    DRAFT = "draft"
    DISCARDED = "discarded"
    """A draft thrown away: empty, but its number is never given to another, so that its old buttons do nothing."""
    SENDING = "sending"
    """Being handed to delivery, page by page."""
    SENT = "sent"
    """Everybody of the audience has been handed to delivery."""
    STOPPED = "stopped"
    CANCELLING = "cancelling"
    """Cancelled; those who were invited are being told, page by page."""
    CANCELLED = "cancelled"


OFF: Final = frozenset({State.CANCELLING, State.CANCELLED})


class Group(StrEnum):
    """Whom an invitation can be for."""

    YOUTH = "youth"
    MENTORS = "mentors"
    LEADS = "leads"
    SPECIALISTS = "specialists"


ROLES_OF: Final[Mapping[Group, frozenset[Role]]] = {
    Group.MENTORS: frozenset({Role.MENTOR}),
    Group.LEADS: frozenset({Role.LEAD}),
    Group.SPECIALISTS: frozenset({Role.SPECIALIST, Role.PARTNER}),
}
"""The staff among the groups; young people hold no role."""


class Reply(StrEnum):
    """What an invited person answers."""

    YES = "yes"
    MAYBE = "maybe"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Audience:
    """Who is invited: these groups of one municipality (ISO 3166-2 code), or of all Latvia where there is none."""

    municipality: str | None
    groups: frozenset[Group]


@dataclass(frozen=True, slots=True)
class Event:
    """An invitation that is whole: what is sent, answered and reminded of. Moments are aware, in UTC."""

    id: int
    created_by: int | None
    state: State
    title: InLanguages
    details: InLanguages
    place: str
    starts_at: datetime
    audience: Audience
    cursor: int = 0
    """The last person whom the fan-out under way (of invitations, then of the cancellation) has reached."""
    remind_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Invitation:
    """What an invited person answered so far; None while they have not."""

    reply: Reply | None


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

    @property
    def silent(self) -> int:
        return self.invited - self.yes - self.maybe - self.no


# --- whose is it ------------------------------------------------------------------------------------------------


def may_reach(person: Person, municipality: str | None) -> bool:
    """Whether they may write to the people of that municipality; to all Latvia only with a role for the whole."""
    return person.holds(Role.COORDINATOR, municipality)


def own_places(person: Person) -> tuple[str | None, ...]:
    """The municipalities they coordinate, None for the whole country, in a steady order."""
    codes = {grant.municipality for grant in person.grants if grant.role is Role.COORDINATOR}
    return tuple(sorted(codes, key=lambda code: code or ""))


def may_run(person: Person, event: Event) -> bool:
    """Whether they may see its numbers, stop and cancel it: every coordinator of its municipality may."""
    return may_reach(person, event.audience.municipality)


# --- reading it -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Going:
    """It goes out; those who come are reminded at `remind_at` (UTC), or not at all where that would be too late."""

    remind_at: datetime | None


class NobodyThere:
    """The audience is empty."""


class AlreadyPast:
    """It would have started."""


@dataclass(frozen=True, slots=True)
class CountChanged:
    """Since the number was stated, somebody came or went: it is stated again before anything goes out."""

    count: int


@dataclass(frozen=True, slots=True)
class TextChanged:
    """Since it was shown, its words, time, place or audience changed: it is shown again before anything goes out."""


def digest(event: Event) -> str:
    """Eight letters that stand for what goes out and to whom; a button carries them."""
    audience = (event.audience.municipality, sorted(event.audience.groups))
    written = (sorted(event.title.texts.items()), sorted(event.details.texts.items()), event.title.fallback)
    shown = repr((written, event.place, event.starts_at, audience))
    return hashlib.sha256(shown.encode()).hexdigest()[:8]


def send(
    event: Event, stated: int, shown: str, count: int, now: datetime, hours: Hours
) -> Going | NobodyThere | AlreadyPast | CountChanged | TextChanged:
    """Whether an invitation confirmed as `shown` for `stated` people goes out, when `count` would get it now."""
    if event.starts_at <= now:
        return AlreadyPast()
    if count == 0:
        return NobodyThere()
    if shown != digest(event):
        return TextChanged()
    if count != stated:
        return CountChanged(count)
    return Going(remind_at(event.starts_at, now, hours))


def remind_at(starts_at: datetime, now: datetime, hours: Hours) -> datetime | None:
    """10:00 of the day before, in allowed hours; None where that is over or too close to the start."""
    day_before = starts_at.astimezone(hours.zone).date() - timedelta(days=1)
    due = allowed(wall(day_before, REMIND_AT, hours.zone), hours, Kind.MESSAGE).at
    return due if now < due <= last_reminder(starts_at) else None


def last_reminder(starts_at: datetime) -> datetime:
    """The last moment at which a reminder is still of use."""
    return starts_at - NO_REMINDER_WITHIN


# --- answering it -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Answered:
    """The answer stands; `changed` is False where it stood before."""

    changed: bool


class Started:
    """Too late: the event has begun."""


class CalledOff:
    """The event was cancelled."""


Outcome = Answered | Started | CalledOff


def answer(event: Event, before: Reply | None, given: Reply, now: datetime) -> Outcome:
    """What an invited person's press does; answers can be changed until the start."""
    if event.state in OFF:
        return CalledOff()
    if event.starts_at <= now:
        return Started()
    return Answered(given is not before)


def may_cancel(event: Event, now: datetime) -> bool:
    """Whether it can still be cancelled: sent, not cancelled before, not begun."""
    return event.state in (State.SENDING, State.SENT, State.STOPPED) and now < event.starts_at


def will_remind(event: Event, now: datetime) -> bool:
    """Whether somebody who says yes now will be reminded."""
    return event.remind_at is not None and now < event.remind_at and event.state not in OFF
