"""Reminds those who come, on the day before and some hours before it begins."""

from typing import Final

from bot.events.calendar import reminders, screens_calendar, store_reminded
from bot.events.calendar.reminders import Reminder
from bot.events.going_out import store_delivered
from bot.events.going_out.lost import Unreached, tell_author
from bot.people.rules import Purpose
from bot.routes import Routes
from bot.turn import Tick

routes = Routes()


PAGE: Final = 250
"""People handed to delivery in one transaction: short enough that a stop or a press never waits for it."""


@routes.at_tick(store_reminded.REMINDERS_DUE)
async def remind(tick: Tick) -> bool:
    """Those who come, the day before; late after an outage, but not so late that it would only hurry them."""
    return await _remind(tick, Reminder.DAY_BEFORE)


@routes.at_tick(store_reminded.SOON_DUE)
async def remind_soon(tick: Tick) -> bool:
    """Those who come, some hours before."""
    return await _remind(tick, Reminder.SOON)


async def _remind(tick: Tick, which: Reminder) -> bool:
    event = await store_reminded.next_due(tick.db, which, tick.now)
    if event is None:
        return False
    latest = reminders.useful_until(which, event.starts_at)
    page = await store_reminded.claim(tick.db, which, event.id, tick.now, PAGE) if tick.now <= latest else []
    if not page:
        if tick.now > latest and await store_reminded.anybody_left(tick.db, which, event.id):
            await tell_author(tick, event, Unreached.REMINDER)
        await store_reminded.end(tick.db, which, event.id)
        return True
    # The same for all of a kind: it is put together, and packed for the outbox, once.
    said = {is_youth: screens_calendar.reminder(event, which, is_youth=is_youth) for is_youth in (True, False)}
    for guest in page:
        what, keyboard = said[guest.is_youth]
        tick.tell(
            guest.person_id,
            what,
            keyboard=keyboard,
            expires_at=latest,
            consent=Purpose.EVENTS.value,
            once=f"event:{event.id}:{guest.person_id}:{which.value}:{event.sequence}",
            batch=store_delivered.later_batch(event.id),
        )
    return True
