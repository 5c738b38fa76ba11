"""The post over a real database, with words of its own, and a mail server on this machine."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest

from tests.delivery.post import write_words
from tests.mail.bag import Bag
from tests.mail.servers import Certificate, certificate


@pytest.fixture(scope="session")
def trusted(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    """A certificate for 127.0.0.1."""
    return certificate(tmp_path_factory.mktemp("certificate"))


@pytest.fixture(scope="session")
def locales(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_words(tmp_path_factory.mktemp("locales"))


NewBag = Callable[[int], AbstractAsyncContextManager[Bag]]


@pytest.fixture
def bag(database_file: Path, locales: Path) -> NewBag:
    """A post that hands letters over at that port, in clear, as this is the same machine."""

    @asynccontextmanager
    async def opened(port: int) -> AsyncIterator[Bag]:
        one = Bag(database_file, locales, f"smtp://127.0.0.1:{port}?starttls=no")
        await one.post.begin()
        yield one
        await one.database.close()

    return opened
