"""How far people came is counted once, with the source they came by, and read by question and week."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.outreach import funnel, store, store_reached
from bot.outreach.funnel import STAGES, Stage, week_of
from bot.screening import store_counted
from bot.storage.database import Database
from bot.storage.tables import people, reached, screenings, sources
from tests.town.town import START

QUESTIONS = ("age", "status", "nva", "mood")
NEXT_WEEK = START + timedelta(days=7)


@pytest.fixture
async def db(database_file: Path) -> AsyncIterator[AsyncConnection]:
    database = Database(f"sqlite+aiosqlite:///{database_file}")
    async with database.write() as connection:
        await connection.execute(insert(sources).values(id=1, code="ogre", municipality="LV-067", created_at=START))
        yield connection
    await database.close()


async def comes(db: AsyncConnection, number: int, *, source: int | None = 1, asked: tuple[str, ...] = ()) -> int:
    """Somebody opens the bot, agrees, and sees these questions."""
    row = {"telegram_id": number, "language": "lv", "code_name": f"Bura-{number}", "created_at": START}
    person: int = (await db.execute(insert(people).values(**row, source_id=source).returning(people.c.id))).scalar_one()
    await store_reached.opened(db, person, START)
    await store_reached.reached(db, person, Stage.CONSENTED, START)
    for question in asked:
        await sees(db, person, question)
    return person


async def sees(db: AsyncConnection, person: int, question: str) -> None:
    run = {"person_id": person, "version": "2", "answers": {}, "started_at": START, "changed_at": START}
    new = insert(screenings).values(**run).returning(screenings.c.id)
    await store_counted.asked(db, (await db.execute(new)).scalar_one(), question)


async def counts(db: AsyncConnection, source: int | None = 1) -> funnel.Reached:
    """What the figures of next week read of those who came by that source."""
    found = await store_reached.counted(db, await store_reached.origins(db), week_of(NEXT_WEEK), QUESTIONS)
    return found[source, week_of(START)]


def by_stage(counted: funnel.Reached) -> dict[str, int]:
    return {stage.value: number for stage, number in zip(STAGES, counted.stages, strict=True) if number}


@pytest.mark.feature("A2")
async def test_a_stage_counts_once_however_often_it_is_reached(db: AsyncConnection) -> None:
    anna = await comes(db, 1)
    for _ in range(2):
        await store_reached.reached(db, anna, Stage.SCREENED, NEXT_WEEK)
    assert by_stage(await counts(db)) == {"opened": 1, "consented": 1, "screened": 1}


@pytest.mark.feature("A2")
async def test_all_stages_count_in_the_week_of_the_first_contact(db: AsyncConnection) -> None:
    anna = await comes(db, 1)
    await store_reached.opened(db, anna, NEXT_WEEK)
    await store_reached.reached(db, anna, Stage.JOINED, START + timedelta(days=90))
    assert set(await db.scalars(select(reached.c.week))) == {week_of(START)}


@pytest.mark.feature("A1")
async def test_the_first_link_is_the_one_that_counts_and_later_ones_change_nothing(db: AsyncConnection) -> None:
    await db.execute(insert(sources).values(id=2, code="skola", created_at=START))
    anna = await comes(db, 1, source=None)
    assert by_stage(await counts(db, None)) == {"opened": 1, "consented": 1}
    for source in (1, 2):
        await store.keep_first_source(db, anna, source)
        await store_reached.opened(db, anna, START)
    assert set(await db.scalars(select(reached.c.source_id))) == {1}


@pytest.mark.feature("A2")
async def test_who_was_here_before_the_counting_counts_from_their_next_stage_on(db: AsyncConnection) -> None:
    anna = await comes(db, 1)
    await db.execute(delete(reached))
    await sees(db, anna, "status")
    assert await db.scalar(select(func.count()).select_from(reached)) == 0
    await store_reached.reached(db, anna, Stage.CONTACT, START)
    assert by_stage(await counts(db)) == {"opened": 1, "contact": 1}


@pytest.mark.feature("B10")
async def test_a_question_that_fell_away_counts_as_passed(db: AsyncConnection) -> None:
    await comes(db, 1)
    await comes(db, 2, asked=("status",))
    await comes(db, 3, asked=("status", "mood"))
    done = await comes(db, 4, asked=("status", "nva"))
    await store_reached.reached(db, done, Stage.SCREENED, START)
    assert (await counts(db)).questions == (4, 3, 2, 2)


@pytest.mark.feature("B10")
@pytest.mark.feature("B3")
async def test_the_erased_stay_in_the_figures_as_bare_counts(db: AsyncConnection) -> None:
    ids = [await comes(db, number, asked=("status", "nva")) for number in (1, 2)]
    ids.append(await comes(db, 3, asked=("status", "nva", "mood")))
    before = await counts(db)
    await db.execute(delete(people).where(people.c.id.in_(ids)))
    assert before == await counts(db)
    assert before.questions == (3, 3, 3, 1)
    assert set(await db.scalars(select(reached.c.person_id))) == {None}
