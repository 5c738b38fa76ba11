"""Whoever is invited sees where an event is on the map."""

from bot.events import store, telling
from bot.events.signup import screens_guests
from bot.events.signup.knowing import knows, way_back
from bot.events.writing.actions_details import ShowMap
from bot.routes import Routes
from bot.turn import Turn

routes = Routes()


@routes.press(ShowMap)
async def show_map(turn: Turn, action: ShowMap) -> None:
    event = await store.event(turn.db, action.event)
    spot = None if event is None else telling.spot(event)
    if event is None or spot is None or not await knows(turn, turn.person, event):
        await turn.forbidden()
        return
    is_youth = turn.person.is_youth
    ways = (await way_back(turn, turn.person, event), screens_guests.mine_row(is_youth=is_youth))
    keyboard = screens_guests.helped(ways, is_youth=is_youth)
    turn.say("events.any.on_the_map", keyboard=keyboard, location=spot, title=event.title)
