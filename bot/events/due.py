"""What the clock does for events: hands invitations to delivery page by page, reminds, tells of a cancellation."""

import re
from enum import StrEnum
from typing import Final

from bot.events import rules, screens, store, store_audience, store_guests
from bot.events.actions import Open
from bot.events.rules import Event, State
from bot.happenings import Lapsed
from bot.people.rules import Purpose
from bot.routes import Routes
from bot.turn import Priority, Tick, button
from bot.words import phrase

routes = Routes()


class Unreached(StrEnum):
    """What came too late for somebody; the last word of the key by which the author is told."""

    INVITATION = "invitation"
    REMINDER = "reminder"
    CANCELLATION = "cancellation"


_OCCASION: Final = re.compile(r"event:(\d+):\d+(?::(day_before|cancelled))?")
_OF_OCCASION: Final = {
    None: Unreached.INVITATION,
    "day_before": Unreached.REMINDER,
    "cancelled": Unreached.CANCELLATION,
}

PAGE: Final = 250
"""People handed to delivery in one transaction: short enough that a stop or a press never waits for it."""


@routes.at_tick(store.SENDING)
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
    # The same for all of a kind: it is put together, and packed for the outbox, once.
    said = {
        is_youth: (screens.invitation(event, is_youth=is_youth), screens.answers(event, None, is_youth=is_youth))
        for is_youth in (True, False)
    }
    for guest in page:
        what, answers = said[guest.is_youth]
        tick.tell(
            guest.person_id,
            what,
            keyboard=answers,
            priority=Priority.BROADCAST,
            expires_at=event.starts_at,
            consent=Purpose.EVENTS.value,
            once=f"event:{event.id}:{guest.person_id}",
            batch=store_guests.batch(event.id),
        )
    await store_guests.invite(tick.db, event.id, [guest.person_id for guest in page])
    return True


@routes.at_tick(store.REMINDERS_DUE)
async def remind(tick: Tick) -> bool:
    """Those who come, the day before; late after an outage, but not so late that it would only hurry them."""
    event = await store.next_reminder(tick.db, tick.now)
    if event is None:
        return False
    latest = rules.last_reminder(event.starts_at)
    page = await store_guests.claim_to_remind(tick.db, event.id, tick.now, PAGE) if tick.now <= latest else []
    if not page:
        if tick.now > latest and await store_guests.anybody_unreminded(tick.db, event.id):
            await _tell_author(tick, event, Unreached.REMINDER)
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
            consent=Purpose.EVENTS.value,
            once=f"event:{event.id}:{guest.person_id}:day_before",
            batch=store_guests.later_batch(event.id),
        )
    return True


@routes.at_tick(store.CANCELLING)
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
            consent=Purpose.EVENTS.value,
            once=f"event:{event.id}:{guest.person_id}:cancelled",
        )
    return True


@routes.on(Lapsed)
async def not_everybody_reached(tick: Tick, lapsed: Lapsed) -> None:
    """What was queued did not leave in time: whoever wrote the invitation hears it once, however many it was for."""
    found = [match for one in lapsed.occasions if (match := _OCCASION.fullmatch(one))]
    for event_id, what in sorted({(int(match[1]), _OF_OCCASION[match[2]]) for match in found}):
        event = await store.event(tick.db, event_id)
        if event is not None:
            await _tell_author(tick, event, what)


async def _tell_author(tick: Tick, event: Event, what: Unreached) -> None:
    await tick.record(f"event.missed_{what.value}", subject="event", subject_id=event.id)
    if event.created_by is not None:
        tick.tell(
            event.created_by,
            phrase(f"events.staff.unreached.{what.value}", title=event.title, when=event.starts_at),
            keyboard=((button("events.staff.button.open", Open(event.id)),),),
            once=f"event:{event.id}:unreached:{what.value}",
        )
