"""The line to Telegram breaks in every way it can: nothing is lost, and each break repeats one message at most."""

import asyncio
import random
from collections.abc import Sequence

import pytest

from bot.demo.emulator.faults import FaultKind
from tests.faults.chatter import Chatter, all_do_more, crowd, kept
from tests.faults.counts import SEED, full
from tests.faults.process import BotProcess, ServedTelegram, until
from tests.faults.repeats import but_for_the_late

BROKEN = full(60, 500)
LOST_ANSWERS = full(2, 10)
LOST = (FaultKind.BAD_GATEWAY, FaultKind.HTML, FaultKind.GARBAGE, FaultKind.CUT)
DELIVERED = (FaultKind.HALF, FaultKind.DROP_AFTER)
"""The answer is spoilt after the deed: Telegram has the message, the bot cannot know."""


@pytest.mark.slow
@pytest.mark.feature("X13")
async def test_broken_answers_lose_nothing_and_repeat_at_most_what_was_cut(
    served: ServedTelegram, bot: BotProcess
) -> None:
    """One call after another, of any kind, meets a bad gateway, a page, half an answer, garbage or a cut line."""
    dice, cut_after = random.Random(SEED), 0
    await bot.start()
    people, stop = crowd(served.telegram, 10, dice, pause=0.3), asyncio.Event()
    async with asyncio.TaskGroup() as chats:
        for one in people:
            chats.create_task(one.chat(stop))
        left = BROKEN
        while left:
            kind, times = dice.choice((*LOST, *DELIVERED)), min(dice.randint(1, 4), left)
            served.telegram.faults.fail("*", kind=kind.value, times=times)
            left -= times
            cut_after += times * (kind in DELIVERED)
            await _calls(served, times + dice.randint(1, 8))
        await all_do_more(people, 2)
        stop.set()
    print(f"seed {SEED}: {BROKEN} broken answers, {cut_after} of them to calls that were done")
    await _check(served, bot, people, repeats=cut_after)


@pytest.mark.slow
@pytest.mark.feature("X14")
async def test_an_answer_lost_after_delivery_repeats_one_message_at_most(
    served: ServedTelegram, bot: BotProcess
) -> None:
    """Every tenth call, as the line of a moving phone does it."""
    await _lose_every_tenth_answer(served, bot, [FaultKind.DROP_AFTER] * 5)


@pytest.mark.slow
@pytest.mark.feature("X14")
async def test_many_answers_lost_or_never_given_repeat_one_message_each_at_most(
    served: ServedTelegram, bot: BotProcess
) -> None:
    await _lose_every_tenth_answer(served, bot, ([FaultKind.DROP_AFTER] * 4 + [FaultKind.HANG_AFTER]) * LOST_ANSWERS)


async def _lose_every_tenth_answer(served: ServedTelegram, bot: BotProcess, kinds: Sequence[FaultKind]) -> None:
    faults = served.telegram.faults
    await bot.start()
    people, stop = crowd(served.telegram, 10, random.Random(SEED), pause=0.3), asyncio.Event()
    async with asyncio.TaskGroup() as chats:
        for one in people:
            chats.create_task(one.chat(stop))
        for number, kind in enumerate(kinds):
            faults.fail("sendMessage" if number % 2 else "editMessageText", kind=kind.value)
            await _calls(served, 10)
        faults.clear()
        await all_do_more(people, 2)
        stop.set()
    await _check(served, bot, people, repeats=len(kinds))


@pytest.mark.slow
@pytest.mark.feature("X12")
async def test_when_telegram_was_away_everything_waits_and_nothing_comes_twice(
    served: ServedTelegram, bot: BotProcess
) -> None:
    """A few seconds here; six hours on a clock that stands still are told elsewhere."""
    people, stop = crowd(served.telegram, 5, random.Random(SEED), pause=0.5), asyncio.Event()
    await bot.start()
    async with asyncio.TaskGroup() as chats:
        for one in people:
            chats.create_task(one.chat(stop))
        await all_do_more(people, 2)
        served.telegram.faults.stop_listening()
        await asyncio.sleep(4)
        served.telegram.faults.listen()
        await all_do_more(people, 3)
        stop.set()
    await _check(served, bot, people, repeats=0)


async def _check(served: ServedTelegram, bot: BotProcess, people: list[Chatter], *, repeats: int) -> None:
    telegram = served.telegram
    telegram.faults.clear()
    await until(lambda: telegram.updates_waiting == 0, 60, "all updates are confirmed")
    assert await bot.stop() == 0
    twice = sum(one.repeats for one in people)
    print(f"seed {SEED}: {sum(one.actions for one in people)} presses and lines, {twice} of {repeats} messages twice")
    assert all(one.repeats >= 0 for one in people)
    assert twice <= repeats
    assert all(kept(bot, one) == (one.answers, one.asked, one.finished) for one in people)
    assert not but_for_the_late(telegram)
    assert not telegram.unanswered()
    assert bot.rows("SELECT count(*) FROM outbox WHERE state != 'sent'") == [(0,)]
    assert "Traceback" not in bot.stderr
    bot.check_database()


async def _calls(served: ServedTelegram, more: int) -> None:
    counts = served.telegram.ledger.counts
    before = sum(counts.values())
    await until(lambda: sum(counts.values()) >= before + more, 60, "the bot goes on calling")
