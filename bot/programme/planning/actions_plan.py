"""What can be pressed about an individual programme and a profile."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from bot.actions import Action
from bot.programme.planning.goals import Helper, Measure
from bot.programme.planning.templates import TemplateName
from bot.programme.profile.profiling import Mark, Topic

# --- goals ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OpenGoals(Action):
    """Show staff the plan as it is written."""

    tag: ClassVar[str] = "programme.goals"
    case: int


@dataclass(frozen=True, slots=True)
class AddGoal(Action):
    """A typed line becomes a goal."""

    tag: ClassVar[str] = "programme.add_goal"
    case: int


@dataclass(frozen=True, slots=True)
class ChooseTemplate(Action):
    tag: ClassVar[str] = "programme.templates"
    case: int


@dataclass(frozen=True, slots=True)
class TakeTemplate(Action):
    """Write a template's goals and steps below the `there` goals, so that a second press writes nothing."""

    tag: ClassVar[str] = "programme.template"
    case: int
    name: TemplateName
    there: int


@dataclass(frozen=True, slots=True)
class OpenGoal(Action):
    tag: ClassVar[str] = "programme.goal"
    goal: int


@dataclass(frozen=True, slots=True)
class WordGoal(Action):
    """A typed line becomes the words of that goal."""

    tag: ClassVar[str] = "programme.word_goal"
    goal: int


@dataclass(frozen=True, slots=True)
class MoveGoal(Action):
    """Put a goal to a place, counted from 0."""

    tag: ClassVar[str] = "programme.move_goal"
    goal: int
    place: int


@dataclass(frozen=True, slots=True)
class DropGoal(Action):
    tag: ClassVar[str] = "programme.drop_goal"
    goal: int


# --- steps ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ChooseMeasure(Action):
    """Of what kind a new step is."""

    tag: ClassVar[str] = "programme.measures"
    goal: int


@dataclass(frozen=True, slots=True)
class AddStep(Action):
    """Write a step below the `there` steps of the goal, so that a second press writes nothing."""

    tag: ClassVar[str] = "programme.add_step"
    goal: int
    kind: Measure
    there: int


@dataclass(frozen=True, slots=True)
class OpenStep(Action):
    tag: ClassVar[str] = "programme.step"
    step: int


@dataclass(frozen=True, slots=True)
class WordStep(Action):
    """A typed line becomes the words of that step."""

    tag: ClassVar[str] = "programme.word_step"
    step: int


@dataclass(frozen=True, slots=True)
class UnwordStep(Action):
    """Its kind says enough."""

    tag: ClassVar[str] = "programme.unword_step"
    step: int


@dataclass(frozen=True, slots=True)
class ChooseDay(Action):
    """Until when; also what a typed date then means."""

    tag: ClassVar[str] = "programme.step_days"
    step: int


@dataclass(frozen=True, slots=True)
class SetDay(Action):
    tag: ClassVar[str] = "programme.step_day"
    step: int
    day: date | None = None


@dataclass(frozen=True, slots=True)
class ChooseHelper(Action):
    tag: ClassVar[str] = "programme.helpers"
    step: int


@dataclass(frozen=True, slots=True)
class SetHelper(Action):
    tag: ClassVar[str] = "programme.helper"
    step: int
    helper: Helper


@dataclass(frozen=True, slots=True)
class MoveStep(Action):
    """Put a step to a place within its goal, counted from 0."""

    tag: ClassVar[str] = "programme.move_step"
    step: int
    place: int


@dataclass(frozen=True, slots=True)
class DropStep(Action):
    tag: ClassVar[str] = "programme.drop_step"
    step: int


@dataclass(frozen=True, slots=True)
class TakeUpStep(Action):
    """A dropped step is meant again."""

    tag: ClassVar[str] = "programme.take_up_step"
    step: int


@dataclass(frozen=True, slots=True)
class MarkStep(Action):
    """Staff write down that a step is done, or not done after all."""

    tag: ClassVar[str] = "programme.mark_step"
    step: int
    done: bool


# --- before the lead --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LayPlan(Action):
    """Lay the plan before the lead, as it is written now."""

    tag: ClassVar[str] = "programme.lay"
    case: int


@dataclass(frozen=True, slots=True)
class ReadPlan(Action):
    """Show what was laid before the lead, from that page on."""

    tag: ClassVar[str] = "programme.read_plan"
    decision: int
    page: int = 0


@dataclass(frozen=True, slots=True)
class ApprovePlan(Action):
    tag: ClassVar[str] = "programme.approve"
    decision: int


@dataclass(frozen=True, slots=True)
class SendBack(Action):
    """Send a plan back; the typed line is the comment."""

    tag: ClassVar[str] = "programme.send_back"
    decision: int


# --- the profile ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OpenProfile(Action):
    tag: ClassVar[str] = "programme.profile"
    case: int


@dataclass(frozen=True, slots=True)
class OpenTopic(Action):
    tag: ClassVar[str] = "programme.topic"
    case: int
    topic: Topic


@dataclass(frozen=True, slots=True)
class SetMark(Action):
    """Put a short note to a topic, or take it away; `on` says which, so that a second press changes nothing."""

    tag: ClassVar[str] = "programme.mark"
    case: int
    topic: Topic
    note: Mark
    on: bool


@dataclass(frozen=True, slots=True)
class WriteTheirWords(Action):
    """The mentor types what the young person said they want."""

    tag: ClassVar[str] = "programme.their_words"
    case: int


# --- the young person -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OpenMyGoal(Action):
    """Show a young person one of their goals with its steps; `bot.checkins` answers it, beside the plan."""

    tag: ClassVar[str] = "checkins.my_goal"
    goal: int


@dataclass(frozen=True, slots=True)
class TickStep(Action):
    """The young person has done a step, or not yet after all."""

    tag: ClassVar[str] = "checkins.tick"
    step: int
    done: bool


@dataclass(frozen=True, slots=True)
class OpenMyProfile(Action):
    """Show a young person what was noted of the first talks."""

    tag: ClassVar[str] = "programme.my_profile"


@dataclass(frozen=True, slots=True)
class WriteMyWords(Action):
    """The young person types what they want."""

    tag: ClassVar[str] = "programme.my_words"


@dataclass(frozen=True, slots=True)
class ShareWords(Action):
    """Whether those very words may be kept and read by the people who help, or be kept (`keep`) for their young person
    alone; `version` names the words."""

    tag: ClassVar[str] = "programme.share_words"
    version: str
    yes: bool
    keep: bool = False
