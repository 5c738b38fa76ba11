"""`kill -9` at every moment between asking for a file and having it: it comes, and at most one message comes twice."""

from itertools import count
from pathlib import Path

import pytest

from bot.roles import Role
from tests.faults.mortal import MortalTown


@pytest.mark.slow
@pytest.mark.feature("X1")
async def test_what_was_asked_for_comes_whenever_the_process_dies(database_file: Path) -> None:
    town = MortalTown(database_file)
    kaspars = town.newcomer("kaspars")
    await kaspars.phone.send("/menu")
    await town.works()
    await town.grant("kaspars", Role.COORDINATOR)
    async with town.database.write() as db:
        await db.exec_driver_sql(
            "INSERT INTO sources (id, code, municipality, created_at) VALUES (5, 'x', 'LV-067', 0)"
        )
    for moment in count(1):
        files, died = _files(town), town.deaths
        await kaspars.phone.forge_press("outreach.code:5")
        town.fate.left = moment
        await town.works()
        town.fate.left = None
        assert 1 <= _files(town) - files <= 2, f"died at moment {moment}"
        assert await town.rows("SELECT id FROM makings") == []
        if town.deaths == died:
            break
        town.clock.move_to(town.later(hours=1))
    print(f"\nkilled at {town.deaths} moments")
    assert town.deaths > 10
    await town.close()


def _files(town: MortalTown) -> int:
    return sum(one.attachment is not None for one in town.people["kaspars"].phone.messages)
