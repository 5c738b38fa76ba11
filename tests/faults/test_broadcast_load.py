"""A broadcast to a whole town while people chat: within Telegram's limits, people first, and done in good time."""

import asyncio
import random
from pathlib import Path

import pytest

from tests.faults.broadcast import prepared, where_it_is_noon
from tests.faults.chatter import crowd, kept
from tests.faults.counts import SEED, full
from tests.faults.process import BotProcess, ServedTelegram, until
from tests.faults.vitals import p95

TITLE = "Picas vakars"
GUESTS = full(500, 10_000)
PEOPLE = full(10, 50)
PAUSE = full(10, 50)
"""Seconds between two things one person does: all together about one a second, which is what 30 messages a second
leave beside 10,000 invitations in six minutes."""

WITHIN = full(25, 360)
"""Seconds: six minutes for all, and for the few in proportion with some more to begin."""


@pytest.mark.slow
@pytest.mark.alone
@pytest.mark.feature("X16")
async def test_a_broadcast_to_everybody_is_soon_done_and_nobody_who_chats_waits_for_it(
    served: ServedTelegram, tmp_path: Path
) -> None:
    telegram = served.telegram
    bot = BotProcess(served, tmp_path, **where_it_is_noon())
    broadcast = await prepared(telegram, bot.database, GUESTS)
    people, stop = crowd(telegram, PEOPLE, random.Random(SEED), pause=PAUSE), asyncio.Event()
    try:
        await bot.start()
        await asyncio.gather(*(one.arrive() for one in people))
        before = {one.phone.id: len(one.waits) for one in people}
        said = len(telegram.ledger.outgoing)
        async with asyncio.TaskGroup() as chats:
            for one in people:
                chats.create_task(one.chat(stop))
            await broadcast.announce(TITLE)
            began = telegram.clock.now()
            await until(lambda: len(telegram.ledger.outgoing) >= said + GUESTS, 2 * WITHIN + 30, "most have it")
            await until(lambda: len(broadcast.copies(TITLE)) == GUESTS, 60, "everybody has it")
            taken = (max(came[-1] for came in broadcast.copies(TITLE).values()) - began).total_seconds()
            waits = [wait for one in people for wait in one.waits[before[one.phone.id] :]]
            stop.set()
        print(
            f"seed {SEED}: {GUESTS} people in {taken:.0f} s, {len(telegram.problems)} violations; "
            f"{len(waits)} answers to {PEOPLE} people meanwhile, p95 {p95(waits):.2f} s, worst {max(waits):.2f} s"
        )
        assert not telegram.problems
        assert not [one for one in telegram.refusals if one.status == 429]
        assert all(len(came) == 1 for came in broadcast.copies(TITLE).values())
        assert p95(waits) <= 1.0
        assert taken <= WITHIN
        await until(lambda: telegram.updates_waiting == 0, 30, "the last updates are confirmed")
        assert await bot.stop() == 0
        assert [one.repeats for one in people] == [0] * PEOPLE
        assert all(kept(bot, one) == (one.answers, one.asked, one.finished) for one in people)
        assert bot.rows("SELECT count(*) FROM outbox WHERE batch IS NOT NULL AND state != 'sent'") == [(0,)]
        assert not telegram.unanswered()
        assert "Traceback" not in bot.stderr
        bot.check_database()
    finally:
        await bot.close()
