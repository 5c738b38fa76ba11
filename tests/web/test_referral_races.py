"""Two sides act on one referral at the same moment, each in a transaction of its own: one wins, the other hears so."""

import asyncio
from functools import partial

import pytest

from bot.app import all_routes
from bot.delivery import outbox
from bot.referrals import rules, store
from bot.referrals.actions import Accept, GiveUp
from bot.referrals.acts import Rule, act_as_receiver
from bot.referrals.notices import Change, carry_out
from bot.referrals.referral import Circle, Decline, Side, State
from bot.referrals.rules import Moved
from bot.turn import Tick
from tests.chats.referrals_talk import S
from tests.chats.referrals_talk import requested as to_ilze
from tests.town.town import Town
from tests.web.desk import DESK, elsewhere, opened, referral_id, rest, state

pytestmark = pytest.mark.feature("H12", "O3")

GIVE_UP = partial(rules.give_up, silent=True)


async def seen(town: Town) -> Circle:
    """The referral as both sides have it before them."""
    async with elsewhere(town) as database, database.read() as db:
        circle = await store.circle(db, await referral_id(town))
    assert circle is not None
    return circle


async def acts(town: Town, circle: Circle, side: Side, change: Change, rule: Rule, start: asyncio.Event) -> bool:
    """Whether this act on what they saw came to anything."""
    async with elsewhere(town) as database:
        await start.wait()
        async with database.write() as db:
            tick = Tick(town.clock.now(), db, town.settings.zone, all_routes().subscribers, settings=town.settings)
            if side is Side.RECEIVER:
                done = isinstance(await act_as_receiver(tick, circle, change, rule), Circle)
            else:
                moved = rule(circle.referral, frozenset({side}), tick.now)
                assert isinstance(moved, Moved)
                done = await carry_out(tick, circle, moved, change, side) is not None
            await outbox.add(db, tick.said, tick.now)
    return done


async def at_once(town: Town, *these: tuple[Side, Change, Rule]) -> list[bool]:
    circle, start = await seen(town), asyncio.Event()
    running = [asyncio.ensure_future(acts(town, circle, *one, start)) for one in these]
    start.set()
    done = await asyncio.gather(*running)
    await town.settle()
    return list(done)


async def test_the_same_receiver_on_the_page_and_in_telegram_answers_once(town: Town) -> None:
    anna, marta, ilze = await to_ilze(town)
    await ilze.taps(f"{S}.button.open")
    rest(anna, marta, ilze)
    accept = (Side.RECEIVER, Change.ACCEPTED, rules.accept)
    decline = (Side.RECEIVER, Change.DECLINED, partial(rules.decline, reason=Decline.NO_CAPACITY))
    done = await at_once(town, accept, decline)
    assert sorted(done) == [False, True]
    assert await state(town) == (State.ACCEPTED if done[0] else State.REJECTED)
    marta.sees(f"{S}.sender_told.{'accepted' if done[0] else 'declined'}")
    marta.sees_nothing()
    await ilze.forges(Accept(1).pack())
    ilze.sees(f"{S}.received_now")
    rest(anna)


@pytest.mark.parametrize("mentor_first", [False, True])
async def test_a_desk_that_accepts_as_the_mentor_gives_up_one_of_them_wins(town: Town, mentor_first: bool) -> None:
    anna, marta, desk = await opened(town)
    rest(anna, marta)
    both = [(Side.RECEIVER, Change.ACCEPTED, rules.accept), (Side.REFERRER, Change.FAILED, GIVE_UP)]
    done = await at_once(town, *(reversed(both) if mentor_first else both))
    assert sorted(done) == [False, True]
    if await state(town) == State.ACCEPTED:
        await marta.forges(GiveUp(1).pack())
        marta.sees(f"{S}.moved_on")
        assert await state(town) == State.ACCEPTED
    else:
        await desk.presses("button.accept")
        assert desk.status == 410
        assert await state(town) == State.FAILED
    rest(anna, marta, town.mailbox(DESK))
