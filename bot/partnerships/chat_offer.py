"""An expert offers hours: on what, for whom, where, when, how long, how many."""

from dataclasses import replace

from bot.calendar import typed_moment
from bot.events import store as events
from bot.partnerships import screens_slots, slots, store_offers, store_slots
from bot.partnerships.actions import OfferFor, OfferLength, OfferPlace, OfferSlots, OfferWhen, ShowSlots
from bot.partnerships.slots import Offer, Slot
from bot.roles import Grant, Person, Role
from bot.routes import Routes
from bot.turn import Keyboard, Turn, button
from bot.typed import in_one_line

routes = Routes()

_MOST_EVENTS = 8


@routes.press(OfferSlots)
async def offer(turn: Turn, _: OfferSlots) -> None:
    turn.expect(OfferSlots())
    turn.replace("partnerships.staff.offer_subject", keyboard=(screens_slots.back(),), most=slots.LONGEST_SUBJECT)


@routes.text(OfferSlots)
async def subject_typed(turn: Turn, action: OfferSlots, text: str) -> None:
    subject = in_one_line(text)
    if not subject or len(subject) > slots.LONGEST_SUBJECT:
        turn.expect(action)
        turn.say("partnerships.staff.offer_subject", keyboard=(screens_slots.back(),), most=slots.LONGEST_SUBJECT)
        return
    begun = await store_offers.begin(turn.db, turn.person.id, subject)
    held = await store_slots.events_held(turn.db, _municipalities(turn.person), turn.now, _MOST_EVENTS)
    titled = [found for number in held if (found := await events.event(turn.db, number)) is not None]
    if not titled:
        await ask_place(turn, OfferPlace(begun.id))
        return
    rows: Keyboard = tuple(
        (button("partnerships.any.button.event", OfferFor(begun.id, one.id), title=one.title),) for one in titled
    )
    everybody = (button("partnerships.staff.button.everybody", OfferFor(begun.id, None)),)
    turn.say("partnerships.staff.offer_for", keyboard=(everybody, *rows, screens_slots.back()))


def _municipalities(person: Person) -> tuple[str | None, ...]:
    """Whose events they may name: those of the places in which they hold a role."""
    grants: frozenset[Grant] = person.grants
    return tuple(
        sorted({one.municipality for one in grants if one.role is not Role.PARTNER}, key=lambda code: code or "")
    )


@routes.press(OfferFor)
async def choose_event(turn: Turn, action: OfferFor) -> None:
    begun = await _mine(turn, action.hours_offer)
    if begun is None:
        return
    held = await store_slots.events_held(turn.db, _municipalities(turn.person), turn.now, _MOST_EVENTS)
    if action.event is not None and action.event not in held:
        await turn.forbidden()
        return
    await store_offers.change(turn.db, begun.id, event_id=action.event)
    await ask_place(turn, OfferPlace(begun.id))


@routes.press(OfferPlace)
async def ask_place(turn: Turn, action: OfferPlace) -> None:
    if await _mine(turn, action.hours_offer) is not None:
        turn.expect(action)
        turn.replace("partnerships.staff.offer_place", keyboard=(screens_slots.back(),), most=slots.LONGEST_PLACE)


@routes.text(OfferPlace)
async def place_typed(turn: Turn, action: OfferPlace, text: str) -> None:
    begun = await _mine(turn, action.hours_offer)
    if begun is None:
        return
    place = in_one_line(text)
    if not place or len(place) > slots.LONGEST_PLACE:
        await ask_place(turn, action)
        return
    await store_offers.change(turn.db, begun.id, place=place)
    turn.expect(OfferWhen(begun.id))
    turn.say("partnerships.staff.offer_when", keyboard=(screens_slots.back(),))


@routes.press(OfferWhen)
async def ask_when(turn: Turn, action: OfferWhen) -> None:
    if await _mine(turn, action.hours_offer) is not None:
        turn.expect(action)
        turn.replace("partnerships.staff.offer_when", keyboard=(screens_slots.back(),))


@routes.text(OfferWhen)
async def when_typed(turn: Turn, action: OfferWhen, text: str) -> None:
    begun = await _mine(turn, action.hours_offer)
    if begun is None:
        return
    moment = typed_moment(in_one_line(text), turn.now, turn.zone)
    if moment is None or not turn.now < moment < turn.now + slots.FURTHEST:
        turn.expect(action)
        turn.say("partnerships.staff.offer_when_wrong", keyboard=(screens_slots.back(),))
        return
    await store_offers.change(turn.db, begun.id, starts_at=moment)
    turn.say("partnerships.staff.offer_length", keyboard=screens_slots.lengths(begun), when=moment)


@routes.press(OfferLength)
async def length(turn: Turn, action: OfferLength) -> None:
    """How long, then how many; with both the hours are there."""
    begun = await _mine(turn, action.hours_offer)
    if begun is None:
        return
    if begun.place is None or begun.starts_at is None or action.minutes not in slots.LENGTHS:
        await turn.forbidden()
    elif action.how_many is None:
        turn.replace("partnerships.staff.offer_count", keyboard=screens_slots.counts(begun, action.minutes))
    elif not 1 <= action.how_many <= slots.MOST_IN_A_ROW:
        await turn.forbidden()
    else:
        await _make(turn, begun, action.minutes, action.how_many)


async def _make(turn: Turn, begun: Offer, minutes: int, how_many: int) -> None:
    """The hours themselves, unless the first is over by now or one lies over another of theirs."""
    assert begun.starts_at is not None  # both were asked before the length
    assert begun.place is not None
    starts = slots.in_a_row(begun.starts_at, minutes, how_many)
    there = await store_slots.of_expert(turn.db, turn.person.id, turn.now)
    again = ((button("partnerships.staff.button.other_time", OfferWhen(begun.id)),), screens_slots.back())
    if starts[0] <= turn.now:
        turn.replace("partnerships.staff.offer_past", keyboard=again)
        return
    if slots.overlap(starts, minutes, tuple(there)):
        turn.replace("partnerships.staff.offer_overlaps", keyboard=again)
        return
    if await store_offers.end(turn.db, begun.id):
        one = Slot(0, turn.person.id, begun.subject, starts[0], minutes, begun.place, begun.event_id)
        await store_slots.offer(turn.db, [replace(one, starts_at=each) for each in starts])
        await turn.note("expert_hours.offered", "person", turn.person.id)
    on = (button("partnerships.staff.button.to_slots", ShowSlots()),)
    turn.replace("partnerships.staff.offered", keyboard=(on,), count=how_many, subject=begun.subject)


async def _mine(turn: Turn, offer_id: int) -> Offer | None:
    begun = await store_offers.offer(turn.db, offer_id)
    if begun is None or begun.expert_id != turn.person.id:
        await turn.forbidden()
        return None
    return begun
