"""A clock that keeps real pace and can be moved; the one that stands still is in `bot.clock`."""

import asyncio
import time
from datetime import UTC, datetime, timedelta

from bot.clock import TownClock

__all__ = ["TownClock", "TurnableClock"]


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
