"""Two bells over one file, as when an instance was started twice or is being replaced: each check-in is asked once."""

import asyncio
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.app import App, put_together
from bot.checkins import store
from bot.checkins.rules import State
from bot.demo.clock import TownClock
from bot.settings import Settings
from bot.storage.tables import checkins, outbox
from tests.bench import calendar_rows
from tests.bench.calendar_rows import NOW
from tests.bench.telegram_stub import TOKEN

DUE = 150
"""More than one look at the clock takes."""


def over(file: Path) -> App:
    """An instance of its own: its own connections, its own memory, the same file."""
    return put_together(Settings(database_url=f"sqlite+aiosqlite:///{file}"), TOKEN, TownClock(NOW))


async def asked(db: AsyncConnection) -> Counter[str]:
    return Counter(await db.scalars(select(outbox.c.once).where(outbox.c.key.like("checkins.%"))))


class PulledPlug(BaseException):
    """No handler of ours catches it."""


async def dies_in_the_claim(app: App) -> None:
    async with app.database.write() as db:
        (found,) = await store.fell_due(db, NOW)
        assert await store.advance(db, found, State.ASKED, NOW + timedelta(days=1))
        raise PulledPlug


@pytest.mark.feature("G12", "N6", "X30")
async def test_two_bells_that_ring_together_ask_each_mentor_once(tmp_path: Path) -> None:
    file = tmp_path / "planned.db"
    calendar_rows.planned(file, 2 * calendar_rows.CASES)
    calendar_rows.fall_due(file, DUE)
    bells = [over(file), over(file)]
    await asyncio.gather(*(one.schedule.ring() for one in bells for _ in range(2)))
    async with bells[0].database.read() as db:
        occasions = await asked(db)
        states = Counter(await db.scalars(select(checkins.c.state)))
    assert (len(occasions), set(occasions.values())) == (DUE, {1})
    assert states == {State.ASKED.value: DUE, State.PLANNED.value: 2 * calendar_rows.CASES - DUE}
    for one in bells:
        await one.database.close()


@pytest.mark.feature("G12")
async def test_a_claim_that_did_not_commit_is_made_again_and_one_that_did_is_not(tmp_path: Path) -> None:
    """The first instance dies between claiming and committing; the second asks. What is asked stays asked."""
    file = tmp_path / "planned.db"
    calendar_rows.planned(file, calendar_rows.CASES)
    calendar_rows.fall_due(file, 1)
    dies, lives = over(file), over(file)

    with pytest.raises(PulledPlug):
        await dies_in_the_claim(dies)
    await lives.schedule.ring()
    async with lives.database.read() as db:
        assert (await asked(db)).total() == 1
    await dies.schedule.ring()
    async with lives.database.read() as db:
        assert (await asked(db)).total() == 1
    for one in (dies, lives):
        await one.database.close()


@pytest.mark.feature("G12", "G2")
async def test_a_check_in_that_was_planned_anew_meanwhile_is_not_asked_at_its_old_time(tmp_path: Path) -> None:
    file = tmp_path / "planned.db"
    calendar_rows.planned(file, calendar_rows.CASES)
    calendar_rows.fall_due(file, 1)
    app = over(file)
    async with app.database.write() as db:
        (found,) = await store.fell_due(db, NOW)
        later = datetime(2027, 1, 1, tzinfo=UTC)
        await db.execute(update(checkins).where(checkins.c.id == found.id).values(due_at=later, next_at=later))
        assert not await store.advance(db, found, State.ASKED, NOW + timedelta(days=1))
    await app.schedule.ring()
    async with app.database.read() as db:
        assert (await asked(db)).total() == 0
    await app.database.close()
