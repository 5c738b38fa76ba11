"""What can be pressed about a case: the actions, and the keyboards that offer them to whoever may use them."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from bot.actions import Action
from bot.blocks.screens import OpenBlock
from bot.people.screens import with_help
from bot.programme import rules
from bot.programme.afterwards.reopening import Comeback
from bot.programme.joining.meetings import MeetingAnswer
from bot.programme.joining.plans import Cadence
from bot.programme.joining.rhythm_screens import rhythm_row
from bot.programme.mentors.screens_mentors import mentor_rows
from bot.programme.period.screens_time import ending_row, time_rows
from bot.programme.planning import goals
from bot.programme.planning.actions_plan import OpenGoals, OpenProfile
from bot.programme.profile import profiling
from bot.programme.rules import JOINED, QUIET, Case, Guardian, NotNow, Outcome, OutcomeGroup, Stage
from bot.programme.worked.hours_actions import hours_button
from bot.roles import Person, Role
from bot.safety.actions import OpenReport, OpenSafetyPlan
from bot.turn import Button, Keyboard, Row, button


@dataclass(frozen=True, slots=True)
class OpenCase(Action):
    """Show staff one case and what may be done with it."""

    tag: ClassVar[str] = "programme.case"
    case: int


@dataclass(frozen=True, slots=True)
class OpenCases(Action):
    """Show staff the cases they mentor, lead or coordinate, from that page on."""

    tag: ClassVar[str] = "programme.cases"
    page: int = 0


@dataclass(frozen=True, slots=True)
class EndedCases(Action):
    """Show a programme lead or coordinator the cases that have ended, from that page on."""

    tag: ClassVar[str] = "programme.ended"
    page: int = 0


@dataclass(frozen=True, slots=True)
class OpenPlan(Action):
    """Show a young person what is agreed and what comes next; `bot.checkins` answers it, as it knows what is next."""

    tag: ClassVar[str] = "checkins.plan"


@dataclass(frozen=True, slots=True)
class WakeUp(Action):
    """A case that rests because it had grown quiet goes on; `bot.checkins` answers it."""

    tag: ClassVar[str] = "checkins.wake"
    case: int


@dataclass(frozen=True, slots=True)
class ShowTrend(Action):
    """Show a mentor how the young person has been; `bot.checkins` answers it."""

    tag: ClassVar[str] = "checkins.trend"
    case: int


@dataclass(frozen=True, slots=True)
class ChooseMentor(Action):
    tag: ClassVar[str] = "programme.mentors"
    case: int


@dataclass(frozen=True, slots=True)
class Assign(Action):
    tag: ClassVar[str] = "programme.assign"
    case: int
    mentor: int


@dataclass(frozen=True, slots=True)
class ChoosePlace(Action):
    tag: ClassVar[str] = "programme.places"
    case: int


@dataclass(frozen=True, slots=True)
class Place(Action):
    tag: ClassVar[str] = "programme.place"
    case: int
    municipality: str


@dataclass(frozen=True, slots=True)
class InviteToMeet(Action):
    """Write to the young person where and when to meet; also what the typed line then means."""

    tag: ClassVar[str] = "programme.meet"
    case: int


@dataclass(frozen=True, slots=True)
class AnswerMeeting(Action):
    """The young person's answer to that invitation: it suits, or another time please."""

    tag: ClassVar[str] = "programme.meeting"
    case: int
    meeting: int
    answer: MeetingAnswer


@dataclass(frozen=True, slots=True)
class AskToTalk(Action):
    """The young person would like to talk with their mentor, or with whoever stands in."""

    tag: ClassVar[str] = "programme.talk"


@dataclass(frozen=True, slots=True)
class Begin(Action):
    """One more step towards a programme: the first choice that is missing is asked for next."""

    tag: ClassVar[str] = "programme.begin"
    case: int
    starts_on: date | None = None
    months: int | None = None
    cadence: Cadence | None = None
    weekday: int | None = None
    hour: int | None = None
    sure: bool = False
    variation: str | None = None
    """What is special about the cadence, see `rhythms`."""


@dataclass(frozen=True, slots=True)
class RecordGuardian(Action):
    """How a parent or guardian said yes to the programme of somebody under age."""

    tag: ClassVar[str] = "programme.guardian"
    case: int
    how: Guardian


@dataclass(frozen=True, slots=True)
class TypedStart(Action):
    """A typed line means the day on which the programme starts."""

    tag: ClassVar[str] = "programme.start"
    case: int


