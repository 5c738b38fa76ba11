"""Deploys: SIGTERM in the middle of everything, two instances at once, the lock handed on."""

import asyncio
import random
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.chatter import all_do_more, crowd, kept
from tests.faults.counts import SEED, full
from tests.faults.process import BotProcess, ServedTelegram, until
from tests.faults.repeats import but_for_the_late

RESTARTS = full(8, 50)
DEPLOYS = full(1, 20)
ENDS_WITHIN = 10.0
WAITS = "another instance holds this database; waiting"


@pytest.mark.slow
@pytest.mark.feature("X3")
async def test_many_deploys_lose_nothing_and_say_nothing_twice(served: ServedTelegram, bot: BotProcess) -> None:
    await _restart_while_people_chat(served, bot, RESTARTS)


async def _restart_while_people_chat(served: ServedTelegram, bot: BotProcess, restarts: int) -> None:
    dice = random.Random(SEED)
    people = crowd(served.telegram, 10, dice, pause=0.5)
    stop = asyncio.Event()
    slowest = 0.0
    async with asyncio.TaskGroup() as chats:
        for one in people:
            chats.create_task(one.chat(stop))
        for _ in range(restarts):
            await bot.start()
            await all_do_more(people[:1], dice.randint(0, 2))
            await asyncio.sleep(dice.uniform(0, 1))
            slowest = max(slowest, await _end(bot))
        await bot.start()
        stop.set()
    await _end(bot)
    done = sum(one.actions for one in people)
    print(f"seed {SEED}: {restarts} restarts, {done} presses and lines, at most {slowest:.1f} s to end")
    assert [one.repeats for one in people] == [0] * len(people)
    assert all(kept(bot, one) == (one.answers, one.asked, one.finished) for one in people)
    assert bot.rows("SELECT count(*) FROM outbox WHERE state != 'sent'") == [(0,)]
    assert not but_for_the_late(served.telegram)
    assert not served.telegram.unanswered()
    assert "Traceback" not in bot.stderr
    bot.check_database()


async def _end(bot: BotProcess) -> float:
    """SIGTERM; the seconds until it was gone, with exit code 0."""
    began = asyncio.get_running_loop().time()
    assert await bot.stop(ENDS_WITHIN) == 0
    return asyncio.get_running_loop().time() - began


@pytest.mark.slow
@pytest.mark.feature("X3")
async def test_it_ends_in_time_although_telegram_answers_nothing(served: ServedTelegram, bot: BotProcess) -> None:
    await bot.start()
    served.telegram.faults.fail("*", kind="timeout", times=100)
    await served.telegram.phone(2000, "Person").send("/start ogre")
    await asyncio.sleep(1)
    await _end(bot)
    assert "Traceback" not in bot.stderr


@pytest.mark.slow
@pytest.mark.feature("X3")
async def test_it_ends_in_time_although_it_could_not_even_begin(served: ServedTelegram, bot: BotProcess) -> None:
    served.telegram.faults.stop_listening()
    await bot.spawn()
    await until(lambda: bot.stderr.count("start_waits") >= 3, 30, "it waits for Telegram")
    await _end(bot)


@pytest.mark.slow
@pytest.mark.feature("X22")
async def test_a_second_instance_waits_says_so_and_takes_over(
    served: ServedTelegram, bot: BotProcess, tmp_path: Path
) -> None:
    """A rolling deploy: the new one is started before the old one is told to end."""
    telegram = served.telegram
    people = crowd(telegram, 10, random.Random(SEED), pause=0.5)
    older, stop = bot, asyncio.Event()
    try:
        async with asyncio.TaskGroup() as chats:
            for one in people:
                chats.create_task(one.chat(stop))
            await older.start()
            for number in range(DEPLOYS):
                newer = BotProcess(served, tmp_path, name=f"newer{number}")
                await newer.spawn()
                await until(_says_it_waits(newer), 30, "it says so")
                await all_do_more(people, 2)
                await _end(older)
                older = newer
                await all_do_more(people, 2)
                assert newer.stderr.count(WAITS) == 1
            stop.set()
        await _end(older)
    finally:
        await older.close()
    conflicts = len([one for one in telegram.refusals if one.status == 409])
    done = sum(one.actions for one in people)
    print(f"seed {SEED}: {DEPLOYS} deploys, {done} presses and lines, {conflicts} conflicts")
    assert conflicts <= DEPLOYS
    assert [one.repeats for one in people] == [0] * len(people)
    assert all(kept(bot, one) == (one.answers, one.asked, one.finished) for one in people)
    assert not but_for_the_late(telegram)
    bot.check_database()


def _says_it_waits(instance: BotProcess) -> Callable[[], bool]:
    return lambda: WAITS in instance.stderr


@pytest.mark.slow
@pytest.mark.feature("X22")
async def test_a_waiting_instance_ends_when_told_to(served: ServedTelegram, bot: BotProcess, tmp_path: Path) -> None:
    await bot.start()
    newer = BotProcess(served, tmp_path, name="newer")
    await newer.spawn()
    await until(lambda: "instance_waits" in newer.stderr, 30, "it waits")
    await _end(newer)
    assert bot.runs


@pytest.mark.slow
@pytest.mark.feature("X22")
async def test_two_databases_with_one_token_wait_for_each_other_and_say_so(
    served: ServedTelegram, bot: BotProcess, tmp_path: Path
) -> None:
    """Somebody started a copy elsewhere: no lock can tell, but Telegram does."""
    await bot.start()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    other = BotProcess(served, elsewhere)
    try:
        await other.start()
        words = "another instance is polling with this token"
        await until(lambda: words in bot.stderr or words in other.stderr, 30, "one of them says so")
        await asyncio.sleep(1)
        assert bot.runs
        assert other.runs
        assert len([one for one in served.telegram.refusals if one.status == 409]) <= 3
    finally:
        await other.close()


@pytest.mark.slow
@pytest.mark.feature("X3")
async def test_ctrl_c_is_an_orderly_end_too(bot: BotProcess) -> None:
    await bot.start()
    await bot.send_signal(signal.SIGINT)
    assert await bot.ended(ENDS_WITHIN) == 0
    assert "Traceback" not in bot.stderr
