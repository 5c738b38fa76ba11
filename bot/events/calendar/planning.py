"""When an event's guests hear from us by themselves: planned when it goes out, and anew when its time changes."""

from bot.events.calendar import store_reminded
from bot.events.calendar.reminders import day_before, soon_before
from bot.events.door.attendance import ask_at
from bot.events.event import OFF, Event
from bot.turn import Tick


async def plan(tick: Tick, event: Event) -> None:
    """Both reminders and the question afterwards; nothing of it where nobody signs up or it was cancelled."""
    if event.state in OFF or not event.takes_answers:
        await store_reminded.plan(tick.db, event.id, None, None, None)
        return
    hours = await tick.hours()
    await store_reminded.plan(
        tick.db,
        event.id,
        day_before(event.starts_at, tick.now, hours),
        soon_before(event.starts_at, tick.now, hours, tick.settings.remind_hours),
        ask_at(event.starts_at, event.ends_at, hours),
    )