@dataclass(frozen=True, slots=True)
class Propose(Action):
    """A mentor lays a whole plan before the programme lead."""

    tag: ClassVar[str] = "programme.propose"
    case: int
    starts_on: date
    months: int
    cadence: Cadence
    weekday: int
    hour: int
    variation: str | None = None


@dataclass(frozen=True, slots=True)
class ChooseElsewhere(Action):
    tag: ClassVar[str] = "programme.elsewhere"
    case: int


@dataclass(frozen=True, slots=True)
class ChooseOutcome(Action):
    tag: ClassVar[str] = "programme.outcome"
    case: int
    group: OutcomeGroup | None = None


@dataclass(frozen=True, slots=True)
class End(Action):
    """End a case; asked once more unless `sure`."""

    tag: ClassVar[str] = "programme.end"
    case: int
    stage: Stage
    outcome: Outcome | None = None
    sure: bool = False
    reason: NotNow | None = None


@dataclass(frozen=True, slots=True)
class ChooseNotNow(Action):
    """Why the case is to rest."""

    tag: ClassVar[str] = "programme.not_now"
    case: int


@dataclass(frozen=True, slots=True)
class Reopen(Action):
    """Take up an ended case again; without a reason, ask for it."""

    tag: ClassVar[str] = "programme.reopen"
    case: int
    reason: Comeback | None = None


@dataclass(frozen=True, slots=True)
class OpenHistory(Action):
    """The way of a case so far: stages, hand-overs, decisions, pauses, with their dates."""

    tag: ClassVar[str] = "programme.history"
    case: int


@dataclass(frozen=True, slots=True)
class OpenDuplicate(Action):
    """The case beside one that perhaps is of the same young person."""

    tag: ClassVar[str] = "programme.duplicate"
    case: int


@dataclass(frozen=True, slots=True)
class OpenSnapshot(Action):
    """What was so on the joining day, and what of it is still missing."""

    tag: ClassVar[str] = "programme.snapshot"
    case: int


@dataclass(frozen=True, slots=True)
class RehearseCase(Action):
    """What the young person of this case would receive, as a file."""

    tag: ClassVar[str] = "programme.rehearse_case"
    case: int


def proposal_of(case: Case) -> Begin | None:
    """The plan that a mentor laid before the leads, as the step that shows it; None where none waits."""
    proposed = Propose.unpack(case.proposal) if case.proposal is not None else None
    return None if proposed is None else in_full(proposed)


def in_full(proposed: Propose) -> Begin:
    """The step at which all of a proposed plan is chosen and nothing is confirmed."""
    return Begin(
        proposed.case,
        proposed.starts_on,
        proposed.months,
        proposed.cadence,
        proposed.weekday,
        proposed.hour,
        variation=proposed.variation,
    )


def case_button(case_id: int) -> Button:
    return button("programme.staff.button.open_case", OpenCase(case_id))


def back_to(case_id: int) -> Row:
    return (button("programme.staff.button.back_to_case", OpenCase(case_id)),)


def with_plan_and_help(keyboard: Keyboard = ()) -> Keyboard:
    """A young person's keyboard with the way to their plan and to help below it."""
    return with_help((*keyboard, (button("programme.youth.button.plan", OpenPlan()),)))


def talk_row() -> Row:
    """The way for a young person to say that they would like to talk."""
    return (button("programme.youth.button.talk", AskToTalk()),)


def contact_keyboard(keeper: Person, case: Case) -> Keyboard:
    """Below the card of a new contact."""
    return (*_assigning(keeper, case), (case_button(case.id),))


def case_keyboard(person: Person, case: Case) -> Keyboard:
    """Below a case: everything that this person may do with it now, and the way back to the list."""
    return (
        *_assigning(person, case),
        *mentor_rows(person, case),
        *_meeting(person, case),
        *_individual(person, case),
        *_beside(rhythm_row(person, case), _trend(person, case)),
        *_beside(ending_row(person, case), _deciding(person, case)),
        *time_rows(person, case),
        *_looking_back(person, case),
        *_resting(person, case),
        *_hours(person, case),
        *_safety(person, case),
        *_beside(_blocking(person, case), ((button("programme.staff.button.cases", OpenCases()),),)),
    )


def _beside(left: Keyboard, right: Keyboard) -> Keyboard:
    """Two single rows as one, so that the page fits on a telephone; otherwise one below the other."""
    return ((*left[0], *right[0]),) if len(left) == len(right) == 1 else (*left, *right)


