"""Moves the places of an event and tells those for whom something changed: what is free is offered to the next at once.

The rules are in `places`; every move happens in the transaction of whoever caused it.
"""

from datetime import datetime, timedelta

from bot.events import store
from bot.events.event import OFF, Event, Reply, Seat
from bot.events.places import offers, places, screens_seats, store_seats
from bot.events.places.places import Changed, Places
from bot.events.signup import store_guests
from bot.people.rules import Purpose
from bot.turn import Keyboard, Tick
from bot.words import Phrase


async def move(tick: Tick, event: Event, before: Places, moved: Places, by: int | None = None) -> Places:
    """Keep where the move led and offer what is free; all whom it concerns are told, except whoever did it."""
    until = await offer_until(tick, event)
    after = places.dealt(moved, until)
    changed = places.changes(before, after)
    await store_seats.save(tick.db, event.id, changed)
    others = [one for one in changed if one.person != by]
    newly_open = set() if until else {*places.open_to(after)} - {*places.open_to(before)} - {by}
    newly_open = {one for one in newly_open if after.claims[one].reachable}
    staff = await store_seats.staff_among(tick.db, {one.person for one in others} | newly_open)
    for one in others:
        _tell_change(tick, event, one, is_youth=one.person not in staff)
    for person in sorted(newly_open):
        what, keyboard = screens_seats.place_open(event, is_youth=person not in staff)
        _tell(tick, event, person, what, keyboard, "open", event.starts_at)
    return after


async def offer_until(tick: Tick, event: Event) -> datetime | None:
    """Until when a place offered now is kept; None: there is no time for that any more."""
    lasting = timedelta(hours=tick.settings.offer_hours)
    return offers.offer_until(tick.now, event.starts_at, await tick.hours(), lasting)


async def settle(tick: Tick, event_id: int) -> None:
    """Take back the offers that ran out, and offer what is free; also after a change of time or of who can be reached.

    Of an event that began or was called off nobody is offered anything, and whose offer it was need not be told.
    """
    event = await store.event(tick.db, event_id)
    if event is None:
        return
    before = await store_seats.places(tick.db, event, tick.now)
    after = places.lapsed(before, tick.now)
    gone = set(before.claims) - set(after.claims)
    await store_seats.forget_answer(tick.db, event.id, gone)
    if event.state in OFF or event.starts_at <= tick.now:
        await store_seats.save(tick.db, event.id, places.changes(before, after))
    else:
        await move(tick, event, before, after)


async def release(tick: Tick, event_id: int, person_id: int, reply: Reply | None = Reply.NO) -> bool:
    """This person comes to it no more: their place, offer or turn goes on to the next. False: they had nothing."""
    event = await store.event(tick.db, event_id)
    if event is None:
        return False
    before = await store_seats.places(tick.db, event, tick.now, of=person_id)
    if person_id not in before.claims:
        return False
    if reply is None:
        await store_seats.forget_answer(tick.db, event.id, {person_id})
    else:
        await store_guests.save_reply(tick.db, event, person_id, reply, tick.now)
    after = places.left(before, person_id)
    if event.state in OFF or event.starts_at <= tick.now:
        await store_seats.save(tick.db, event.id, places.changes(before, after))
    else:
        await move(tick, event, before, after, by=person_id)
    return True


async def step_back(tick: Tick, event_id: int, person_id: int) -> None:
    """An offer that this person cannot answer goes on to the next; their turn in the list stays."""
    event = await store.event(tick.db, event_id)
    if event is None:
        return
    before = await store_seats.places(tick.db, event, tick.now)
    after = places.stepped_back(before, person_id)
    await store_seats.drop_unread_offers(tick.db, event_id, person_id)
    if event.state in OFF or event.starts_at <= tick.now:
        await store_seats.save(tick.db, event.id, places.changes(before, after))
    else:
        await move(tick, event, before, after, by=person_id)


def _tell_change(tick: Tick, event: Event, one: Changed, *, is_youth: bool) -> None:
    was = one.before.seat if one.before else None
    match one.after:
        case places.Claim(seat=Seat.OFFERED, until=datetime() as until) if was is Seat.WAITING:
            what, keyboard = screens_seats.offer(event, until, is_youth=is_youth)
            _tell(tick, event, one.person, what, keyboard, "offer", until)
        case None if was is Seat.OFFERED:
            what, keyboard = screens_seats.offer_lapsed(event, is_youth=is_youth)
            _tell(tick, event, one.person, what, keyboard, "lapsed", event.starts_at)
        case _:
            return


def _tell(
    tick: Tick, event: Event, person: int, what: Phrase, keyboard: Keyboard, occasion: str, until: datetime
) -> None:
    tick.tell(
        person,
        what,
        keyboard=keyboard,
        expires_at=until,
        consent=Purpose.EVENTS.value,
        once=f"event:{event.id}:{person}:{occasion}:{int(tick.now.timestamp())}",
    )
