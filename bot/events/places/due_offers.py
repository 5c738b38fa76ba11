"""Passes places on by the clock: an offer that ran out goes to the next, and so does what somebody leaves behind."""

from typing import Final

from bot.blocks.rules import Barred, Unbarred
from bot.events.event import Seat
from bot.events.places import seats, store_seats
from bot.people.rules import Agreed, Back, Leaving, Purpose, Unreachable
from bot.routes import Routes
from bot.safety.alerts import AlertOver
from bot.turn import Tick

routes = Routes()

PAGE: Final = 20
"""Events settled in one transaction."""


@routes.at_tick(store_seats.OFFERS_LAPSED)
async def pass_on(tick: Tick) -> bool:
    """Every offer that ran out; who had it is told that it went on, and how to join the list again."""
    found = await store_seats.with_lapsed_offers(tick.db, tick.now, PAGE)
    for event_id in found:
        async with tick.apart(event_id):
            await seats.settle(tick, event_id)
    return len(found) == PAGE and tick.failed < PAGE


@routes.on(Leaving)
async def left(tick: Tick, happened: Leaving) -> None:
    """Who has everything erased gives their places back by it."""
    for event_id in await store_seats.with_claims_of(tick.db, happened.person_id, *Seat):
        await seats.release(tick, event_id, happened.person_id, reply=None)


@routes.on(Unreachable)
async def out_of_reach(tick: Tick, happened: Unreachable) -> None:
    """An offer that cannot be read goes on at once; their turn and a place somebody has stay theirs."""
    await _step_back(tick, happened.person_id)


@routes.on(Barred)
async def shut_out(tick: Tick, happened: Barred) -> None:
    """So does one that cannot be answered."""
    await _step_back(tick, happened.person_id)


@routes.on(Back)
async def in_reach_again(tick: Tick, happened: Back) -> None:
    """Who waits and was passed over while they had blocked the bot is offered what is free now."""
    await _offer_what_is_free(tick, happened.person_id)


@routes.on(Unbarred)
async def let_in_again(tick: Tick, happened: Unbarred) -> None:
    """The same for whoever may use the bot again."""
    await _offer_what_is_free(tick, happened.person_id)


@routes.on(AlertOver)
async def in_care_no_more(tick: Tick, happened: AlertOver) -> None:
    """The same for whoever had asked for help and has it by now."""
    await _offer_what_is_free(tick, happened.youth_id)


@routes.on(Agreed)
async def may_be_written_to(tick: Tick, happened: Agreed) -> None:
    """The same for whoever lets us write to them about events only now."""
    if happened.purpose is Purpose.EVENTS:
        await _offer_what_is_free(tick, happened.person_id)


async def _offer_what_is_free(tick: Tick, person_id: int) -> None:
    for event_id in await store_seats.with_claims_of(tick.db, person_id, Seat.WAITING):
        await seats.settle(tick, event_id)


async def _step_back(tick: Tick, person_id: int) -> None:
    for event_id in await store_seats.with_claims_of(tick.db, person_id, Seat.OFFERED):
        await seats.step_back(tick, event_id, person_id)
