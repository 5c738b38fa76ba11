"""What happens to a referral when nobody acts: reminders, somebody else is told, it ends; and an appointment's days.

Each way of waiting has its ladder, and every ladder ends: proposed times come back to who offered them once they are
over, everything else closes the referral. So nothing stays open for ever. `Referral.reminded` counts the steps taken,
`next_at` is when the next one is due.
"""

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Final, assert_never

from bot.calendar import Hours, Kind, add_working_days, allowed, wall
from bot.referrals import rules
from bot.referrals.referral import Referral, Side, State
from bot.referrals.terms import Terms

AFTER_APPOINTMENT: Final = timedelta(hours=2)
"""When both sides are asked what came of an appointment, counted from its start."""

EVE: Final = time(10)
"""The local hour of the reminder on the day before an appointment."""

SOON: Final = timedelta(hours=2)
"""How long before an appointment its second reminder goes out, in the hours in which people are written to."""


class Step(StrEnum):
    """One thing that falls due."""

    ASK_YOUTH_AGAIN = "ask_youth_again"
    REMIND_RECEIVER = "remind_receiver"
    REMIND_OF_PROPOSAL = "remind_of_proposal"
    TELL_YOUTH_SILENT = "tell_youth_silent"
    TELL_RECEIVER_SILENT = "tell_receiver_silent"
    PROPOSAL_LAPSED = "proposal_lapsed"
    APPOINTMENT_NEAR = "appointment_near"
    APPOINTMENT_SOON = "appointment_soon"
    APPOINTMENT_MISSED = "appointment_missed"
    """A reminder comes too late to be of use; who referred hears that it did not go out."""
    ASK_OUTCOME = "ask_outcome"
    ASK_OUTCOME_AGAIN = "ask_outcome_again"
    TELL_NO_OUTCOME = "tell_no_outcome"
    """At least one side has not said what happened: who guides the young person is asked to find out."""
    TELL_LEADS_SILENT = "tell_leads_silent"
    TELL_LEADS_NO_OUTCOME = "tell_leads_no_outcome"
    REMIND_OF_MISMATCH = "remind_of_mismatch"
    TELL_LEADS_MISMATCH = "tell_leads_mismatch"
    CLOSE_UNDECIDED = "close_undecided"
    """The young person never said whether it may be passed on."""
    REMIND_OF_GUARDIAN = "remind_of_guardian"
    """The young person agreed; whether a parent or guardian does was not recorded yet."""
    CLOSE_NO_GUARDIAN = "close_no_guardian"
    CLOSE_UNANSWERED = "close_unanswered"
    """The receiver never answered."""
    CLOSE_NO_OUTCOME = "close_no_outcome"
    """What happened was never said by both; what was said decides (`bot.referrals.closed.closing`)."""
    CLOSE_UNCLEAR = "close_unclear"
    """The sides said different things, and nobody found out."""


ENDS: Final = frozenset(
    {
        Step.CLOSE_UNDECIDED,
        Step.CLOSE_NO_GUARDIAN,
        Step.CLOSE_UNANSWERED,
        Step.CLOSE_NO_OUTCOME,
        Step.CLOSE_UNCLEAR,
    }
)
"""The steps that close the referral, or send it back to looking for a time."""

REMINDERS: Final = frozenset({Step.APPOINTMENT_NEAR, Step.APPOINTMENT_SOON})
"""Of use only until the appointment begins."""

_YOUTH_ASKED: Final = (Step.ASK_YOUTH_AGAIN, Step.TELL_YOUTH_SILENT, Step.CLOSE_UNDECIDED)
_GUARDIAN_ASKED: Final = (Step.REMIND_OF_GUARDIAN, Step.REMIND_OF_GUARDIAN, Step.CLOSE_NO_GUARDIAN)
_RECEIVER_ASKED: Final = (
    Step.REMIND_RECEIVER,
    Step.TELL_RECEIVER_SILENT,
    Step.TELL_LEADS_SILENT,
    Step.CLOSE_UNANSWERED,
)
_TIME_PROPOSED: Final = (Step.REMIND_OF_PROPOSAL, Step.TELL_YOUTH_SILENT)
_APPOINTMENT: Final = (
    Step.APPOINTMENT_NEAR,
    Step.APPOINTMENT_SOON,
    Step.ASK_OUTCOME,
    Step.ASK_OUTCOME_AGAIN,
    Step.TELL_NO_OUTCOME,
    Step.TELL_LEADS_NO_OUTCOME,
    Step.CLOSE_NO_OUTCOME,
)
_MISMATCH: Final = (Step.REMIND_OF_MISMATCH, Step.TELL_LEADS_MISMATCH, Step.CLOSE_UNCLEAR)


@dataclass(frozen=True, slots=True)
class Fell:
    """What fell due, and the referral once it is done."""

    step: Step
    after: Referral
    unreminded: bool = False
    """Whether a reminder of an appointment was passed over on the way, because that has begun."""


