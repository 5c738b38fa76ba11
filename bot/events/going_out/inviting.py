"""What an invitation says to each of those it goes to: the same to all of a kind, or of several sessions the nearest
first."""

from collections.abc import Callable, Sequence

from bot.events.around import around
from bot.events.event import Event
from bot.events.sessions import screens_series, store_series
from bot.events.signup import screens_guests
from bot.events.whom.store_audience import Guest
from bot.turn import Keyboard, Picture, Tick
from bot.words import Phrase

Said = tuple[Phrase, Keyboard, Picture | None]
"""The words, the answers, and the picture above them."""


async def written(tick: Tick, event: Event, page: Sequence[Guest]) -> Callable[[Guest], Said]:
    """What is said to whom; each thing that is said is put together, and packed for the outbox, once."""
    told = await around(tick, event)
    sessions = await store_series.sessions(tick.db, event)
    homes = await store_series.homes(tick.db, [one.person_id for one in page]) if sessions else {}
    made: dict[tuple[bool, str | None], Said] = {}

    def to(guest: Guest) -> Said:
        is_youth, home = guest.is_youth, homes.get(guest.person_id)
        if (is_youth, home) not in made:
            if sessions:
                what = screens_series.invitation(event, sessions, home, is_youth=is_youth, around=told)
                keyboard = screens_series.choices(event, sessions, home, is_youth=is_youth, around=told)
            else:
                what = screens_guests.invitation(event, is_youth=is_youth, around=told)
                keyboard = screens_guests.answers(event, None, is_youth=is_youth, around=told)
            made[is_youth, home] = what, keyboard, told.above(keyboard)
        return made[is_youth, home]

    return to


async def sample(tick: Tick, event: Event, *, is_youth: bool) -> Phrase:
    """The same for a look at it, of several sessions the soonest first."""
    told = await around(tick, event)
    sessions = await store_series.sessions(tick.db, event)
    if sessions:
        return screens_series.invitation(event, sessions, None, is_youth=is_youth, around=told)
    return screens_guests.invitation(event, is_youth=is_youth, around=told)
