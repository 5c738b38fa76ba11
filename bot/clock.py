"""The only reader of real time: everything else is handed a `Clock`, so a demo or a test can turn it."""

import asyncio
import logging
import time
from datetime import UTC, datetime, timedelta
from typing import Final, Protocol

log = logging.getLogger(__name__)


class Clock(Protocol):
    """What the program may know about time."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""

    def monotonic(self) -> float:
        """Seconds that never run backwards, for limits and back-off; the zero is arbitrary."""

    async def sleep(self, seconds: float) -> None:
        """Wait that many seconds of this clock's time."""


class SystemClock:
    """The machine's clock, for `run`."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


class TownClock:
    """Stands still until moved; sleeping on it moves it, so a test of limits takes no real time."""

    def __init__(self, starts_at: datetime) -> None:
        self._now = starts_at.astimezone(UTC)
        self._elapsed = 0.0

    def now(self) -> datetime:
        return self._now

    def monotonic(self) -> float:
        return self._elapsed

    async def sleep(self, seconds: float) -> None:
        if seconds > 0:
            self.advance(max(timedelta(seconds=seconds), timedelta(microseconds=1)))
        await asyncio.sleep(0)

    def advance(self, by: timedelta) -> None:
        self._now += by
        self._elapsed += by.total_seconds()

    def move_to(self, moment: datetime) -> None:
        """Jump forward to `moment`; a moment already past changes nothing."""
        self.advance(max(moment - self._now, timedelta(0)))


ASTRAY: Final = timedelta(minutes=2)
"""How far two clocks may lie apart and still agree: what a network takes, and what an hour of drift may come to."""

DOUBTED_AFTER: Final = 2
"""Answers in a row that contradict the wall clock until it is called wrong; one alone may have been under way while the
clock was set right."""

AWAY_AFTER: Final = 120.0
"""Seconds without an answer until Telegram counts as away; a poll that finds nothing comes back after 25."""


class TrustedClock:
    """A clock whose steps count only once a second sign agrees.

    Three say what the time is: the wall clock; our own reckoning, which is the last time that was agreed on plus the
    monotonic seconds since; and Telegram, in each of its answers. Two of them decide. So a wall clock that jumps by a
    day or by ten years sends nothing early, lets nothing lapse and deletes nothing, while after a sleep of the machine,
    or once a wrong clock was set right, the new time counts from Telegram's next answer on. At the start there is no
    reckoning yet, and Telegram's word decides; without any, the wall clock's.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._agreed, self._agreed_at = clock.now(), clock.monotonic()
        self._heard_at: float | None = None
        self._contradicted = 0
        self.doubted = False
        """Whether Telegram goes on saying another time than the machine's clock."""

    def now(self) -> datetime:
        """The wall clock's time while it goes as time does, else our own reckoning."""
        wall, reckoned = self._clock.now(), self._reckoned()
        return wall if abs(wall - reckoned) <= ASTRAY else reckoned

    def monotonic(self) -> float:
        return self._clock.monotonic()

    async def sleep(self, seconds: float) -> None:
        await self._clock.sleep(seconds)

    def hear(self, told: datetime, took: float) -> None:
        """Take in the time that an answer of Telegram's carries, which came `took` seconds after it was asked for."""

        def agrees(at: datetime) -> bool:
            return told - ASTRAY <= at <= told + timedelta(seconds=took) + ASTRAY

        wall, reckoned = self._clock.now(), self._reckoned()
        at_start, self._heard_at = self._heard_at is None, self._clock.monotonic()
        if agrees(wall):
            self._agree_on(wall)
        elif agrees(reckoned):
            self._agree_on(reckoned)
        elif at_start:
            self._agree_on(told)
        self._contradicted = 0 if agrees(wall) else self._contradicted + 1
        self._doubt(self._contradicted >= DOUBTED_AFTER)

    def is_telegram_away(self) -> bool:
        """Whether it has said nothing for so long that what is to be done should wait for it."""
        return self._heard_at is not None and self._clock.monotonic() - self._heard_at > AWAY_AFTER

    def _reckoned(self) -> datetime:
        return self._agreed + timedelta(seconds=self._clock.monotonic() - self._agreed_at)

    def _agree_on(self, moment: datetime) -> None:
        self._agreed, self._agreed_at = moment, self._clock.monotonic()

    def _doubt(self, doubted: bool) -> None:
        if doubted and not self.doubted:
            log.error("the machine's clock is wrong: Telegram says another time", extra={"action": "clock_doubted"})
        if self.doubted and not doubted:
            log.info("the machine's clock is right again", extra={"action": "clock_trusted"})
        self.doubted = doubted
