"""Hands invitations to delivery page by page."""

from typing import Final

from bot.events import store
from bot.events.event import Event, State
from bot.events.going_out import (
    inviting,
    networks_meant,
    screens_sending,
    sending,
    sending_plan,
    store_approvals,
    store_delivered,
)
from bot.events.going_out.actions_sending import Look
from bot.events.going_out.approving import hand_in
from bot.events.signup import store_guests
from bot.events.whom import store_audience
from bot.people.rules import Purpose
from bot.routes import Routes
from bot.turn import Priority, Tick, button
from bot.words import phrase

routes = Routes()


PAGE: Final = 150
"""People handed to delivery in one transaction: some 15 ms, as a stop or a press that comes meanwhile waits for it."""


@routes.at_tick(store.SENDING)
async def send_invitations(tick: Tick) -> bool:
    """The next page of an invitation that is being sent; True while there is one more."""
    event = await store.next_to_send(tick.db, tick.now)
    if event is None:
        return False
    if await _is_held_up(tick, event):
        return True
    asked = store_audience.asking(event, tick.now, tick.settings)
    page = await store_audience.page(tick.db, asked, event.cursor, PAGE)
    is_last = len(page) < PAGE or event.starts_at <= tick.now
    reached = page[-1].person_id if page else event.cursor
    if not await store.move_cursor(tick.db, event, reached, State.SENT if is_last else State.SENDING):
        return True
    said = await inviting.written(tick, event, page)
    for guest in page:
        what, answers, picture = said(guest)
        tick.tell(
            guest.person_id,
            what,
            keyboard=answers,
            priority=Priority.BROADCAST,
            expires_at=event.starts_at,
            consent=Purpose.EVENTS.value,
            once=f"event:{event.id}:{guest.person_id}",
            batch=store_delivered.batch(event.id),
            picture=picture,
        )
    await store_guests.invite(tick.db, event.id, page, tick.now)
    return True


async def _is_held_up(tick: Tick, event: Event) -> bool:
    """What was to go out later may be nobody's to send by then, or for many."""
    if event.send_at is None or event.cursor or await store_delivered.has_begun(tick.db, event.id):
        return False
    return await networks_meant.put_back(tick, event) or await _became_many(tick, event)


async def _became_many(tick: Tick, event: Event) -> bool:
    """A second coordinator looks at it after all, if there is one."""
    reach = await sending_plan.reach(tick, event)
    if not sending.needs_approval(reach, tick.settings.four_eyes_above):
        return False
    if await store_approvals.approved(tick.db, event.id) == sending.digest(event):
        return False
    asked = await hand_in(tick, event, reach, was=State.SENDING)
    if asked and event.created_by is not None:
        what = phrase(
            "events.staff.became_many",
            title=event.title,
            above=tick.settings.four_eyes_above,
            names=screens_sending.names(asked),
        )
        look = ((button("events.staff.button.open_submitted", Look(event.id)),),)
        tick.tell(event.created_by, what, keyboard=look)
    return bool(asked)
