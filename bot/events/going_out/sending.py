"""Whether an invitation may go out, to whom, and who has to look at it first. Pure: time, calendar and numbers are
arguments.

The number of people somebody agreed to send to is the number that is sent to (faults.md, X43), and what they were shown
is what is sent: each button carries both.
"""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from bot.calendar import Hours, Kind, allowed, wall
from bot.events.event import Event
from bot.events.kept import particulars_as_json, terms_as_json
from bot.events.rules import may_reach
from bot.events.whom.reach import Reach
from bot.roles import Person

IN_THE_MORNING: Final = time(10)
"""The hour offered for sending later, by local clocks."""


# --- what a press on "send" does --------------------------------------------------------------------------------


class Going:
    """It goes out."""


class Submitted:
    """It is for so many people that a second coordinator looks at it first."""


class NeedsAnother:
    """It was changed since a second coordinator said yes to it: somebody other than its author has to send it on."""


class NobodyThere:
    """The audience is empty."""


class AlreadyPast:
    """It would have started."""


@dataclass(frozen=True, slots=True)
class TooLate:
    """It would reach people at `arrives` (UTC), when nobody can answer any more."""

    arrives: datetime


class CountChanged:
    """Since the number was stated, somebody came or went: it is stated again before anything goes out."""


class TextChanged:
    """Since it was shown, its words, time, place or audience changed: it is shown again before anything goes out."""


Refused = NobodyThere | AlreadyPast | TooLate | CountChanged | TextChanged


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What a button carries: for how many people, as they were told, and of which text."""

    stated: int
    shown: str


@dataclass(frozen=True, slots=True)
class Circumstances:
    """When somebody presses, and what the people who run the bot decided."""

    now: datetime
    hours: Hours
    above: int
    """To more people than this nobody sends alone; 0: everybody may."""
    fewest: int
    """The smallest number of people that is told."""


def digest(event: Event) -> str:
    """Eight letters that stand for what goes out, to whom and when; a button carries them."""
    written = (sorted(event.title.texts.items()), sorted(event.details.texts.items()), event.title.fallback)
    told = (event.kind, event.place, event.starts_at, event.ends_at, event.reply_by, event.listed)
    kept = (particulars_as_json(event.particulars), terms_as_json(event.terms))
    audience = (event.audience.municipality, event.audience.as_json())
    shown = repr((written, told, kept, *audience, event.send_at))
    return hashlib.sha256(shown.encode()).hexdigest()[:8]


def seal(event: Event, handed_in_at: datetime) -> str:
    """The same of one handing in: what goes along with an invitation (files, organisers, other sessions) only changes
    by handing it in anew."""
    sealed = f"{digest(event)} {handed_in_at.astimezone(UTC).isoformat()}"
    return hashlib.sha256(sealed.encode()).hexdigest()[:8]


def send(event: Event, confirmed: Confirmed, reach: Reach, when: Circumstances) -> Going | Submitted | Refused:
    """What its author's last press does, when the invitation would `reach` those people now."""
    refused = _refused(event, confirmed, reach, when)
    if refused is not None:
        return refused
    return Submitted() if needs_approval(reach, when.above) else Going()


def approve(event: Event, confirmed: Confirmed, reach: Reach, when: Circumstances) -> Going | Refused:
    """What the second coordinator's yes does; that it is theirs to say is asked before, by `may_approve`."""
    return _refused(event, confirmed, reach, when) or Going()


def resume(
    event: Event,
    confirmed: Confirmed,
    reach: Reach,
    when: Circumstances,
    *,
    by: Person,
    approved: str | None,
    writer: int | None,
) -> Going | NeedsAnother | Refused:
    """What a press on "send to the rest" does, for those who have not got it; `approved` is the digest of what a second
    coordinator said yes to, if one did, and `writer` whoever changed it last."""
    refused = _refused(event, confirmed, reach, when)
    if refused is not None:
        return refused
    changed = approved != digest(event) and by.id == writer
    return NeedsAnother() if changed and needs_approval(reach, when.above) else Going()


def _refused(event: Event, confirmed: Confirmed, reach: Reach, when: Circumstances) -> Refused | None:
    if event.starts_at <= when.now:
        return AlreadyPast()
    if reach.is_surely_nobody(when.fewest):
        return NobodyThere()
    if confirmed.shown != digest(event):
        return TextChanged()
    if (arrives := leaves_at(event, when.now, when.hours)) >= event.last_answer:
        return TooLate(arrives)
    return None if confirmed.stated == reach.stated(when.fewest) else CountChanged()


def leaves_at(event: Event, now: datetime, hours: Hours) -> datetime:
    """When the first of it leaves, should it be confirmed at `now`: not before its time, and never in quiet hours."""
    return allowed(max(now, event.send_at or now), hours, Kind.MESSAGE).at


# --- four eyes ----------------------------------------------------------------------------------------------------


class Decision(StrEnum):
    """What became of an invitation that was handed in."""

    APPROVED = "approved"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


def needs_approval(reach: Reach, above: int) -> bool:
    """Whether these are more people than one coordinator sends to alone; 0 above: never."""
    return 0 < above < reach.total


def may_approve(person: Person, event: Event) -> bool:
    """Whether they are a second coordinator who could have sent it themselves; never its author."""
    return person.id != event.created_by and may_reach(person, event.municipality)


# --- when -----------------------------------------------------------------------------------------------------------


class SendOn(StrEnum):
    """The moments offered for sending."""

    NOW = "now"
    TODAY = "today"
    TOMORROW = "tomorrow"


def moment_of(choice: SendOn, now: datetime, hours: Hours) -> datetime | None:
    """That moment (UTC); None for as soon as it is confirmed, and for a morning that is over."""
    today = now.astimezone(hours.zone).date()
    match choice:
        case SendOn.NOW:
            return None
        case SendOn.TODAY:
            at = wall(today, IN_THE_MORNING, hours.zone)
            return at if at > now else None
        case SendOn.TOMORROW:
            return wall(today + timedelta(days=1), IN_THE_MORNING, hours.zone)


def offered(now: datetime, hours: Hours) -> tuple[SendOn, ...]:
    """Which of them make sense at `now`."""
    return tuple(one for one in SendOn if one is not SendOn.TODAY or moment_of(one, now, hours) is not None)
