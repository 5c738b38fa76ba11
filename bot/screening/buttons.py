"""What the buttons of first contact ask for. Each names the run and question it was made for: an old one is known."""

from dataclasses import dataclass
from typing import ClassVar

from bot.actions import Action


@dataclass(frozen=True, slots=True)
class Begin(Action):
    """Agree to the notice and start; `elsewhere`: they do not live where the link is from."""

    tag: ClassVar[str] = "screening.begin"
    elsewhere: bool


@dataclass(frozen=True, slots=True)
class NotNow(Action):
    tag: ClassVar[str] = "screening.not_now"


@dataclass(frozen=True, slots=True)
class Continue(Action):
    """Go on wherever they are: begin, the open question, or what a finished run can lead to."""

    tag: ClassVar[str] = "screening.continue"


@dataclass(frozen=True, slots=True)
class Give(Action):
    """Answer a question of a run."""

    tag: ClassVar[str] = "screening.give"
    run: int
    question: str
    code: str


@dataclass(frozen=True, slots=True)
class GivePlace(Action):
    """Answer by a municipality that was offered for what they typed."""

    tag: ClassVar[str] = "screening.place"
    run: int
    question: str
    code: str


@dataclass(frozen=True, slots=True)
class Typed(Action):
    """The next typed line is the answer to this question."""

    tag: ClassVar[str] = "screening.typed"
    run: int
    question: str


@dataclass(frozen=True, slots=True)
class Back(Action):
    """To the question before this one."""

    tag: ClassVar[str] = "screening.back"
    run: int
    question: str


@dataclass(frozen=True, slots=True)
class ShowAnswers(Action):
    """What they have answered so far, each to be changed."""

    tag: ClassVar[str] = "screening.answers"
    run: int


@dataclass(frozen=True, slots=True)
class Change(Action):
    """Back to that question, however many lie between."""

    tag: ClassVar[str] = "screening.change"
    run: int
    question: str


@dataclass(frozen=True, slots=True)
class Stop(Action):
    """Leave it for now."""

    tag: ClassVar[str] = "screening.stop"
    run: int


@dataclass(frozen=True, slots=True)
class NoReminders(Action):
    """Never ask again whether they go on."""

    tag: ClassVar[str] = "screening.quiet"
    run: int


@dataclass(frozen=True, slots=True)
class Child(Action):
    """They are too young for anything to be kept, although people of the programme know them: all of it goes."""

    tag: ClassVar[str] = "screening.child"


@dataclass(frozen=True, slots=True)
class StartOver(Action):
    """Drop the answers of this run and ask from the first question."""

    tag: ClassVar[str] = "screening.over"
    run: int


@dataclass(frozen=True, slots=True)
class ShowOutcome(Action):
    """The page at the end once more."""

    tag: ClassVar[str] = "screening.outcome"
    run: int


@dataclass(frozen=True, slots=True)
class Correct(Action):
    """From the page at the end back to the last question."""

    tag: ClassVar[str] = "screening.correct"
    run: int


@dataclass(frozen=True, slots=True)
class LookCloser(Action):
    """The answer that ended the run, looked at more closely."""

    tag: ClassVar[str] = "screening.closer"
    run: int
    code: str


@dataclass(frozen=True, slots=True)
class Talk(Action):
    """Ask for a person: what they would see is told first."""

    tag: ClassVar[str] = "screening.talk"


@dataclass(frozen=True, slots=True)
class LetWrite(Action):
    """Agree that a person writes."""

    tag: ClassVar[str] = "screening.let_write"
    age: str | None
