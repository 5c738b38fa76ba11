"""getUpdates: one poller, long polls, and the conflict with a webhook; after do_get_updates in Client.cpp."""

import asyncio
from dataclasses import dataclass
from typing import Any

from bot.clock import Clock
from bot.demo.emulator.model import Json
from bot.demo.emulator.refusals import Refused, other_poller, polling_with_webhook, webhook_set_meanwhile
from bot.demo.emulator.updates import BATCH_LIMIT, UpdateQueue

LONGEST_POLL = 50


@dataclass(slots=True)
class Webhook:
    """Where updates are posted to; no url means polling."""

    url: str = ""
    secret: str = ""
    max_connections: int = 40
    last_error: str | None = None
    last_error_at: int | None = None


class Polling:
    """The queue's one reader."""

    def __init__(self, queue: UpdateQueue, clock: Clock) -> None:
        self.queue = queue
        self.webhook = Webhook()
        self._clock = clock
        self._waiter: asyncio.Future[None] | None = None
        queue.listeners.append(self.wake)

    async def get_updates(self, params: Json, patient: bool) -> list[Any]:
        """A batch of updates; waits for the first only when `patient`. Raises `Refused` 409."""
        if self.webhook.url:
            raise polling_with_webhook()
        if "allowed_updates" in params:
            self.queue.allowed = tuple(params["allowed_updates"])
        offset = params.get("offset", 0)
        limit = min(max(params.get("limit", BATCH_LIMIT), 1), BATCH_LIMIT)
        batch = self.queue.fetch(offset, limit, self._clock.now())
        timeout = min(params.get("timeout", 0), LONGEST_POLL) if patient else 0
        if batch or timeout <= 0:
            return batch
        self.abort(other_poller())
        if not await self._something_comes(timeout):
            return []
        return self.queue.fetch(max(offset, 0), limit, self._clock.now())

    async def _something_comes(self, within: float) -> bool:
        waiter = self._waiter = asyncio.get_running_loop().create_future()
        try:
            await asyncio.wait_for(waiter, within)
        except TimeoutError:
            return False
        finally:
            if self._waiter is waiter:
                self._waiter = None
        return True

    def wake(self) -> None:
        """Let the waiting call look at the queue again and answer."""
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    def abort(self, why: Refused) -> None:
        """End the waiting call with a conflict."""
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_exception(why)

    def set_webhook(self, webhook: Webhook) -> None:
        self.webhook = webhook
        if webhook.url:
            self.abort(webhook_set_meanwhile())
        for listener in self.queue.listeners:
            listener()
