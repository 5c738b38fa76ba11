"""One instance at a time on one database file, and the next one as soon as the first is gone, however it went."""

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest

from bot.demo.clock import TownClock
from bot.storage.lock import InstanceLock, is_missing
from bot.storage.migrating import Unusable
from tests.town.town import START

HOLDER = """
import sys, time
from pathlib import Path
from bot.storage.lock import InstanceLock
print(InstanceLock(Path(sys.argv[1])).take(), flush=True)
lock = InstanceLock(Path(sys.argv[2]))
print(lock.take(), flush=True)
time.sleep(600)
"""


@pytest.mark.feature("N6")
@pytest.mark.feature("X22")
def test_the_second_is_refused_until_the_first_lets_go(tmp_path: Path) -> None:
    first, second = InstanceLock(tmp_path / "bot.db"), InstanceLock(tmp_path / "bot.db")
    assert first.take()
    assert not second.take()
    first.release()
    assert second.take()
    second.release()


def test_two_databases_are_two_locks(tmp_path: Path) -> None:
    first, second = InstanceLock(tmp_path / "one.db"), InstanceLock(tmp_path / "two.db")
    assert first.take()
    assert second.take()
    first.release()
    second.release()


@pytest.mark.feature("N6")
def test_a_killed_holder_holds_nothing_any_more(tmp_path: Path) -> None:
    database = tmp_path / "bot.db"
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path / "other.db"), str(database)], stdout=subprocess.PIPE, text=True
    )
    with process:
        assert process.stdout is not None
        assert [process.stdout.readline().strip() for _ in range(2)] == ["True", "True"]
        mine = InstanceLock(database)
        assert not mine.take()
        process.kill()
        process.wait()
        assert mine.take()
        mine.release()


async def test_who_waits_says_so_once_and_gets_the_lock(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    first, second = InstanceLock(tmp_path / "bot.db"), InstanceLock(tmp_path / "bot.db")
    assert first.take()
    waiting = asyncio.ensure_future(second.wait(TownClock(START)))
    for _ in range(20):
        await asyncio.sleep(0)
    assert not waiting.done()
    first.release()
    await waiting
    assert [record.getMessage() for record in caplog.records] == ["another instance holds this database; waiting"]
    second.release()


def test_where_no_file_can_lie_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(Unusable, match="BOT_DATABASE_URL"):
        InstanceLock(tmp_path / "file" / "bot.db").take()


@pytest.mark.feature("X8")
@pytest.mark.parametrize("loss", ["gone", "empty", "only its log is left"])
def test_a_database_that_was_here_before_is_missed(tmp_path: Path, loss: str) -> None:
    database = tmp_path / "bot.db"
    lock = InstanceLock(database)
    assert lock.take()
    lock.miss()  # a first start misses nothing
    database.write_bytes(b"a database")
    lock.remember()
    lock.remember()
    lock.release()
    assert not is_missing(database)
    database.unlink()
    if loss == "empty":
        database.touch()
    elif loss != "gone":
        database.with_name("bot.db-wal").touch()
    assert lock.take()
    with pytest.raises(Unusable, match="was here before: restore a backup, or begin anew"):
        lock.miss()
    lock.release()


@pytest.mark.feature("X8")
def test_where_it_was_only_tried_to_make_one_nothing_is_missed(tmp_path: Path) -> None:
    lock = InstanceLock(tmp_path / "bot.db")
    assert lock.take()
    lock.release()
    assert lock.take()
    lock.miss()
    lock.release()
