"""What is kept of a person: all of it can be shown, and all of it goes, whatever tables the schema gets one day."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Float,
    Integer,
    LargeBinary,
    String,
    Table,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.people import belongings, mydata
from bot.storage.columns import Moment, SharedJson
from bot.storage.database import Database
from bot.storage.keeping import NOBODYS
from bot.storage.tables import accesses, expert_slots, grants, metadata, outbox, people
from bot.words import Phrase

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
MARKER = "marker-of-anna"
OTHERS = {
    "audit", "help_card_openings", "events", "invites", "handled", "set_aside", "child_reports", "reached",
    "event_approvals", "event_organisers", "event_files", "event_changes", *NOBODYS,
}  # fmt: skip
"""Tables that hold nobody's own things: programme records, and numbers without a person behind them."""

SHOWN_WHILE_THERE = {"reached"}
"""Theirs while they are here; afterwards a count."""

ON_THE_WAY = {"outbox", "makings"}
"""What comes to their chat by itself."""


@pytest.fixture
async def database(database_file: Path) -> AsyncIterator[Database]:
    one = Database(f"sqlite+aiosqlite:///{database_file}")
    yield one
    await one.close()


def some_value(column: Column[Any], number: int) -> Any:
    """Something that fits the column and can be found again."""
    match column.type:
        case Moment():
            return NOW
        case Boolean():
            return True
        case Date():
            return date(2026, 3, 9)
        case Integer():
            return number
        case Float():
            return 56.9
        case JSON() | SharedJson():
            return {"words": MARKER}
        case LargeBinary():
            return MARKER.encode()
        case String():
            return f"{MARKER}-{number}"[: column.type.length]
    raise AssertionError(f"no value for {column}")


async def fill(db: AsyncConnection, number: int) -> None:
    """A person with a row in every table that can point to them, through whatever other tables."""
    made: dict[str, int] = {}
    for table in metadata.sorted_tables:
        values = {column.name: _filled(table, column, made, number) for column in table.columns}
        if table is people:
            values["id"] = number
        if table is outbox:
            values |= {"chat_id": None, "state": "waiting"}
        result = await db.execute(insert(table).values(**{name: v for name, v in values.items() if v is not None}))
        if "id" in table.c and result.inserted_primary_key is not None:
            made[table.name] = result.inserted_primary_key[0]


def _filled(table: Table, column: Column[Any], made: dict[str, int], number: int) -> Any:
    for key in column.foreign_keys:
        return made[key.column.table.name]
    if column.name == "id":
        return None
    if column.name == "code_name":
        return f"{MARKER}-{number}"
    if column.unique and isinstance(column.type, Integer):
        return number
    if column.primary_key and isinstance(column.type, String):
        return f"{number}-{MARKER}"[: column.type.length]
    if column.name == "on":
        return date(2026, 3, number)
    return some_value(column, number)


async def counts(db: AsyncConnection) -> dict[str, int]:
    return {
        table.name: await db.scalar(select(func.count()).select_from(table)) or 0 for table in metadata.sorted_tables
    }


@pytest.mark.feature("C4")
async def test_everything_that_hangs_on_a_person_is_shown_to_them(database: Database) -> None:
    async with database.write() as db:
        await fill(db, 1)
        found = await belongings.collect(db, 1)
    assert set(found) == {table.name for table in metadata.sorted_tables} - (OTHERS - SHOWN_WHILE_THERE) - ON_THE_WAY
    assert all(rows for rows in found.values())
    assert found["people"][0]["created_at"] == "2026-03-02T08:00:00+00:00"


@pytest.mark.feature("C4", "X49")
async def test_every_field_of_every_row_comes_out_and_so_do_the_words_in_it(database: Database) -> None:
    async with database.write() as db:
        await fill(db, 1)
        found = await belongings.collect(db, 1)
    page = mydata.page(_as_words(mydata.facts(found))).attachments[0].content.decode()
    for name, rows in found.items():
        table = metadata.tables[name]
        assert set(rows[0]) == set(table.columns.keys()), name
        planted = [one for one in table.columns if isinstance(one.type, String | JSON) and not _short(one)]
        assert [one.name for one in planted if MARKER not in str(rows[0][one.name])] == [], name
        assert page.count(f"<h2>people.any.table.{name}</h2>") == 1
    assert page.count(MARKER) >= sum(repr(row).count(MARKER) for rows in found.values() for row in rows)


