"""Reminds of questions that nobody answered: the organiser after two working days, all who run it after two more."""

from typing import Final

from bot.calendar import add_working_days
from bot.events import store
from bot.events.files import organising
from bot.events.questions import screens_questions, store_questions
from bot.events.questions.chat_questions import REMIND_AFTER
from bot.events.questions.store_questions import Question
from bot.routes import Routes
from bot.turn import Tick
from bot.words import phrase

routes = Routes()

_AT_ONCE: Final = 100


@routes.at_tick(store_questions.WAITING)
async def remind_of_questions(tick: Tick) -> bool:
    """Somebody waits for an answer: that is always worth saying, in working time."""
    return await tick.each(await store_questions.waiting(tick.db, tick.now, _AT_ONCE), _remind, _AT_ONCE)


async def _remind(tick: Tick, asked: Question) -> None:
    hours = await tick.hours()
    is_first = asked.next_at is not None and asked.next_at <= add_working_days(asked.asked_at, REMIND_AFTER, hours)
    again = add_working_days(tick.now, REMIND_AFTER, hours) if is_first else None
    if not await store_questions.remind_next(tick.db, asked, again):
        return
    event = await store.event(tick.db, asked.event_id)
    if event is None:
        return
    readers = await (organising.organisers if is_first else organising.all_in_charge)(tick.db, event)
    for one in readers:
        tick.tell(
            one.id,
            phrase("events.staff.question_waits", title=event.title, question=asked.question, asked_at=asked.asked_at),
            keyboard=screens_questions.ways(asked.id, answered=False),
            about=asked.person_id if asked.by_youth else None,
            once=f"event:question:{asked.id}:{'first' if is_first else 'second'}:{one.id}",
        )
