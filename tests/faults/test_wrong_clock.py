"""The wall clock jumps while the bot runs and between two runs: nothing goes out early, lapses or is deleted."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import pytest

from tests.faults.office import ASK, LONG_AGO, Office, opened

NOON: Final = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
"""A Wednesday."""

JUMPS: Final = (timedelta(days=1), -timedelta(days=1), timedelta(days=3653), -timedelta(days=3653))
PLANNED: Final = 8
KEPT: Final = ("people", "screenings", "checkins", "cases", "grants")


def _state(office: Office) -> list[object]:
    """What is kept, and what each check-in waits for."""
    counts = [office.bot.rows(f"SELECT count(*) FROM {table}") for table in KEPT]
    return [*counts, office.bot.rows("SELECT state, next_at, count(*) FROM checkins GROUP BY 1, 2 ORDER BY 2")]


def _plan(office: Office) -> None:
    """Something for every year of the next ten years, and answers that two more weeks would delete."""
    office.plan([NOON + timedelta(days=1 + 450 * number) for number in range(PLANNED)], NOON)
    office.leave_unfinished(20, NOON - timedelta(days=1))


def _sent(office: Office) -> int:
    return sum(office.told(""))


@pytest.mark.slow
@pytest.mark.feature("X29")
async def test_while_it_runs_a_jump_of_the_clock_sends_and_deletes_nothing(tmp_path: Path) -> None:
    async with opened(tmp_path, NOON) as office:
        _plan(office)
        await office.bot.start()
        await office.mentors_open_it()
        await office.goes_on()
        before, sent, slowest = _state(office), _sent(office), 0.0
        for jump in JUMPS:
            office.wall.jump(jump)
            slowest = max(slowest, await office.goes_on(), await office.goes_on())
            office.wall.jump(-jump)
            slowest = max(slowest, await office.goes_on())
        handled = office.bot.rows("SELECT count(*), max(at) - min(at) < 600 * 1000000 FROM handled")
        print(f"{len(JUMPS)} jumps and back: {_sent(office) - sent} sends, answers within {slowest:.1f} s")
        assert _sent(office) == sent
        assert _state(office) == before
        assert handled == [(PLANNED + 1 + 3 * len(JUMPS), 1)]
        assert office.bot.stderr.count("clock_doubted") == len(JUMPS)
        assert await office.bot.stop() == 0
        office.check()


@pytest.mark.slow
@pytest.mark.feature("X29")
async def test_between_two_runs_a_jump_of_the_clock_sends_and_deletes_nothing(tmp_path: Path) -> None:
    async with opened(tmp_path, NOON) as office:
        _plan(office)
        await office.bot.start()
        await office.mentors_open_it()
        await office.goes_on()
        before, sent = _state(office), _sent(office)
        for jump in JUMPS:
            assert await office.bot.stop() == 0
            office.wall.jump(jump)
            await office.bot.start()
            await office.goes_on()
            office.wall.jump(-jump)
        print(f"{len(JUMPS)} starts with a wrong clock: {_sent(office) - sent} sends")
        assert _sent(office) == sent
        assert _state(office) == before
        assert await office.bot.stop() == 0
        office.check()


@pytest.mark.slow
@pytest.mark.feature("X29", "X30")
async def test_a_sleep_of_the_machine_that_telegram_confirms_is_made_up_for(tmp_path: Path) -> None:
    """The wall clock jumps by a day as well, but this time it is true."""
    async with opened(tmp_path, NOON) as office:
        office.plan([NOON + timedelta(hours=2), NOON + timedelta(days=2)], NOON)
        office.leave_unfinished(1, NOON - LONG_AGO)
        await office.bot.start()
        await office.mentors_open_it()
        await office.turn_to(NOON + timedelta(days=1))
        await office.goes_on()
        assert office.told(ASK) == [1, 0]
        assert office.bot.rows("SELECT count(*) FROM screenings") == [(0,)]
        assert "clock_doubted" not in office.bot.stderr
        assert await office.bot.stop() == 0
        office.check()