def _as_words(told: Any) -> Any:
    """As the workshop hands them over, with keys in place of their words."""
    match told:
        case Phrase():
            return told.key
        case dict():
            return {name: _as_words(one) for name, one in told.items()}
        case list():
            return [_as_words(one) for one in told]
        case _:
            return str(told)


def _short(column: Column[Any]) -> bool:
    """Too short for the marker: codes of a few letters; or none of it is theirs to read."""
    return isinstance(column.type, String) and (column.type.length or 99) < len(MARKER) + 2


@pytest.mark.feature("C4")
async def test_whoever_else_stands_in_it_is_named_by_what_they_are_to_the_programme(database: Database) -> None:
    async with database.write() as db:
        await fill(db, 1)
        await fill(db, 2)
        await db.execute(update(grants).where(grants.c.person_id == 2).values(role="mentor"))
        await db.execute(update(accesses).where(accesses.c.youth_id == 1).values(viewer_id=2))
        found = await belongings.collect(db, 1)
    assert [row["viewer_id"] for row in found["accesses"]] == ["mentor"]
    assert [row["youth_id"] for row in found["accesses"]] == [1]


@pytest.mark.feature("C4")
async def test_what_somebody_wrote_when_booking_anothers_hour_is_shown_to_them(database: Database) -> None:
    async with database.write() as db:
        await fill(db, 1)
        await fill(db, 2)
        await db.execute(update(expert_slots).where(expert_slots.c.expert_id == 2).values(booked_by=1, about="budgets"))
        found = await belongings.collect(db, 1)
    assert "budgets" in [row["about"] for row in found["expert_slots"]]


@pytest.mark.feature("C4")
async def test_nobody_is_shown_what_is_anothers(database: Database) -> None:
    async with database.write() as db:
        await fill(db, 1)
        await fill(db, 2)
        found = await belongings.collect(db, 2)
    assert MARKER + "-1" not in repr(found)
    assert len(found["people"]) == 1


@pytest.mark.feature("C5")
@pytest.mark.feature("X49")
async def test_an_erased_person_is_in_no_table_and_in_no_file(database: Database, database_file: Path) -> None:
    async with database.write() as db:
        await fill(db, 1)
    async with database.write() as db:
        await belongings.erase(db, 1, NOW)
        left = {name: count for name, count in (await counts(db)).items() if count}
    assert set(left) <= OTHERS
    async with database.write() as db:
        for name in OTHERS:  # programme records stay; they name nobody and would only hide what this test looks for
            await db.execute(metadata.tables[name].delete())
    await database.empty_log()
    assert all(MARKER.encode() not in content for content in _contents(database_file))


def _contents(database_file: Path) -> list[bytes]:
    return [path.read_bytes() for path in database_file.parent.glob(f"{database_file.name}*")]


@pytest.mark.feature("C5")
async def test_erasing_one_leaves_everybody_else_whole(database: Database) -> None:
    async with database.write() as db:
        await fill(db, 2)
        before = await belongings.collect(db, 2)
        await fill(db, 1)
        await belongings.erase(db, 1, NOW)
        assert await belongings.collect(db, 2) == before


async def test_a_letter_to_staff_that_speaks_of_the_person_goes_with_them_but_is_not_theirs(database: Database) -> None:
    async with database.write() as db:
        await fill(db, 1)
        await fill(db, 2)
        row = {column.name: some_value(column, 7) for column in outbox.columns if not column.nullable}
        await db.execute(insert(outbox).values(**{**row, "id": 777, "person_id": 2, "about_id": 1, "key": "a letter"}))
        assert "a letter" not in repr(await belongings.collect(db, 1))
        await belongings.erase(db, 1, NOW)
        assert await db.scalar(select(outbox.c.id).where(outbox.c.id == 777)) is None
