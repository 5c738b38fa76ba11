"""A fan-out with 64 messages in flight on aiohttp, limited to 30 a second, while presses are echoed; nothing is kept.

A press of "broadcast:N" begins it, to N people. Echoes pass it.
"""

import asyncio
import os
from collections import deque
from typing import Any

import aiohttp

from tests.bench.peers.ptb_broadcast import FIRST_CHAT, WORDS

API = f"{os.environ.get('BOT_API_URL')}/bot{os.environ.get('BOT_TOKEN')}"
IN_FLIGHT = 64
LIMIT = 30
KEPT_FOR_ECHOES = 1
SECOND = 1.02


class Pace:
    """What went out in the last second; echoes may use the last place."""

    def __init__(self) -> None:
        self._recent: deque[float] = deque()

    async def place(self, kept: int) -> None:
        loop = asyncio.get_running_loop()
        while True:
            while self._recent and self._recent[0] + SECOND <= loop.time():
                self._recent.popleft()
            if len(self._recent) < LIMIT - kept:
                self._recent.append(loop.time())
                return
            await asyncio.sleep(self._recent[len(self._recent) - LIMIT + kept] + SECOND - loop.time())


pace = Pace()


async def call(session: aiohttp.ClientSession, method: str, **data: Any) -> Any:
    while True:
        async with session.post(f"{API}/{method}", data=data) as answer:
            found = await answer.json()
        if found["ok"]:
            return found["result"]
        await asyncio.sleep(found["parameters"]["retry_after"])


async def broadcast(session: aiohttp.ClientSession, count: int) -> None:
    free = asyncio.Semaphore(IN_FLIGHT)

    async def send(chat: int) -> None:
        try:
            await call(session, "sendMessage", chat_id=chat, text=WORDS)
        finally:
            free.release()

    async with asyncio.TaskGroup() as group:
        for chat in range(FIRST_CHAT, FIRST_CHAT + count):
            await free.acquire()
            await pace.place(KEPT_FOR_ECHOES)
            group.create_task(send(chat))


async def echo(session: aiohttp.ClientSession, query: Any) -> None:
    await call(session, "answerCallbackQuery", callback_query_id=query["id"])
    message = query["message"]
    await pace.place(0)
    await call(
        session,
        "editMessageText",
        chat_id=message["chat"]["id"],
        message_id=message["message_id"],
        text=f"You pressed {query['data']}",
    )


async def main() -> None:
    offset = 0
    async with aiohttp.ClientSession() as session, asyncio.TaskGroup() as group:
        while True:
            for one in await call(session, "getUpdates", offset=offset, timeout=25):
                query = one["callback_query"]
                name, _, count = query["data"].partition(":")
                group.create_task(broadcast(session, int(count)) if name == "broadcast" else echo(session, query))
                offset = one["update_id"] + 1


if __name__ == "__main__":
    asyncio.run(main())
