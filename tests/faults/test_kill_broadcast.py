"""`kill -9` and deploys in mid-broadcast: everybody gets the invitation, and the coordinator's number is the truth."""

import asyncio
import random
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.faults.broadcast import Broadcast, prepared, where_it_is_noon
from tests.faults.counts import SEED, full
from tests.faults.process import BotProcess, ServedTelegram, until
from tests.faults.repeats import Lives

TITLE = "Picas vakars"
GUESTS = full(300, 1_000)
KILLS = full(50, 200)
DEPLOYS = full(3, 20)


@pytest.fixture
async def daytime_bot(served: ServedTelegram, tmp_path: Path) -> AsyncIterator[BotProcess]:
    one = BotProcess(served, tmp_path, **where_it_is_noon())
    yield one
    await one.close()


@pytest.mark.slow
@pytest.mark.feature("X2", "G12")
async def test_kills_in_mid_broadcast_miss_nobody_and_repeat_one_invitation_each_at_most(
    served: ServedTelegram, daytime_bot: BotProcess
) -> None:
    dice, lives = random.Random(SEED), Lives(served.telegram)
    broadcast = await prepared(served.telegram, daytime_bot.database, GUESTS)
    await broadcast.announce(TITLE)
    for left in range(KILLS, 0, -1):
        still_without = GUESTS - len(broadcast.copies(TITLE))
        lives.begins()
        await _live_until_more_have_it(served, daytime_bot, dice, dice.uniform(0, 2 * still_without / (left + 1)))
        await daytime_bot.kill()
    lives.begins()
    await daytime_bot.start()
    await _finished(broadcast, daytime_bot)
    copies = broadcast.copies(TITLE)
    firsts = [first for came in copies.values() for first in came[:-1]]
    worst = max(lives.ended_after(firsts).values(), default=0)
    screen = await broadcast.screen(TITLE)
    print(
        f"seed {SEED}: {KILLS} kills, {len(copies)} of {GUESTS} have it, {len(firsts)} invitations twice, "
        f"at most {worst} after one kill, on the coordinator's screen {screen[0]}"
    )
    assert len(copies) == GUESTS
    assert screen == (GUESTS, 0, 0)
    await until(lambda: broadcast.counted() == (GUESTS, 0, 0), 30, "the message that counts has come to its end")
    assert len(firsts) <= KILLS
    assert worst <= 1
    await _check(served, daytime_bot)


@pytest.mark.slow
@pytest.mark.feature("X22", "G12", "N6")
async def test_rolling_deploys_in_mid_broadcast_bring_it_to_everybody_once(
    served: ServedTelegram, daytime_bot: BotProcess, tmp_path: Path
) -> None:
    """Each new instance is started beside the old one, and waits until that has ended."""
    dice = random.Random(SEED)
    broadcast = await prepared(served.telegram, daytime_bot.database, GUESTS)
    await broadcast.announce(TITLE)
    older = daytime_bot
    await older.start()
    try:
        for number in range(DEPLOYS):
            newer = BotProcess(served, tmp_path, name=f"newer{number}", **where_it_is_noon())
            await newer.spawn()
            await until(lambda one=newer: "instance_waits" in one.stderr, 30, "the new one waits")
            await asyncio.sleep(dice.uniform(0, 1))
            assert await older.stop() == 0
            await until(lambda one=newer: "action=serving" in one.stderr, 30, "the new one serves")
            older = newer
        await _finished(broadcast, older)
        assert [len(came) for came in broadcast.copies(TITLE).values()] == [1] * GUESTS
        assert await broadcast.screen(TITLE) == (GUESTS, 0, 0)
        conflicts = [one for one in served.telegram.refusals if one.status == 409]
        print(f"seed {SEED}: {DEPLOYS} deploys, {GUESTS} people, each once, {len(conflicts)} conflicts")
        assert len(conflicts) <= DEPLOYS
        await _check(served, older)
    finally:
        await older.close()


async def _live_until_more_have_it(served: ServedTelegram, bot: BotProcess, dice: random.Random, more: float) -> None:
    """One life in six is killed while it starts."""
    if dice.random() < 1 / 6:
        await bot.spawn()
        await asyncio.sleep(dice.uniform(0, 1.5))
        return
    goal = len(served.telegram.ledger.outgoing) + round(more)
    await bot.start()
    await until(lambda: len(served.telegram.ledger.outgoing) >= goal, 30, "some more have it")
    await asyncio.sleep(dice.uniform(0, 0.05))


async def _finished(broadcast: Broadcast, bot: BotProcess) -> None:
    waits = "SELECT count(*) FROM outbox WHERE batch IS NOT NULL AND state IN ('waiting', 'in_flight')"
    await until(lambda: len(broadcast.copies(TITLE)) == GUESTS, 120, "everybody has it")
    await until(lambda: bot.rows(waits) == [(0,)], 10, "nothing waits any more")


async def _check(served: ServedTelegram, bot: BotProcess) -> None:
    await until(lambda: served.telegram.updates_waiting == 0, 30, "the last updates are confirmed")
    assert await bot.stop() == 0
    assert bot.rows("SELECT count(*), count(DISTINCT person_id) FROM outbox WHERE batch IS NOT NULL") == [
        (GUESTS, GUESTS)
    ]
    assert bot.rows("SELECT count(*) FROM outbox WHERE batch IS NOT NULL AND state != 'sent'") == [(0,)]
    assert not served.telegram.problems
    assert not served.telegram.unanswered()
    assert "Traceback" not in bot.stderr
    bot.check_database()
