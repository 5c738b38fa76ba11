"""A backup is taken while the bot works, opens for its key alone, and is either found whole or named as what it is."""

import resource
import shutil
import sqlite3
import stat
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pyrage import x25519
from sqlalchemy import insert

from bot.storage import backups
from bot.storage.backing_up import back_up, newest
from bot.storage.database import Database
from bot.storage.migrating import Unusable
from bot.storage.tables import people

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
MARKER = "Zvaigznāte-of-nobody"
MINE, THEIRS = x25519.Identity.generate(), x25519.Identity.generate()
KEY = str(MINE.to_public())


@pytest.fixture
async def database(database_file: Path) -> AsyncIterator[Database]:
    """Open while backups are taken, as the bot's is; one person in it."""
    one = Database(f"sqlite+aiosqlite:///{database_file}")
    await add_person(one, 1)
    yield one
    await one.close()


async def add_person(database: Database, number: int) -> None:
    async with database.write() as db:
        row = {"telegram_id": number, "language": "lv", "code_name": f"Bura-{number}", "name": MARKER}
        await db.execute(insert(people).values(**row, created_at=NOW))


def take(database_file: Path, target: Path, key: str | None = None, *, now: datetime = NOW, keep: int = 30) -> Path:
    return back_up(database_file, target, key, keep, now).file


@pytest.mark.feature("N2", "X9")
async def test_a_backup_holds_what_was_committed_and_nothing_that_was_not(
    database: Database, database_file: Path, tmp_path: Path
) -> None:
    async with database.write() as db:
        row = {"telegram_id": 2, "language": "lv", "code_name": "Bura-2", "created_at": NOW}
        await db.execute(insert(people).values(**row))
        file = take(database_file, tmp_path / "one.backup")
    found = backups.read(file, None)
    assert found.made_at == NOW
    assert found.contents.counts["people"] == 1
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert backups.read(take(database_file, tmp_path / "two.backup"), None).contents.counts["people"] == 2


async def test_the_hash_tells_any_changed_row_and_nothing_else(
    database: Database, database_file: Path, tmp_path: Path
) -> None:
    digests = [backups.read(take(database_file, tmp_path / f"{n}.backup"), None).contents.digest for n in range(2)]
    async with database.write() as db:
        await db.exec_driver_sql("UPDATE people SET name = 'somebody else'")
    changed = backups.read(take(database_file, tmp_path / "changed.backup"), None).contents.digest
    assert digests[0] == digests[1] != changed


@pytest.mark.feature("X51", "N2")
async def test_a_locked_backup_shows_nothing_and_opens_for_its_key_alone(
    database: Database, database_file: Path, tmp_path: Path
) -> None:
    file = take(database_file, tmp_path / "one.backup.age", KEY)
    content = file.read_bytes()
    assert MARKER.encode() not in content
    assert b"people" not in content
    assert backups.read(file, f"# created by somebody\n{MINE}\n").contents.counts["people"] == 1
    for identity, sentence in (
        (None, "is locked: name the file with its secret key by --identity"),
        (str(THEIRS), "is locked for another key"),
        ("no key", "--identity should name a file with an age secret key"),
    ):
        with pytest.raises(Unusable, match=sentence):
            backups.read(file, identity)


