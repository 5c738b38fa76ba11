"""The post office over a migrated database."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.delivery.post import Post, write_words


@pytest.fixture
async def post(database_file: Path, tmp_path: Path) -> AsyncIterator[Post]:
    """Made anew for each test; at its end Telegram has nothing to complain of."""
    one = Post(database_file, write_words(tmp_path / "locales"))
    yield one
    await one.database.close()
    assert not one.telegram.problems, one.telegram.problems
