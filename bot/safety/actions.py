"""What can be pressed about safety, besides the card itself (`bot.people.screens.OpenHelp`)."""

from dataclasses import dataclass
from typing import ClassVar

from bot.actions import Action
from bot.safety.alerts import Kind, Outcome
from bot.safety.local_lines import Ages
from bot.safety.plans import Level
from bot.safety.reports import Body

# --- a young person asks for somebody ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AskForPerson(Action):
    """They would like a person to get in touch: first it is said who that would be, and what they would see."""

    tag: ClassVar[str] = "safety.ask"
    kind: Kind


@dataclass(frozen=True, slots=True)
class Agree(Action):
    """Tell them; nothing but what the screen before said."""

    tag: ClassVar[str] = "safety.agree"
    kind: Kind


@dataclass(frozen=True, slots=True)
class AgreeWithWords(Action):
    """Tell them, with some words; also what the typed text then means."""

    tag: ClassVar[str] = "safety.with_words"
    kind: Kind


@dataclass(frozen=True, slots=True)
class CallOff(Action):
    """It is no longer needed."""

    tag: ClassVar[str] = "safety.call_off"
    alert: int


@dataclass(frozen=True, slots=True)
class WriteBack(Action):
    """A few words to whoever has the alert; also what the typed text then means."""

    tag: ClassVar[str] = "safety.write_back"
    alert: int


@dataclass(frozen=True, slots=True)
class ReadMyPlan(Action):
    """The young person reads what they and their mentor wrote down for hard moments."""

    tag: ClassVar[str] = "safety.my_plan"


# --- staff answer -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Take(Action):
    """ "I have it"."""

    tag: ClassVar[str] = "safety.take"
    alert: int


@dataclass(frozen=True, slots=True)
class Close(Action):
    tag: ClassVar[str] = "safety.close"
    alert: int
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Write(Action):
    """A few words to the young person; also what the typed text then means."""

    tag: ClassVar[str] = "safety.write"
    alert: int


# --- drills -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ShowDrill(Action):
    """What a drill of this municipality's line would be, or how the last one went."""

    tag: ClassVar[str] = "safety.drill"
    municipality: str


@dataclass(frozen=True, slots=True)
class StartDrill(Action):
    tag: ClassVar[str] = "safety.start_drill"
    municipality: str


# --- a municipality's own lines ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ShowLines(Action):
    tag: ClassVar[str] = "safety.lines"
    municipality: str


@dataclass(frozen=True, slots=True)
class ShowLine(Action):
    tag: ClassVar[str] = "safety.line"
    line: int


@dataclass(frozen=True, slots=True)
class AddLine(Action):
    """A new line; also what its typed name means."""

    tag: ClassVar[str] = "safety.add_line"
    municipality: str


@dataclass(frozen=True, slots=True)
class LineNumber(Action):
    """A typed line is the number of that help line."""

    tag: ClassVar[str] = "safety.line_number"
    line: int


@dataclass(frozen=True, slots=True)
class LineHours(Action):
    """A typed line says when somebody answers there."""

    tag: ClassVar[str] = "safety.line_hours"
    line: int


@dataclass(frozen=True, slots=True)
class LineLanguage(Action):
    """That a language is spoken there, or is not; said so, as a second press must not undo the first."""

    tag: ClassVar[str] = "safety.line_language"
    line: int
    language: str
    spoken: bool


@dataclass(frozen=True, slots=True)
class LineAges(Action):
    """For whom it is."""

    tag: ClassVar[str] = "safety.line_ages"
    line: int
    ages: Ages


@dataclass(frozen=True, slots=True)
class LineChecked(Action):
    """Rung today, and all of it is still so."""

    tag: ClassVar[str] = "safety.line_checked"
    line: int


@dataclass(frozen=True, slots=True)
class RemoveLine(Action):
    """Asked once more unless `sure`."""

    tag: ClassVar[str] = "safety.remove_line"
    line: int
    sure: bool = False


# --- danger to a child ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OpenReport(Action):
    """Danger to a child: what the law asks and whom to tell; about one young person, or somebody not known here."""

    tag: ClassVar[str] = "safety.report"
    youth: int | None


@dataclass(frozen=True, slots=True)
class Reported(Action):
    """The report is made, to them; or it was no report after all."""

    tag: ClassVar[str] = "safety.reported"
    report: int
    body: Body


# --- the safety plan --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OpenSafetyPlan(Action):
    tag: ClassVar[str] = "safety.plan"
    youth: int


@dataclass(frozen=True, slots=True)
class SetLevel(Action):
    tag: ClassVar[str] = "safety.level"
    youth: int
    level: Level


@dataclass(frozen=True, slots=True)
class WritePlan(Action):
    """The steps are to be typed; also what the typed text then means."""

    tag: ClassVar[str] = "safety.write_plan"
    youth: int
