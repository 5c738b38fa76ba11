"""One Telegram, one Anna, and the bot's end of the line by python-telegram-bot or by plain calls."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from aiohttp import ClientSession
from aiohttp.test_utils import TestServer
from telegram import Bot

from bot.clock import SystemClock
from bot.demo.clock import TownClock
from bot.demo.emulator import Phone, Telegram
from bot.demo.emulator.answer import Answer
from bot.demo.emulator.in_process import InProcessRequest
from bot.demo.emulator.server import make_app

TOKEN = "1234:demo"

Ask = Callable[..., Awaitable[Answer]]


@pytest.fixture
def clock() -> TownClock:
    return TownClock(datetime(2026, 3, 2, 9, 0, tzinfo=UTC))


@pytest.fixture
def telegram(clock: TownClock) -> Telegram:
    return Telegram(clock, token=TOKEN)


@pytest.fixture
async def anna(telegram: Telegram) -> Phone:
    """Has started the bot; nothing waits for an answer."""
    phone = telegram.phone(1001, "Anna", language_code="lv")
    await phone.send("/start")
    telegram.queue.clear()
    telegram.rooms[1001].unanswered.clear()
    return phone


@pytest.fixture
def ask(telegram: Telegram) -> Ask:
    """One call as the bot makes it."""

    async def asked(method: str, **params: Any) -> Answer:
        files = params.pop("files", {})
        return await telegram.call(method, params, files, TOKEN)

    return asked


@pytest.fixture
async def bot(telegram: Telegram) -> AsyncIterator[Bot]:
    line = InProcessRequest(telegram)
    async with Bot(TOKEN, request=line, get_updates_request=line) as started:
        yield started


@pytest.fixture
def served() -> Telegram:
    """A Telegram on real time, for the tests over HTTP."""
    return Telegram(SystemClock(), token=TOKEN)


@pytest.fixture
async def api(served: Telegram) -> AsyncIterator[str]:
    """The address of the served Telegram's methods."""
    async with TestServer(make_app(served)) as server:
        yield str(server.make_url(f"/bot{TOKEN}"))


@pytest.fixture
async def session() -> AsyncIterator[ClientSession]:
    async with ClientSession() as opened:
        yield opened
