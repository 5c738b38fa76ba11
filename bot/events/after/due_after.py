"""Asks those who came how it was, on the day after."""

from datetime import timedelta
from typing import Final

from bot.events.after import after_rows, screens_after, store_after
from bot.events.door import store_attendance
from bot.events.going_out import store_delivered
from bot.people.rules import Purpose
from bot.routes import Routes
from bot.turn import Priority, Tick

routes = Routes()

PAGE: Final = 250
"""People handed to delivery in one transaction: short enough that a press never waits for it."""

USEFUL_FOR: Final = timedelta(days=6)
"""Later than this nobody remembers well; then nobody is asked."""


@routes.at_tick(store_after.QUESTIONS_DUE)
async def ask(tick: Tick) -> bool:
    """Those who came and only they; where nobody noted who came, those who said yes, who can say that they were not."""
    event = await store_after.next_to_ask(tick.db, tick.now)
    if event is None or event.ask_at is None:
        return False
    late = tick.now > event.ask_at + USEFUL_FOR
    if late or not event.takes_answers:
        await store_after.end_asking(tick.db, event)
        if late:
            await tick.record("event.missed_question", subject="event", subject_id=event.id)
        return True
    recorded = (await store_attendance.attendance(tick.db, event.id)).is_recorded
    page = await store_after.claim_to_ask(tick.db, event.id, recorded=recorded, now=tick.now, limit=PAGE)
    if not page:
        await store_after.end_asking(tick.db, event)
        return True
    more = {is_youth: await after_rows.afterwards(tick, event, is_youth=is_youth) for is_youth in (True, False)}
    for guest in page:
        is_youth = guest.is_youth
        tick.tell(
            guest.person_id,
            screens_after.question(event, is_youth=is_youth),
            keyboard=screens_after.answers(event, None, recorded=recorded, is_youth=is_youth, more=more[is_youth]),
            priority=Priority.BROADCAST,
            expires_at=event.ask_at + USEFUL_FOR,
            consent=Purpose.EVENTS.value,
            once=f"event:{event.id}:{guest.person_id}:how_was_it",
            batch=store_delivered.later_batch(event.id),
        )
    return True
