"""What each side may do with a referral, and when.

Every act is a function from a referral to `Moved` or a refusal; `bot.referrals.ladder` adds what happens when nobody
acts.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final, assert_never

from bot.programme.rules import Case, may_guide
from bot.referrals.referral import CLOSED, Choice, Decline, Ending, Kind, Outcome, Referral, Side, State
from bot.roles import Person, Role

FARTHEST: Final = timedelta(days=90)
"""How far ahead an appointment may be proposed."""


@dataclass(frozen=True, slots=True)
class Moved:
    """The act is allowed; this is the referral after it."""

    after: Referral


@dataclass(frozen=True, slots=True)
class NotTheirs:
    """Somebody else's to do."""


@dataclass(frozen=True, slots=True)
class MovedOn:
    """Done before, or overtaken by what another side did; nothing changes."""


@dataclass(frozen=True, slots=True)
class InThePast:
    """That time is over."""


@dataclass(frozen=True, slots=True)
class TooFar:
    """That time is more than `FARTHEST` away."""


@dataclass(frozen=True, slots=True)
class TooEarly:
    """The appointment has not taken place yet."""


NotNow = MovedOn | InThePast | TooFar | TooEarly
Refusal = NotTheirs | NotNow
Sides = frozenset[Side]


def receives(person: Person, kind: Kind, municipality: str | None) -> bool:
    """Whether they take referrals of that kind from that municipality."""
    return any(
        grant.municipality in (None, municipality)
        and (
            (grant.role in (Role.SPECIALIST, Role.PARTNER) and grant.speciality == kind.value)
            or (grant.role is Role.PARTNER and kind is Kind.PARTNER)
        )
        for grant in person.grants
    )


def sides(person: Person, referral: Referral, case: Case) -> Sides:
    """What this person is to the referral; a receiver is nothing to it before the young person agreed."""
    found = set()
    if person.id == case.youth_id:
        found.add(Side.YOUTH)
    if may_guide(person, case):
        found.add(Side.REFERRER)
    agreed = referral.text_hash is not None
    if agreed and person.id == referral.receiver_id and receives(person, referral.kind, case.municipality):
        found.add(Side.RECEIVER)
    return frozenset(found)


def minute_of(at: datetime) -> int:
    """Whole minutes since 1970 (UTC): how a button names a proposed time."""
    return int(at.timestamp()) // 60


def agree(referral: Referral, by: Sides, now: datetime) -> Moved | Refusal:
    """The young person says yes to exactly what they were shown."""
    if refused := _refused(referral, by, Side.YOUTH, State.DRAFT):
        return refused
    return _moved(referral, State.REQUESTED, now, text_hash=referral.passed_on.digest())


def refuse(referral: Referral, by: Sides, now: datetime) -> Moved | Refusal:
    """The young person says no; nothing is passed on."""
    if refused := _refused(referral, by, Side.YOUTH, State.DRAFT):
        return refused
    return _moved(referral, State.CANCELLED, now, reason=Ending.NOT_AGREED)


def receive(referral: Referral, by: Sides, now: datetime) -> Moved | Refusal:
    """The receiver opens it."""
    if refused := _refused(referral, by, Side.RECEIVER, State.REQUESTED):
        return refused
    return _moved(referral, State.RECEIVED, now)


def accept(referral: Referral, by: Sides, now: datetime) -> Moved | Refusal:
    """The receiver takes it."""
    if refused := _refused(referral, by, Side.RECEIVER, State.RECEIVED):
        return refused
    return _moved(referral, State.ACCEPTED, now)


def decline(referral: Referral, by: Sides, now: datetime, reason: Decline) -> Moved | Refusal:
    """The receiver cannot take it, or can no longer, as long as no appointment stands."""
    if refused := _refused(referral, by, Side.RECEIVER, State.RECEIVED, State.ACCEPTED):
        return refused
    return _moved(referral, State.REJECTED, now, reason=reason)


