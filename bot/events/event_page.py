"""The page of one event, and whose it is: both asked afresh on every press."""

from bot.calendar import Kind, allowed
from bot.events import drafts, rules, screens, store, store_audience, store_guests
from bot.events.drafts import Draft
from bot.events.rules import Event, State
from bot.turn import Turn


async def own_event(turn: Turn, event_id: int) -> Event | None:
    """The event, if this person may run it; otherwise they have been told that there is none for them."""
    event = await store.event(turn.db, event_id)
    if event is None or not rules.may_run(turn.person, event):
        await turn.forbidden()
        return None
    return event


async def own_draft(turn: Turn, event_id: int) -> Draft | None:
    """The draft, if it is this person's; if it has been sent meanwhile, they see its page instead."""
    draft = await store.draft(turn.db, event_id)
    if draft is not None and drafts.may_write(turn.person, draft):
        return draft
    if draft is not None:
        await turn.forbidden()
    elif (event := await own_event(turn, event_id)) is not None:
        await show_event(turn, event)
    return None


async def show_event(turn: Turn, event: Event) -> None:
    """How far it is and what they answered."""
    still_to_queue = await to_queue(turn, event)
    delivered = await store_guests.delivered(turn.db, event.id)
    replies = (await store_guests.replies(turn.db, [event.id]))[event.id]
    quiet = allowed(turn.now, await turn.hours(), Kind.MESSAGE)
    state = screens.state_line(event, delivered, still_to_queue, quiet.at if quiet.moves else None)
    page = screens.event_page(event, state, delivered, still_to_queue, replies)
    keyboard = screens.event_keyboard(
        event,
        can_stop=event.state in (State.SENDING, State.SENT) and still_to_queue + delivered.waiting > 0,
        can_cancel=rules.may_cancel(event, turn.now),
    )
    screens.show(turn, page, keyboard)


async def to_queue(turn: Turn, event: Event) -> int:
    """How many people of the audience have not been handed to delivery yet."""
    if event.state is not State.SENDING:
        return 0
    return await store_audience.count(turn.db, event.audience, event.created_by, after=event.cursor)
