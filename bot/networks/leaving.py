"""Whoever is of the staff no more is in no network, and nobody leads one without coordinating where it belongs."""

from bot.networks import rules, store
from bot.people import store as people
from bot.routes import Routes
from bot.staff.rules import RoleTaken
from bot.turn import Tick

routes = Routes()


@routes.on(RoleTaken)
async def role_taken(tick: Tick, taken: RoleTaken) -> None:
    person = await people.person(tick.db, taken.person_id)
    if person is None:
        return
    led = await store.led_by(tick.db, person.id)
    still = [one.id for one in led if rules.may_run(person, one)]
    if len(still) < len(led):
        await store.lead_no_more(tick.db, person.id, still)
    if person.is_youth:
        await store.leave_all(tick.db, person.id, tick.now)
