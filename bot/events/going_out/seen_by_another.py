"""What was changed after a second coordinator said yes is seen by somebody else before it goes on."""

from bot.events import store
from bot.events.changed import store_changes
from bot.events.event import Event, State
from bot.events.going_out import sending, sending_plan, store_approvals, store_delivered, store_progress
from bot.roles import Person
from bot.turn import Tick, Turn


async def stop_until_then(tick: Tick, event_id: int) -> list[Person]:
    """Stopped where it is, for whoever did not write it to send it on: they are returned; none where it may go on."""
    event = await store.event(tick.db, event_id)
    if event is None or event.state is not State.SENDING:
        return []
    reach = await sending_plan.reach(tick, event)
    approved = await store_approvals.approved(tick.db, event.id)
    if approved == sending.digest(event) or not sending.needs_approval(reach, tick.settings.four_eyes_above):
        return []
    asked = await store_approvals.others(tick.db, event, await store_changes.writer(tick.db, event))
    if not asked or not await store.stop(tick.db, event.id):
        return []
    await store_delivered.stop_waiting(tick.db, event.id, tick.now)
    await store_progress.look_at(tick.db, event.id, tick.now)
    return asked


async def with_change(turn: Turn, was: Event) -> None:
    """Whoever tells a change that another wrote has seen what becomes of the invitation: where a second coordinator had
    said yes to it as it `was`, their yes stands for what is so by now, and what is still going out need not stop."""
    now = await store.event(turn.db, was.id)
    approved = await store_approvals.approved(turn.db, was.id)
    if now is None or approved != sending.digest(was):
        return
    stated = (await sending_plan.reach(turn, now)).stated(turn.settings.fewest_shown)
    await store_approvals.say_yes_to(turn.db, was.id, sending.digest(now), stated, turn.person.id, turn.now)
