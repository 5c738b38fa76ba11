"""Anybody asks the organiser; the organiser answers, brings the question to the next event, or shares the answer."""

from typing import Final

from bot.calendar import add_working_days
from bot.events import store
from bot.events.event import OFF, Event
from bot.events.event_page import own_event
from bot.events.files.organising import organisers
from bot.events.questions import screens_questions, store_questions
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
from bot.events.rules import may_run, own_places
from bot.events.screens import show
from bot.events.signup import screens_guests
from bot.events.signup.knowing import knows, way_back
from bot.routes import Routes
from bot.turn import Priority, Turn
from bot.typed import in_one_line, visible
from bot.words import phrase

routes = Routes()

LONGEST_QUESTION: Final = 500
LONGEST_ANSWER: Final = 1000

MOST_OPEN: Final = 3
"""Questions of one person about one event that wait at a time."""

REMIND_AFTER: Final = 2
"""Working days without an answer."""

_FAQ_LINES: Final = 5
_LISTED: Final = 20


# --- asking -----------------------------------------------------------------------------------------------------


@routes.press(AskQuestion)
async def question_wanted(turn: Turn, action: AskQuestion) -> None:
    """What others asked before, and the next text is theirs."""
    event = await _one_they_know(turn, action.event)
    if event is not None:
        known = await store_questions.shared(turn.db, event.id, 0, _FAQ_LINES)
        screens_questions.ask(turn, event, known, await way_back(turn, turn.person, event))
        turn.expect(action)


@routes.text(AskQuestion)
async def question_typed(turn: Turn, action: AskQuestion, text: str) -> None:
    event = await _one_they_know(turn, action.event)
    if event is None:
        return
    asked, back = in_one_line(text), await way_back(turn, turn.person, event)
    if not asked or len(asked) > LONGEST_QUESTION:
        screens_questions.say(turn, event, "question_too_long", back, length=len(asked), most=LONGEST_QUESTION)
        turn.expect(action)
        return
    if await store_questions.open_of(turn.db, event.id, turn.person.id) >= MOST_OPEN:
        screens_questions.say(turn, event, "questions_wait", back)
        return
    next_at = add_working_days(turn.now, REMIND_AFTER, await turn.hours())
    number = await store_questions.ask(turn.db, event.id, turn.person.id, asked, turn.now, next_at)
    await turn.note("event.asked", "event", event.id)
    for one in await organisers(turn.db, event):
        if one.id != turn.person.id:
            turn.tell(
                one.id,
                screens_questions.asked(event, asked),
                keyboard=screens_questions.ways(number, answered=False, event_id=event.id),
                about=turn.person.id if turn.person.is_youth else None,
                once=f"event:question:{number}:{one.id}",
            )
    screens_questions.say(turn, event, "question_sent", back)


async def _one_they_know(turn: Turn, event_id: int) -> Event | None:
    """An event to which they are invited, or which anybody can find."""
    event = await store.event(turn.db, event_id)
    if event is not None and await knows(turn, turn.person, event):
        return event
    await turn.forbidden()
    return None


# --- the organiser ----------------------------------------------------------------------------------------------


@routes.press(ShowQuestions)
async def questions(turn: Turn, action: ShowQuestions) -> None:
    event = await own_event(turn, action.event)
    if event is not None:
        found = await store_questions.of_event(turn.db, event.id, _LISTED)
        show(turn, *screens_questions.listing(event, found))


@routes.press(ShowQuestion)
async def show_question(turn: Turn, action: ShowQuestion) -> None:
    found = await _theirs(turn, action.question)
    if found is not None:
        event, asked = found
        screens_questions.one(turn, event, asked)


async def _theirs(turn: Turn, question_id: int) -> tuple[Event, Question] | None:
    """A question about an event that they may run, or that is brought to one."""
    asked = await store_questions.question(turn.db, question_id)
    event = None if asked is None else await store.event(turn.db, asked.event_id)
    if asked is not None and event is not None:
        if may_run(turn.person, event):
            return event, asked
        brought = None if asked.bring_to is None else await store.event(turn.db, asked.bring_to)
        if brought is not None and may_run(turn.person, brought):
            return brought, asked
    await turn.forbidden()
    return None


@routes.press(AnswerQuestion)
async def answer_wanted(turn: Turn, action: AnswerQuestion) -> None:
    found = await _theirs(turn, action.question)
    if found is None:
        return
    event, asked = found
    if asked.answer is not None:
        screens_questions.one(turn, event, asked)
        return
    screens_questions.ask_answer(turn, event, asked)
    turn.expect(action)


