"""More or fewer places at an event that is out already: what that means is shown before it is done, and then told."""

from dataclasses import replace

from bot.events import rules
from bot.events.audience import Group
from bot.events.details import PLACES
from bot.events.event import Event, Terms
from bot.events.event_page import own_event, show_event
from bot.events.places import places, screens_capacity, seats, store_seats
from bot.events.places.actions_seats import AskSeats, SetSeats, ShowSeats
from bot.events.places.places import Places
from bot.events.signup.signing import has_limits
from bot.routes import Routes
from bot.turn import Turn

routes = Routes()


@routes.press(ShowSeats)
async def show_seats(turn: Turn, action: ShowSeats) -> None:
    event = await _still_ahead(turn, action.event)
    if event is not None:
        await _show(turn, event)


async def _show(turn: Turn, event: Event) -> None:
    numbers = await store_seats.counted(turn.db, event.id)
    stood = await store_seats.places(turn.db, event, turn.now)
    screens_capacity.show(turn, event, numbers, stood)


@routes.press(AskSeats)
async def ask(turn: Turn, action: AskSeats) -> None:
    event = await _still_ahead(turn, action.event)
    if event is not None:
        screens_capacity.ask(turn, event, action.group, now=most_of(event.terms, action.group))
        turn.expect(action)


@routes.text(AskSeats)
async def typed(turn: Turn, action: AskSeats, text: str) -> None:
    event = await _still_ahead(turn, action.event)
    if event is None:
        return
    number = text.strip()
    if not (number.isascii() and number.isdigit() and len(number) <= len(str(PLACES)) and int(number) <= PLACES):
        screens_capacity.ask(turn, event, action.group, now=most_of(event.terms, action.group), unreadable=True)
        turn.expect(action)
        return
    await _preview(turn, event, action.group, int(number))


@routes.press(SetSeats)
async def set_seats(turn: Turn, action: SetSeats) -> None:
    event = await _still_ahead(turn, action.event)
    if event is None:
        return
    was = most_of(event.terms, action.group)
    if was == action.most:
        await _show(turn, event)
    elif was != action.was or (action.most is not None and not 0 <= action.most <= PLACES):
        await _preview(turn, event, action.group, action.most)
    else:
        await _change(turn, event, action.group, action.most)


async def _preview(turn: Turn, event: Event, group: Group | None, most: int | None) -> None:
    """What would come of it, reckoned by the same rules that will be used."""
    terms = changed(event.terms, group, most)
    stood = places.resized(await _everybody(turn, event, terms), terms.capacity, terms.quotas)
    until = await seats.offer_until(turn, event)
    screens_capacity.preview(turn, event, group, most, stood, places.dealt(stood, until), in_time=until is not None)


async def _change(turn: Turn, event: Event, group: Group | None, most: int | None) -> None:
    terms = changed(event.terms, group, most)
    stood = await _everybody(turn, event, terms)
    before = places.resized(stood, event.terms.capacity, event.terms.quotas)
    await store_seats.set_terms(turn.db, event, terms)
    now = replace(event, terms=terms)
    await seats.move(turn, now, before, places.resized(stood, terms.capacity, terms.quotas))
    await turn.note("event.places_changed", "event", event.id)
    await _show(turn, now)


async def _everybody(turn: Turn, event: Event, terms: Terms) -> Places:
    """All who have anything of the places, as soon as there are limits before or after the change."""
    limited = event.terms if has_limits(event.terms) else terms
    return await store_seats.places(turn.db, replace(event, terms=limited), turn.now)


def most_of(terms: Terms, group: Group | None) -> int | None:
    """How many places there are, in all or for a group; None: no limit."""
    return terms.capacity if group is None else terms.quotas.get(group)


def changed(terms: Terms, group: Group | None, most: int | None) -> Terms:
    """The terms with that many places."""
    if group is None:
        return replace(terms, capacity=most)
    others = {one: number for one, number in terms.quotas.items() if one is not group}
    return replace(terms, quotas=others if most is None else {**others, group: most})


async def _still_ahead(turn: Turn, event_id: int) -> Event | None:
    """The event, if this person may run it and people can still come to it; otherwise they see how it stands."""
    event = await own_event(turn, event_id)
    if event is None:
        return None
    if not event.takes_answers or not rules.may_cancel(event, turn.now):
        await show_event(turn, event)
        return None
    return event
