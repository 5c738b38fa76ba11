"""Moments that a mentor offered and nobody chose: the mentor hears so once, and can call or offer others."""

from bot.checkins import rules, store, store_slots
from bot.checkins.screens import ChooseSlots
from bot.checkins.slots import Offer
from bot.programme import store as programme
from bot.programme.keepers import mentor_of, youth_of
from bot.programme.screens import case_button
from bot.routes import Routes
from bot.turn import Tick, button
from bot.words import phrase

routes = Routes()


@routes.at_tick(store_slots.FELL_DUE)
async def due(tick: Tick) -> bool:
    """Tell of every offer that waited long enough."""
    offers = await store_slots.fell_due(tick.db, tick.now)
    for offer in offers:
        async with tick.apart(offer.id):
            if await store_slots.claim(tick.db, offer):
                await _tell(tick, offer)
    return len(offers) == store_slots.AT_ONCE


async def _tell(tick: Tick, offer: Offer) -> None:
    checkin = await store.checkin(tick.db, offer.checkin_id)
    case = await programme.case(tick.db, checkin.case_id) if checkin is not None else None
    if checkin is None or case is None or not case.is_open or not rules.may_move(checkin):
        return
    if (mentor := await mentor_of(tick.db, case)) is None:
        return
    youth = await youth_of(tick.db, case)
    tick.tell(
        mentor.id,
        phrase("checkins.staff.slots_unanswered", code_name=youth.code_name),
        keyboard=(
            (button("checkins.staff.button.slots", ChooseSlots(checkin.id)),),
            (case_button(case.id),),
        ),
        about=youth.id,
        once=f"slots:{offer.id}:unanswered",
    )
