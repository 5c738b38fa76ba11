"""Whoever leaves gives back the hours they booked, with what they wanted to talk of, and calls off those they gave."""

from bot.partnerships import slot_files, store_slots
from bot.partnerships.actions import ShowSlots
from bot.people import store as people
from bot.people.rules import Leaving
from bot.routes import Routes
from bot.staff.rules import RoleTaken
from bot.turn import Tick, button
from bot.words import phrase

routes = Routes()


@routes.on(Leaving)
async def erased(tick: Tick, leaving: Leaving) -> None:
    await _leaves(tick, leaving.person_id)
    await store_slots.forget_about(tick.db, leaving.person_id)


@routes.on(RoleTaken)
async def role_taken(tick: Tick, taken: RoleTaken) -> None:
    person = await people.person(tick.db, taken.person_id)
    if person is not None and person.is_youth:
        await _leaves(tick, person.id)


async def _leaves(tick: Tick, person_id: int) -> None:
    for slot in await store_slots.booked_by(tick.db, person_id, tick.now):
        if await store_slots.give_back(tick.db, slot, person_id):
            given_back = phrase("partnerships.staff.was_given_back", when=slot.starts_at, subject=slot.subject)
            tick.tell(slot.expert_id, given_back, once=f"expert_slot:{slot.id}:{slot.sequence}:given_back")
    for slot in await store_slots.of_expert(tick.db, person_id, tick.now):
        if await store_slots.call_off(tick.db, slot, tick.now) and slot.booked_by is not None:
            tick.tell(
                slot.booked_by,
                phrase("partnerships.staff.was_called_off", when=slot.starts_at, subject=slot.subject),
                keyboard=((button("partnerships.staff.button.to_slots", ShowSlots()),),),
                once=f"expert_slot:{slot.id}:called_off",
            )
            slot_files.take_back(tick, slot, slot.booked_by)
