"""An individual programme before the lead: laid down, approved or sent back with a comment, and changed since.

Four eyes: who wrote a plan does not approve it where another lead could. Where a municipality has one lead who is also
the mentor, as in Ogre, that lead approves alone, and the record says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final, assert_never

from bot.calendar import Hours, Kind, add_working_days, allowed
from bot.programme import rules
from bot.programme.planning.goals import Content, Goal, Step, content, digest, meant, period
from bot.programme.rules import Case, Stage
from bot.roles import Person

DECIDE_WITHIN: Final = 2
"""Working days until the leads are reminded of a plan that waits, and from there until the coordinators hear of it."""

MOST_COMMENT: Final = 500
"""Characters of what a lead writes to a plan that goes back."""


class State(StrEnum):
    """Where a plan that was laid before the lead stands."""

    LAID = "laid"
    REMINDED = "reminded"
    ESCALATED = "escalated"
    """The coordinators know that nobody decided."""
    APPROVED = "approved"
    SENT_BACK = "sent_back"
    TAKEN_BACK = "taken_back"
    """A newer one was laid in its place, or the case ended."""


WAITING: Final = (State.LAID, State.REMINDED, State.ESCALATED)


@dataclass(frozen=True, slots=True)
class Laid:
    """A plan as it was laid before the lead, and what was said of it."""

    id: int
    case_id: int
    digest: str
    content: Content
    state: State
    comment: str | None
    laid_at: datetime
    laid_by: int | None
    decided_at: datetime | None
    decided_by: int | None

    @property
    def waits(self) -> bool:
        return self.state in WAITING


class Standing(StrEnum):
    """What is to be said of the plan as it is written now."""

    EMPTY = "empty"
    DRAFT = "draft"
    """Written, and never laid before the lead."""
    WAITS = "waits"
    WAITS_OLDER = "waits_older"
    """What lies before the lead is not what is written now."""
    APPROVED = "approved"
    CHANGED = "changed"
    """Approved once, and changed since."""
    SENT_BACK = "sent_back"


def standing(goals: Sequence[Goal], latest: Laid | None, approved: Laid | None) -> Standing:
    """Where the plan stands: `latest` was laid last and not taken back, `approved` is what a lead agreed to last."""
    if not meant(goals) and approved is None:
        return Standing.EMPTY
    now = digest(content(goals))
    if latest is not None and latest.waits:
        return Standing.WAITS if latest.digest == now else Standing.WAITS_OLDER
    if approved is not None and approved.digest == now:
        return Standing.APPROVED
    if latest is not None and latest.state is State.SENT_BACK:
        return Standing.SENT_BACK
    return Standing.DRAFT if approved is None else Standing.CHANGED


class Next(StrEnum):
    """What comes next for whoever guides a case."""

    PROFILE = "profile"
    GOALS = "goals"
    LAY = "lay"
    WAIT = "wait"
    BEGIN = "begin"


def following(case: Case, stands: Standing, *, knows: bool) -> Next | None:
    """In the natural order: the first talks until every topic was talked about (`knows`), goals, the lead, begin.

    None where the programme runs by a plan that stands.
    """
    before = case.stage is Stage.PROFILING
    match stands:
        case Standing.WAITS:
            return Next.WAIT
        case Standing.APPROVED:
            return Next.BEGIN if before else None
        case Standing.EMPTY if before and not knows:
            return Next.PROFILE
        case Standing.EMPTY:
            return Next.GOALS
        case Standing.DRAFT | Standing.WAITS_OLDER | Standing.CHANGED | Standing.SENT_BACK:
            return Next.LAY
        case never:
            assert_never(never)


# --- laying it down ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MayLay:
    """It may go to the lead: this content."""

    content: Content


@dataclass(frozen=True, slots=True)
class NothingWritten:
    """There is no goal yet."""


@dataclass(frozen=True, slots=True)
class WithoutSteps:
    """How to reach this goal is not said yet."""

    goal: Goal


@dataclass(frozen=True, slots=True)
class OutsidePeriod:
    """This step is due when the programme is over."""

    step: Step


@dataclass(frozen=True, slots=True)
class NothingNew:
    """The very same waits already, or has been approved."""


def lay(
    case: Case, goals: Sequence[Goal], latest: Laid | None, approved: Laid | None, today: date
) -> MayLay | NothingWritten | WithoutSteps | OutsidePeriod | NothingNew:
    """Whether the plan can be laid before the lead as it is. A day that has passed is no fault: a step may be late."""
    wanted = meant(goals)
    if not wanted:
        return NothingWritten()
    if bare := next((goal for goal in wanted if not goal.steps), None):
        return WithoutSteps(bare)
    last = period(case, today).last
    if late := next((step for goal in wanted for step in goal.steps if step.due_on and step.due_on > last), None):
        return OutsidePeriod(late)
    if standing(goals, latest, approved) in (Standing.WAITS, Standing.APPROVED):
        return NothingNew()
    return MayLay(content(goals))


# --- deciding ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MayDecide:
    """They may. `alone`: it is a plan of their own, and there is nobody else."""

    alone: bool = False


@dataclass(frozen=True, slots=True)
class OthersDecide:
    """It is a plan of their own, and another lead is there."""


@dataclass(frozen=True, slots=True)
class IsDecided:
    """Somebody was quicker, or a newer one lies in its place."""


@dataclass(frozen=True, slots=True)
class NotTheirs:
    """They lead nothing there."""


def decide(
    person: Person, case: Case, laid: Laid, leads: Sequence[Person]
) -> MayDecide | OthersDecide | IsDecided | NotTheirs:
    """Whether this person may approve the plan or send it back; `leads` are all who lead where the case belongs."""
    if not rules.may_decide(person, case) or not case.is_open or person.id == case.youth_id:
        return NotTheirs()
    if not laid.waits:
        return IsDecided()
    if person.id not in (laid.laid_by, case.mentor_id):
        return MayDecide()
    return OthersDecide() if others(leads, person.id, case) else MayDecide(alone=True)


def others(leads: Sequence[Person], but: int, case: Case) -> list[Person]:
    """The leads who could look at it with other eyes than that person's."""
    return [lead for lead in leads if lead.id not in (but, case.mentor_id, case.youth_id)]


def remind_at(since: datetime, hours: Hours) -> datetime:
    """When it is said again that a plan waits (UTC, in working time)."""
    return allowed(add_working_days(since, DECIDE_WITHIN, hours), hours, Kind.WORK).at
