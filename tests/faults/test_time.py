"""The real process when time is not plain: the clocks change, it sleeps through the minute, there are two of it.

Fault table: X28, X30; feature table: N6. Telegram's clock and the one on the wall are turned together.
"""

import asyncio
import signal
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Final

import pytest

from bot.calendar import Every, Hours, Rhythm, occurrences, wall
from tests.faults.office import ASK, MISSED, RIGA, Office, opened
from tests.faults.process import BotProcess, until

NOON: Final = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
"""A Wednesday."""

SECOND: Final = timedelta(seconds=1)
UNSETTLED: Final = "SELECT count(*) FROM outbox WHERE state IN ('waiting', 'in_flight')"
AT_NIGHT: Final = (time(2, 59), time(3, 30), time(4, 0))
"""Hours of the night of the change: 03:30 comes twice in autumn and not at all in spring."""


@pytest.mark.slow
@pytest.mark.feature("X28")
@pytest.mark.parametrize(
    ("change", "mornings"),
    [
        (date(2026, 10, 25), (date(2026, 10, 23), date(2026, 10, 26))),
        (date(2027, 3, 28), (date(2027, 3, 25), date(2027, 3, 30))),  # Easter: Friday and Monday are free as well
    ],
)
async def test_over_a_change_of_the_clocks_each_check_in_is_asked_once_and_nine_stays_nine(
    tmp_path: Path, change: date, mornings: tuple[date, date]
) -> None:
    """What is planned for the night waits for the next working morning, and 09:00 is 09:00 before and after."""
    before, after = (wall(day, time(9), RIGA) for day in mornings)
    rhythm = Rhythm(Every.WEEKLY, mornings[0].weekday(), time(9))
    (friday,) = occurrences(rhythm, mornings[0], mornings[0], Hours.latvia(RIGA, {}))
    night = [wall(change, at, RIGA) for at in AT_NIGHT]
    async with opened(tmp_path, before - timedelta(minutes=5)) as office:
        office.plan([friday.due_at, *night, after], before)
        await office.bot.start()
        await office.mentors_open_it()
        await office.turn_to(before - 20 * SECOND)
        assert office.told(ASK) == [0, 0, 0, 0, 0]
        await office.turn_to(before + SECOND)
        await until(lambda: office.told(ASK) == [1, 0, 0, 0, 0], 15, "the first is asked")
        for moment in (*(at + SECOND for at in night), after - 20 * SECOND):
            await office.turn_to(moment)
        assert office.told(ASK) == [1, 0, 0, 0, 0]
        await office.turn_to(after + SECOND)
        await until(lambda: office.told(ASK) == [1] * 5, 15, "all are asked")
        await office.turn_to(after + timedelta(hours=5))
        hours = {_asked_at(office, number).astimezone(RIGA).strftime("%H:%M") for number in range(5)}
        print(f"{change}: asked {office.told(ASK)} times, at {hours}; offsets {before.astimezone(RIGA):%z}, "
              f"{after.astimezone(RIGA):%z}")  # fmt: skip
        assert office.told(ASK) == [1] * 5
        assert hours == {"09:00"}
        assert await office.bot.stop() == 0
        office.check()


def _asked_at(office: Office, number: int) -> datetime:
    return next(m.sent_at for m in office.mentors[number].history if m.sender == "bot" and ASK in m.text)


@pytest.mark.slow
@pytest.mark.feature("X30")
async def test_stopped_or_down_at_the_due_time_it_asks_late_and_once_or_says_that_it_missed_it(tmp_path: Path) -> None:
    async with opened(tmp_path, NOON) as office:
        office.plan([NOON + timedelta(minutes=10), NOON + timedelta(minutes=20), NOON + timedelta(days=5)], NOON)
        bot = office.bot
        await bot.start()
        await office.mentors_open_it()

        await office.turn_to(NOON + timedelta(minutes=9))
        await bot.send_signal(signal.SIGSTOP)
        office.set_clocks(NOON + timedelta(minutes=11))
        await asyncio.sleep(5)
        assert office.told(ASK) == [0, 0, 0]
        await bot.send_signal(signal.SIGCONT)
        await until(lambda: office.told(ASK) == [1, 0, 0], 15, "asked as soon as it goes on")

        await until(lambda: bot.rows(UNSETTLED) == [(0,)], 15, "that is noted, so that the kill repeats nothing")
        await bot.kill()
        office.set_clocks(NOON + timedelta(minutes=25))
        await bot.start()
        await until(lambda: office.told(ASK) == [1, 1, 0], 30, "asked as soon as it is there again")

        await until(lambda: bot.rows(UNSETTLED) == [(0,)], 15, "that is noted, so that the kill repeats nothing")
        await bot.kill()
        office.set_clocks(NOON + timedelta(days=9))
        await bot.start()
        await until(lambda: office.told(MISSED) == [0, 0, 1], 30, "the mentor hears that it was missed")
        await office.goes_on()
        assert office.told(ASK) == [1, 1, 0]
        assert bot.rows("SELECT state FROM checkins ORDER BY id")[2] == ("missed",)
        print("3 slept through: 2 asked late and once, 1 told as missed, 0 silent")
        assert await bot.stop() == 0
        office.check()


@pytest.mark.slow
@pytest.mark.feature("N6", "X22")
async def test_two_instances_over_one_database_ask_once(tmp_path: Path) -> None:
    async with opened(tmp_path, NOON) as office:
        office.plan([NOON + timedelta(minutes=number) for number in range(5, 15)], NOON)
        second = BotProcess(office.served, tmp_path, name="second", **office.wall.environment)
        try:
            await office.bot.start()
            await second.spawn()
            await office.mentors_open_it()
            await until(lambda: "instance_waits" in second.stderr, 30, "the second one waits")
            await office.turn_to(NOON + timedelta(minutes=10) + SECOND)
            await until(lambda: office.told(ASK)[:6] == [1] * 6, 30, "the first one has asked what was due")
            await until(lambda: office.bot.rows(UNSETTLED) == [(0,)], 15, "and noted that")
            await office.bot.kill()
            office.set_clocks(NOON + timedelta(minutes=30))
            await until(lambda: all(office.told(ASK)), 60, "the second one has taken over and asked the others")
            await office.goes_on()
            print(f"asked {office.told(ASK)} times by two instances, one of them killed")
            assert office.told(ASK) == [1] * 10
            assert await second.stop() == 0
            office.check()
        finally:
            await second.close()
