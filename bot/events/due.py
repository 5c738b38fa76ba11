"""What the clock does for events: hands invitations to delivery page by page, reminds, tells of a cancellation."""

from typing import Final

from bot.events import rules, screens, store, store_audience, store_guests
from bot.events.rules import State
from bot.routes import Routes
from bot.turn import Priority, Tick
from bot.words import phrase

routes = Routes()

PAGE: Final = 500
"""People handed to delivery in one transaction: short enough that a stop or a press never waits for it."""


@routes.at_tick
async def send_invitations(tick: Tick) -> bool:
    """The next page of an invitation that is being sent; True while there is one more."""
    event = await store.next_in(tick.db, State.SENDING)
    if event is None:
        return False
    page = await store_audience.page(tick.db, event.audience, event.created_by, event.cursor, PAGE)
    is_last = len(page) < PAGE or event.starts_at <= tick.now
    reached = page[-1].person_id if page else event.cursor
    if not await store.move_cursor(tick.db, event, reached, State.SENT if is_last else State.SENDING):
        return True
    for guest in page:
        tick.tell(
            guest.person_id,
            screens.invitation(event, is_youth=guest.is_youth),
            keyboard=screens.answers(event, None, is_youth=guest.is_youth),
            priority=Priority.BROADCAST,
            expires_at=event.starts_at,
            once=f"event:{event.id}:{guest.person_id}",
            batch=store_guests.batch(event.id),
        )
    await store_guests.invite(tick.db, event.id, [guest.person_id for guest in page])
    return True


@routes.at_tick
async def remind(tick: Tick) -> bool:
    """Those who come, the day before; late after an outage, but not so late that it would only hurry them."""
    event = await store.next_reminder(tick.db, tick.now)
    if event is None:
        return False
    latest = rules.last_reminder(event.starts_at)
    page = await store_guests.claim_to_remind(tick.db, event.id, tick.now, PAGE) if tick.now <= latest else []
    if not page:
        await store.end_reminding(tick.db, event)
        return True
    for guest in page:
        tick.tell(
            guest.person_id,
            phrase(
                f"events.{screens.voice(is_youth=guest.is_youth)}.reminder",
                title=event.title,
                when=event.starts_at,
                place=event.place,
            ),
            keyboard=screens.answers(event, rules.Reply.YES, is_youth=guest.is_youth),
            expires_at=latest,
            once=f"event:{event.id}:{guest.person_id}:day_before",
            batch=store_guests.later_batch(event.id),
        )
    return True


@routes.at_tick
async def tell_of_cancellation(tick: Tick) -> bool:
    """The next page of those who were invited and did not say no; an invitation still under way arrives first."""
    event = await store.next_in(tick.db, State.CANCELLING)
    if event is None:
        return False
    page = await store_guests.not_declined(tick.db, event.id, event.cursor, PAGE)
    reached = page[-1].person_id if page else event.cursor
    state = State.CANCELLED if len(page) < PAGE else State.CANCELLING
    if not await store.move_cursor(tick.db, event, reached, state):
        return True
    for guest in page:
        is_youth = guest.is_youth
        tick.tell(
            guest.person_id,
            phrase(f"events.{screens.voice(is_youth=is_youth)}.cancelled", title=event.title, when=event.starts_at),
            keyboard=screens.helped((screens.mine_row(is_youth=is_youth),), is_youth=is_youth),
            priority=Priority.BROADCAST,
            expires_at=event.starts_at,
            once=f"event:{event.id}:{guest.person_id}:cancelled",
        )
    return True
