"""Four eyes for changed words: a coordinator who did not write them looks at the notice, tells it or hands it back."""

from bot.events import screens
from bot.events.changed import changes, handing, screens_changes, screens_handed, store_handed
from bot.events.changed.actions_handed import LookAtChange, ReturnChange, ReturnChangeWhy, TakeBackChange, TellHanded
from bot.events.changed.carrying_out import carry_out
from bot.events.changed.changes import Amiss, State, Told
from bot.events.changed.store_handed import Handed
from bot.events.event import Event
from bot.events.event_page import own_event, show_event
from bot.events.going_out import screens_sending, seen_by_another
from bot.events.going_out.chat_approval import LONGEST_REASON
from bot.events.whom import heard_by
from bot.events.writing.drafts import length
from bot.routes import Routes
from bot.turn import Turn
from bot.words import Language, phrase

routes = Routes()


@routes.press(LookAtChange)
async def look(turn: Turn, action: LookAtChange) -> None:
    """The notice in one language, to whoever can tell it; its author sees that it waits."""
    found = await _for_another(turn, action.change)
    if found is not None:
        event, handed = found
        await _show(turn, event, handed, action.language)


@routes.press(TellHanded)
async def tell_handed(turn: Turn, action: TellHanded) -> None:
    """A second coordinator's press: of two at the same moment one has an effect, and only what was seen is told."""
    found = await _for_another(turn, action.change)
    if found is None:
        return
    event, handed = found
    new = _settled(turn, event, handed)
    if changes.digest(event, new) != action.shown or changes.amiss(event, new, turn.now) is not None:
        await _show(turn, event, handed, None, again=True)
        return
    people = await heard_by.change(turn, event, new)
    if not await carry_out(turn, event, new, handed.id):
        await show_event(turn, event)
        return
    await turn.note("event.change_approved", "event", event.id)
    await seen_by_another.with_change(turn, event)
    keyboard = screens_changes.told_keyboard(event.id)
    turn.replace("events.staff.change_told", keyboard=keyboard, title=event.title, count=people)
    if asked := await seen_by_another.stop_until_then(turn, event.id):
        await turn.note("event.stopped", "event", event.id)
        turn.say("events.staff.needs_another", keyboard=keyboard, names=screens_sending.names(asked))
    if (author := await handing.author(turn, event, handed)) is not None:
        name = handing.named(turn.person)
        what = phrase("events.staff.change_told_by", title=event.title, name=name)
        turn.tell(author.id, what, keyboard=keyboard)


def _settled(turn: Turn, event: Event, handed: Handed) -> Told:
    return changes.settled(event, handed.new, turn.now, turn.zone)


async def _show(turn: Turn, event: Event, handed: Handed, language: Language | None, *, again: bool = False) -> None:
    """Everything its author was shown before the last press, and who its author is; or why it cannot be told."""
    new = _settled(turn, event, handed)
    has_author = await handing.author(turn, event, handed) is not None
    match changes.amiss(event, new, turn.now):
        case None:
            name = await handing.author_name(turn, handed)
            people = await heard_by.change(turn, event, new)
            read_in = language or _one_with_news(turn, event, new)
            review = screens_changes.review(event, new, read_in, people, await heard_by.held(turn, event, new))
            keyboard = screens_handed.look_keyboard(event, handed, new, has_author=has_author)
            screens.show(turn, screens_handed.look(event, handed, name, review, again=again), keyboard)
        case Amiss.NOTHING:
            keyboard = screens_handed.away(handed, has_author=has_author)
            turn.replace("events.staff.change_is_so_already", keyboard=keyboard, title=event.title)
        case _:
            keyboard = screens_handed.away(handed, has_author=has_author)
            turn.replace("events.staff.change_cannot_be_told", keyboard=keyboard, title=event.title)


