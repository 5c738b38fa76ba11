"""The keys that the bot makes for itself: made once, the same for everybody who asks, another for every purpose."""

import asyncio
from pathlib import Path

import pytest

from bot.storage.database import Database
from bot.storage.own_keys import own_key


@pytest.mark.feature("O3")
async def test_a_key_is_made_once_and_each_name_has_its_own(database_file: Path) -> None:
    here, there = (Database(f"sqlite+aiosqlite:///{database_file}") for _ in range(2))

    async def asks(database: Database, name: str) -> bytes:
        async with database.write() as db:
            return await own_key(db, name)

    first = await asyncio.gather(*(asks(one, "letters") for one in (here, there, here, there)))
    assert len(set(first)) == 1
    assert len(first[0]) == 32
    assert await asks(there, "links") != first[0]
    await here.close()
    await there.close()
    again = Database(f"sqlite+aiosqlite:///{database_file}")
    assert await asks(again, "letters") == first[0]
    await again.close()
