"""What somebody needs to be able to come, and help with the way: asked after the yes, never in its way."""

from bot.events import store
from bot.events.door import attendance
from bot.events.event import Event
from bot.events.places import screens_seats
from bot.events.signup import screens_guests, signing, store_guests, store_needs
from bot.events.signup.actions_guests import NoNeeds, ShowInvitation, TellNeeds, WantTravel
from bot.events.signup.chat_guests import show_as_it_is
from bot.routes import Routes
from bot.turn import Turn, button
from bot.typed import in_one_line

routes = Routes()


@routes.text(TellNeeds)
async def tell(turn: Turn, action: TellNeeds, text: str) -> None:
    event = await _theirs(turn, action.event)
    if event is None:
        return
    needs = in_one_line(text)
    if len(needs) > signing.MOST_NEEDS:
        to = screens_guests.voice(is_youth=turn.person.is_youth)
        keyboard = screens_seats.ask_needs(event, is_youth=turn.person.is_youth)
        turn.say(f"events.{to}.needs_too_long", keyboard=keyboard, length=len(needs), most=signing.MOST_NEEDS)
        turn.expect(action)
        return
    await store_needs.keep(turn.db, event.id, turn.person.id, needs or None)
    _ask_travel(turn, event)


@routes.press(NoNeeds)
async def none(turn: Turn, action: NoNeeds) -> None:
    event = await _theirs(turn, action.event)
    if event is not None:
        await store_needs.keep(turn.db, event.id, turn.person.id, None)
        _ask_travel(turn, event)


def _ask_travel(turn: Turn, event: Event) -> None:
    is_youth = turn.person.is_youth
    to = screens_guests.voice(is_youth=is_youth)
    turn.replace(f"events.{to}.ask_travel", keyboard=screens_seats.ask_travel(event, is_youth=is_youth))


@routes.press(WantTravel)
async def travel(turn: Turn, action: WantTravel) -> None:
    event = await _theirs(turn, action.event)
    if event is None:
        return
    await store_needs.want_travel(turn.db, event.id, turn.person.id, wanted=action.wanted)
    is_youth = turn.person.is_youth
    to = screens_guests.voice(is_youth=is_youth)
    way_on = (button(f"events.{to}.button.to_event", ShowInvitation(event.id)),)
    said = "travel_wanted" if action.wanted else "travel_not_wanted"
    turn.replace(f"events.{to}.{said}", keyboard=screens_guests.helped((way_on,), is_youth=is_youth))


async def _theirs(turn: Turn, event_id: int) -> Event | None:
    """The event that they come to and that asks this; otherwise they have been answered."""
    event = await store.event(turn.db, event_id)
    invitation = await store_guests.invitation(turn.db, event_id, turn.person.id)
    if event is None or invitation is None:
        await turn.forbidden()
        return None
    if not event.terms.asks_needs or not attendance.comes(invitation):
        await show_as_it_is(turn, event, invitation)  # they gave their place back, and the old question is still there
        return None
    return event