def propose(referral: Referral, by: Sides, now: datetime, at: datetime) -> Moved | Refusal:
    """The receiver names a time; that accepts the referral, and replaces an earlier proposal or appointment."""
    if refused := _refused(referral, by, Side.RECEIVER, State.RECEIVED, State.ACCEPTED, State.IN_PROGRESS):
        return refused
    if at in (referral.proposed_at, referral.appointment_at):
        return MovedOn()
    if at <= now:
        return InThePast()
    if at > now + FARTHEST:
        return TooFar()
    return _moved(referral, State.ACCEPTED, now, proposed_at=at, appointment_at=None)


def choose(referral: Referral, by: Sides, now: datetime, minute: int, choice: Choice) -> Moved | Refusal:
    """The young person answers the proposal of that minute (`minute_of`); to an older proposal it changes nothing."""
    if refused := _refused(referral, by, Side.YOUTH, State.ACCEPTED):
        return refused
    at = referral.proposed_at
    if at is None or minute_of(at) != minute:
        return MovedOn()
    match choice:
        case Choice.YES if at <= now:
            return InThePast()
        case Choice.YES:
            return _moved(referral, State.IN_PROGRESS, now, appointment_at=at)
        case Choice.ANOTHER:
            return _moved(referral, State.ACCEPTED, now)
        case Choice.NO:
            return _moved(referral, State.CANCELLED, now, reason=Ending.YOUTH_WITHDREW)
        case never:
            assert_never(never)


def call_off(referral: Referral, by: Sides, now: datetime) -> Moved | Refusal:
    """The receiver cannot make the appointment ahead: back to proposing a time. Of one that is over, nothing can be
    called off; what came of it is asked instead."""
    if refused := _refused(referral, by, Side.RECEIVER, State.IN_PROGRESS):
        return refused
    if referral.appointment_at is None or referral.appointment_at <= now:
        return MovedOn()
    return _moved(referral, State.ACCEPTED, now)


def complete(referral: Referral, by: Sides, now: datetime, outcome: Outcome) -> Moved | Refusal:
    """The receiver says what came of the appointment, and that closes the referral."""
    if refused := _refused(referral, by, Side.RECEIVER, State.IN_PROGRESS):
        return refused
    if referral.appointment_at is None or now < referral.appointment_at:
        return TooEarly()
    return _moved(referral, State.COMPLETED, now, appointment_at=referral.appointment_at, outcome=outcome)


def withdraw(referral: Referral, by: Sides, now: datetime) -> Moved | Refusal:
    """The young person or the referrer takes it back, at any time before it is closed."""
    if Side.YOUTH in by:
        ending = Ending.YOUTH_WITHDREW
    elif Side.REFERRER in by:
        ending = Ending.REFERRER_WITHDREW
    else:
        return NotTheirs()
    return MovedOn() if referral.state in CLOSED else _moved(referral, State.CANCELLED, now, reason=ending)


def give_up(referral: Referral, by: Sides, now: datetime, silent: bool) -> Moved | Refusal:
    """The referrer waits no longer for a receiver whose silence was reported to them (`ladder.is_silent`)."""
    if Side.REFERRER not in by:
        return NotTheirs()
    if referral.state in CLOSED or not silent:
        return MovedOn()
    return _moved(referral, State.FAILED, now, reason=Ending.NOBODY_ANSWERED)


def left_unanswered(referral: Referral, now: datetime) -> Referral:
    """It was open and nobody acted, through every step of `bot.referrals.ladder`: that ends it."""
    return _moved(referral, State.FAILED, now, reason=Ending.NOBODY_ANSWERED).after


def end_with_case(referral: Referral, now: datetime) -> Moved | MovedOn:
    """The case ended: what is still open ends with it."""
    if referral.state in CLOSED:
        return MovedOn()
    return _moved(referral, State.CANCELLED, now, reason=Ending.CASE_ENDED)


def _refused(referral: Referral, by: Sides, side: Side, *states: State) -> NotTheirs | MovedOn | None:
    if side not in by:
        return NotTheirs()
    return None if referral.state in states else MovedOn()


def _moved(referral: Referral, state: State, now: datetime, **changes: Any) -> Moved:
    """The referral in `state`, with nothing pending but what `changes` says."""
    pending: dict[str, Any] = {"proposed_at": None, "appointment_at": None, **changes}
    return Moved(replace(referral, state=state, changed_at=now, next_at=None, reminded=0, **pending))
