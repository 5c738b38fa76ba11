"""`kill -9` at any moment while people chat: no press is lost, and at most one message comes twice for each kill."""

import asyncio
import random
from collections.abc import Sequence

import pytest

from tests.faults.chatter import Chatter, all_do_more, crowd, kept
from tests.faults.counts import SEED, full
from tests.faults.process import BotProcess, ServedTelegram, until
from tests.faults.repeats import Lives, but_for_the_late, first_copies

PHONES = 20
KILLS = full(20, 200)


@pytest.mark.slow
@pytest.mark.feature("X1", "N1")
async def test_a_kill_loses_no_press(served: ServedTelegram, bot: BotProcess) -> None:
    await _kill_while_people_chat(served, bot, phones=8, kills=1)


@pytest.mark.slow
@pytest.mark.feature("X1")
async def test_many_kills_lose_no_press(served: ServedTelegram, bot: BotProcess) -> None:
    await _kill_while_people_chat(served, bot, phones=PHONES, kills=KILLS)


async def _kill_while_people_chat(served: ServedTelegram, bot: BotProcess, *, phones: int, kills: int) -> None:
    dice = random.Random(SEED)
    people = crowd(served.telegram, phones, dice)
    lives, stop = Lives(served.telegram), asyncio.Event()
    async with asyncio.TaskGroup() as chats:
        for one in people:
            chats.create_task(one.chat(stop))
        for _ in range(kills):
            lives.begins()
            await _live_a_while(served, bot, dice)
            await bot.kill()
        lives.begins()
        await bot.start()
        await all_do_more(people, 3)
        stop.set()
    await until(lambda: served.telegram.updates_waiting == 0, 30, "the last updates are confirmed")
    assert await bot.stop() == 0
    _check(served, bot, people, lives, kills)


async def _live_a_while(served: ServedTelegram, bot: BotProcess, dice: random.Random) -> None:
    """So many calls and a moment more; from one life in six hardly any comes: it is killed while it starts."""
    if dice.random() < 1 / 6:
        await bot.spawn()
        await asyncio.sleep(dice.uniform(0, 2))
        return
    await bot.start()
    counts = served.telegram.ledger.counts
    enough = sum(counts.values()) + dice.randint(0, 100)
    await until(lambda: sum(counts.values()) >= enough, 120, "it goes on calling")
    await asyncio.sleep(dice.uniform(0, 0.05))


def _check(served: ServedTelegram, bot: BotProcess, people: Sequence[Chatter], lives: Lives, kills: int) -> None:
    telegram = served.telegram
    firsts = first_copies(telegram, people)
    worst = max(lives.ended_after(firsts).values(), default=0)
    print(
        f"seed {SEED}: {kills} kills, {sum(one.actions for one in people)} presses and lines, none lost, "
        f"{len(firsts)} messages twice, at most {worst} after one kill, "
        f"{sum(len(one.phone.spinners) for one in people)} still spinning"
    )
    assert len(firsts) == sum(one.repeats for one in people) <= kills
    assert worst <= 1
    assert not but_for_the_late(telegram)
    assert not telegram.unanswered()
    for one in people:
        assert one.repeats >= 0, f"phone {one.phone.id} is short of a message"
        assert kept(bot, one) == (one.answers, one.asked, one.finished)
    assert bot.rows("SELECT count(*) FROM outbox WHERE state NOT IN ('sent')") == [(0,)]
    assert "Traceback" not in bot.stderr
    bot.check_database()
