"""A coordinator looks at the invitation as its readers will, sends it, watches the answers, stops it, calls it off."""

from datetime import datetime, timedelta
from typing import Final, assert_never

from bot.events import drafts, rules, screens, store, store_audience, store_guests
from bot.events.actions import (
    Ask,
    AskSend,
    Cancel,
    Open,
    Preview,
    Sample,
    Send,
    SendToMe,
    ShowEvents,
    Stop,
    Write,
)
from bot.events.drafts import Step
from bot.events.event_page import own_draft, own_event, show_event, to_queue
from bot.events.guests import show_mine
from bot.events.rules import Event
from bot.events.steps import show_step
from bot.roles import Role
from bot.routes import Routes
from bot.turn import Keyboard, Priority, Turn, button
from bot.words import Lines, SaidIn

routes = Routes()

routes.offer({Role.COORDINATOR}, 20, button("events.staff.button.events", ShowEvents()))

KEEP_IN_LIST: Final = timedelta(days=7)
"""How long an event stays in the coordinators' list after it began."""

LIST_LIMIT: Final = 20


# --- looking at it ----------------------------------------------------------------------------------------------


async def _own_whole(turn: Turn, event_id: int) -> Event | None:
    """The event that this person's draft describes; where something is missing, that is asked instead."""
    draft = await own_draft(turn, event_id)
    if draft is None:
        return None
    match drafts.whole(draft):
        case Event() as event:
            return event
        case Step() as missing:
            await show_step(turn, draft, missing)
            return None
        case never:
            assert_never(never)


@routes.press(Preview)
async def preview(turn: Turn, action: Preview) -> None:
    event = await _own_whole(turn, action.event)
    if event is None:
        return
    keyboard: Keyboard = (
        tuple(screens.previews(event.id)),
        (button("events.any.button.back", Ask(event.id, Step.PAGE)),),
    )
    key = "events.staff.preview" if action.language in event.title.texts else "events.staff.preview_untranslated"
    turn.replace(
        key,
        keyboard=keyboard,
        language=screens.in_language(action.language),
        fallback=screens.in_language(event.title.fallback),
        invitation=SaidIn(action.language, screens.invitation(event, is_youth=screens.speaks_to_youth(event.audience))),
    )


@routes.press(SendToMe)
async def send_to_me(turn: Turn, action: SendToMe) -> None:
    event = await _own_whole(turn, action.event)
    if event is None:
        return
    is_youth = screens.speaks_to_youth(event.audience)
    copy = screens.invitation(event, is_youth=is_youth)
    keys = screens.samples(is_youth=is_youth)
    turn.tell(turn.person.id, copy, keyboard=keys, priority=Priority.REPLY, at_night=True)
    keyboard = (
        (button("events.staff.button.send", AskSend(event.id)),),
        (button("events.any.button.back", Ask(event.id, Step.PAGE)),),
    )
    turn.say("events.staff.sent_to_you", keyboard=keyboard)


@routes.press(Sample)
async def sample(turn: Turn, _: Sample) -> None:
    turn.say("events.staff.only_a_sample", keyboard=((button("events.staff.button.go_on", Write()),),))


# --- sending it -------------------------------------------------------------------------------------------------


@routes.press(AskSend)
async def ask_send(turn: Turn, action: AskSend) -> None:
    event = await _own_whole(turn, action.event)
    if event is not None:
        count = await store_audience.count(turn.db, event.audience, turn.person.id)
        _confirm(turn, event, count, "events.staff.send_ask")


def _confirm(turn: Turn, event: Event, count: int, key: str) -> None:
    """State the count, and carry it in the button, so that what is confirmed is what goes out."""
    back = (button("events.staff.button.not_yet", Ask(event.id, Step.PAGE)),)
    if count == 0:
        turn.replace("events.staff.nobody_there", keyboard=(back,))
        return
    sure = (button("events.staff.button.send_sure", Send(event.id, count, rules.digest(event)), number=count),)
    turn.replace(
        key,
        keyboard=(sure, back),
        title=event.title,
        when=event.starts_at,
        people=screens.people(count),
        groups=screens.groups_of(event.audience),
        where=screens.place_of(event.audience),
    )


