"""The bell: APScheduler rings every second, and each capability's due-functions look for rows that fell due.

Nothing lives in the bell. What is due is a column, claimed by a conditional update, so a missed ring, a late ring and a
second ring at the same moment change nothing.
"""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy.exc import DBAPIError

from bot.clock import Clock
from bot.delivery import outbox
from bot.people import arrivals
from bot.routes import Due, Routes
from bot.storage.database import Database
from bot.turn import Message, Tick

log = logging.getLogger(__name__)

EVERY: Final = 1.0
"""Seconds between two rings."""

CLEAN_EVERY: Final = timedelta(minutes=1)
"""How long erased words may still lie in the write-ahead log."""


class Schedule:
    """Rings the due-functions."""

    def __init__(
        self, database: Database, routes: Routes, clock: Clock, zone: ZoneInfo, wake: Callable[[], None]
    ) -> None:
        self._database = database
        self._routes = routes
        self._clock = clock
        self._zone = zone
        self._wake = wake
        self._cleaned_at: datetime | None = None
        self._scheduler = AsyncIOScheduler(timezone=zone)

    def start(self) -> None:
        """Ring from now on, in the running event loop."""
        self._scheduler.add_job(
            self.ring, "interval", seconds=EVERY, coalesce=True, max_instances=1, misfire_grace_time=None
        )
        self._scheduler.start()

    def stop(self) -> None:
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    async def ring(self) -> None:
        """Let every capability handle what is due; one that fails is named in the log and tried at the next ring."""
        waiting: Sequence[Due] = self._routes.due
        while waiting:
            waiting = await self._round(waiting)
        await self._clean()

    async def _round(self, waiting: Sequence[Due]) -> list[Due]:
        """One transaction for all, a savepoint for each; those that have more to do."""
        more: list[Due] = []
        said: list[Message] = []
        async with self._database.write() as db:
            for due in waiting:
                tick = Tick(self._clock.now(), db, self._zone, self._routes.subscribers)
                try:
                    async with db.begin_nested():
                        if await due(tick):
                            more.append(due)
                except DBAPIError:
                    raise
                except Exception:
                    log.exception("due work failed", extra={"action": "due_failed", "due": due.__module__})
                else:
                    said += tick.said
            await outbox.add(db, said, self._clock.now())
        if said:
            self._wake()
        return more

    async def _clean(self) -> None:
        """Drop settled rows that have served their time."""
        now = self._clock.now()
        if self._cleaned_at is not None and now - self._cleaned_at < CLEAN_EVERY:
            return
        async with self._database.write() as db:
            await outbox.prune(db, now)
            await arrivals.prune_marks(db, now)
        await self._database.empty_log()
        self._cleaned_at = now
