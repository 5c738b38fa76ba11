"""The database keeps what was committed, forgets what was erased, and lets writers wait for each other."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, func, insert, select, text
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.people import belongings
from bot.storage.columns import Moment
from bot.storage.database import Database
from bot.storage.inserting import insert_new, upsert
from bot.storage.tables import expected, handled, metadata, people

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


@pytest.fixture
async def database(database_file: Path) -> AsyncIterator[Database]:
    one = Database(f"sqlite+aiosqlite:///{database_file}")
    yield one
    await one.close()


async def add_person(database: Database, number: int, **more: Any) -> int:
    async with database.write() as db:
        row = {"telegram_id": number, "language": "lv", "code_name": f"Bura-{number}", "created_at": NOW, **more}
        found = await db.execute(insert(people).values(**row).returning(people.c.id))
        return int(found.scalar_one())


async def count_people(database: Database) -> int:
    async with database.read() as db:
        return await db.scalar(select(func.count()).select_from(people)) or 0


async def test_writers_queue_and_none_of_them_is_refused(database: Database) -> None:
    async def read_then_write(number: int) -> None:
        async with database.write() as db:
            before = await db.scalar(select(func.count()).select_from(people))
            await asyncio.sleep(0)
            row = {"telegram_id": number, "language": "lv", "code_name": f"Bura-{before}", "created_at": NOW}
            await db.execute(insert(people).values(**row))

    await asyncio.gather(*(read_then_write(number) for number in range(1, 41)))
    assert await count_people(database) == 40


async def test_a_writer_holds_the_lock_from_its_first_statement_on(database: Database, database_file: Path) -> None:
    async with database.write() as db:
        await db.execute(select(people.c.id))
        other = sqlite3.connect(database_file, timeout=0, isolation_level=None)
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
        other.close()


async def test_a_reader_sees_one_moment_and_disturbs_no_writer(database: Database) -> None:
    async with database.read() as db:
        assert await db.scalar(select(func.count()).select_from(people)) == 0
        await add_person(database, 1)
        assert await db.scalar(select(func.count()).select_from(people)) == 0
    assert await count_people(database) == 1


async def test_an_accident_undoes_the_whole_transaction_and_frees_the_lock(database: Database) -> None:
    async def fail_after_writing() -> None:
        async with database.write() as db:
            row = {"telegram_id": 1, "language": "lv", "code_name": "Bura-1", "created_at": NOW}
            await db.execute(insert(people).values(**row))
            raise LookupError

    with pytest.raises(LookupError):
        await fail_after_writing()
    assert await count_people(database) == 0
    await add_person(database, 1)


async def test_a_cancelled_writer_frees_the_lock_too(database: Database) -> None:
    inside = asyncio.Event()

    async def write_slowly() -> None:
        async with database.write() as db:
            await db.execute(text("SELECT 1"))
            inside.set()
            await asyncio.sleep(3600)

    task = asyncio.ensure_future(write_slowly())
    await inside.wait()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    await add_person(database, 1)


async def test_a_nested_part_can_fail_alone(database: Database) -> None:
    async def fail_inside(db: AsyncConnection) -> None:
        async with db.begin_nested():
            await insert_new(db, handled, [{"update_id": 2, "at": NOW}], "update_id")
            await db.execute(insert(handled).values(update_id=1, at=NOW))

    async with database.write() as db:
        await insert_new(db, handled, [{"update_id": 1, "at": NOW}], "update_id")
        with pytest.raises(IntegrityError):
            await fail_inside(db)
    async with database.read() as db:
        assert list(await db.scalars(select(handled.c.update_id))) == [1]


async def test_nothing_hangs_on_somebody_who_is_not_there(database: Database) -> None:
    with pytest.raises(IntegrityError):
        async with database.write() as db:
            await db.execute(insert(expected).values(person_id=99, data="x", lapses_at=NOW))


async def test_every_commit_is_on_the_disk_and_every_erasure_overwrites(database: Database) -> None:
    async with database.read() as db:
        pragmas = {
            name: await db.scalar(text(f"PRAGMA {name}"))
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        }
    assert pragmas == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
    }


@pytest.mark.feature("C5")
async def test_what_was_erased_is_in_no_file_any_more(database: Database, database_file: Path) -> None:
    marker = "Zvaigznāte-of-nobody"
    number = await add_person(database, 1, name=marker)
    await database.empty_log()
    assert any(marker.encode() in content for content in _contents(database_file))
    async with database.write() as db:
        await belongings.erase(db, number, NOW)
    await database.empty_log()
    assert not any(marker.encode() in content for content in _contents(database_file))


def _contents(database_file: Path) -> list[bytes]:
    """Of the file, its log and whatever else lies beside it."""
    return [path.read_bytes() for path in database_file.parent.glob(f"{database_file.name}*")]


@pytest.mark.feature("C5")
async def test_the_number_of_somebody_erased_is_never_given_again(database: Database) -> None:
    first = await add_person(database, 1)
    async with database.write() as db:
        await db.execute(delete(people).where(people.c.id == first))
    assert await add_person(database, 2) > first


async def test_every_own_number_is_one_that_never_comes_back() -> None:
    assert all(table.kwargs["sqlite_autoincrement"] for table in metadata.tables.values() if "id" in table.c)


async def test_an_insert_leaves_what_is_there_and_an_upsert_changes_it(database: Database) -> None:
    number = await add_person(database, 1)
    async with database.write() as db:
        await insert_new(db, handled, [{"update_id": 1, "at": NOW}], "update_id")
        later = [{"update_id": 1, "at": NOW + timedelta(1)}, {"update_id": 2, "at": NOW}]
        await insert_new(db, handled, later, "update_id")
        for data in ("first", "second"):
            await upsert(db, expected, [{"person_id": number, "data": data, "lapses_at": NOW}], "person_id")
    async with database.read() as db:
        assert (await db.execute(select(handled.c.update_id, handled.c.at))).all() == [(1, NOW), (2, NOW)]
        assert list(await db.scalars(select(expected.c.data))) == ["second"]


moments = st.datetimes(
    datetime(1970, 1, 2),  # noqa: DTZ001  # the zone is drawn
    datetime(2200, 1, 1),  # noqa: DTZ001
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=3))]),
)


@given(moments, moments)
def test_a_moment_comes_back_the_same_and_sorts_as_it_should(one: datetime, other: datetime) -> None:
    column, dialect = Moment(), None
    kept: Any = [column.process_bind_param(moment, dialect) for moment in (one, other)]  # type: ignore[arg-type]
    assert column.process_result_value(kept[0], dialect) == one  # type: ignore[arg-type]
    assert (kept[0] < kept[1]) == (one < other)


async def test_a_moment_without_a_zone_is_refused(database: Database) -> None:
    with pytest.raises(StatementError, match="aware"):
        await add_person(database, 1, created_at=datetime(2026, 3, 2))  # noqa: DTZ001  # that is the point
