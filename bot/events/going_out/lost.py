"""What did not reach everybody in time, and how its author hears of it."""

import re
from enum import StrEnum
from typing import Final

from bot.events import store
from bot.events.event import Event
from bot.events.files.organising import organisers
from bot.events.going_out.actions_sending import Open
from bot.happenings import Lapsed
from bot.routes import Routes
from bot.turn import Tick, button
from bot.words import phrase

routes = Routes()


class Unreached(StrEnum):
    """What came too late for somebody; the last word of the key by which the author is told."""

    INVITATION = "invitation"
    REMINDER = "reminder"
    CHANGE = "change"
    CANCELLATION = "cancellation"
    OFFER = "offer"
    """Of a place that became free: it went on to the next without having been read."""


_OCCASION: Final = re.compile(
    r"event:(\d+):\d+(?::(day_before|soon|changed|cancelled|all_cancelled|offer|open)(?::\d+)?)?"
)
_OF_OCCASION: Final = {
    None: Unreached.INVITATION,
    "day_before": Unreached.REMINDER,
    "soon": Unreached.REMINDER,
    "changed": Unreached.CHANGE,
    "cancelled": Unreached.CANCELLATION,
    "all_cancelled": Unreached.CANCELLATION,
    "offer": Unreached.OFFER,
    "open": Unreached.OFFER,
}


@routes.on(Lapsed)
async def not_everybody_reached(tick: Tick, lapsed: Lapsed) -> None:
    """What was queued did not leave in time: whoever wrote the invitation hears it once, however many it was for."""
    found = [match for one in lapsed.occasions if (match := _OCCASION.fullmatch(one))]
    for event_id, what in sorted({(int(match[1]), _OF_OCCASION[match[2]]) for match in found}):
        event = await store.event(tick.db, event_id)
        if event is not None:
            await tell_author(tick, event, what)


async def tell_author(tick: Tick, event: Event, what: Unreached) -> None:
    """Say to whoever wrote it, or answers for it by now, what came too late; once an event."""
    await tick.record(f"event.missed_{what.value}", subject="event", subject_id=event.id)
    for one in await organisers(tick.db, event):
        tick.tell(
            one.id,
            phrase(f"events.staff.unreached.{what.value}", title=event.title, when=event.starts_at),
            keyboard=((button("events.staff.button.open", Open(event.id)),),),
            once=f"event:{event.id}:unreached:{what.value}:{one.id}",
        )
