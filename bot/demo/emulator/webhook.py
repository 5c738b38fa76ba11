"""Delivery to a webhook: each chat's updates in order, chats side by side, again with growing pauses until taken.

After WebhookActor.cpp of tdlib/telegram-bot-api.
"""

import asyncio
import json
from contextlib import suppress
from http import HTTPStatus
from typing import Any

import aiohttp

from bot.demo.emulator.model import Update
from bot.demo.emulator.telegram import Telegram
from bot.demo.emulator.wire import seconds

FIRST_PAUSE = 1.0
LONGEST_PAUSE = 60.0
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"


class WebhookSender:
    """Posts updates while a webhook is set; pauses are on the emulator's clock."""

    def __init__(self, telegram: Telegram) -> None:
        self._telegram = telegram
        self._session: aiohttp.ClientSession | None = None
        self._tasks: dict[int, asyncio.Task[None]] = {}

    async def start(self) -> None:
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=60))
        self._telegram.queue.listeners.append(self._deliver_more)
        self._deliver_more()

    async def stop(self) -> None:
        self._telegram.queue.listeners.remove(self._deliver_more)
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._session is not None:
            await self._session.close()

    def _deliver_more(self) -> None:
        webhook = self._telegram.polling.webhook
        room = webhook.max_connections - len(self._tasks)
        if not webhook.url or room <= 0:
            return
        for update in self._telegram.queue.first_of_each_chat(set(self._tasks), room, self._telegram.clock.now()):
            self._tasks[update.chat_id] = asyncio.create_task(self._deliver(update))

    async def _deliver(self, update: Update) -> None:
        """Until it is taken, has expired, or there is no webhook any more."""
        clock = self._telegram.clock
        pause = FIRST_PAUSE
        try:
            while self._telegram.polling.webhook.url:
                if clock.now() >= update.expires_at or await self._post(update):
                    self._telegram.queue.done(update)
                    break
                await clock.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)
        finally:
            del self._tasks[update.chat_id]
        self._deliver_more()

    async def _post(self, update: Update) -> bool:
        webhook = self._telegram.polling.webhook
        if self._session is None:
            return False
        update.fetched_at = update.fetched_at or self._telegram.clock.now()
        headers = {SECRET_HEADER: webhook.secret} if webhook.secret else {}
        try:
            body = self._telegram.queue.dressed(update)
            async with self._session.post(webhook.url, json=body, headers=headers) as response:
                if 200 <= response.status < 300:
                    await self._act_on(await response.read())
                    return True
                phrase = HTTPStatus(response.status).phrase
                self._note_error(f"Wrong response from the webhook: {response.status} {phrase}")
        except (aiohttp.ClientError, TimeoutError) as error:
            self._note_error(f"Connection failed: {type(error).__name__}")
        return False

    def _note_error(self, words: str) -> None:
        webhook = self._telegram.polling.webhook
        webhook.last_error = words
        webhook.last_error_at = seconds(self._telegram.clock.now())

    async def _act_on(self, reply: bytes) -> None:
        """A bot may answer with a method call: core.telegram.org/bots/api#making-requests-when-getting-updates."""
        asked: Any = None
        with suppress(ValueError):
            asked = json.loads(reply)
        if isinstance(asked, dict) and isinstance(asked.get("method"), str):
            params = {key: value for key, value in asked.items() if key != "method"}
            await self._telegram.call(asked["method"], params, {}, self._telegram.token)
