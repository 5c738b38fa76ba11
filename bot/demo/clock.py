"""Clocks that can be moved: one keeps real pace for the demo, one stands still for tests."""

import asyncio
import time
from datetime import UTC, datetime, timedelta


class TurnableClock:
    """Real time plus an offset that only grows, so nothing ever sees time run backwards."""

    def __init__(self, starts_at: datetime) -> None:
        self._starts_at = starts_at.astimezone(UTC)
        self._started = time.monotonic()
        self._offset = timedelta(0)

    def now(self) -> datetime:
        return self._starts_at + timedelta(seconds=time.monotonic() - self._started) + self._offset

    def monotonic(self) -> float:
        return time.monotonic() + self._offset.total_seconds()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)

    def move_to(self, moment: datetime) -> None:
        """Jump forward to `moment`; a moment already past changes nothing."""
        self._offset += max(moment - self.now(), timedelta(0))


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
        self.advance(max(timedelta(seconds=seconds), timedelta(microseconds=1)))
        await asyncio.sleep(0)

    def advance(self, by: timedelta) -> None:
        self._now += by
        self._elapsed += by.total_seconds()

    def move_to(self, moment: datetime) -> None:
        """Jump forward to `moment`; a moment already past changes nothing."""
        self.advance(max(moment - self._now, timedelta(0)))