def _resting(person: Person, case: Case) -> Keyboard:
    """Out of a pause without an end, for when they met again elsewhere."""
    if case.stage is not Stage.PAUSED or case.stage_reason != QUIET or not rules.may_guide(person, case):
        return ()
    return ((button("checkins.staff.button.wake", WakeUp(case.id)),),)


def _trend(person: Person, case: Case) -> Keyboard:
    """How the young person has been: for those who were promised to see it, and nobody else."""
    if case.stage not in JOINED or not (rules.mentors(person, case) or rules.deputises(person, case)):
        return ()
    return ((button("checkins.staff.button.trend", ShowTrend(case.id)),),)


def _looking_back(person: Person, case: Case) -> Keyboard:
    """What was, for whoever may look at it; a programme lead keeps the joining day's data and may reopen a case."""
    history = button("programme.staff.button.history", OpenHistory(case.id))
    if not rules.may_decide(person, case):
        return ((history,),)
    joined = (button("programme.staff.button.snapshot", OpenSnapshot(case.id)),) if case.starts_on is not None else ()
    reopen = () if case.is_open else ((button("programme.staff.button.reopen", Reopen(case.id)),),)
    return ((history, *joined), *reopen)


def _hours(person: Person, case: Case) -> Keyboard:
    """The time spent with them, as a case that has just ended may still want a line; and what is still to come."""
    coming = button("programme.staff.button.rehearse_case", RehearseCase(case.id))
    guides = rules.may_guide(person, case) and case.stage is not Stage.CONTACT
    if case.is_open:
        return ((hours_button(case.id), coming),) if guides else ((coming,),)
    return ((hours_button(case.id),),) if guides else ()


def _individual(person: Person, case: Case) -> Keyboard:
    """The profile and the plan, each to whoever may read something of it."""
    row: Row = ()
    if profiling.Field.IS_DONE in profiling.fields_for(person, case) and case.stage is not Stage.CONTACT:
        row = (*row, button("programme.staff.button.open_profile", OpenProfile(case.id)))
    if goals.may_read(person, case) and case.stage is not Stage.CONTACT:
        row = (*row, button("programme.staff.button.open_goals", OpenGoals(case.id)))
    return (row,) if row else ()


def _safety(person: Person, case: Case) -> Keyboard:
    if not case.is_open or not rules.may_guide(person, case):
        return ()
    plan = button("safety.staff.button.plan", OpenSafetyPlan(case.youth_id))
    return ((plan, button("safety.staff.button.report", OpenReport(case.youth_id))),)


def _blocking(person: Person, case: Case) -> Keyboard:
    """Who abuses the bot or the people in it can be stopped from writing, by whoever answers for the municipality."""
    answers = person.holds(Role.LEAD, case.municipality) or person.holds(Role.COORDINATOR, case.municipality)
    return ((button("blocks.staff.button.block", OpenBlock(case.youth_id)),),) if answers else ()


def _assigning(person: Person, case: Case) -> Keyboard:
    if rules.may_place(person, case):
        return ((button("programme.staff.button.choose_place", ChoosePlace(case.id)),),)
    if not case.is_open or case.mentor_id is not None or not rules.may_assign(person, case):
        return ()
    rows: Keyboard = ((button("programme.staff.button.choose_mentor", ChooseMentor(case.id)),),)
    if person.holds(Role.MENTOR, case.municipality):
        rows = (*rows, (button("programme.staff.button.assign_me", Assign(case.id, person.id)),))
    return rows


def _meeting(person: Person, case: Case) -> Keyboard:
    if not case.is_open or not rules.mentors(person, case):
        return ()
    return ((button("programme.staff.button.meet", InviteToMeet(case.id)),),)


def _deciding(person: Person, case: Case) -> Keyboard:
    if not case.is_open:
        return ()
    decides = rules.may_decide(person, case)
    if case.stage in JOINED:
        return ((button("programme.staff.button.close", ChooseOutcome(case.id)),),) if decides else ()
    rows: Keyboard = ()
    if case.mentor_id is not None and rules.may_guide(person, case):
        key = "programme.staff.button.joins" if decides else "programme.staff.button.propose_joining"
        rows = ((button(key, Begin(case.id)),),)
    if decides:
        rows = (
            *rows,
            (button("programme.staff.button.elsewhere", ChooseElsewhere(case.id)),),
            (button("programme.staff.button.not_now", ChooseNotNow(case.id)),),
        )
    return rows
