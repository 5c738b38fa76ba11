"""The bot of the town with its web part before it: no port, no network, a clock that stands still."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot.app import App
from bot.web.metrics import Faults
from bot.web.server import Door, make_app
from tests.town.town import Town


class Watched:
    """A bot that was just started, and what its pages say."""

    def __init__(self, town: Town, app: App, client: TestClient[Any, Any], faults: Faults) -> None:
        self.town = town
        self.app = app
        self.faults = faults
        self._client = client

    async def health(self) -> tuple[int, dict[str, Any]]:
        """Status and the parts."""
        async with self._client.get("/health") as answer:
            found = await answer.json()
            assert found["ready"] == (answer.status == 200)
            return answer.status, found["parts"]

    async def metrics(self) -> dict[str, float]:
        """Every line's name with labels, and its value."""
        text = await self.page()
        return {
            name: float(value) for name, value in (line.rsplit(" ", 1) for line in text.splitlines() if line[0] != "#")
        }

    async def page(self) -> str:
        """The whole of /metrics."""
        async with self._client.get("/metrics") as answer:
            assert answer.status == 200
            assert answer.headers["Content-Type"].startswith("text/plain")
            return await answer.text()

    async def works(self) -> None:
        """A poll, a ring and all rounds of the gate, as a running bot does them all the time."""
        await self.app.polling.once()
        self.app.polling.heartbeat.beat(self.town.clock.monotonic())
        await self.app.tasks.settled()
        await self.app.schedule.ring()
        await self.app.gate.drain()


Watch = Callable[[], AbstractAsyncContextManager[Watched]]


@pytest.fixture
def watch(town: Town) -> Watch:
    """Start the town's bot with its pages."""

    @asynccontextmanager
    async def started() -> AsyncIterator[Watched]:
        faults = Faults()
        async with town.bot() as app:
            pages = make_app(app.parts(), faults, Door())
            async with TestClient(TestServer(pages)) as client:
                yield Watched(town, app, client, faults)

    return started
