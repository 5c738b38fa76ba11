"""The only reader of real time: everything else is handed a `Clock`, so a demo or a test can turn it."""

import asyncio
import time
from datetime import UTC, datetime
from typing import Protocol


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
