"""A backup becomes the database again, whole or not at all, and does not say again what people have long read."""

import os
import random
import signal
import sqlite3
import stat
import time
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert

from bot.delivery.packing import State
from bot.people import belongings
from bot.restoring import drill, restore
from bot.storage import backups, erasures
from bot.storage.backing_up import back_up
from bot.storage.lock import InstanceLock
from bot.storage.migrating import HEAD, Unusable, version_of
from bot.storage.tables import events, expected
from bot.turn import Farewell, Priority
from bot.words import Language
from tests.delivery.post import START, Post, read, words, write_words
from tests.faults.counts import SEED

LATER = START + timedelta(hours=5)


def backed_up(database: Path) -> Path:
    return back_up(database, database.parent / "one.backup", None, 30, START).file


def move_away(database: Path) -> None:
    """As an operator does with a lost or damaged one."""
    away = database.parent / "away"
    away.mkdir(exist_ok=True)
    for file in database.parent.glob(f"{database.name}*"):
        if not file.name.endswith(".lock"):
            file.rename(away / file.name)


def rows(database: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute(query).fetchall()


@pytest.mark.feature("X9")
def test_what_was_backed_up_is_there_again_row_by_row(database_file: Path) -> None:
    with closing(sqlite3.connect(database_file)) as connection, connection:
        for number in range(1000):
            connection.execute("INSERT INTO handled VALUES (?, ?)", (number, number))
        connection.execute("DELETE FROM handled WHERE update_id % 3 = 0")
    file = backed_up(database_file)
    move_away(database_file)
    restored = restore(file, None, database_file, LATER)
    assert restored.backup.contents == backups.contents_of((database_file.parent / "away/bot.db").read_bytes(), "it")
    assert rows(database_file, "SELECT count(*) FROM handled") == [(666,)]
    assert rows(database_file, "SELECT action FROM audit") == [("database.restored",)]
    assert rows(database_file, "PRAGMA integrity_check") == [("ok",)]
    assert version_of(database_file) == HEAD
    assert stat.S_IMODE(database_file.stat().st_mode) == 0o600
    assert str(restored).startswith(f"{file} was made at 2026-03-02 08:00:00 UTC (5 h 0 min ago) and holds ")


@pytest.mark.feature("X9", "N2")
async def test_after_a_restore_nobody_reads_what_they_have_read_and_everybody_what_they_have_not(
    database_file: Path, tmp_path: Path
) -> None:
    """The backup is made while all this waits. In truth most of it arrived a moment later."""
    post = Post(database_file, write_words(tmp_path / "locales"))
    anna = await post.person(1)
    in_an_hour, tomorrow = START + timedelta(hours=1), START + timedelta(days=1)
    broadcast = Priority.BROADCAST
    await post.queue(
        words(1, "answer"),
        words(1, "answer on a screen", edits=5),
        words(1, "goodbye", farewell=Farewell(1, Language.LV)),
        words(1, "invitation", broadcast, batch="event:1", expires_at=tomorrow),
        words(1, "cancelled", broadcast, expires_at=tomorrow),
        words(1, "notice", Priority.NOTICE),
        words(1, "notice of an hour", Priority.NOTICE, expires_at=in_an_hour),
    )
    await post.change(2, state=State.IN_FLIGHT.value)
    await post.change(6, state=State.IN_FLIGHT.value)
    async with post.database.write() as db:
        await db.execute(insert(expected).values(person_id=1, data="x", lapses_at=tomorrow))
        about = {"language": "lv", "titles": {}, "details": {}, "audience": {}, "created_at": START}
        await db.execute(insert(events).values(id=1, state="sending", **about))
        await db.execute(insert(events).values(id=2, state="cancelling", **about))
    file = backed_up(database_file)
    await post.database.close()
    move_away(database_file)
    assert restore(file, None, database_file, LATER).stopped == 4
    assert rows(database_file, "SELECT count(*) FROM expected") == [(0,)]
    assert rows(database_file, "SELECT state FROM events ORDER BY id") == [("stopped",), ("cancelling",)]
    assert rows(database_file, "SELECT count(*) FROM outbox WHERE chat_id IS NOT NULL") == [(0,)]
    await post.clock.sleep((LATER - START).total_seconds())
    await post.restart()
    await post.drain()
    assert read(anna) == ["notice", "cancelled"]
    await post.database.close()


@pytest.mark.feature("C5", "X49")
async def test_an_older_backup_brings_nobody_back_who_erased_themselves_since(
    database_file: Path, tmp_path: Path
) -> None:
    """And somebody new who was given the number of a person erased stays, whichever backup comes next."""
    post = Post(database_file, write_words(tmp_path / "locales"))
    for number in (1, 2):
        await post.person(number)
    older = back_up(database_file, tmp_path / "older.backup", None, 30, START).file
    async with post.database.write() as db:
        await belongings.erase(db, 2, START + timedelta(hours=1))
    await post.database.close()
    move_away(database_file)
    assert restore(older, None, database_file, LATER).erased == 1
    assert rows(database_file, "SELECT id FROM people") == [(1,)]
    assert rows(database_file, "SELECT count(*) FROM consents WHERE person_id = 2") == [(0,)]
    with closing(sqlite3.connect(database_file)) as connection, connection:
        values = "(2, 22, 'lv', 0, 'Osta-222', 7)"
        connection.execute(
            f"INSERT INTO people (id, telegram_id, language, language_chosen, code_name, created_at) VALUES {values}"
        )
    newer = back_up(database_file, tmp_path / "newer.backup", None, 30, LATER).file
    for file in database_file.parent.glob(f"{database_file.name}*"):
        if not file.name.endswith(".lock"):
            file.unlink()
    assert restore(newer, None, database_file, LATER).erased == 0
    assert rows(database_file, "SELECT id FROM people ORDER BY id") == [(1,), (2,)]


@pytest.mark.feature("X49")
def test_the_list_of_the_erased_tells_nothing_and_forgets_what_no_backup_holds_any_more(tmp_path: Path) -> None:
    database = tmp_path / "bot.db"
    erasures.note(database, erasures.mark(1, 60001, START), START)
    file = tmp_path / ".bot.db.erased"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "60001" not in file.read_text("utf-8")
    assert erasures.listed(database) == {erasures.mark(1, 60001, START)}
    erasures.note(database, erasures.mark(2, 60002, START), START + timedelta(days=30))
    assert len(erasures.listed(database)) == 2
    erasures.note(database, erasures.mark(3, 60003, START), START + timedelta(days=40))
    assert erasures.listed(database) == {erasures.mark(2, 60002, START), erasures.mark(3, 60003, START)}


@pytest.mark.feature("X9")
def test_a_drill_restores_says_so_and_leaves_nothing(
    database_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "temporary"
    elsewhere.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(elsewhere))
    file = backed_up(database_file)
    before = database_file.read_bytes()
    assert drill(file, None, START + timedelta(days=3)).age == timedelta(days=3)
    named = back_up(database_file, tmp_path, None, 30, START).file
    assert drill(tmp_path, None, LATER).file == named
    assert list(elsewhere.iterdir()) == []
    assert database_file.read_bytes() == before


@pytest.mark.feature("X9")
@pytest.mark.parametrize("there", ["bot.db", "bot.db-wal", "bot.db-shm", "bot.db-journal"])
def test_nothing_that_is_there_is_overwritten(database_file: Path, there: str) -> None:
    file = backed_up(database_file)
    move_away(database_file)
    in_the_way = database_file.with_name(there)
    in_the_way.write_bytes(b"somebody may want this")
    with pytest.raises(Unusable, match=f"{there} is there: move it away first"):
        restore(file, None, database_file, LATER)
    assert in_the_way.read_bytes() == b"somebody may want this"


@pytest.mark.feature("X9")
def test_a_restore_that_is_killed_leaves_no_database_or_the_whole_one(database_file: Path) -> None:
    dice, finished = random.Random(SEED), 0
    file = backed_up(database_file)
    move_away(database_file)
    for _ in range(15):
        child = os.fork()
        if child == 0:
            try:
                restore(file, None, database_file, LATER)
            finally:
                os._exit(0)
        time.sleep(dice.uniform(0, 0.2))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        if database_file.exists():
            assert rows(database_file, "PRAGMA integrity_check") == [("ok",)]
            assert rows(database_file, "SELECT action FROM audit") == [("database.restored",)]
            database_file.unlink()
            finished += 1
    print(f"seed {SEED}: 15 restores killed, {finished} were done, 0 by half")
    restore(file, None, database_file, LATER)


@pytest.mark.feature("X9", "X22")
def test_while_an_instance_is_at_work_nothing_is_restored(database_file: Path) -> None:
    file = backed_up(database_file)
    move_away(database_file)
    lock = InstanceLock(database_file)
    assert lock.take()
    with pytest.raises(Unusable, match="An instance is at work"):
        restore(file, None, database_file, LATER)
    lock.release()
    assert not database_file.exists()


@pytest.mark.feature("X9")
def test_what_cannot_be_restored_leaves_nothing_behind(database_file: Path) -> None:
    file = backed_up(database_file)
    move_away(database_file)
    content = file.read_bytes()
    file.write_bytes(content[: len(content) // 2])
    before = set(database_file.parent.iterdir())
    with pytest.raises(Unusable, match="damaged or cut short"):
        restore(file, None, database_file, LATER)
    with pytest.raises(Unusable, match=r"--identity: .* cannot be read"):
        restore(file, file.parent / "nowhere.txt", database_file, LATER)
    with pytest.raises(Unusable, match="holds no backup"):
        restore(file.parent / "away", None, database_file, LATER)
    assert set(database_file.parent.iterdir()) - before <= {database_file.with_name("bot.db.lock")}
