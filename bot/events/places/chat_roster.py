"""Those who run an event look at its guests, note permissions of guardians, and read what is needed."""

from typing import Final

from bot.events import rules, store
from bot.events.event import Event, Invitation
from bot.events.event_page import own_event
from bot.events.places import screens_roster, store_roster, store_seats
from bot.events.places.actions_seats import NotePermission, Part, ShowGuests, ShowNeeds
from bot.events.signup import signing, store_guests, store_needs
from bot.people import store as people
from bot.programme import rules as programme_rules
from bot.programme import store as programme
from bot.roles import Person
from bot.routes import Routes
from bot.turn import Turn

routes = Routes()

PAGE: Final = 10
"""Guests, or what they wrote, on one screen."""


@routes.press(ShowGuests)
async def show_guests(turn: Turn, action: ShowGuests) -> None:
    event = await own_event(turn, action.event)
    if event is not None:
        await _show(turn, event, action.part, max(0, action.page))


async def _show(turn: Turn, event: Event, part: Part, page: int) -> None:
    counts = {one: await store_roster.count(turn.db, event.id, one) for one in Part}
    found = await store_roster.page(turn.db, event.id, part, page * PAGE, PAGE)
    numbers = await store_seats.counted(turn.db, event.id)
    screens_roster.show_guests(turn, event, part, page, PAGE, counts, found, numbers)


@routes.press(ShowNeeds)
async def show_needs(turn: Turn, action: ShowNeeds) -> None:
    event = await own_event(turn, action.event)
    if event is None:
        return
    page = max(0, action.page)
    numbers = await store_seats.counted(turn.db, event.id)
    found = await store_needs.page(turn.db, event.id, page * PAGE, PAGE)
    await turn.note("event.needs_read", "event", event.id)
    screens_roster.show_needs(turn, event, page, PAGE, found, numbers)


@routes.press(NotePermission)
async def note_permission(turn: Turn, action: NotePermission) -> None:
    event = await store.event(turn.db, action.event)
    youth = await people.person(turn.db, action.youth)
    invitation = await store_guests.invitation(turn.db, action.event, action.youth)
    if event is None or youth is None or invitation is None or not await _may_note(turn, event, youth, invitation):
        await turn.forbidden()
        return
    at = turn.now if action.given else None
    if await store_roster.note_permission(turn.db, event.id, youth.id, at):
        await turn.note(f"event.permission_{'noted' if action.given else 'taken_back'}", "person", youth.id)
    screens_roster.show_permission(turn, event, youth, given=action.given, runs=rules.may_run(turn.person, event))


async def _may_note(turn: Turn, event: Event, youth: Person, invitation: Invitation) -> bool:
    """Whoever runs the event and looks after that municipality, and whoever works with this young person."""
    if not (event.terms.guardian and invitation.under_age) or turn.person.id == youth.id:
        return False
    case = await programme.case_of_youth(turn.db, youth.id)
    if case is not None and programme_rules.may_see(turn.person, case):
        return True
    return rules.may_run(turn.person, event) and signing.in_scope(turn.person, {youth.municipality})
