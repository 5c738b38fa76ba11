"""Telegram says "too many": that chat waits as long as it says, nobody else does, and people come before broadcasts."""

import asyncio
import random
from pathlib import Path

import pytest

from tests.faults.broadcast import prepared, where_it_is_noon
from tests.faults.chatter import Chatter, all_do_more, crowd, kept
from tests.faults.counts import SEED, full
from tests.faults.process import BotProcess, ServedTelegram, until
from tests.faults.vitals import p95

TITLE = "Picas vakars"
WAIT = full(6, 30)
"""Seconds that Telegram tells one chat to wait."""

ROUNDS = full(2, 4)
PEOPLE, HELD = 12, 3


@pytest.mark.slow
@pytest.mark.alone
@pytest.mark.feature("X15")
async def test_a_chat_told_to_wait_is_left_alone_and_all_others_are_answered_in_mid_broadcast(
    served: ServedTelegram, tmp_path: Path
) -> None:
    dice, telegram = random.Random(SEED), served.telegram
    bot = BotProcess(served, tmp_path, **where_it_is_noon())
    broadcast = await prepared(telegram, bot.database, guests=WAIT * ROUNDS * 30)
    people, stop = crowd(telegram, PEOPLE, dice, pause=1.5), asyncio.Event()
    try:
        await bot.start()
        async with asyncio.TaskGroup() as chats:
            for one in people:
                chats.create_task(one.chat(stop))
            await all_do_more(people, 6)  # their first three at once have been paid for
            await broadcast.announce(TITLE)
            others = people[HELD:]
            answered = {one.phone.id: len(one.waits) for one in others}
            for _ in range(ROUNDS):
                await _told_to_wait(served, people[:HELD])
            waits = [wait for one in others for wait in one.waits[answered[one.phone.id] :]]
            reached = len(broadcast.copies(TITLE))
            await all_do_more(people, 2)
            stop.set()
        refused = [one for one in telegram.refusals if one.status == 429]
        print(
            f"seed {SEED}: {HELD} chats told {ROUNDS} times to wait {WAIT} s, {len(telegram.problems)} sends into a "
            f"wait; {len(waits)} answers to others, p95 {p95(waits):.2f} s, with {reached} invitations sent meanwhile"
        )
        assert len(refused) == HELD * ROUNDS
        assert not telegram.problems
        assert p95(waits) <= 1.0
        assert reached > 0
        await until(lambda: telegram.updates_waiting == 0, 30, "the last updates are confirmed")
        await until(lambda: len(broadcast.copies(TITLE)) == len(broadcast.guests), 120, "everybody has it")
        assert await bot.stop() == 0
        assert [one.repeats for one in people] == [0] * PEOPLE
        assert all(kept(bot, one) == (one.answers, one.asked, one.finished) for one in people)
        assert not telegram.unanswered()
        assert "Traceback" not in bot.stderr
        bot.check_database()
    finally:
        await bot.close()


async def _told_to_wait(served: ServedTelegram, held: list[Chatter]) -> None:
    """Each of these chats is told to wait at its next message; back when each has been, and got on afterwards."""
    before = len([one for one in served.telegram.refusals if one.status == 429])
    for number, one in enumerate(held):
        served.telegram.faults.fail("*", retry_after=WAIT, chat=one.phone.id)
        await until(
            lambda wanted=before + number + 1: len([x for x in served.telegram.refusals if x.status == 429]) >= wanted,
            30,
            "it is told to wait",
        )
    await all_do_more(held, 1)