@routes.press(Send)
async def send(turn: Turn, action: Send) -> None:
    event = await _own_whole(turn, action.event)
    if event is None:
        return
    count = await store_audience.count(turn.db, event.audience, turn.person.id)
    match rules.send(event, action.stated, action.digest, count, turn.now, await turn.hours()):
        case rules.Going(remind_at):
            await _begin(turn, event, remind_at)
        case rules.CountChanged(now_count):
            _confirm(turn, event, now_count, "events.staff.send_ask_again")
        case rules.TextChanged():
            _confirm(turn, event, count, "events.staff.send_ask")
        case rules.NobodyThere():
            _confirm(turn, event, 0, "events.staff.send_ask")
        case rules.AlreadyPast():
            change = (button("events.staff.button.change_when", Ask(event.id, Step.WHEN)),)
            turn.replace("events.staff.when_past", keyboard=(change,))
        case never:
            assert_never(never)


async def _begin(turn: Turn, event: Event, remind_at: datetime | None) -> None:
    if await store.begin_sending(turn.db, event.id, turn.now, remind_at):
        await turn.note("event.sent", "event", event.id)
    begun = await own_event(turn, event.id)
    if begun is not None:
        await show_event(turn, begun)


# --- running it -------------------------------------------------------------------------------------------------


@routes.command("events")
async def events_command(turn: Turn, _: str) -> None:
    await _show_events(turn)


@routes.press(ShowEvents)
async def events_pressed(turn: Turn, _: ShowEvents) -> None:
    await _show_events(turn)


async def _show_events(turn: Turn) -> None:
    places = rules.own_places(turn.person)
    if not places:
        await show_mine(turn)
        return
    found = await store.run_by(turn.db, places, turn.now - KEEP_IN_LIST, LIST_LIMIT)
    replies = await store_guests.replies(turn.db, [event.id for event in found])
    rows: Keyboard = tuple(
        (button("events.any.button.title", Open(event.id), title=screens.short(event.title)),) for event in found
    )
    more: Keyboard = ((button("events.staff.button.write", Write()),), screens.mine_row(is_youth=False))
    if not found:
        turn.replace("events.staff.no_events", keyboard=more)
        return
    lines = tuple(screens.line(event, replies[event.id]) for event in found)
    turn.replace("events.staff.events", keyboard=(*rows, *more), events=Lines(lines))


@routes.press(Open)
async def open_event(turn: Turn, action: Open) -> None:
    event = await own_event(turn, action.event)
    if event is not None:
        await show_event(turn, event)


@routes.press(Stop)
async def stop(turn: Turn, action: Stop) -> None:
    event = await own_event(turn, action.event)
    if event is None:
        return
    not_queued = await to_queue(turn, event)
    if not await store.stop(turn.db, event.id):
        await show_event(turn, event)
        return
    await store_guests.stop_waiting(turn.db, event.id, turn.now)
    await turn.note("event.stopped", "event", event.id)
    delivered = await store_guests.delivered(turn.db, event.id)
    keyboard = (
        (button("events.staff.button.open", Open(event.id)),),
        (button("events.staff.button.cancel", Cancel(event.id, sure=False)),),
    )
    turn.replace(
        "events.staff.stopped",
        keyboard=keyboard,
        title=event.title,
        sent=delivered.sent,
        in_flight=delivered.in_flight,
        stopped=delivered.kept_back + not_queued,
    )


@routes.press(Cancel)
async def cancel(turn: Turn, action: Cancel) -> None:
    event = await own_event(turn, action.event)
    if event is None:
        return
    if not rules.may_cancel(event, turn.now):
        await show_event(turn, event)
    elif not action.sure:
        count = await store_guests.count_not_declined(turn.db, event.id)
        keyboard = (
            (button("events.staff.button.cancel_sure", Cancel(event.id, sure=True)),),
            (button("events.any.button.back", Open(event.id)),),
        )
        turn.replace("events.staff.cancel_ask", keyboard=keyboard, title=event.title, count=count)
    elif await store.cancel(turn.db, event.id):
        await store_guests.stop_waiting(turn.db, event.id, turn.now)
        await store_guests.stop_reminders(turn.db, event.id, turn.now)
        await turn.note("event.cancelled", "event", event.id)
        count = await store_guests.count_not_declined(turn.db, event.id)
        on = (button("events.staff.button.events", ShowEvents()),)
        turn.replace("events.staff.called_off", keyboard=(on,), title=event.title, count=count)
