"""The window for three: for a limited time the young person, who guides them and the receiver write through the bot.

It is offered by whoever guides, opened by the young person's yes and closed by anybody, by the clock, or with the
referral. What is written in it is kept nowhere. One referral has one window at a time.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.referrals.referral import Circle, Referral, Side, State
from bot.referrals.rules import refers, takes
from bot.roles import Person

LONGEST: Final = 1000
"""Characters of one text in it."""


class Standing(StrEnum):
    """Where a window stands."""

    OFFERED = "offered"
    """The young person has been asked."""
    OPEN = "open"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Window:
    """Moments in UTC; `until_at` is when the offer lapses, and after the yes when the window closes."""

    id: int
    referral_id: int
    opened_by: int
    opened_at: datetime
    until_at: datetime
    agreed_at: datetime | None
    ended_at: datetime | None

    def standing(self, now: datetime) -> Standing:
        if self.ended_at is not None or self.until_at <= now:
            return Standing.ENDED
        return Standing.OFFERED if self.agreed_at is None else Standing.OPEN


@dataclass(frozen=True, slots=True)
class Three:
    """Who writes in it."""

    youth: Person
    guide: Person
    receiver: Person

    def others(self, writer: Person) -> tuple[Person, ...]:
        return tuple(one for one in (self.youth, self.guide, self.receiver) if one.id != writer.id)

    def __contains__(self, person: Person) -> bool:
        return person.id in (self.youth.id, self.guide.id, self.receiver.id)


def is_taken(referral: Referral) -> bool:
    """Whether the receiver has taken it and it is not over: then both may be brought together."""
    return referral.state in (State.ACCEPTED, State.IN_PROGRESS)


def three(circle: Circle, guide: Person | None) -> Three | None:
    """The three there would be, or are; None where one is missing, was removed, or is another one as well."""
    referral, receiver = circle.referral, circle.receiver
    if guide is None or receiver is None or guide.id == receiver.id or not is_taken(referral):
        return None
    may = refers(guide, referral, circle.case) and takes(receiver, referral, circle.case)
    return Three(circle.youth, guide, receiver) if may else None


def agreed(window: Window, now: datetime, hours: int) -> Window | None:
    """The young person says yes: it is open for that many hours; None where there is nothing to say yes to."""
    if window.standing(now) is not Standing.OFFERED:
        return None
    return replace(window, agreed_at=now, until_at=now + timedelta(hours=hours))


def side_of(person: Person, people: Three) -> Side:
    """What somebody in the window is to the referral."""
    if person.id == people.youth.id:
        return Side.YOUTH
    return Side.RECEIVER if person.id == people.receiver.id else Side.REFERRER
