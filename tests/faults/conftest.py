"""Telegram over HTTP and the bot as a process of its own, each gone when the test ends."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.faults.process import BotProcess, ServedTelegram, served_telegram


@pytest.fixture
async def served() -> AsyncIterator[ServedTelegram]:
    async with served_telegram() as one:
        yield one


@pytest.fixture
async def bot(served: ServedTelegram, tmp_path: Path) -> AsyncIterator[BotProcess]:
    """Not started yet."""
    one = BotProcess(served, tmp_path)
    yield one
    await one.close()
