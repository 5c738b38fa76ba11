"""Updates posted to the bot's own server: the secret, the order, the repeats."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer

from bot.demo.emulator import Telegram
from bot.demo.emulator.webhook import SECRET_HEADER


@dataclass
class Hook:
    """A bot's end: keeps what came, refuses while `refusing` is above 0."""

    url: str = ""
    refusing: int = 0
    reply: dict[str, object] | None = None
    texts: list[str] = field(default_factory=list)
    secrets: list[str | None] = field(default_factory=list)
    came: asyncio.Event = field(default_factory=asyncio.Event)

    async def take(self, request: web.Request) -> web.Response:
        self.secrets.append(request.headers.get(SECRET_HEADER))
        if self.refusing > 0:
            self.refusing -= 1
            return web.Response(status=500)
        self.texts.append((await request.json())["message"]["text"])
        self.came.set()
        return web.json_response(self.reply) if self.reply else web.Response()

    async def until(self, count: int) -> list[str]:
        async with asyncio.timeout(10):
            while len(self.texts) < count:
                self.came.clear()
                await self.came.wait()
        return self.texts


@pytest.fixture
async def hook() -> AsyncIterator[Hook]:
    taken = Hook()
    app = web.Application()
    app.router.add_post("/hook", taken.take)
    async with TestServer(app) as server:
        taken.url = str(server.make_url("/hook"))
        yield taken


async def test_updates_come_in_order_and_with_the_secret(
    served: Telegram, api: str, session: ClientSession, hook: Hook
) -> None:
    anna = served.phone(1001, "Anna")
    await anna.send("1")
    await session.post(f"{api}/setWebhook", json={"url": hook.url, "secret_token": "s3cret"})
    for number in range(2, 6):
        await anna.send(str(number))
    assert await hook.until(5) == ["1", "2", "3", "4", "5"]
    assert set(hook.secrets) == {"s3cret"}
    await asyncio.wait({asyncio.ensure_future(_empty(served))}, timeout=5)
    assert served.updates_waiting == 0


async def _empty(served: Telegram) -> None:
    while served.updates_waiting:
        await served.clock.sleep(0.01)


async def test_what_the_bot_does_not_take_comes_again(
    served: Telegram, api: str, session: ClientSession, hook: Hook
) -> None:
    hook.refusing = 1
    await session.post(f"{api}/setWebhook", json={"url": hook.url})
    anna = served.phone(1001, "Anna")
    await anna.send("1")
    await anna.send("2")
    assert await hook.until(2) == ["1", "2"]
    assert len(hook.secrets) == 3
    info = (await (await session.get(f"{api}/getWebhookInfo")).json())["result"]
    assert info["last_error_message"] == "Wrong response from the webhook: 500 Internal Server Error"


async def test_one_person_whose_update_fails_does_not_hold_up_another(
    served: Telegram, api: str, session: ClientSession, hook: Hook
) -> None:
    hook.refusing = 1
    await session.post(f"{api}/setWebhook", json={"url": hook.url})
    await served.phone(1001, "Anna").send("held")
    await served.clock.sleep(0.1)
    await served.phone(1002, "Oksana").send("passes")
    assert await hook.until(2) == ["passes", "held"]


async def test_a_bot_may_answer_with_a_method(served: Telegram, api: str, session: ClientSession, hook: Hook) -> None:
    hook.reply = {"method": "sendMessage", "chat_id": 1001, "text": "Sveika"}
    await session.post(f"{api}/setWebhook", json={"url": hook.url})
    anna = served.phone(1001, "Anna")
    await anna.send("x")
    await hook.until(1)
    await asyncio.wait({asyncio.ensure_future(_empty(served))}, timeout=5)
    assert anna.messages[-1].text == "Sveika"


async def test_a_taken_update_can_come_once_more(
    served: Telegram, api: str, session: ClientSession, hook: Hook
) -> None:
    anna = served.phone(1001, "Anna")
    await anna.send("1")
    await session.post(f"{api}/setWebhook", json={"url": hook.url})
    await hook.until(1)
    await asyncio.wait({asyncio.ensure_future(_empty(served))}, timeout=5)
    served.faults.redeliver(1)
    assert await hook.until(2) == ["1", "1"]
