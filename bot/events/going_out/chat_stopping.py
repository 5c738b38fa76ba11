"""A coordinator stops the sending of an invitation, and sends it on to those who have not got it."""

from typing import assert_never

from bot.events import store
from bot.events.changed import store_changes
from bot.events.event import Event, State
from bot.events.event_page import own_event, own_while, show_event
from bot.events.going_out import (
    due_progress,
    networks_meant,
    screens_sending,
    sending,
    sending_plan,
    store_approvals,
    store_delivered,
    store_progress,
)
from bot.events.going_out.actions_sending import (
    AskResume,
    Open,
    Resume,
    Stop,
)
from bot.events.going_out.setting_out import set_out
from bot.events.sessions import store_series
from bot.events.whom.reach import Reach
from bot.events.writing.actions_writing import Ask
from bot.events.writing.drafts import Step
from bot.routes import Routes
from bot.turn import Keyboard, Turn, button
from bot.words import phrase

routes = Routes()


@routes.press(Stop)
async def stop(turn: Turn, action: Stop) -> None:
    """Nobody is written to any more but those whose message is on its way; what has not begun is a draft again."""
    event = await own_event(turn, action.event)
    if event is None:
        return
    if await store.take_back(turn.db, event.id, turn.now):
        await store_series.take_back_others(turn.db, event)
        await store_progress.keep(turn.db, event.id, None, None)
        await turn.note("event.taken_back", "event", event.id)
        await _taken_back(turn, event)
        return
    if not await store.stop(turn.db, event.id):
        await show_event(turn, event)
        return
    await store_delivered.stop_waiting(turn.db, event.id, turn.now)
    await store_progress.look_at(turn.db, event.id, turn.now)
    await turn.note("event.stopped", "event", event.id)
    stopped = await store.event(turn.db, event.id)
    assert stopped is not None
    turn.replace_with(*due_progress.said(stopped, await sending_plan.under_way(turn, stopped)))


async def _taken_back(turn: Turn, event: Event) -> None:
    """Its author can go on with it; a colleague who stopped it cannot, but its author hears of it."""
    mine = event.created_by == turn.person.id
    on: Keyboard = ((button("events.staff.button.go_on", Ask(event.id, Step.PAGE)),),)
    turn.replace("events.staff.taken_back", keyboard=on if mine else turn.home, title=event.title)
    if not mine and event.created_by is not None:
        name = turn.person.name or turn.person.code_name
        what = phrase("events.staff.taken_back_by", title=event.title, name=name)
        turn.tell(event.created_by, what, keyboard=on)


@routes.press(AskResume)
async def ask_resume(turn: Turn, action: AskResume) -> None:
    """How many have not got it, before they do."""
    event = await _own_stopped(turn, action.event)
    if event is not None:
        await _confirm_rest(turn, event, await sending_plan.reach(turn, event), "events.staff.resume_ask")


@routes.press(Resume)
async def resume(turn: Turn, action: Resume) -> None:
    """To everybody who has not got it, and to nobody else."""
    event = await _own_stopped(turn, action.event)
    if event is None:
        return
    if names := await networks_meant.of_others(turn, event, turn.person):
        told = screens_sending.written(names)
        turn.replace("events.staff.resume_networks", keyboard=_to_page(event), title=event.title, names=told)
        return
    reach = await sending_plan.reach(turn, event)
    approved = await store_approvals.approved(turn.db, event.id)
    given = screens_sending.confirmed(action)
    now = await sending_plan.circumstances(turn)
    writer = await store_changes.writer(turn.db, event)
    match sending.resume(event, given, reach, now, by=turn.person, approved=approved, writer=writer):
        case sending.Going():
            await _resume(turn, event, reach, approved)
        case sending.NeedsAnother():
            asked = await store_approvals.others(turn.db, event, turn.person.id)
            turn.replace("events.staff.needs_another", keyboard=_to_page(event), names=screens_sending.names(asked))
        case sending.CountChanged() | sending.TextChanged():
            await _confirm_rest(turn, event, reach, "events.staff.resume_ask_again")
        case sending.NobodyThere():
            turn.replace("events.staff.nobody_left", keyboard=_to_page(event), title=event.title)
        case sending.AlreadyPast():
            turn.replace("events.staff.resume_past", keyboard=_to_page(event), title=event.title)
        case sending.TooLate(arrives):
            turn.replace("events.staff.resume_too_late", keyboard=_to_page(event), arrives=arrives)
        case never:
            assert_never(never)


async def _resume(turn: Turn, event: Event, reach: Reach, approved: str | None) -> None:
    if not await store.begin_sending(turn.db, event.id, turn.now, was=State.STOPPED):
        return
    await store_delivered.forget_stopped(turn.db, event.id)
    digest = sending.digest(event)
    if sending.needs_approval(reach, turn.settings.four_eyes_above) and approved != digest:
        stated = reach.stated(turn.settings.fewest_shown)
        await store_approvals.say_yes_to(turn.db, event.id, digest, stated, turn.person.id, turn.now)
    await turn.note("event.resumed", "event", event.id)
    name = turn.person.name or turn.person.code_name
    await set_out(turn, event.id, phrase("events.staff.sent_on", name=name))
    begun = await own_event(turn, event.id)
    if begun is not None and turn.person.id != event.created_by:
        await show_event(turn, begun)


async def _own_stopped(turn: Turn, event_id: int) -> Event | None:
    """The event, if it is theirs to run and stopped; if it is not stopped any more, they see its page."""
    return await own_while(turn, event_id, lambda event: event.state is State.STOPPED)


async def _confirm_rest(turn: Turn, event: Event, reach: Reach, key: str) -> None:
    fewest = turn.settings.fewest_shown
    if reach.is_surely_nobody(fewest):
        turn.replace("events.staff.nobody_left", keyboard=_to_page(event), title=event.title)
        return
    plan = await sending_plan.before(turn, event, reach)
    hours = await turn.hours()
    whom = await sending_plan.reached(turn, event, reach)
    page = screens_sending.ask(key, event, whom, plan, hours, phrase("events.staff.note_rest"))
    turn.replace_with(page, screens_sending.resume_keyboard(event, reach, fewest))


def _to_page(event: Event) -> Keyboard:
    return ((button("events.staff.button.open", Open(event.id)),),)
