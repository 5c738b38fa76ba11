"""What is seen of questions about events."""

from collections.abc import Sequence

from bot.events import pages
from bot.events.event import Event
from bot.events.going_out.actions_sending import Open
from bot.events.questions.actions_questions import (
    AnswerQuestion,
    AskQuestion,
    BringTo,
    ChooseNext,
    ShareAnswer,
    ShowFaq,
    ShowQuestion,
    ShowQuestions,
)
from bot.events.questions.store_questions import Question
from bot.events.screens import short
from bot.events.signup.actions_guests import ShowInvitation
from bot.events.signup.screens_guests import helped, mine_row, voice
from bot.events.telling import paragraphs
from bot.people.menu import ShowMenu
from bot.turn import Button, Keyboard, Message, Row, Turn, button
from bot.typed import shortened
from bot.words import Lines, Phrase, phrase

_ON_A_BUTTON = 31


# --- who asks ---------------------------------------------------------------------------------------------------


def ask(turn: Turn, event: Event, known: Sequence[tuple[str, str]], back: Row) -> None:
    """Room for a question, below what was answered before, and the way back."""
    is_youth = turn.person.is_youth
    to = voice(is_youth=is_youth)
    keyboard = helped((back, mine_row(is_youth=is_youth)), is_youth=is_youth)
    if known:
        turn.say(f"events.{to}.ask_question_known", keyboard=keyboard, title=event.title, known=answers(known))
    else:
        turn.say(f"events.{to}.ask_question", keyboard=keyboard, title=event.title)


def say(turn: Turn, event: Event, name: str, back: Row, **facts: int) -> None:
    """What came of a typed question."""
    is_youth = turn.person.is_youth
    keyboard = helped((back, mine_row(is_youth=is_youth)), is_youth=is_youth)
    what = phrase(f"events.{voice(is_youth=is_youth)}.{name}", title=event.title, **facts)
    turn.said.append(Message(turn.person.id, what, keyboard, at_night=True))


def again(event: Event, *, is_youth: bool) -> Keyboard:
    """Below an answer: one more question, and the event."""
    to = voice(is_youth=is_youth)
    rows: Keyboard = (
        (button(f"events.{to}.button.question", AskQuestion(event.id)),),
        (button("events.any.button.title", ShowInvitation(event.id), title=short(event.title)),),
    )
    return helped(rows, is_youth=is_youth)


def answers(known: Sequence[tuple[str, str]]) -> Lines:
    return paragraphs(*(phrase("events.any.known_answer", question=asked, answer=told) for asked, told in known))


# --- the organiser ----------------------------------------------------------------------------------------------


def asked(event: Event, words: str) -> Phrase:
    """A question has come. Who asked is not said: the answer finds its way."""
    return phrase("events.staff.question_came", title=event.title, question=words)


def ways(question_id: int, *, answered: bool, event_id: int | None = None) -> Keyboard:
    """Answer it or bring it to an event; share what was answered."""
    rows: list[Row] = []
    if answered:
        rows.append((button("events.staff.button.share_answer", ShareAnswer(question_id, sure=False)),))
    else:
        rows.append((button("events.staff.button.answer_question", AnswerQuestion(question_id)),))
        rows.append((button("events.staff.button.bring_along", ChooseNext(question_id)),))
    if event_id is not None:
        rows.extend(to_questions(event_id))
    return tuple(rows)


def to_questions(event_id: int) -> Keyboard:
    return (
        (button("events.staff.button.questions", ShowQuestions(event_id)),),
        (button("events.staff.button.open", Open(event_id)),),
    )


def listing(event: Event, found: Sequence[Question]) -> tuple[Phrase, Keyboard]:
    """All questions about an event, what is brought to it among them."""
    rows: list[Row] = [(_button(one, event),) for one in found]
    rows.append((button("events.staff.button.faq", ShowFaq(0, event.id)),))
    rows.append((button("events.staff.button.open", Open(event.id)),))
    waiting = sum(one.answer is None for one in found)
    key = "events.staff.questions" if found else "events.staff.questions_none"
    return phrase(key, title=event.title, when=event.starts_at, waiting=waiting), tuple(rows)


def _button(one: Question, event: Event) -> Button:
    key = "answered" if one.answer is not None else "brought" if one.bring_to == event.id else "waiting"
    line = shortened(" ".join(one.question.split()), _ON_A_BUTTON)
    return button(f"events.staff.button.question_{key}", ShowQuestion(one.id), question=line)


def one(turn: Turn, event: Event, question: Question) -> None:
    """One question with its answer, if it has one."""
    key = "question_page" if question.answer is None else "question_page_answered"
    turn.replace(
        f"events.staff.{key}",
        keyboard=ways(question.id, answered=question.answer is not None, event_id=event.id),
        about=question.person_id if question.by_youth else None,
        title=event.title,
        asked_at=question.asked_at,
        question=question.question,
        answer=question.answer or "",
    )


def back(question: Question) -> Keyboard:
    """To that question."""
    return ((button("events.any.button.back", ShowQuestion(question.id)),),)


def ask_answer(turn: Turn, event: Event, question: Question) -> None:
    """Write the answer."""
    turn.say(
        "events.staff.ask_answer",
        keyboard=to_questions(event.id),
        about=question.person_id if question.by_youth else None,
        title=event.title,
        question=question.question,
    )


def choose_next(turn: Turn, question: Question, coming: Sequence[Event]) -> None:
    """At which event is it talked about?"""
    rows: Keyboard = tuple(
        (button("events.any.button.title", BringTo(question.id, one.id), title=short(one.title)),) for one in coming
    )
    turn.replace(
        "events.staff.choose_next" if rows else "events.staff.choose_next_none",
        keyboard=(*rows, *back(question)),
        about=question.person_id if question.by_youth else None,
        question=question.question,
    )


def ask_wording(turn: Turn, question: Question) -> None:
    """In which words may everybody read the question? Only a colleague's own may be kept as they are."""
    as_it_is: Keyboard = ((button("events.staff.button.share_as_is", ShareAnswer(question.id, sure=True)),),)
    if question.by_youth:
        as_it_is = ()
    turn.say(
        "events.staff.ask_wording",
        keyboard=(*as_it_is, *back(question)),
        about=question.person_id if question.by_youth else None,
        question=question.question,
        answer=question.answer or "",
    )


def faq(turn: Turn, known: Sequence[tuple[str, str]], page: int, event_id: int | None, *, more: bool) -> None:
    """What was answered before, with the way back to the event whose questions it was opened from."""
    menu = (button("people.any.button.menu", ShowMenu()),)
    back = () if event_id is None else ((button("events.any.button.back", ShowQuestions(event_id)),),)
    keyboard = (*pages.ways(page, lambda to: ShowFaq(to, event_id), more=more), *back, menu)
    if known:
        turn.replace("events.staff.faq", keyboard=keyboard, known=answers(known))
    else:
        turn.replace("events.staff.faq_none", keyboard=keyboard)
