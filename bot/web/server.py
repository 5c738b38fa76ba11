"""The one server: /health and /metrics for those who look after the bot, /calendar and /events for people's own
calendars, /r for partners who got a letter, /telegram for Telegram where it posts."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import Final

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST
from sqlalchemy.exc import SQLAlchemyError

from bot.settings import WrongSetting
from bot.web.calendar import events_feed, mentors_feed
from bot.web.health import look
from bot.web.metrics import Faults, Metrics
from bot.web.partner import PartnerPage
from bot.web.parts import Parts

LARGEST_BODY: Final = 1_000_000
"""Bytes; an update with the longest message has some tens of thousands."""
ENDS_WITHIN: Final = 4.0
"""Seconds that requests under way get at the end."""

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Door:
    """Where Telegram posts to. While it is shut the answer is 503, so that Telegram posts again later."""

    def __init__(self) -> None:
        self._handler: Handler | None = None
        self._inside = 0
        self._empty = asyncio.Event()
        self._empty.set()

    def open(self, handler: Handler) -> None:
        """The bot has begun: let updates in."""
        self._handler = handler

    async def shut(self) -> None:
        """Let nothing more in, and wait for what is being handled."""
        self._handler = None
        with suppress(TimeoutError):
            async with asyncio.timeout(ENDS_WITHIN):
                await self._empty.wait()

    async def receive(self, request: web.Request) -> web.StreamResponse:
        if self._handler is None:
            return web.Response(status=503)
        self._inside += 1
        self._empty.clear()
        try:
            return await self._handler(request)
        finally:
            self._inside -= 1
            if not self._inside:
                self._empty.set()


@asynccontextmanager
async def listening(bind: str, parts: Parts) -> AsyncIterator[Door]:
    """Listen at host:port; gives the door of the webhook. Raises WrongSetting where nothing can listen there."""
    faults, door = Faults(), Door()
    logging.getLogger().addHandler(faults)
    runner = web.AppRunner(make_app(parts, faults, door), access_log=None, shutdown_timeout=ENDS_WITHIN)
    await runner.setup()
    host, port = bind.rsplit(":", 1)
    try:
        try:
            await web.TCPSite(runner, host, int(port)).start()
        except OSError as taken:
            raise WrongSetting(f"BOT_HTTP_BIND: nothing can listen at {bind}: {taken.strerror}.") from None
        yield door
    finally:
        await runner.cleanup()
        logging.getLogger().removeHandler(faults)


def make_app(parts: Parts, faults: Faults, door: Door) -> web.Application:
    """The six routes."""
    metrics = Metrics(parts, faults)

    async def health(_: web.Request) -> web.Response:
        found = await look(parts)
        return web.json_response(found.as_json(), status=200 if found.ready else 503)

    async def read_metrics(_: web.Request) -> web.Response:
        try:
            page = await metrics.text()
        except SQLAlchemyError:
            return web.Response(status=503, text="the database cannot be read\n")
        return web.Response(body=page, headers={"Content-Type": CONTENT_TYPE_LATEST})

    app = web.Application(client_max_size=LARGEST_BODY)
    app.router.add_get("/health", health)
    app.router.add_get("/metrics", read_metrics)
    app.router.add_get("/calendar/{secret}.ics", mentors_feed(parts))
    app.router.add_get("/events/{secret}.ics", events_feed(parts))
    app.router.add_route("*", "/r/{token}", PartnerPage(parts).answer)
    if parts.by_webhook:
        app.router.add_post("/telegram", door.receive)
    return app
