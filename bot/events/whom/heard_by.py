"""How many people will hear of something, as it may be told (a range where single people could be told from it), and
when."""

from collections.abc import Sequence
from datetime import datetime

from bot.calendar import Kind as Going
from bot.calendar import allowed
from bot.events.changed import changes, store_changes
from bot.events.changed.changes import Told
from bot.events.event import Event
from bot.events.going_out import screens_sending
from bot.events.sessions import store_sessions
from bot.events.whom import store_audience
from bot.turn import Turn
from bot.words import Fact, Language, Phrase, phrase


async def change(turn: Turn, event: Event, new: Told) -> Fact:
    """Who will hear of that change of the event."""
    return _told(turn, event, await exactly(turn, event, new))


async def exactly(turn: Turn, event: Event, new: Told) -> int:
    """The same to the last one: to reckon with, never to be shown."""
    if event.is_session:
        return await store_sessions.count_signed_up(turn.db, event.id)
    told = changes.difference(event, new)
    languages = [one for one in Language if changes.read_in(told, one)]
    asks = changes.asks_again(told, event)
    return await store_changes.count(turn.db, event.id, languages, declined_too=asks)


async def held(turn: Turn, event: Event, new: Told) -> Phrase:
    """When it goes out: at night it waits for the morning, which may be too late for somebody."""
    goes: datetime = allowed(turn.now, await turn.hours(), Going.MESSAGE).at
    if goes <= turn.now:
        return phrase("events.staff.change_goes_now")
    late = goes >= changes.applied(event, new).starts_at
    return phrase(f"events.staff.change_{'too_late' if late else 'held'}", until=goes)


async def cancellation(turn: Turn, off: Sequence[Event]) -> Fact:
    """Who will hear that all of these, an event or the sessions of one, are called off."""
    return _told(turn, off[0], await store_sessions.count_concerned(turn.db, off))


async def session(turn: Turn, event: Event) -> Fact:
    """Who will hear of what concerns one session alone."""
    return _told(turn, event, await store_sessions.count_signed_up(turn.db, event.id))


def _told(turn: Turn, event: Event, count: int) -> Fact:
    narrowed = store_audience.asking(event, turn.now, turn.settings).narrowed
    return screens_sending.number(count, turn.settings.fewest_shown if narrowed else None)
