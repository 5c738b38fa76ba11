"""The page of one event, and whose it is: both asked afresh on every press."""

from collections.abc import Callable

from bot.events import rules, screens, store
from bot.events.after import after_rows
from bot.events.changed import changes, screens_changes, screens_handed, store_handed
from bot.events.event import Event, State
from bot.events.files import screens_files
from bot.events.from_file import screens_import
from bot.events.going_out import screens_sending, sending_plan, store_approvals, store_progress
from bot.events.places import screens_seats, store_seats
from bot.events.sessions import screens_sessions
from bot.events.signup import confirming, store_guests
from bot.events.whom.screens_audience import whom
from bot.events.writing import drafts, store_drafts
from bot.events.writing.drafts import Draft
from bot.turn import Keyboard, Message, Tick, Turn


async def own_event(turn: Turn, event_id: int) -> Event | None:
    """The event, if this person may run it; otherwise they have been told that there is none for them."""
    event = await store.event(turn.db, event_id)
    if event is None or not rules.may_run(turn.person, event):
        await turn.forbidden()
        return None
    return event


async def own_while(turn: Turn, event_id: int, can: Callable[[Event], bool]) -> Event | None:
    """The same while something `can` still be done about it; else they see its page."""
    event = await own_event(turn, event_id)
    if event is None or can(event):
        return event
    await show_event(turn, event)
    return None


async def own_draft(turn: Turn, event_id: int) -> Draft | None:
    """The draft, if it is this person's; if it has been sent meanwhile, they see its page instead, and if they threw it
    away, that."""
    draft = await store_drafts.draft(turn.db, event_id)
    if draft is not None and drafts.may_write(turn.person, draft):
        return draft
    if draft is not None:
        await turn.forbidden()
    elif await store_drafts.is_discarded(turn.db, event_id, turn.person.id):
        ways = (screens_import.drafts_row(), screens_import.events_row())
        turn.replace("events.staff.draft_gone", keyboard=ways)
    elif (event := await own_event(turn, event_id)) is not None:
        await show_event(turn, event)
    return None


async def own_text(turn: Turn, event_id: int) -> Draft | Event | None:
    """What organisers and files can be added to or taken from: the draft, or what everybody has by now."""
    event = await store.event(turn.db, event_id)
    if event is not None and may_add_to(turn, event) and rules.may_run(turn.person, event):
        return event
    return await own_draft(turn, event_id)


def may_add_to(tick: Tick, event: Event) -> bool:
    """Whether its organisers and files can still change once it is out, without a word to anybody; not while it goes
    out, for what goes out is what somebody looked at."""
    return event.state is State.SENT and tick.now < event.starts_at


async def show_event(turn: Turn, event: Event) -> None:
    """How far it is and what they answered."""
    way = await sending_plan.under_way(turn, event)
    replies = (await store_guests.replies(turn.db, [event.id]))[event.id]
    state = screens_sending.state_line(event, way.counts, way.in_flight, way.plan, way.hours)
    seats = screens_seats.numbers_line(event.terms, await store_seats.counted(turn.db, event.id))
    if (confirmed := await confirming.counted(turn.db, event)) is not None:
        seats = screens_seats.with_confirmed(seats, *confirmed)
    page = screens_sending.event_page(event, await whom(turn, event), state, way.counts, replies, seats, way.fewest)
    keyboard = screens_sending.event_keyboard(
        event,
        (*_ways_on(turn, event), *await _waiting(turn, event)),
        can_stop=event.state in (State.SENDING, State.SENT) and way.can_stop,
        can_resume=event.state is State.STOPPED and turn.now < event.last_answer,
        can_cancel=rules.may_cancel(event, turn.now),
    )
    if await _is_counting(turn, event):
        turn.said.append(Message(turn.person.id, page, keyboard, at_night=True))
    else:
        screens.show(turn, page, keyboard)


def _ways_on(turn: Turn, event: Event) -> Keyboard:
    """What else there is to do about it: its guests, its changes, its door and what comes after it."""
    sessions = (screens_sessions.series_row(event),) if event.is_session else ()
    correction = (screens_changes.correction_row(event.id),) if event.state is State.STOPPED else ()
    return (
        *sessions,
        *screens_seats.event_rows(event),
        *screens_changes.event_rows(event, turn.now),
        *correction,
        *after_rows.rows_for_organiser(event, turn.now),
        *(screens_files.draft_rows(event.id) if may_add_to(turn, event) else ()),
        *screens_files.event_rows(event.id),
    )


async def _waiting(turn: Turn, event: Event) -> Keyboard:
    """What was changed of it and waits for somebody who did not write it."""
    if not changes.may_change(event, turn.now):
        return ()
    return screens_handed.rows(await store_handed.waiting(turn.db, event.id))


async def _is_counting(turn: Turn, event: Event) -> bool:
    """Whether the pressed message is the one that counts while it goes out: it goes on doing so."""
    counting = await store_progress.of(turn.db, event.id)
    return counting is not None and counting.due_at is not None and counting.message == turn.pressed


async def show_submitted(turn: Turn, event: Event) -> None:
    """What waits for a second coordinator, as its author sees it."""
    asked = await store_approvals.second_pairs(turn.db, event)
    screens.show(turn, screens_sending.submitted(event, asked), screens_sending.submitted_keyboard(event))
