"""What happens to a referral when nobody acts: reminders, somebody else is told, it ends; and an appointment's days.

Each way of waiting has its ladder, and every ladder ends: a proposed time comes back to the receiver once it is over,
everything else closes the referral. So nothing stays open for ever. `Referral.reminded` counts the steps taken,
`next_at` is when the next one is due.
"""

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Final, assert_never

from bot.calendar import Hours, Kind, add_working_days, allowed, wall
from bot.referrals import rules
from bot.referrals.referral import Referral, State

PATIENCE: Final = 2
"""Working days between two steps while somebody's answer is awaited."""

LAST_PATIENCE: Final = 5
"""Working days before the last step, which ends it."""

AFTER_APPOINTMENT: Final = timedelta(hours=2)
"""When the receiver is asked what came of an appointment, counted from its start."""

EVE: Final = time(10)
"""The local hour of the reminder on the day before an appointment."""


class Step(StrEnum):
    """One thing that falls due."""

    ASK_YOUTH_AGAIN = "ask_youth_again"
    REMIND_RECEIVER = "remind_receiver"
    REMIND_OF_PROPOSAL = "remind_of_proposal"
    TELL_YOUTH_SILENT = "tell_youth_silent"
    TELL_RECEIVER_SILENT = "tell_receiver_silent"
    PROPOSAL_LAPSED = "proposal_lapsed"
    APPOINTMENT_NEAR = "appointment_near"
    APPOINTMENT_MISSED = "appointment_missed"
    """The reminder of the day before comes too late to be of use; who referred hears that it did not go out."""
    ASK_OUTCOME = "ask_outcome"
    ASK_OUTCOME_AGAIN = "ask_outcome_again"
    TELL_LEADS_SILENT = "tell_leads_silent"
    TELL_LEADS_NO_OUTCOME = "tell_leads_no_outcome"
    CLOSE_UNDECIDED = "close_undecided"
    """The young person never said whether it may be passed on."""
    CLOSE_UNANSWERED = "close_unanswered"
    """The receiver never answered."""
    CLOSE_NO_OUTCOME = "close_no_outcome"
    """The receiver never said what came of the appointment."""


ENDS: Final = frozenset({Step.CLOSE_UNDECIDED, Step.CLOSE_UNANSWERED, Step.CLOSE_NO_OUTCOME})
"""The steps that close the referral."""


_YOUTH_ASKED: Final = (Step.ASK_YOUTH_AGAIN, Step.TELL_YOUTH_SILENT, Step.CLOSE_UNDECIDED)
_RECEIVER_ASKED: Final = (
    Step.REMIND_RECEIVER,
    Step.TELL_RECEIVER_SILENT,
    Step.TELL_LEADS_SILENT,
    Step.CLOSE_UNANSWERED,
)
_TIME_PROPOSED: Final = (Step.REMIND_OF_PROPOSAL, Step.TELL_YOUTH_SILENT)
_APPOINTMENT: Final = (
    Step.APPOINTMENT_NEAR,
    Step.ASK_OUTCOME,
    Step.ASK_OUTCOME_AGAIN,
    Step.TELL_RECEIVER_SILENT,
    Step.TELL_LEADS_NO_OUTCOME,
    Step.CLOSE_NO_OUTCOME,
)


@dataclass(frozen=True, slots=True)
class Fell:
    """What fell due, and the referral once it is done."""

    step: Step
    after: Referral
    unreminded: bool = False
    """Whether the reminder of an appointment was passed over on the way, because that has begun."""


def planned(referral: Referral, hours: Hours) -> Referral:
    """The referral as an act left it, with the moment of its first step (UTC); none once it is closed."""
    since = referral.changed_at
    first = replace(referral, next_at=_next_at(referral, since, hours))
    if first.appointment_at is not None and first.next_at is not None and first.next_at <= since:
        unreminded = replace(first, reminded=1)  # agreed after the hour of its reminder: nobody has forgotten it yet
        return replace(unreminded, next_at=_next_at(unreminded, since, hours))
    return first


def fell_due(referral: Referral, now: datetime, hours: Hours) -> Fell | None:
    """What is to be done at `now`; None where nothing is."""
    if referral.next_at is None or referral.next_at > now:
        return None
    if referral.proposed_at is not None and referral.proposed_at <= now:
        unproposed = replace(referral, proposed_at=None, changed_at=now, reminded=0)
        return Fell(Step.PROPOSAL_LAPSED, planned(unproposed, hours))
    steps = _ladder(referral)
    if referral.reminded >= len(steps):
        return None
    step = steps[referral.reminded]
    if step in ENDS:
        return Fell(step, rules.left_unanswered(referral, now))
    taken = replace(referral, reminded=referral.reminded + 1)
    after = replace(taken, next_at=_next_at(taken, now, hours))
    if step is Step.APPOINTMENT_NEAR and referral.appointment_at is not None and referral.appointment_at <= now:
        onwards = fell_due(after, now, hours) or Fell(Step.APPOINTMENT_MISSED, after)
        return replace(onwards, unreminded=True)
    return Fell(step, after)


def is_silent(referral: Referral) -> bool:
    """Whether the receiver has been waited for in vain, so that the referrer may turn to somebody else."""
    return Step.TELL_RECEIVER_SILENT in _ladder(referral)[: referral.reminded]


def is_overdue(referral: Referral) -> bool:
    """Whether the receiver has been reminded in vain so far."""
    taken = _ladder(referral)[: referral.reminded]
    return Step.REMIND_RECEIVER in taken or Step.ASK_OUTCOME_AGAIN in taken


def _ladder(referral: Referral) -> tuple[Step, ...]:
    match referral.state:
        case State.DRAFT:
            return _YOUTH_ASKED
        case State.REQUESTED | State.RECEIVED:
            return _RECEIVER_ASKED
        case State.ACCEPTED:
            return _RECEIVER_ASKED if referral.proposed_at is None else _TIME_PROPOSED
        case State.IN_PROGRESS:
            return _APPOINTMENT
        case State.REJECTED | State.COMPLETED | State.CANCELLED | State.FAILED:
            return ()
        case never:
            assert_never(never)


def _next_at(referral: Referral, since: datetime, hours: Hours) -> datetime | None:
    """When the step after `referral.reminded` is due; a proposal that passes unanswered comes before any silence."""
    steps = _ladder(referral)
    due = _step_at(steps[referral.reminded], referral, since, hours) if referral.reminded < len(steps) else None
    if referral.proposed_at is None:
        return due
    return referral.proposed_at if due is None else min(due, referral.proposed_at)


def _step_at(step: Step, referral: Referral, since: datetime, hours: Hours) -> datetime:
    appointment = referral.appointment_at
    if step is Step.APPOINTMENT_NEAR and appointment is not None:
        eve = appointment.astimezone(hours.zone).date() - timedelta(days=1)
        return allowed(wall(eve, EVE, hours.zone), hours, Kind.MESSAGE).at
    if step is Step.ASK_OUTCOME and appointment is not None:
        return allowed(max(appointment + AFTER_APPOINTMENT, since), hours, Kind.WORK).at
    patience = LAST_PATIENCE if step in ENDS else PATIENCE
    return allowed(add_working_days(since, patience, hours), hours, Kind.WORK).at
