"""The line to Telegram breaks in every way it can: nothing is lost, and each break repeats one message at most."""

import asyncio
import os
import random

import pytest

from bot.demo.emulator.faults import FaultKind
from tests.faults.chatter import Chatter, all_do_more, crowd, kept
from tests.faults.process import BotProcess, ServedTelegram, until

SEED = int(os.environ.get("BOT_TEST_SEED", "1"))
TIMES = 3
DELIVERED = (FaultKind.HALF, FaultKind.DROP_AFTER)
"""The answer is spoilt after the deed: Telegram has the message, the bot cannot know."""


@pytest.mark.slow
@pytest.mark.feature("X13")
async def test_broken_answers_lose_nothing_and_repeat_at_most_what_was_cut(
    served: ServedTelegram, bot: BotProcess
) -> None:
    faults = served.telegram.faults
    await bot.start()
    people, stop = crowd(served.telegram, 5, random.Random(SEED), pause=0.5), asyncio.Event()
    async with asyncio.TaskGroup() as chats:
        for one in people:
            chats.create_task(one.chat(stop))
        for kind in (FaultKind.BAD_GATEWAY, FaultKind.HTML, FaultKind.GARBAGE, FaultKind.CUT, *DELIVERED):
            faults.fail("*", kind=kind.value, times=TIMES)
            faults.fail("sendMessage", kind=kind.value, times=1)
            await all_do_more(people, 2)
        stop.set()
    await _check(served, bot, people, repeats=len(DELIVERED) * (TIMES + 1))


@pytest.mark.feature("X14")
async def test_an_answer_lost_after_delivery_repeats_one_message_at_most(
    served: ServedTelegram, bot: BotProcess
) -> None:
    """Every tenth call, as the line of a moving phone does it."""
    telegram = served.telegram
    await bot.start()
    people, stop = crowd(telegram, 5, random.Random(SEED), pause=0.5), asyncio.Event()
    cuts = 0
    async with asyncio.TaskGroup() as chats:
        for one in people:
            chats.create_task(one.chat(stop))
        for _ in range(5):
            telegram.faults.drop_after("sendMessage" if cuts % 2 else "editMessageText")
            cuts += 1
            await _calls(served, 10)
        telegram.faults.clear()
        await all_do_more(people, 2)
        stop.set()
    await _check(served, bot, people, repeats=cuts)


@pytest.mark.slow
@pytest.mark.feature("X14")
async def test_an_answer_that_never_comes_repeats_one_message_at_most(served: ServedTelegram, bot: BotProcess) -> None:
    await bot.start()
    people, stop = crowd(served.telegram, 5, random.Random(SEED), pause=0.5), asyncio.Event()
    async with asyncio.TaskGroup() as chats:
        for one in people:
            chats.create_task(one.chat(stop))
        for _ in range(3):
            served.telegram.faults.hang_after("sendMessage")
            await all_do_more(people, 2)
        stop.set()
    await _check(served, bot, people, repeats=3)


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
    assert not telegram.problems
    assert "Traceback" not in bot.stderr
    bot.check_database()


async def _calls(served: ServedTelegram, more: int) -> None:
    counts = served.telegram.ledger.counts
    before = sum(counts.values())
    await until(lambda: sum(counts.values()) >= before + more, 60, "the bot goes on calling")