def _one_with_news(turn: Turn, event: Event, new: Told) -> Language:
    """The reader's own language, if anything is new in it."""
    told = changes.difference(event, new)
    own = turn.person.language
    return next((one for one in (own, *Language) if changes.read_in(told, one)), own)


# --- it is not told ---------------------------------------------------------------------------------------------


@routes.press(ReturnChange)
async def hand_back(turn: Turn, action: ReturnChange) -> None:
    """What should be written otherwise? Where nobody is there to do so, it is dropped."""
    found = await _for_another(turn, action.change)
    if found is None:
        return
    event, handed = found
    if await handing.author(turn, event, handed) is not None:
        turn.expect(ReturnChangeWhy(handed.id))
        keyboard = screens_handed.to_look(handed)
        turn.replace("events.staff.ask_why_return", keyboard=keyboard, title=event.title, most=LONGEST_REASON)
        return
    if await store_handed.drop(turn.db, handed.id):
        await turn.note("event.change_dropped", "event", event.id)
    keyboard = (screens_handed.to_event(event.id),)
    turn.replace("events.staff.handed_change_dropped", keyboard=keyboard, title=event.title)


@routes.text(ReturnChangeWhy)
async def hand_back_because(turn: Turn, action: ReturnChangeWhy, text: str) -> None:
    """Its author reads why, and can write it again."""
    found = await _for_another(turn, action.change)
    if found is None:
        return
    event, handed = found
    reason = text.strip()
    if not 0 < length(reason) <= LONGEST_REASON:
        turn.expect(action)
        keyboard = screens_handed.to_look(handed)
        turn.say("events.staff.why_too_long", keyboard=keyboard, length=length(reason), most=LONGEST_REASON)
        return
    author = await handing.author(turn, event, handed)
    if author is None:
        await _show(turn, event, handed, None)
        return
    if await store_handed.give_back(turn.db, handed.id):
        await turn.note("event.change_returned", "event", event.id)
        name = handing.named(turn.person)
        what = phrase("events.staff.change_returned", title=event.title, name=name, reason=reason)
        turn.tell(author.id, what, keyboard=screens_handed.go_on(event))
    turn.say("events.staff.change_handed_back", keyboard=(screens_handed.to_event(event.id),), title=event.title)


@routes.press(TakeBackChange)
async def take_back(turn: Turn, action: TakeBackChange) -> None:
    """Its author can write it again."""
    found = await _waiting(turn, action.change)
    if found is None:
        return
    event, handed = found
    if handed.by != turn.person.id:
        await turn.forbidden()
        return
    if await store_handed.give_back(turn.db, handed.id):
        await turn.note("event.change_taken_back", "event", event.id)
    turn.replace("events.staff.change_taken_back", keyboard=screens_handed.go_on(event), title=event.title)


# --- whose it is ------------------------------------------------------------------------------------------------


async def _for_another(turn: Turn, change_id: int) -> tuple[Event, Handed] | None:
    """What waits, for whoever may tell it: its author sees that it waits."""
    found = await _waiting(turn, change_id)
    if found is None or found[1].by != turn.person.id:
        return found
    await handing.show_waiting(turn, *found)
    return None


async def _waiting(turn: Turn, change_id: int) -> tuple[Event, Handed] | None:
    """What waits of an event that this person may run; if it waits no more, or the event has begun or is off, they are
    told so."""
    stands = await store_handed.state_of(turn.db, change_id)
    if stands is None:
        await turn.forbidden()
        return None
    event = await own_event(turn, stands[0])
    if event is None:
        return None
    handed = await store_handed.handed(turn.db, change_id)
    if handed is None:
        key = "events.staff.change_is_rewritten" if stands[1] is State.DRAFTED else "events.staff.change_is_decided"
        turn.replace(key, keyboard=(screens_handed.to_event(event.id),), title=event.title)
        return None
    if not changes.may_change(event, turn.now):
        await show_event(turn, event)
        return None
    return event, handed
