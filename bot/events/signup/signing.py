"""Who may sign up for an event and what they are asked first: deadline, ages, earlier attendance, permission. Pure.

What a young person says of their age here is not kept: that they signed up says all, and of a minor only that a
permission is wanted.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.events.event import OFF, Event, Invitation, Reply, Terms
from bot.events.rules import CalledOff, Started
from bot.roles import Person, Role

MOST_NEEDS = 300
"""Signs of what somebody needs to be able to come."""


class Said(StrEnum):
    """What a button says for whoever presses it."""

    NOTHING = "-"
    YES = "y"
    NO = "n"


@dataclass(frozen=True, slots=True)
class Words:
    """What they have already said in this sign-up."""

    fits: Said = Said.NOTHING
    """That their age is within the limits."""
    adult: Said = Said.NOTHING
    """Whether they are of age."""


@dataclass(frozen=True, slots=True)
class Applicant:
    """What is known of somebody who wants to come; `ages` is a span of years, None where they never told."""

    is_youth: bool
    ages: tuple[int, int] | None = None
    took_part: bool = True
    """In one of the events that this one is for the participants of."""


# --- may they -----------------------------------------------------------------------------------------------------


class Closed:
    """It has not begun, but nobody can sign up any more."""


Late = CalledOff | Started | Closed


def closed(event: Event, invitation: Invitation, reply: Reply, now: datetime) -> Late | None:
    """Why that answer comes too late, if it does.

    Whoever has a place can give it back until the start, and whoever waits can take one: that does no harm to anybody.
    """
    if event.state in OFF:
        return CalledOff()
    if event.starts_at <= now:
        return Started()
    if event.last_answer <= now and invitation.seat is None and reply is not Reply.NO:
        return Closed()
    return None


class NotTheirAge:
    """The event is for others by age."""


class OnlyAfter:
    """It is for those who took part in another one before."""


class AskAge:
    """Whether their age is within the limits has to be asked."""


class AskAdult:
    """Whether they are of age has to be asked."""


@dataclass(frozen=True, slots=True)
class Welcome:
    """They may come; `under_age` says whether a guardian's permission is wanted, None where nobody's is."""

    under_age: bool | None


Admission = Welcome | NotTheirAge | OnlyAfter | AskAge | AskAdult


def admit(terms: Terms, who: Applicant, said: Words, adult: int) -> Admission:
    """Whether they may sign up, or what they are asked first; `adult` is the age from which one is of age."""
    if not who.took_part:
        return OnlyAfter()
    if not who.is_youth:
        return Welcome(None)
    fits = _fits(terms, who.ages) if said.fits is Said.NOTHING else said.fits
    if fits is Said.NO:
        return NotTheirAge()
    if fits is Said.NOTHING:
        return AskAge()
    if not terms.guardian:
        return Welcome(None)
    of_age = _of_age(terms, who.ages, adult) if said.adult is Said.NOTHING else said.adult
    return AskAdult() if of_age is Said.NOTHING else Welcome(of_age is Said.NO)


def _fits(terms: Terms, ages: tuple[int, int] | None) -> Said:
    """What is known without asking. Who was too young when they told may be old enough by now."""
    lowest, highest = terms.minimum_age or 0, terms.maximum_age
    if lowest == 0 and highest is None:
        return Said.YES
    if ages is None:
        return Said.NOTHING
    if highest is not None and ages[0] > highest:
        return Said.NO
    return Said.YES if lowest <= ages[0] and (highest is None or ages[1] <= highest) else Said.NOTHING


def _of_age(terms: Terms, ages: tuple[int, int] | None, adult: int) -> Said:
    if (terms.minimum_age or 0) >= adult or (ages is not None and ages[0] >= adult):
        return Said.YES
    return Said.NO if ages is not None and ages[1] < adult else Said.NOTHING


# --- permission ---------------------------------------------------------------------------------------------------


def lacks_permission(terms: Terms, invitation: Invitation) -> bool:
    """Whether a guardian's permission is wanted for this guest and has not been noted."""
    return terms.guardian and bool(invitation.under_age) and invitation.guardian_at is None


def in_scope(viewer: Person, municipalities: Iterable[str | None]) -> bool:
    """Whether they look after one of the places that a young person is of: whose code name they may see."""
    known = [one for one in municipalities if one is not None]
    return viewer.holds(Role.COORDINATOR, None) or any(viewer.holds(Role.COORDINATOR, one) for one in known)


# --- what is counted ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Numbers:
    """Places of one event, in people."""

    held: int
    offered: int
    waiting: int
    needs: int
    """Who wrote what they need."""
    travel: int
    """Who wants help with the way."""


def has_limits(terms: Terms) -> bool:
    """Whether places can run out."""
    return terms.capacity is not None or bool(terms.quotas)
