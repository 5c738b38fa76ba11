"""A coordinator calls an event off, and may say why."""

from bot.events import rules, screens, store
from bot.events.changed import store_changes, store_reasons
from bot.events.changed.actions_changes import AskReason, CancelWithReason, TypedReason
from bot.events.changed.changing import LONGEST_NOTE
from bot.events.event import Event
from bot.events.event_page import own_while
from bot.events.going_out import store_delivered, store_progress
from bot.events.going_out.actions_sending import Cancel, Open, ShowEvents
from bot.events.sessions import screens_sessions, store_sessions
from bot.events.sessions.actions_sessions import CancelSeries
from bot.events.whom import heard_by
from bot.events.writing import drafts
from bot.routes import Routes
from bot.turn import Turn, button

routes = Routes()


async def _own(turn: Turn, event_id: int) -> Event | None:
    """The event, if this person may run it and it can still be called off; else they see its page."""
    return await own_while(turn, event_id, lambda event: rules.may_cancel(event, turn.now))


@routes.press(Cancel)
async def cancel(turn: Turn, action: Cancel) -> None:
    event = await _own(turn, action.event)
    if event is None:
        return
    if action.sure:
        await _call_off(turn, event)
        return
    others = await store_sessions.others_ahead(turn.db, event, turn.now)
    if others:
        screens.show(turn, *screens_sessions.ask_session(event, await heard_by.session(turn, event)))
        return
    count = await heard_by.cancellation(turn, [event])
    keyboard = (
        (button("events.staff.button.cancel_sure", Cancel(event.id, sure=True)),),
        (button("events.staff.button.say_why", AskReason(event.id)),),
        (button("events.any.button.back", Open(event.id)),),
    )
    turn.replace("events.staff.cancel_ask", keyboard=keyboard, title=event.title, count=count)


@routes.press(CancelSeries)
async def cancel_series(turn: Turn, action: CancelSeries) -> None:
    event = await _own(turn, action.event)
    if event is None:
        return
    off = [event, *await store_sessions.others_ahead(turn.db, event, turn.now)]
    if not action.sure:
        people = await heard_by.cancellation(turn, off)
        screens.show(turn, *screens_sessions.ask_series(event, people, len(off)))
    elif action.change is None or await store_reasons.take(turn.db, action.change, event, turn.person.id):
        people = await heard_by.cancellation(turn, off)
        for one in off:
            await _is_off(turn, one)
        on = (button("events.staff.button.events", ShowEvents()),)
        turn.replace("events.staff.called_off", keyboard=(on,), title=event.title, count=people)
    else:
        await turn.forbidden()


@routes.press(AskReason)
async def ask_reason(turn: Turn, action: AskReason) -> None:
    event = await _own(turn, action.event)
    if event is not None:
        turn.expect(TypedReason(event.id))
        back = (button("events.any.button.back", Cancel(event.id, sure=False)),)
        turn.replace("events.staff.ask_why", keyboard=(back,), title=event.title, most=LONGEST_NOTE)


@routes.text(TypedReason)
async def typed_reason(turn: Turn, action: TypedReason, text: str) -> None:
    event = await _own(turn, action.event)
    if event is None:
        return
    why, back = text.strip(), (button("events.any.button.back", Cancel(event.id, sure=False)),)
    if not why or drafts.length(why) > LONGEST_NOTE:
        turn.expect(action)
        turn.say("events.staff.change_unreadable.too_long", keyboard=(back,), most=LONGEST_NOTE)
        return
    number = await store_reasons.keep(turn.db, event.id, turn.person.id, why, turn.now)
    if await store_sessions.others_ahead(turn.db, event, turn.now):
        one = (button("events.staff.button.cancel_session_sure", CancelWithReason(event.id, number)),)
        all_of_them = (button("events.staff.button.cancel_series_sure", CancelSeries(event.id, True, number)),)
        turn.say("events.staff.cancel_part_because", keyboard=(one, all_of_them, back), title=event.title, reason=why)
        return
    sure = (button("events.staff.button.cancel_sure", CancelWithReason(event.id, number)),)
    turn.say("events.staff.cancel_because", keyboard=(sure, back), title=event.title, reason=why)


@routes.press(CancelWithReason)
async def cancel_with_reason(turn: Turn, action: CancelWithReason) -> None:
    event = await _own(turn, action.event)
    if event is None:
        return
    if await store_reasons.take(turn.db, action.change, event, turn.person.id):
        await _call_off(turn, event)
    else:
        await turn.forbidden()


async def _call_off(turn: Turn, event: Event) -> None:
    """One event, or one session: the invitation to the others, if there are any, hangs on the last of them then."""
    others = await store_sessions.others_ahead(turn.db, event, turn.now)
    if others:
        people = await heard_by.session(turn, event)
        await store_sessions.hang_on(turn.db, event, others[-1])
        if await _is_off(turn, event):
            screens.show(turn, *screens_sessions.session_is_off(event, people))
        return
    people = await heard_by.cancellation(turn, [event])
    if await _is_off(turn, event):
        on = (button("events.staff.button.events", ShowEvents()),)
        turn.replace("events.staff.called_off", keyboard=(on,), title=event.title, count=people)


async def _is_off(turn: Turn, event: Event) -> bool:
    """Nobody is invited, reminded or told of changes any more; everybody it concerns hears that it is off."""
    if not await store.cancel(turn.db, event.id):
        return False
    await store_delivered.stop_waiting(turn.db, event.id, turn.now)
    await store_delivered.stop_reminders(turn.db, event.id, turn.now)
    await store_changes.overtake(turn.db, event.id, turn.now)
    await store_progress.look_at(turn.db, event.id, turn.now)
    await turn.note("event.cancelled", "event", event.id)
    return True
