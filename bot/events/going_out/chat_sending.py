"""A coordinator sends an invitation, now or later, or hands it in where many would get it."""

from dataclasses import replace
from datetime import datetime
from typing import assert_never

from bot.events import store, when
from bot.events.event import Event
from bot.events.event_page import own_draft, show_submitted
from bot.events.going_out import networks_meant, screens_sending, sending, sending_plan, store_approvals
from bot.events.going_out.actions_sending import (
    AskSend,
    AskSendAt,
    Send,
    SendAt,
    SendAtTyped,
)
from bot.events.going_out.approving import hand_in
from bot.events.going_out.sending import SendOn
from bot.events.going_out.setting_out import set_out
from bot.events.whom.reach import Reach
from bot.events.writing import drafts, store_drafts
from bot.events.writing.actions_writing import Ask
from bot.events.writing.drafts import Step
from bot.events.writing.steps import show_step
from bot.routes import Routes
from bot.turn import Keyboard, Turn, button
from bot.words import Phrase, phrase

routes = Routes()


# --- sending it -------------------------------------------------------------------------------------------------


@routes.press(AskSend)
async def ask_send(turn: Turn, action: AskSend) -> None:
    """Whom it reaches, when it goes and how long it takes, before the last press."""
    event = await _own_whole(turn, action.event)
    if event is not None:
        await _confirm(turn, event, await sending_plan.reach(turn, event), "events.staff.send_ask")


@routes.press(Send)
async def send(turn: Turn, action: Send) -> None:
    """It goes out, or is handed in; or what has changed meanwhile is shown first."""
    event = await _own_whole(turn, action.event)
    if event is None or await _names_others_networks(turn, event):
        return
    reach = await sending_plan.reach(turn, event)
    given = screens_sending.confirmed(action)
    match sending.send(event, given, reach, await sending_plan.circumstances(turn)):
        case sending.Going():
            if await store.begin_sending(turn.db, event.id, turn.now):
                await turn.note("event.sent", "event", event.id)
                await set_out(turn, event.id)
        case sending.Submitted():
            await _hand_in(turn, event, reach)
        case refused:
            await _say_why_not(turn, event, reach, refused, again="events.staff.send_ask_again")


async def _names_others_networks(turn: Turn, event: Event) -> bool:
    """Whether it is for networks that its author ran when they were chosen and does not now: they were told which."""
    names = await networks_meant.of_others(turn, event)
    if names:
        back = (button("events.any.button.back", Ask(event.id, Step.AUDIENCE)),)
        turn.replace("events.staff.networks_not_yours", keyboard=(back,), names=screens_sending.written(names))
    return bool(names)


async def _hand_in(turn: Turn, event: Event, reach: Reach) -> None:
    if await hand_in(turn, event, reach):
        submitted = await store_approvals.submitted(turn.db, event.id)
        if submitted is not None:
            await show_submitted(turn, submitted)
        return
    back = (button("events.any.button.back", Ask(event.id, Step.PAGE)),)
    turn.replace("events.staff.nobody_to_ask", keyboard=(back,), above=turn.settings.four_eyes_above)


async def _say_why_not(turn: Turn, event: Event, reach: Reach, refused: sending.Refused, *, again: str) -> None:
    match refused:
        case sending.CountChanged():
            await _confirm(turn, event, reach, again)
        case sending.TextChanged():
            await _confirm(turn, event, reach, "events.staff.send_ask")
        case sending.NobodyThere():
            back = (button("events.staff.button.not_yet", Ask(event.id, Step.PAGE)),)
            turn.replace("events.staff.nobody_there", keyboard=(back,))
        case sending.AlreadyPast():
            change = (button("events.staff.button.change_when", Ask(event.id, Step.WHEN)),)
            turn.replace("events.staff.when_past", keyboard=(change,))
        case sending.TooLate(arrives):
            turn.replace("events.staff.send_too_late", keyboard=_too_late_keys(event), arrives=arrives)
        case never:
            assert_never(never)


def _too_late_keys(event: Event) -> Keyboard:
    return (
        (button("events.staff.button.send_at", AskSendAt(event.id)),),
        (button("events.any.button.back", Ask(event.id, Step.PAGE)),),
    )


