"""`kill -9` at any moment while people chat: no press is lost, and at most one message comes twice for each kill."""

import asyncio
import os
import random
from collections.abc import Sequence

import pytest

from tests.faults.chatter import Chatter, all_do_more, crowd, kept
from tests.faults.process import BotProcess, ServedTelegram, until

PHONES = 20
SEED = int(os.environ.get("BOT_TEST_SEED", "1"))
KILLS = int(os.environ.get("BOT_TEST_KILLS", "20"))


@pytest.mark.feature("X1", "N1")
async def test_three_kills_lose_no_press(served: ServedTelegram, bot: BotProcess) -> None:
    await _kill_while_people_chat(served, bot, kills=3, seed=SEED)


@pytest.mark.slow
@pytest.mark.feature("X1")
@pytest.mark.parametrize("seed", [SEED, SEED + 1, SEED + 2])
async def test_many_kills_lose_no_press(served: ServedTelegram, bot: BotProcess, seed: int) -> None:
    """BOT_TEST_KILLS says how many; 200 takes about ten minutes a seed."""
    await _kill_while_people_chat(served, bot, kills=KILLS, seed=seed)


async def _kill_while_people_chat(served: ServedTelegram, bot: BotProcess, *, kills: int, seed: int) -> None:
    dice = random.Random(seed)
    people = crowd(served.telegram, PHONES, dice)
    stop = asyncio.Event()
    async with asyncio.TaskGroup() as chats:
        for one in people:
            chats.create_task(one.chat(stop))
        for _ in range(kills):
            await _live_a_while(bot, dice)
            await bot.kill()
        await bot.start()
        await all_do_more(people, 3)
        stop.set()
    await until(lambda: served.telegram.updates_waiting == 0, 30, "the last updates are confirmed")
    assert await bot.stop() == 0
    _check(served, bot, people, kills, seed)


async def _live_a_while(bot: BotProcess, dice: random.Random) -> None:
    """From one life in six hardly anything comes: it is killed while it starts."""
    if dice.random() < 1 / 6:
        await bot.spawn()
        await asyncio.sleep(dice.uniform(0, 2))
    else:
        await bot.start()
        await asyncio.sleep(dice.uniform(0, 2))


def _check(served: ServedTelegram, bot: BotProcess, people: Sequence[Chatter], kills: int, seed: int) -> None:
    telegram = served.telegram
    repeats = sum(one.repeats for one in people)
    print(
        f"seed {seed}: {kills} kills, {sum(one.actions for one in people)} presses and lines, none lost, "
        f"{repeats} messages twice, {sum(len(one.phone.spinners) for one in people)} still spinning"
    )
    assert 0 <= repeats <= kills
    assert not telegram.problems
    assert not telegram.unanswered()
    for one in people:
        assert one.repeats >= 0, f"phone {one.phone.id} is short of a message"
        assert kept(bot, one) == (one.answers, one.asked, one.finished)
    assert bot.rows("SELECT count(*) FROM outbox WHERE state NOT IN ('sent')") == [(0,)]
    assert "Traceback" not in bot.stderr
    bot.check_database()
