"""A young person asks for a kind of help themselves: who is asked, until when, and what becomes of it. Pure."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from bot.calendar import Hours, add_working_days, allowed
from bot.calendar import Kind as Sending
from bot.programme.rules import Case, Stage
from bot.referrals.referral import REFERABLE, Kind

REMIND_AFTER: Final = 2
TELL_NEXT_AFTER: Final = 2
CLOSE_AFTER: Final = 6
"""Working days from asking to the reminder, from there to those who are next in line, and from there to the end."""


class RequestState(StrEnum):
    """Where it stands."""

    OPEN = "open"
    REFERRED = "referred"
    """A referral of that kind was opened, and the young person is asked about it."""
    TALK = "talk"
    """Whoever was asked wants to talk about it first."""
    DROPPED = "dropped"
    """The young person took it back."""
    UNANSWERED = "unanswered"
    ENDED = "ended"
    """The case ended."""


class RequestStep(StrEnum):
    """What falls due while nobody answers."""

    REMIND = "remind"
    TELL_NEXT = "tell_next"
    CLOSE = "close"


_LADDER: Final = (
    (RequestStep.REMIND, REMIND_AFTER),
    (RequestStep.TELL_NEXT, TELL_NEXT_AFTER),
    (RequestStep.CLOSE, CLOSE_AFTER),
)


@dataclass(frozen=True, slots=True)
class Request:
    """One wish for help. `reminded` counts the steps taken, `next_at` (UTC) is when the next one is due."""

    id: int
    case_id: int
    kind: Kind
    without_mentor: bool
    state: RequestState
    asked_at: datetime
    next_at: datetime | None
    reminded: int


@dataclass(frozen=True, slots=True)
class MayAsk:
    """Somebody is there to ask."""


@dataclass(frozen=True, slots=True)
class NobodyYet:
    """Nobody guides them: there is no case, or it is only the first contact."""

    contacted: bool


@dataclass(frozen=True, slots=True)
class Resting:
    """The programme rests or is over; a mentor is near, who helps another way."""


def may_ask(case: Case | None) -> MayAsk | NobodyYet | Resting:
    """Whether a young person at this point can ask for a booking here."""
    if case is None or not case.is_open:
        return NobodyYet(contacted=False)
    if case.stage is Stage.CONTACT:
        return NobodyYet(contacted=True)
    return MayAsk() if case.stage in REFERABLE else Resting()


def first_step_at(asked_at: datetime, hours: Hours) -> datetime:
    """When whoever was asked is reminded (UTC, in working time)."""
    return _after(asked_at, _LADDER[0][1], hours)


def take_step(request: Request, now: datetime, hours: Hours) -> tuple[RequestStep, Request]:
    """What falls due at `now`, and the request after it; the last step closes it."""
    step, _ = _LADDER[request.reminded]
    taken = request.reminded + 1
    if step is RequestStep.CLOSE:
        return step, replace(request, state=RequestState.UNANSWERED, next_at=None, reminded=taken)
    return step, replace(request, next_at=_after(now, _LADDER[taken][1], hours), reminded=taken)


def _after(since: datetime, days: int, hours: Hours) -> datetime:
    return allowed(add_working_days(since, days, hours), hours, Sending.WORK).at
