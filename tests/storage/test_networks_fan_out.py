"""A question reaches every member of a large network once, page by page, whatever is cut off in between."""

from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import insert

from bot.networks import due_opinions, store, store_opinions
from bot.networks.network import NetworkKind, Stage, Standing, StandsFor
from bot.storage.database import Database
from bot.storage.tables import people
from bot.turn import Message, Tick

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
"""A Monday."""

MEMBERS = 2 * due_opinions.PAGE + 30


@pytest.fixture
async def database(database_file: Path) -> AsyncIterator[Database]:
    one = Database(f"sqlite+aiosqlite:///{database_file}")
    yield one
    await one.close()


async def asked(database: Database) -> int:
    """A question to a network of many, due on Friday."""
    async with database.write() as db:
        rows = [
            {"telegram_id": n, "language": "lv", "code_name": f"Bura-{n}", "created_at": NOW}
            for n in range(1, MEMBERS + 1)
        ]
        await db.execute(insert(people), rows)
        network = await store.found(db, "Tīkls", NetworkKind.NETWORK, None, 1, NOW)
        for number in range(1, MEMBERS + 1):
            await store.join(db, network, number, Standing(StandsFor.OTHER), NOW)
        opinion = await store_opinions.draft(db, network, 1, "Ko darīt?", NOW + timedelta(days=4), NOW)
        drafted = await store_opinions.opinion(db, opinion)
        assert drafted is not None
        await store_opinions.step(db, drafted, Stage.ASKING, NOW)
    return opinion


async def ring(database: Database, now: datetime, *, crashes: bool = False) -> Sequence[Message]:
    """What one ring of the bell has said; a crash takes it all back."""
    said: list[Message] = []
    with suppress(InterruptedError):
        async with database.write() as db:
            tick = Tick(now, db, ZoneInfo("Europe/Riga"))
            await due_opinions.due(tick)
            if crashes:
                raise InterruptedError
            said = tick.said
    return said


@pytest.mark.feature("S3.8")
async def test_everybody_is_asked_once_though_the_bot_falls_over_between_the_pages(database: Database) -> None:
    await asked(database)
    said = [
        one for crashes in (False, True, False, True, False, False)
        for one in await ring(database, NOW, crashes=crashes)
    ]  # fmt: skip
    assert sorted(one.to for one in said) == list(range(2, MEMBERS + 1))  # all but whoever asks
    assert len({one.once for one in said}) == MEMBERS - 1


@pytest.mark.feature("S3.8")
async def test_those_who_wrote_are_not_reminded_and_a_late_bell_only_closes(database: Database) -> None:
    opinion = await asked(database)
    for _ in range(3):
        await ring(database, NOW)
    async with database.write() as db:
        await store_opinions.answer(db, opinion, 7, "Nometni.", NOW)
    reminding = NOW + timedelta(days=3, hours=2)
    said = [one for _ in range(5) for one in await ring(database, reminding)]
    assert {one.to for one in said} == set(range(2, MEMBERS + 1)) - {7}
    late = NOW + timedelta(days=30)
    await ring(database, late)
    async with database.read() as db:
        closed = await store_opinions.opinion(db, opinion)
    assert closed is not None
    assert closed.stage is Stage.CLOSED
    assert await ring(database, late) == []