async def _confirm(turn: Turn, event: Event, reach: Reach, key: str) -> None:
    """State the count, and carry it in the button, so that what is confirmed is what goes out."""
    fewest = turn.settings.fewest_shown
    if reach.is_surely_nobody(fewest):
        await _say_why_not(turn, event, reach, sending.NobodyThere(), again=key)
        return
    plan = await sending_plan.before(turn, event, reach)
    name, note = await _last_press(turn, event, reach)
    whom = await sending_plan.reached(turn, event, reach)
    page = screens_sending.ask(key, event, whom, plan, await turn.hours(), note)
    turn.replace_with(page, screens_sending.ask_keyboard(event, reach, fewest, name))


async def _last_press(turn: Turn, event: Event, reach: Reach) -> tuple[str | None, Phrase]:
    """What the last press is called and what it means: for good, for somebody else to look at, or not to be made."""
    above = turn.settings.four_eyes_above
    if not sending.needs_approval(reach, above):
        return "send", phrase("events.staff.note_sends")
    asked = await store_approvals.second_pairs(turn.db, event)
    if not asked:
        return None, phrase("events.staff.note_nobody_to_ask", above=above)
    return "submit", phrase("events.staff.note_hands_in", above=above, names=screens_sending.names(asked))


async def _own_whole(turn: Turn, event_id: int) -> Event | None:
    """The event that this person's draft describes; where something is missing, that is asked instead, and where it has
    been handed in, they see that."""
    submitted = await store_approvals.submitted(turn.db, event_id)
    if submitted is not None and submitted.created_by == turn.person.id:
        await show_submitted(turn, submitted)
        return None
    draft = await own_draft(turn, event_id)
    if draft is None:
        return None
    described = drafts.whole(draft)
    if isinstance(described, Step):
        await show_step(turn, draft, described)
        return None
    return described


# --- when it goes -----------------------------------------------------------------------------------------------


@routes.press(AskSendAt)
async def ask_send_at(turn: Turn, action: AskSendAt) -> None:
    """At once, on one of the next mornings, or when they type."""
    event = await _own_whole(turn, action.event)
    if event is not None:
        hours = await turn.hours()
        turn.expect(SendAtTyped(event.id))
        turn.replace(
            "events.staff.ask_send_at",
            keyboard=await _send_at_keyboard(turn, event.id),
            opens=f"{hours.quiet_until:%H:%M}",
            closes=f"{hours.quiet_from:%H:%M}",
        )


async def _send_at_keyboard(turn: Turn, event_id: int) -> Keyboard:
    offered = sending.offered(turn.now, await turn.hours())
    rows = tuple((button(f"events.staff.button.send_{one.value}", SendAt(event_id, one)),) for one in offered)
    return (*rows, (button("events.any.button.back", AskSend(event_id)),))


@routes.press(SendAt)
async def send_at(turn: Turn, action: SendAt) -> None:
    """That moment, as it is when it is pressed."""
    event = await _own_whole(turn, action.event)
    if event is None:
        return
    moment = sending.moment_of(action.on, turn.now, await turn.hours())
    if moment is None and action.on is not SendOn.NOW:
        await _ask_again(turn, event, "events.staff.when_past")
    else:
        await _keep_send_at(turn, event, moment)


@routes.text(SendAtTyped)
async def send_at_typed(turn: Turn, action: SendAtTyped, text: str) -> None:
    """A date and an hour; without the hour, in the morning."""
    event = await _own_whole(turn, action.event)
    if event is None:
        return
    read = when.read(text.strip(), turn.now, turn.zone)
    if isinstance(read, when.On):
        read = when.starting(read.day, sending.IN_THE_MORNING, turn.now, turn.zone)
    match read:
        case when.At(moment):
            await _keep_send_at(turn, event, moment)
        case when.Past():
            await _ask_again(turn, event, "events.staff.when_past")
        case when.TooFar():
            await _ask_again(turn, event, "events.staff.when_too_far")
        case _:
            await _ask_again(turn, event, "events.staff.when_unreadable")


async def _ask_again(turn: Turn, event: Event, key: str) -> None:
    turn.expect(SendAtTyped(event.id))
    turn.say(key, keyboard=await _send_at_keyboard(turn, event.id))


async def _keep_send_at(turn: Turn, event: Event, moment: datetime | None) -> None:
    draft = await store_drafts.draft(turn.db, event.id)
    if draft is None:
        return
    changed = replace(draft, send_at=moment)
    await store_drafts.save(turn.db, changed)
    described = drafts.whole(changed)
    if isinstance(described, Event):
        await _confirm(turn, described, await sending_plan.reach(turn, described), "events.staff.send_ask")
