"""How updates come in. By polling, Telegram's offset moves only after the commit; by webhook, 200 only after it."""

import asyncio
import logging
from collections.abc import Sequence
from typing import Any, Final

from telegram import Bot
from telegram.error import (
    BadRequest,
    Conflict,
    EndPointNotFound,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.clock import Clock
from bot.intake import Intake
from bot.pulse import Heartbeat
from bot.storage.database import is_away
from bot.tasks import Tasks, unless
from bot.telegram import inbound

log = logging.getLogger(__name__)

LONG_POLL: Final = 25
"""Seconds that Telegram may hold a poll open (50 at most)."""

BATCH: Final = 100
LONGEST_BACK_OFF: Final = 8.0
"""Seconds between two tries while Telegram is away: so soon after its return whoever waited is heard."""

DATABASE_AGAIN_AFTER: Final = 1.0
"""Seconds to the next try while the database is away: somebody who asks for help meanwhile must not wait for it."""

CONFIRM_WITHIN: Final = 2.0


class TokenRevoked(Exception):
    """Telegram does not know this token (any more): nothing can be done but to end, and say so."""


class Acknowledge:
    """Tells Telegram that presses arrived, so that the phones stop spinning; losing one is harmless."""

    def __init__(self, bot: Bot, tasks: Tasks) -> None:
        self._bot = bot
        self._tasks = tasks

    def __call__(self, press_ids: Sequence[str]) -> None:
        for one in press_ids:
            self._tasks.start(self._answer(one))

    async def _answer(self, press_id: str) -> None:
        try:
            await self._bot.answer_callback_query(press_id)
        except TelegramError:
            return  # too old or already acknowledged; what the press asked for is done all the same


class Polling:
    """The long-poll loop: fetch, acknowledge, handle and commit, and only then ask for what comes after."""

    def __init__(self, bot: Bot, intake: Intake, acknowledge: Acknowledge, clock: Clock) -> None:
        self._bot = bot
        self._intake = intake
        self._acknowledge = acknowledge
        self._clock = clock
        self._offset: int | None = None
        self._failures = 0
        self.heartbeat = Heartbeat()

    async def run(self, stop: asyncio.Event) -> None:
        """Poll until `stop`; raises TokenRevoked."""
        while not stop.is_set():
            try:
                raw = await unless(stop, self._fetch())
                if raw is not None:
                    await self._take(raw)
                    self._failures = 0
                    self.heartbeat.beat(self._clock.monotonic())
            except InvalidToken:
                raise TokenRevoked from None
            except Conflict:
                await self._pause(stop, "another instance is polling with this token; waiting for it to end", 5.0)
            except RetryAfter as flood:
                await self._pause(stop, "told to wait", flood._retry_after.total_seconds())
            except (NetworkError, TelegramError) as away:
                await self._pause(stop, f"Telegram is away ({type(away).__name__})")
            except Exception as broken:  # the batch was not confirmed, so it comes again
                if is_away(broken):  # as the database has said in the log
                    await unless(stop, self._clock.sleep(DATABASE_AGAIN_AFTER))
                else:
                    log.exception("updates not handled", extra={"action": "updates_not_handled"})
                    await self._pause(stop, "updates could not be handled")

    async def once(self) -> int:
        """Fetch and handle what is there now, without waiting; how many updates that were."""
        raw = await self._fetch(hold=0)
        await self._take(raw)
        return len(raw)

    async def confirm(self) -> None:
        """Tell Telegram what has been handled, before the process ends.

        Where it cannot be told, the updates come again after the next start and their marks say that they are done.
        """
        if self._offset is None:
            return
        try:
            async with asyncio.timeout(CONFIRM_WITHIN):
                await self._fetch(hold=0, limit=1)
        except (TelegramError, TimeoutError):
            log.info("last updates not confirmed", extra={"action": "not_confirmed"})

    async def _fetch(self, hold: int = LONG_POLL, limit: int = BATCH) -> list[Any]:
        asked: dict[str, Any] = {"timeout": hold, "limit": limit, "allowed_updates": list(inbound.ALLOWED)}
        if self._offset is not None:
            asked["offset"] = self._offset
        # As plain data, for one update that the library cannot parse would otherwise throw away the whole batch.
        try:
            found = await self._bot.do_api_request("getUpdates", asked, read_timeout=hold + 10)
        except EndPointNotFound:  # the library's word for 401 after a call by name; this one is always there
            raise InvalidToken from None
        if not isinstance(found, list):
            raise BadRequest("the updates are no list")
        return found

    async def _take(self, raw: list[Any]) -> None:
        if not raw:
            self._offset = None  # all before is confirmed; should numbers start again lower, none must be skipped
            return
        self._acknowledge(inbound.presses(raw))
        await self._clock.sleep(0)  # they leave before the handling begins, which takes longer
        await self._intake.handle(inbound.arrivals(raw))
        numbers = [number for one in raw if (number := inbound.number_of(one)) is not None]
        if numbers:
            self._offset = max(numbers) + 1
        else:
            await self._clock.sleep(0.5)  # nothing here can be confirmed, so it would come again at once, for ever

    async def _pause(self, stop: asyncio.Event, why: str, seconds: float | None = None) -> None:
        self._failures += 1
        wait = min(2.0 ** (self._failures - 1), LONGEST_BACK_OFF) if seconds is None else seconds
        log.warning("polling paused", extra={"action": "polling_paused", "why": why, "seconds": wait})
        await unless(stop, self._clock.sleep(wait))