@routes.text(AnswerQuestion)
async def answer_typed(turn: Turn, action: AnswerQuestion, text: str) -> None:
    found = await _theirs(turn, action.question)
    if found is None:
        return
    event, asked = found
    words = visible(text)
    if not words or len(words) > LONGEST_ANSWER:
        back = screens_questions.back(asked)
        turn.say("events.staff.answer_too_long", keyboard=back, length=len(words), most=LONGEST_ANSWER)
        turn.expect(action)
        return
    if not await store_questions.answer(turn.db, asked.id, turn.person.id, words, turn.now):
        now_known = await store_questions.question(turn.db, asked.id)
        screens_questions.one(turn, event, now_known or asked)
        return
    await turn.note("event.answered_question", "event", event.id)
    about = asked.person_id if asked.by_youth else None
    to = screens_guests.voice(is_youth=asked.by_youth)
    turn.tell(
        asked.person_id,
        phrase(f"events.{to}.your_answer", title=event.title, question=asked.question, answer=words),
        keyboard=screens_questions.again(event, is_youth=asked.by_youth),
        priority=Priority.REPLY,
        about=about,
        once=f"event:question:{asked.id}:answer",
    )
    turn.say(
        "events.staff.answer_sent",
        keyboard=screens_questions.ways(asked.id, answered=True, event_id=event.id),
        about=about,
        question=asked.question,
        answer=words,
    )


# --- to the next event ------------------------------------------------------------------------------------------


@routes.press(ChooseNext)
async def choose_next(turn: Turn, action: ChooseNext) -> None:
    found = await _theirs(turn, action.question)
    if found is None:
        return
    coming = await store.run_by(turn.db, own_places(turn.person), turn.now, _LISTED)
    offered = [one for one in coming if one.takes_answers and one.state not in OFF]
    screens_questions.choose_next(turn, found[1], offered)


@routes.press(BringTo)
async def bring_to(turn: Turn, action: BringTo) -> None:
    found = await _theirs(turn, action.question)
    if found is None:
        return
    event = await own_event(turn, action.event)
    if event is None:
        return
    _, asked = found
    if event.starts_at > turn.now and await store_questions.bring_to(turn.db, asked.id, event.id):
        await turn.note("event.question_brought", "event", event.id)
        to = screens_guests.voice(is_youth=asked.by_youth)
        turn.tell(
            asked.person_id,
            phrase(f"events.{to}.question_brought", title=event.title, when=event.starts_at, question=asked.question),
            keyboard=screens_questions.again(event, is_youth=asked.by_youth),
            priority=Priority.REPLY,
            once=f"event:question:{asked.id}:to:{event.id}",
        )
    turn.replace(
        "events.staff.question_will_be_brought",
        keyboard=screens_questions.to_questions(event.id),
        about=asked.person_id if asked.by_youth else None,
        title=event.title,
        when=event.starts_at,
        question=asked.question,
    )


# --- for everybody ----------------------------------------------------------------------------------------------


@routes.press(ShareAnswer)
async def share_answer(turn: Turn, action: ShareAnswer) -> None:
    found = await _theirs(turn, action.question)
    if found is None or found[1].answer is None:
        if found is not None:
            screens_questions.one(turn, *found)
        return
    event, asked = found
    if action.sure and not asked.by_youth:
        await _share(turn, event, asked, asked.question)
        return
    screens_questions.ask_wording(turn, asked)
    turn.expect(action)


@routes.text(ShareAnswer)
async def shared_wording(turn: Turn, action: ShareAnswer, text: str) -> None:
    found = await _theirs(turn, action.question)
    if found is None or found[1].answer is None:
        return
    words = in_one_line(text)
    if not words or len(words) > LONGEST_QUESTION:
        back = screens_questions.back(found[1])
        turn.say("events.staff.answer_too_long", keyboard=back, length=len(words), most=LONGEST_QUESTION)
        turn.expect(action)
        return
    if found[1].by_youth and in_one_line(found[1].question).casefold() == words.casefold():
        screens_questions.ask_wording(turn, found[1])  # what a young person wrote is never everybody's to read
        turn.expect(action)
        return
    await _share(turn, *found, words)


async def _share(turn: Turn, event: Event, asked: Question, words: str) -> None:
    if await store_questions.share(turn.db, asked, words, turn.person.id, turn.now):
        await turn.note("event.answer_shared", "event", event.id)
    turn.replace(
        "events.staff.answer_shared",
        keyboard=screens_questions.to_questions(event.id),
        question=words,
        answer=asked.answer or "",
    )


@routes.command("faq")
async def faq_command(turn: Turn, _: str) -> None:
    await _show_faq(turn, ShowFaq(0))


@routes.press(ShowFaq)
async def faq(turn: Turn, action: ShowFaq) -> None:
    if action.event is None or await own_event(turn, action.event) is not None:
        await _show_faq(turn, action)


async def _show_faq(turn: Turn, action: ShowFaq) -> None:
    page = max(action.page, 0)
    known = await store_questions.shared(turn.db, None, page * _FAQ_LINES, _FAQ_LINES + 1)
    screens_questions.faq(turn, known[:_FAQ_LINES], page, action.event, more=len(known) > _FAQ_LINES)