@pytest.mark.feature("X9")
@pytest.mark.parametrize("key", [None, KEY], ids=["open", "locked"])
async def test_a_cut_or_damaged_backup_is_said_to_be_one(
    database: Database, database_file: Path, tmp_path: Path, key: str | None
) -> None:
    content = take(database_file, tmp_path / "whole.backup", key).read_bytes()
    broken = tmp_path / "broken.backup"
    cuts = range(300, len(content), max(1, len(content) // 15))
    for damaged in [content[:cut] for cut in cuts] + [content[: cut - 4] + b"\x55\xaa" + content[cut:] for cut in cuts]:
        broken.write_bytes(damaged)
        with pytest.raises(Unusable, match=r"is damaged or cut short|is not a backup of this bot"):
            backups.read(broken, str(MINE))


@pytest.mark.parametrize("content", [b"", b"no backup", b"SQLite format 3\x00" + bytes(5000), b"\x1f\x8b" + bytes(50)])
def test_what_is_no_backup_is_said_to_be_none(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "x.backup"
    file.write_bytes(content)
    with pytest.raises(Unusable, match=r"is not a backup of this bot|is damaged or cut short"):
        backups.read(file, None)
    with pytest.raises(Unusable, match="cannot be read"):
        backups.read(tmp_path / "nowhere.backup", None)


async def test_in_a_folder_backups_go_when_their_days_are_over_and_others_files_stay(
    database: Database, database_file: Path, tmp_path: Path
) -> None:
    """Taken daily, each time a minute later or earlier: none may be there on its thirtieth day."""
    folder = tmp_path / "safe"
    folder.mkdir()
    theirs = [folder / name for name in ("notes.txt", "bot-20200101T000000Z.backup.old", "bot-2020.backup")]
    for file in theirs:
        file.touch()
    left = folder / ".bot-20260101T080000Z.backup.age.part"
    left.touch()
    for day in range(35):
        now = NOW + timedelta(days=day, minutes=-(day % 3))
        file = take(database_file, folder, KEY if day % 2 else None, now=now)
        assert file == newest(folder)
    kept = sorted(set(folder.iterdir()) - set(theirs))
    assert len(kept) == 30
    assert kept[0].name == "bot-20260307T075800Z.backup.age"
    assert all(file.exists() for file in theirs)
    assert not left.exists()
    take(database_file, folder, now=NOW + timedelta(days=35), keep=1)
    assert set(folder.iterdir()) == {*theirs, folder / "bot-20260406T080000Z.backup"}


async def test_nothing_that_is_there_is_overwritten_and_nothing_half_written_stays(
    database: Database, database_file: Path, tmp_path: Path
) -> None:
    before = _files(tmp_path)
    with pytest.raises(Unusable, match="is there already"):
        take(database_file, database_file)
    with pytest.raises(Unusable, match="could not be written: No such file or directory"):
        take(database_file, tmp_path / "nowhere" / "one.backup")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, limits[1]))
    try:
        with pytest.raises(Unusable, match="could not be written: File too large"):
            take(database_file, tmp_path / "large.backup")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert _files(tmp_path) == before


def _files(folder: Path) -> list[Path]:
    return sorted(folder.iterdir())


def test_a_damaged_or_missing_database_gives_no_backup(database_file: Path, tmp_path: Path) -> None:
    target = tmp_path / "one.backup"
    with pytest.raises(Unusable, match="does not exist"):
        take(tmp_path / "nowhere.db", target)
    content = database_file.read_bytes()
    database_file.write_bytes(content[:8192] + b"\xff" * 8192 + content[16384:])
    with pytest.raises(Unusable, match="damaged"):
        take(database_file, target)
    assert not target.exists()


async def test_an_older_database_is_backed_up_and_one_of_a_newer_version_refused(
    database: Database, database_file: Path, tmp_path: Path
) -> None:
    """Before an upgrade is when a backup is wanted most; a newer one's backup is refused when it is to be read."""
    copy = tmp_path / "copy.db"
    await database.close()
    shutil.copy(database_file, copy)
    for version in ("0000", "9999"):
        with sqlite3.connect(copy) as connection:
            connection.execute("UPDATE alembic_version SET version_num = ?", (version,))
        connection.close()
        if version == "0000":
            assert backups.read(take(copy, tmp_path / "older.backup"), None).contents.version == "0000"
    made = backups.snapshot(copy, NOW)
    (tmp_path / "newer.backup").write_bytes(backups.pack(made))
    with pytest.raises(Unusable, match="newer version of the bot \\(9999\\)"):
        backups.read(tmp_path / "newer.backup", None)
