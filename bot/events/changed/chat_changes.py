"""A coordinator changes an event that was sent: part by part, with a look at the notice, and one press to tell it."""

from bot.events import screens
from bot.events.changed import changes, handing, screens_changes, store_changes
from bot.events.changed.actions_changes import (
    AskChange,
    Change,
    ClearChange,
    DropChange,
    ReviewChange,
    TellChange,
    TypedChange,
)
from bot.events.changed.carrying_out import carry_out
from bot.events.changed.changes import Part, Told, Value
from bot.events.changed.changing import Unreadable, typed
from bot.events.event import Event
from bot.events.event_page import own_event, own_while, show_event
from bot.events.going_out import screens_sending, seen_by_another
from bot.events.whom import heard_by
from bot.routes import Routes
from bot.turn import Turn, button
from bot.words import InLanguages, Language

routes = Routes()


async def _own(turn: Turn, event_id: int) -> Event | None:
    """The event, if this person may run it and something of it can still be changed; else they see its page, or what
    of theirs waits for somebody else: until they take that back, they write nothing new."""
    event = await own_while(turn, event_id, lambda one: changes.may_change(one, turn.now))
    return None if event is None or await handing.is_waiting(turn, event) else event


# --- writing it -------------------------------------------------------------------------------------------------


@routes.press(Change)
async def change(turn: Turn, action: Change) -> None:
    event = await _own(turn, action.event)
    if event is not None:
        await _show(turn, event)


async def _show(turn: Turn, event: Event, wanted: Told | None = None) -> None:
    if wanted is None:
        wanted = await store_changes.drafted(turn.db, event.id, turn.person.id)
    new = changes.settled(event, wanted, turn.now, turn.zone)
    screens.show(turn, screens_changes.page(event, new), screens_changes.page_keyboard(event, new))


@routes.press(AskChange)
async def ask_change(turn: Turn, action: AskChange) -> None:
    event = await _own(turn, action.event)
    if event is None:
        return
    part, language = action.part, action.language
    if part not in screens_changes.offered(event):
        await _show(turn, event)
    elif part in (Part.TITLE, Part.DETAILS) and language is None and len(event.title.texts) > 1:
        turn.replace("events.staff.change_language", keyboard=screens_changes.languages(event, part))
    else:
        await _ask(turn, event, part, language or event.title.fallback)


async def _ask(turn: Turn, event: Event, part: Part, language: Language) -> None:
    wanted = await store_changes.drafted(turn.db, event.id, turn.person.id)
    now = _in_mind(event, wanted, part)
    turn.expect(TypedChange(event.id, part, language if part in (Part.TITLE, Part.DETAILS) else None))
    shown: Value = now.texts.get(language) if isinstance(now, InLanguages) else now
    keyboard = screens_changes.question_keyboard(event, part, now)
    screens.show(turn, screens_changes.question(event, part, shown), keyboard)


def _in_mind(event: Event, wanted: Told, part: Part) -> Value:
    """What it would be by now."""
    return wanted[part] if part in wanted else changes.told_of(event).get(part)


@routes.text(TypedChange)
async def typed_change(turn: Turn, action: TypedChange, text: str) -> None:
    event = await _own(turn, action.event)
    if event is None:
        return
    wanted = await store_changes.drafted(turn.db, event.id, turn.person.id)
    match typed(changes.applied(event, wanted), action.part, action.language, text, turn.now, turn.zone):
        case Unreadable(key, most):
            turn.expect(action)
            keyboard = screens_changes.question_keyboard(event, action.part, None)
            turn.say(f"events.staff.change_unreadable.{key}", keyboard=keyboard, most=most)
        case new:
            await _keep(turn, event, {**wanted, action.part: new})


@routes.press(ClearChange)
async def clear_change(turn: Turn, action: ClearChange) -> None:
    event = await _own(turn, action.event)
    if event is None:
        return
    wanted = await store_changes.drafted(turn.db, event.id, turn.person.id)
    if action.part in screens_changes.CLEARED:
        await _keep(turn, event, {**wanted, action.part: None})


async def _keep(turn: Turn, event: Event, wanted: Told) -> None:
    await store_changes.keep_draft(turn.db, event.id, turn.person.id, wanted, turn.now)
    await _show(turn, event, wanted)


@routes.press(DropChange)
async def drop_change(turn: Turn, action: DropChange) -> None:
    event = await own_event(turn, action.event)
    if event is not None:
        await store_changes.drop_draft(turn.db, event.id, turn.person.id)
        await show_event(turn, event)


# --- looking at it and telling it -------------------------------------------------------------------------------


@routes.press(ReviewChange)
async def review_change(turn: Turn, action: ReviewChange) -> None:
    event = await _own(turn, action.event)
    if event is not None:
        wanted = await store_changes.drafted(turn.db, event.id, turn.person.id)
        new = changes.settled(event, wanted, turn.now, turn.zone)
        await _review(turn, event, new, action.language or turn.person.language)


async def _review(turn: Turn, event: Event, new: Told, language: Language) -> None:
    """The notice with whom it goes to; what has to be mended first is said instead."""
    match changes.amiss(event, new, turn.now):
        case None:
            people, held = await heard_by.change(turn, event, new), await heard_by.held(turn, event, new)
            page = screens_changes.review(event, new, language, people, held)
            hands_over = await handing.needs_another(turn, event, new)
            screens.show(turn, page, screens_changes.review_keyboard(event, new, hands_over=hands_over))
        case changes.Amiss.NOTHING:
            await _show(turn, event, new)
        case amiss:
            back = (button("events.any.button.back", Change(event.id)),)
            turn.replace(f"events.staff.change_amiss.{amiss.value}", keyboard=(back,))


@routes.press(TellChange)
async def tell_change(turn: Turn, action: TellChange) -> None:
    event = await _own(turn, action.event)
    if event is None:
        return
    wanted = await store_changes.drafted(turn.db, event.id, turn.person.id)
    new = changes.settled(event, wanted, turn.now, turn.zone)
    if not new:  # pressed twice: it is being told
        await show_event(turn, event)
    elif changes.digest(event, new) != action.shown or changes.amiss(event, new, turn.now) is not None:
        await _review(turn, event, new, turn.person.language)
    elif await handing.needs_another(turn, event, new):
        await handing.hand_over(turn, event, new)
    else:
        people = await heard_by.change(turn, event, new)
        await carry_out(turn, event, new)
        on = screens_changes.told_keyboard(event.id)
        turn.replace("events.staff.change_told", keyboard=on, title=event.title, count=people)
        if asked := await seen_by_another.stop_until_then(turn, event.id):
            await turn.note("event.stopped", "event", event.id)
            turn.say("events.staff.needs_another", keyboard=on, names=screens_sending.names(asked))
