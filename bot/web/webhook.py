"""Updates as Telegram posts them: kept and answered with 200, or sent back to be posted again."""

import asyncio
import hmac
from collections.abc import Awaitable, Callable
from typing import Final

from aiohttp import web
from sqlalchemy.exc import DBAPIError

from bot.intake import Intake
from bot.telegram import inbound
from bot.telegram.updates import Acknowledge

SECRET_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"  # the name of a header, no secret

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def webhook(intake: Intake, acknowledge: Acknowledge, secret: str) -> Handler:
    """The aiohttp handler Telegram posts updates to: 401 without the secret, 503 when they could not be kept."""
    one_at_a_time = asyncio.Lock()

    async def receive(request: web.Request) -> web.Response:
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode("utf-8", "surrogateescape"), secret.encode()):
            return web.Response(status=401)
        try:
            raw = await request.json()
        except (ValueError, RecursionError):
            return web.Response(status=400)
        acknowledge(inbound.presses([raw]))
        try:
            async with one_at_a_time:
                await intake.handle(inbound.arrivals([raw]))
        except DBAPIError:
            return web.Response(status=503)
        return web.Response()

    return receive
