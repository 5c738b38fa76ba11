"""What each side may do with a referral, and when.

Every act is a function from a referral to `Moved` or a refusal; `bot.referrals.closed.closing` says where the
words of both sides lead, `bot.referrals.ladder` adds what happens when nobody acts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final, assert_never

from bot.programme.rules import Case, deputises, may_assign, may_guide, mentors
from bot.referrals.closed.closing import Settling, settle
from bot.referrals.referral import (
    ALWAYS,
    CLOSED,
    MOST_TIMES,
    Choice,
    Decline,
    Ending,
    Guardianship,
    Kind,
    Line,
    Meeting,
    Outcome,
    PassedOn,
    Proposals,
    Referral,
    Said,
    Side,
    State,
    hash_of,
)
from bot.roles import Person, Role
from bot.words import Language

FARTHEST: Final = timedelta(days=90)
"""How far ahead an appointment may be proposed."""


@dataclass(frozen=True, slots=True)
class Words:
    """What both sides have said of one appointment (`at`, UTC)."""

    at: datetime
    provider: Said | None
    youth: Said | None


@dataclass(frozen=True, slots=True)
class Moved:
    """The act is allowed; this is the referral after it, and what was said, where something was."""

    after: Referral
    words: Words | None = None


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


def takes(person: Person, referral: Referral, case: Case) -> bool:
    """Whether this one may reach them: for a service of the directory they answer wherever the young person is, as it
    reaches beyond its own municipality; somebody of the team only for theirs."""
    if referral.to.service_id is not None:
        return any(receives(person, referral.kind, grant.municipality) for grant in person.grants)
    return receives(person, referral.kind, case.municipality)


def sides(person: Person, referral: Referral, case: Case) -> Sides:
    """What this person is to the referral.

    A receiver is nothing to it before it was passed on; a mentor nothing to one that was asked for apart from them.
    """
    found = set()
    if person.id == case.youth_id:
        found.add(Side.YOUTH)
    if refers(person, referral, case):
        found.add(Side.REFERRER)
    passed = is_passed_on(referral)
    if passed and person.id == referral.to.person_id and takes(person, referral, case):
        found.add(Side.RECEIVER)
    return frozenset(found)


def refers(person: Person, referral: Referral, case: Case) -> bool:
    """Whether they guide the young person in this.

    Where it was asked for apart from the mentor that is whoever leads there, or the coordinator, as the mentor may be
    the only lead; but neither mentor nor deputy, though they may lead as well.
    """
    if not referral.without_mentor:
        return may_guide(person, case)
    return may_decide_apart(person, case)


def may_decide_apart(person: Person, case: Case) -> bool:
    """Whether they may know what a young person asks for apart from their mentor."""
    return may_assign(person, case) and not (mentors(person, case) or deputises(person, case))


def is_passed_on(referral: Referral) -> bool:
    """Whether the receiver may know of it: by a yes, or without one where a child is in danger."""
    return referral.text_hash is not None or referral.override_reason is not None


def minute_of(at: datetime) -> int:
    """Whole minutes since 1970 (UTC): how a button names a proposed time."""
    return int(at.timestamp()) // 60


# --- before anything is passed on -------------------------------------------------------------------------------


def strike(referral: Referral, by: Sides, now: datetime, line: Line) -> Moved | Refusal:
    """The young person takes a line out, or puts it back; the texts are then to be written anew (`with_texts`)."""
    if refused := _refused(referral, by, Side.YOUTH, State.DRAFT):
        return refused
    if line in ALWAYS or referral.awaits_guardian:
        return MovedOn()
    passed_on = replace(referral.passed_on, struck=referral.passed_on.struck ^ {line})
    return Moved(replace(referral, passed_on=passed_on, changed_at=now))


def with_texts(referral: Referral, passed_on: PassedOn, texts: Mapping[Language, str]) -> Referral:
    """The same referral with what would be passed on, as both read it."""
    return replace(referral, passed_on=passed_on, texts=texts)


def agree(
    referral: Referral, by: Sides, now: datetime, shown: str, *, guardian_missing: bool = False
) -> Moved | Refusal:
    """The young person says yes to exactly what they were shown: the text whose hash begins with `shown`.

    Where they were told that a parent or guardian has to agree as well, and that yes is still missing, it says that
    they may be asked, and nothing is passed on yet.
    """
    if refused := _refused(referral, by, Side.YOUTH, State.DRAFT):
        return refused
    text_hash = hash_of(referral.text)
    if not shown or not text_hash.startswith(shown) or referral.awaits_guardian:
        return MovedOn()  # an older message, of before a line was struck; or a second press
    if referral.guardian is Guardianship.WANTED and guardian_missing:
        return _moved(referral, State.DRAFT, now, guardian=Guardianship.AWAITED)
    return _moved(referral, State.REQUESTED, now, text_hash=text_hash, guardian=None)


def release(referral: Referral, by: Sides, now: datetime) -> Moved | Refusal:
    """A parent's or guardian's yes is recorded: what the young person agreed to is passed on."""
    if refused := _refused(referral, by, Side.REFERRER, State.DRAFT):
        return refused
    if not referral.awaits_guardian:
        return MovedOn()
    return _moved(referral, State.REQUESTED, now, text_hash=hash_of(referral.text), guardian=None)


def refuse(referral: Referral, by: Sides, now: datetime) -> Moved | Refusal:
    """The young person says no; nothing is passed on."""
    if refused := _refused(referral, by, Side.YOUTH, State.DRAFT):
        return refused
    return _moved(referral, State.CANCELLED, now, reason=Ending.NOT_AGREED)


def override(referral: Referral, by: Sides, now: datetime, reason: str, *, is_child: bool) -> Moved | Refusal:
    """Passed on without a yes, as a child is in danger; the coordinator is told by whoever calls this."""
    if refused := _refused(referral, by, Side.REFERRER, State.DRAFT):
        return refused
    if not is_child or not reason:
        return MovedOn()
    return _moved(referral, State.REQUESTED, now, override_reason=reason)


# --- the receiver's answer --------------------------------------------------------------------------------------


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


# --- the appointment --------------------------------------------------------------------------------------------

_LOOKING: Final = (State.ACCEPTED, State.IN_PROGRESS)


def propose(referral: Referral, by: Sides, now: datetime, side: Side, times: Sequence[datetime]) -> Moved | Refusal:
    """The receiver or the young person offers up to `MOST_TIMES` times, in place of what stood before.

    From the receiver that accepts the referral as well.
    """
    states = (State.RECEIVED, *_LOOKING) if side is Side.RECEIVER else _LOOKING
    if refused := _refused(referral, by, side, *states):
        return refused
    if side is Side.REFERRER or not times or has_begun(referral, now):
        return MovedOn()
    offered = tuple(sorted(set(times)))[:MOST_TIMES]
    if offered in ((referral.meeting.at,), referral.proposals and referral.proposals.times):
        return MovedOn()
    if offered[0] <= now:
        return InThePast()
    if offered[-1] > now + FARTHEST:
        return TooFar()
    return _moved(referral, State.ACCEPTED, now, proposals=Proposals(side, offered), meeting=_without_time(referral))


def choose(referral: Referral, by: Sides, now: datetime, side: Side, minute: int, choice: Choice) -> Moved | Refusal:
    """Whoever did not propose answers: one of the times (`minute_of`), other ones, or none at all.

    To an older proposal it changes nothing. A receiver who wants neither proposes or declines.
    """
    if refused := _refused(referral, by, side, State.ACCEPTED):
        return refused
    proposals = referral.proposals
    if proposals is None or proposals.by is side:
        return MovedOn()
    at = next((one for one in proposals.times if minute_of(one) == minute), None)
    if at is None:
        return MovedOn()
    match choice:
        case Choice.YES if at <= now:
            return InThePast()
        case Choice.YES:
            meeting = replace(referral.meeting, at=at, sequence=referral.meeting.sequence + 1)
            return _moved(referral, State.IN_PROGRESS, now, meeting=meeting, provider_said=None, youth_said=None)
        case Choice.ANOTHER if side is Side.YOUTH:
            return _moved(referral, State.ACCEPTED, now)
        case Choice.NO if side is Side.YOUTH:
            return _moved(referral, State.CANCELLED, now, reason=Ending.YOUTH_WITHDREW)
        case Choice.ANOTHER | Choice.NO:
            return MovedOn()
        case never:
            assert_never(never)


def call_off(referral: Referral, by: Sides, now: datetime, side: Side) -> Moved | Refusal:
    """Somebody cannot come: back to looking for a time. Of an appointment that has begun, nothing can be called off;
    what came of it is asked instead."""
    if side is Side.REFERRER:
        return NotTheirs()
    if refused := _refused(referral, by, side, State.IN_PROGRESS):
        return refused
    if referral.meeting.at is None or has_begun(referral, now):
        return MovedOn()
    return _moved(referral, State.ACCEPTED, now, meeting=_without_time(referral))


def describe(referral: Referral, by: Sides, now: datetime, meeting: Meeting) -> Moved | Refusal:
    """The receiver says where and in which language; the time itself is not theirs alone to change."""
    if refused := _refused(referral, by, Side.RECEIVER, *_LOOKING):
        return refused
    if has_begun(referral, now):
        return MovedOn()
    told = replace(meeting, at=referral.meeting.at, sequence=referral.meeting.sequence)
    if told == referral.meeting:
        return MovedOn()
    counted = replace(told, sequence=told.sequence + (told.at is not None))
    return Moved(replace(referral, meeting=counted, changed_at=now))


def has_begun(referral: Referral, now: datetime) -> bool:
    """Whether the time of its appointment has come, so that it may have taken place."""
    return referral.meeting.at is not None and referral.meeting.at <= now


AT_ONCE: Final = timedelta(hours=1)
"""Two appointments that begin this close to each other cannot both be kept: the length of one in a calendar."""


def meet_at_once(referral: Referral, at: datetime) -> bool:
    """Whether an appointment of this referral leaves no room for one at that time."""
    standing = referral.meeting.at
    return referral.state is State.IN_PROGRESS and standing is not None and abs(standing - at) < AT_ONCE


# --- what happened ----------------------------------------------------------------------------------------------


def say(referral: Referral, by: Sides, now: datetime, side: Side, said: Said) -> Moved | Refusal:
    """The receiver or the young person says what happened; both words together may close it."""
    if side is Side.REFERRER:
        return NotTheirs()
    if refused := _refused(referral, by, side, State.IN_PROGRESS):
        return refused
    if not has_begun(referral, now):
        return TooEarly()
    standing = referral.provider_said if side is Side.RECEIVER else referral.youth_said
    if standing is said:
        return MovedOn()
    heard = replace(referral, provider_said=said) if side is Side.RECEIVER else replace(referral, youth_said=said)
    if is_mismatch(referral) and is_mismatch(heard):
        return MovedOn()  # only a word that ends it counts
    return Moved(settled(heard, now, final=False), words_of(heard))


def words_of(referral: Referral) -> Words | None:
    """What has been said of the present appointment; none where there is none."""
    at = referral.meeting.at
    return None if at is None else Words(at, referral.provider_said, referral.youth_said)


def goes_on(referral: Referral, by: Sides, now: datetime, said: Said) -> Moved | Refusal:
    """The receiver says that it took place and that there is to be another: the next time is looked for.

    What the young person says of this one is still taken (`bot.referrals.closed.sessions`).
    """
    if refused := _refused(referral, by, Side.RECEIVER, State.IN_PROGRESS):
        return refused
    if not has_begun(referral, now):
        return TooEarly()
    if said not in (Said.HELPED, Said.TOOK_PLACE):
        return MovedOn()
    heard = replace(referral, provider_said=said)
    if is_mismatch(heard):
        if is_mismatch(referral):
            return MovedOn()
        return Moved(settled(heard, now, final=False), words_of(heard))
    onwards = _moved(
        referral,
        State.ACCEPTED,
        now,
        meeting=_without_time(referral),
        session=referral.session + 1,
        provider_said=None,
        youth_said=None,
    )
    return replace(onwards, words=words_of(heard))


def is_mismatch(referral: Referral) -> bool:
    """Whether the two sides say different things, so that somebody has to find out."""
    words = (referral.provider_said, referral.youth_said)
    return referral.state is State.IN_PROGRESS and settle(*words, final=False) is Settling.MISMATCH


def resolve(referral: Referral, by: Sides, now: datetime, *, took_place: bool) -> Moved | Refusal:
    """Whoever guides the young person has found out, where the sides differ or one of them stays silent."""
    if refused := _refused(referral, by, Side.REFERRER, State.IN_PROGRESS):
        return refused
    if not has_begun(referral, now):
        return TooEarly()
    if referral.provider_said is None and referral.youth_said is None:
        return MovedOn()  # nobody has said anything yet: that is theirs
    if took_place:
        return _moved(referral, State.COMPLETED, now, outcome=Outcome.SETTLED, session=referral.session + 1)
    return _moved(referral, State.FAILED, now, reason=Ending.DID_NOT_HAPPEN)


def settled(referral: Referral, now: datetime, *, final: bool) -> Referral:
    """The referral where the words of both sides lead it; `final` says that nobody is waited for any longer."""
    match settle(referral.provider_said, referral.youth_said, final=final):
        case Settling.WAIT:
            return replace(referral, changed_at=now)
        case Settling.MISMATCH if final:
            return _moved(referral, State.FAILED, now, reason=Ending.UNCLEAR).after
        case Settling.MISMATCH:
            return replace(referral, changed_at=now, next_at=None, reminded=0)
        case Settling.COMPLETED:
            done = {"outcome": Outcome.BOTH_SAID, "session": referral.session + 1}
            return _moved(referral, State.COMPLETED, now, **done).after
        case Settling.AGAIN:
            words = {"provider_said": None, "youth_said": None}
            return _moved(referral, State.ACCEPTED, now, meeting=_without_time(referral), **words).after
        case Settling.NOT_HAPPENED:
            return _moved(referral, State.FAILED, now, reason=Ending.DID_NOT_HAPPEN).after
        case Settling.UNCONFIRMED:
            return _moved(referral, State.FAILED, now, reason=Ending.UNCONFIRMED).after
        case Settling.NOBODY:
            return _moved(referral, State.FAILED, now, reason=Ending.NOBODY_ANSWERED).after
        case never:
            assert_never(never)


# --- ending it --------------------------------------------------------------------------------------------------


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
    if referral.awaits_guardian:
        return _moved(referral, State.CANCELLED, now, reason=Ending.NO_GUARDIAN).after
    if referral.state is State.IN_PROGRESS:
        return settled(referral, now, final=True)
    return _moved(referral, State.FAILED, now, reason=Ending.NOBODY_ANSWERED).after


def undeliverable(referral: Referral, now: datetime) -> Moved | MovedOn:
    """The letter came back, or whoever got it says that it is not for them: nobody is waited for."""
    if referral.state not in (State.REQUESTED, State.RECEIVED):
        return MovedOn()
    return _moved(referral, State.FAILED, now, reason=Ending.NOT_DELIVERED)


def end_with_case(referral: Referral, now: datetime) -> Moved | MovedOn:
    """The case ended: what is still open ends with it."""
    if referral.state in CLOSED:
        return MovedOn()
    return _moved(referral, State.CANCELLED, now, reason=Ending.CASE_ENDED)


def _refused(referral: Referral, by: Sides, side: Side, *states: State) -> NotTheirs | MovedOn | None:
    if side not in by:
        return NotTheirs()
    return None if referral.state in states else MovedOn()


def _without_time(referral: Referral) -> Meeting:
    """Place and language stay; that there was a time and is none is a change that calendars are told of."""
    meeting = referral.meeting
    return meeting if meeting.at is None else replace(meeting, at=None, sequence=meeting.sequence + 1)


def _moved(referral: Referral, state: State, now: datetime, **changes: Any) -> Moved:
    """The referral in `state`, with no proposal pending but what `changes` says."""
    pending: dict[str, Any] = {"proposals": None, **changes}
    return Moved(replace(referral, state=state, changed_at=now, next_at=None, reminded=0, **pending))
