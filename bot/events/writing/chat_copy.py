"""A coordinator begins with an earlier event of their own place: the same words and terms, other dates."""

from typing import Final

from bot.events import rules, screens
from bot.events.event import Event
from bot.events.event_page import own_event
from bot.events.files import store_organisers
from bot.events.writing import drafts, steps, store_drafts, store_earlier
from bot.events.writing.actions_writing import ChooseKind, CopyOf, ShowEarlier
from bot.routes import Routes
from bot.turn import Button, Keyboard, Turn, button

routes = Routes()

_SHORT: Final = 18
"""Letters of a title beside its date on a button."""


@routes.press(ShowEarlier)
async def show_earlier(turn: Turn, _: ShowEarlier) -> None:
    found = await store_earlier.events_of(turn.db, rules.own_places(turn.person), answered=False)
    rows: Keyboard = tuple((_copy(turn, one),) for one in found)
    key = "events.staff.choose_earlier" if found else "events.staff.none_earlier"
    turn.replace(key, keyboard=(*rows, (button("events.any.button.back", ChooseKind(None)),)))


def _copy(turn: Turn, event: Event) -> Button:
    day, title = event.starts_at.astimezone(turn.zone).date(), screens.short(event.title, _SHORT)
    return button("events.staff.button.copied", CopyOf(event.id), title=title, day=day)


@routes.press(CopyOf)
async def copy_of(turn: Turn, action: CopyOf) -> None:
    event = await own_event(turn, action.event)
    if event is None:
        return
    empty = await store_drafts.start_draft(turn.db, turn.person.id, event.title.fallback, event.kind, turn.now)
    draft = drafts.copied(event, empty)
    await store_drafts.save(turn.db, draft)
    await store_organisers.copy(turn.db, event.id, draft.id)
    await turn.note("event.copied", "event", draft.id)
    await steps.show_step(turn, draft, drafts.next_step(draft))
