"""Telegram is away for six hours in which people write and press and things fall due; then everything is made up for.

The hours are those of a turned clock: the process lives through them in steps, its monotonic clock included. In process
the same is told over many seeds on the town's clock.
"""

import asyncio
import random
import re
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import pytest
from telegram.error import TelegramError

from bot.app import App
from tests.chats.casework import in_programme
from tests.faults.chatter import Chatter, crowd, kept
from tests.faults.counts import SEED, full
from tests.faults.office import ASK, MISSED, opened
from tests.faults.process import until
from tests.town.town import Town

NOON: Final = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
"""A Wednesday, 12:00 in Rīga."""

AWAY: Final = timedelta(hours=6)
STEPS: Final = 12
LONGEST_BACK_OFF: Final = 30.0
ANSWERED_WITHIN: Final = 10.0


@pytest.mark.slow
@pytest.mark.alone
@pytest.mark.feature("X12")
async def test_after_six_hours_without_telegram_nothing_is_lost_or_doubled(tmp_path: Path) -> None:
    dice = random.Random(SEED)
    async with opened(tmp_path, NOON, whole=True) as office:
        telegram, bot = office.served.telegram, office.bot
        due = sorted(NOON + timedelta(minutes=dice.randrange(20, 350)) for _ in range(6))
        office.plan([*due, NOON + timedelta(days=2)], NOON)
        people = crowd(telegram, 10, dice, pause=0.5)
        await bot.start()
        await office.mentors_open_it()
        await asyncio.gather(*(one.arrive() for one in people))

        telegram.faults.stop_listening()
        telegram.polling.wake()
        for step in range(1, STEPS + 1):
            office.set_clocks(NOON + AWAY * step / STEPS)
            await asyncio.sleep(1)
        steps = [asyncio.ensure_future(_timed_step(one)) for one in people]
        await until(lambda: telegram.updates_waiting >= len(people), 5, "all have pressed")
        office.plan([NOON - timedelta(days=6)], NOON)  # one that is stale by now
        await office.mentors[-1].send("/menu")
        telegram.faults.listen()
        back = asyncio.get_running_loop().time()
        answered = sorted(at - back for at in await asyncio.gather(*steps))
        await until(lambda: all(office.told(ASK)[:6]), 30, "what fell due is asked")
        await office.goes_on()

        p95 = answered[int(0.95 * len(answered)) - 1]
        waits = [float(found) for found in re.findall(r"polling_paused.*?seconds=([\d.]+)", bot.stderr)]
        print(f"seed {SEED}: {len(waits)} polls in vain, at most {max(waits):.0f} s apart, p95 answer {p95:.1f} s")
        print(f"asked {office.told(ASK)} times, told of what was missed {office.told(MISSED)} times")
        assert len(waits) >= STEPS / 2
        assert max(waits) <= LONGEST_BACK_OFF
        assert p95 <= ANSWERED_WITHIN
        assert office.told(ASK) == [1] * 6 + [0, 0]
        assert office.told(MISSED) == [0] * 7 + [1]
        assert [one.repeats for one in people] == [0] * len(people)
        assert all(kept(bot, one) == (one.answers, one.asked, one.finished) for one in people)
        assert await bot.stop() == 0
        office.check()


async def _timed_step(one: Chatter) -> float:
    """One press, and the moment at which it was answered."""
    await one.step()
    return asyncio.get_running_loop().time()


LINES: Final = {
    "/menu": "people.youth.menu",
    "/plan": "checkins.youth.plan.programme",
    "/privacy": "people.youth.privacy",
    "/help": "safety.youth.card",
}
"""What a young person writes into the silence, and what answers it."""


@pytest.mark.slow
@pytest.mark.feature("X12")
@pytest.mark.parametrize("seed", range(SEED, SEED + full(3, 50)))
async def test_whatever_is_written_into_the_silence_is_answered_in_order(database_file: Path, seed: int) -> None:
    dice, town = random.Random(seed), Town(database_file)
    anna, marta, liene = await in_programme(town)
    due_at = datetime(2026, 3, 3, 8, 0, tzinfo=UTC)
    await town.move_to(due_at - timedelta(minutes=dice.randrange(1, 350)))
    wrote: list[str] = []
    async with town.bot() as app:
        town.telegram.faults.stop_listening()
        back = town.clock.now() + AWAY
        while town.clock.now() < back:
            town.clock.advance(timedelta(minutes=dice.randrange(1, 60)))
            if dice.random() < 0.5:
                wrote.append(dice.choice(list(LINES)))
                await anna.phone.send(wrote[-1])
            await _tries(app)
        town.telegram.faults.listen()
        town.clock.advance(timedelta(seconds=LONGEST_BACK_OFF))
        for _ in range(3):
            await _tries(app)
            town.clock.advance(timedelta(seconds=1))
    for one in town.people.values():
        one.notice_changes()
    print(f"seed {seed}: {len(wrote)} lines in six hours, all answered in order; asked once")
    for line in wrote:
        anna.sees(LINES[line])
    marta.sees("checkins.staff.ask")
    for one in (anna, marta, liene):
        one.sees_nothing()
    assert not town.telegram.unanswered()
    await town.database.close()
    town.check()


@pytest.mark.feature("X12", "G11")
async def test_while_telegram_is_away_nothing_falls_due_and_then_it_does_once(town: Town) -> None:
    """Else a lead would be told of what a mentor never heard of."""
    people = await in_programme(town)
    await town.move_to(datetime(2026, 3, 3, 7, 0, tzinfo=UTC))
    async with town.bot() as app:
        app.clock.hear(town.clock.now(), 0.1)
        for _ in range(30):
            town.clock.advance(timedelta(hours=1))
            await app.schedule.ring()
        assert await town.rows("SELECT DISTINCT state FROM checkins") == [("planned",)]
        app.clock.hear(town.clock.now(), 0.1)
        await app.schedule.ring()
        await app.schedule.ring()
    assert await town.rows("SELECT state, count(*) FROM checkins GROUP BY 1 ORDER BY 1 LIMIT 1") == [("asked", 1)]
    await town.settle()
    people[1].sees("checkins.staff.ask")
    for one in people:
        one.sees_nothing()


async def _tries(app: App) -> None:
    """One round of everything the bot does by itself, as far as Telegram lets it."""
    with suppress(TelegramError):
        while await app.polling.once():
            pass
    await app.tasks.settled()
    await app.schedule.ring()
    await app.gate.drain()
