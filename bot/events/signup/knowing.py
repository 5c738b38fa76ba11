"""Who knows of an event: may look at where it is, at its sessions and files, and ask about it; and their way back."""

from bot.events import rules
from bot.events.event import Event
from bot.events.finding import fitting
from bot.events.finding.actions_open import LookAt
from bot.events.going_out.actions_sending import Open
from bot.events.sessions import store_series
from bot.events.signup import screens_guests, store_guests
from bot.roles import Person
from bot.turn import Button, Tick, button


async def knows(tick: Tick, person: Person, event: Event) -> bool:
    """Whoever was invited to it or to another session of it, found it, or runs it."""
    may_look = rules.may_run(person, event) or fitting.can_be_found(event, tick.now, is_youth=person.is_youth)
    return may_look or await was_invited(tick, person, event)


async def was_invited(tick: Tick, person: Person, event: Event) -> bool:
    """To it, or to another session of it."""
    if await store_guests.invitation(tick.db, event.id, person.id) is not None:
        return True
    invited, _ = await store_series.invited_as(tick.db, event, person.id)
    return invited


async def way_back(tick: Tick, person: Person, event: Event) -> tuple[Button]:
    """To the event as this person sees it: their invitation, what they found, or what they run."""
    is_youth = person.is_youth
    if await was_invited(tick, person, event):
        return screens_guests.event_row(event.id, is_youth=is_youth)
    if is_youth:
        return (button("events.youth.button.to_event", LookAt(event.id)),)
    if rules.may_run(person, event):
        return (button("events.staff.button.to_event", Open(event.id)),)
    return screens_guests.event_row(event.id, is_youth=False)