def planned(referral: Referral, hours: Hours, terms: Terms) -> Referral:
    """The referral as an act left it, with the moment of its next step (UTC); none once it is closed.

    Reminders of an appointment whose hour was over when it was agreed are left out: nobody has forgotten it yet.
    """
    since = referral.changed_at
    first = _with_next(referral, since, hours, terms)
    step = _next_step(first)
    if step in REMINDERS and first.next_at is not None and first.next_at <= since:
        return planned(replace(first, reminded=first.reminded + 1), hours, terms)
    return first


def fell_due(referral: Referral, now: datetime, hours: Hours, terms: Terms) -> Fell | None:
    """What is to be done at `now`; None where nothing is."""
    if referral.next_at is None or referral.next_at > now:
        return None
    if referral.proposals is not None and referral.proposals.times[-1] <= now:
        unproposed = replace(referral, proposals=None, changed_at=now, reminded=0)
        return Fell(Step.PROPOSAL_LAPSED, planned(unproposed, hours, terms))
    step = _next_step(referral)
    if step is None:
        return None
    if step in ENDS:
        return Fell(step, planned(rules.left_unanswered(referral, now), hours, terms))
    taken = replace(referral, reminded=referral.reminded + 1)
    after = _with_next(taken, now, hours, terms)
    if step in REMINDERS and rules.has_begun(referral, now):
        onwards = fell_due(after, now, hours, terms) or Fell(Step.APPOINTMENT_MISSED, after)
        return replace(onwards, unreminded=True)
    if step in REMINDERS and _next_step(after) in REMINDERS and after.next_at is not None and after.next_at <= now:
        return fell_due(after, now, hours, terms)  # both at once would only be twice the same
    return Fell(step, after)


def is_silent(referral: Referral) -> bool:
    """Whether the receiver has been waited for in vain, so that the referrer may turn to somebody else."""
    taken = _taken(referral)
    silent_of_outcome = Step.TELL_NO_OUTCOME in taken and referral.provider_said is None
    return Step.TELL_RECEIVER_SILENT in taken or silent_of_outcome


def is_overdue(referral: Referral) -> bool:
    """Whether the receiver has been reminded in vain so far."""
    taken = _taken(referral)
    silent_of_outcome = Step.ASK_OUTCOME_AGAIN in taken and referral.provider_said is None
    return Step.REMIND_RECEIVER in taken or silent_of_outcome


def _taken(referral: Referral) -> tuple[Step, ...]:
    return ladder_of(referral)[: referral.reminded]


def _next_step(referral: Referral) -> Step | None:
    steps = ladder_of(referral)
    return steps[referral.reminded] if referral.reminded < len(steps) else None


def ladder_of(referral: Referral) -> tuple[Step, ...]:
    """What is done, one after the other, as long as nobody acts."""
    match referral.state:
        case State.DRAFT:
            return _GUARDIAN_ASKED if referral.awaits_guardian else _YOUTH_ASKED
        case State.REQUESTED | State.RECEIVED:
            return _RECEIVER_ASKED
        case State.ACCEPTED:
            proposals = referral.proposals
            return _TIME_PROPOSED if proposals is not None and proposals.by is Side.RECEIVER else _RECEIVER_ASKED
        case State.IN_PROGRESS:
            return _MISMATCH if rules.is_mismatch(referral) else _APPOINTMENT
        case State.REJECTED | State.COMPLETED | State.CANCELLED | State.FAILED:
            return ()
        case never:
            assert_never(never)


def _with_next(referral: Referral, since: datetime, hours: Hours, terms: Terms) -> Referral:
    """The referral with the moment of its next step; a reminder that may not go out before the appointment is none."""
    step, appointment = _next_step(referral), referral.meeting.at
    if step in REMINDERS and appointment is not None and _step_at(step, referral, since, hours, terms) >= appointment:
        return _with_next(replace(referral, reminded=referral.reminded + 1), since, hours, terms)
    return replace(referral, next_at=_next_at(referral, since, hours, terms))


def _next_at(referral: Referral, since: datetime, hours: Hours, terms: Terms) -> datetime | None:
    """When the step after `referral.reminded` is due; proposals that pass unanswered come before any silence."""
    step = _next_step(referral)
    due = None if step is None else _step_at(step, referral, since, hours, terms)
    if referral.proposals is None:
        return due
    lapses = referral.proposals.times[-1]
    return lapses if due is None else min(due, lapses)


def _step_at(step: Step, referral: Referral, since: datetime, hours: Hours, terms: Terms) -> datetime:
    appointment = referral.meeting.at
    if step is Step.APPOINTMENT_NEAR and appointment is not None:
        eve = appointment.astimezone(hours.zone).date() - timedelta(days=1)
        return allowed(wall(eve, EVE, hours.zone), hours, Kind.MESSAGE).at
    if step is Step.APPOINTMENT_SOON and appointment is not None:
        return allowed(appointment - SOON, hours, Kind.MESSAGE).at
    if step is Step.ASK_OUTCOME and appointment is not None:
        return allowed(max(appointment + AFTER_APPOINTMENT, since), hours, Kind.WORK).at
    patience = terms.last if step in ENDS else terms.patience
    return allowed(add_working_days(since, patience, hours), hours, Kind.WORK).at
