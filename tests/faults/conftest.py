"""Telegram over HTTP and the bot as a process of its own, each gone when the test ends."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.faults.process import BotProcess, ServedTelegram, served_telegram
from tests.faults.stage import Stage, check, open_stage


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


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def whole_stage(fresh_database: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stage]:
    """Built once: to walk the whole town takes a while."""
    path = tmp_path_factory.mktemp("stage") / "bot.db"
    shutil.copy(fresh_database, path)
    async with open_stage(path) as one:
        yield one


@pytest_asyncio.fixture(loop_scope="session")
async def stage(whole_stage: Stage) -> AsyncIterator[Stage]:
    """The whole town as it was when it had been walked."""
    whole_stage.reset()
    yield whole_stage
    whole_stage.reset()
    check(whole_stage)
