"""Every button of questions about an event: asking, answering, bringing along, sharing."""

from dataclasses import dataclass
from typing import ClassVar

from bot.actions import Action


@dataclass(frozen=True, slots=True)
class AskQuestion(Action):
    """What was asked before, and room for a question of one's own. Also what the typed question means."""

    tag: ClassVar[str] = "events.question"
    event: int


@dataclass(frozen=True, slots=True)
class ShowQuestions(Action):
    """The questions about one event, and those that were brought to it."""

    tag: ClassVar[str] = "events.questions"
    event: int


@dataclass(frozen=True, slots=True)
class ShowQuestion(Action):
    """One of them, with what can be done."""

    tag: ClassVar[str] = "events.show_question"
    question: int


@dataclass(frozen=True, slots=True)
class AnswerQuestion(Action):
    """Write the answer. Also what the typed answer means."""

    tag: ClassVar[str] = "events.answer_question"
    question: int


@dataclass(frozen=True, slots=True)
class ChooseNext(Action):
    """At which event is it to be talked about?"""

    tag: ClassVar[str] = "events.choose_next"
    question: int


@dataclass(frozen=True, slots=True)
class BringTo(Action):
    """At that one."""

    tag: ClassVar[str] = "events.bring_to"
    question: int
    event: int


@dataclass(frozen=True, slots=True)
class ShareAnswer(Action):
    """Let everybody read the answer, below words of the organiser's own (which are typed) or, if `sure`, as asked."""

    tag: ClassVar[str] = "events.share_answer"
    question: int
    sure: bool


@dataclass(frozen=True, slots=True)
class ShowFaq(Action):
    """What was answered before, for staff; opened from the questions of that event, if one is named."""

    tag: ClassVar[str] = "events.faq"
    page: int
    event: int | None = None
