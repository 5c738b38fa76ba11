"""The schema: made by migrations, the same as in tables.py, and never put over a database that is not ours."""

import re
import shutil
import sqlite3
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from bot.storage.migrating import HEAD, Unusable, migrate, version_of
from bot.storage.tables import metadata

_GOES_WITH = re.compile(r"REFERENCES \w+ \(\w+\) ON DELETE (?:CASCADE|SET NULL)")
ROOT = Path(__file__).resolve().parents[2]


def config(database: Path) -> Config:
    made = Config(toml_file=str(ROOT / "pyproject.toml"))
    made.attributes["url"] = f"sqlite:///{database}"
    return made


def schema(database: Path) -> dict[str, str]:
    """Name -> SQL of everything in the file."""
    connection = sqlite3.connect(database)
    try:
        rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    finally:
        connection.close()
    return {name: " ".join(sql.split()) for name, sql in rows}


@pytest.mark.feature("N3")
def test_the_migrations_make_the_schema_of_the_tables(fresh_database: Path) -> None:
    engine = create_engine(f"sqlite:///{fresh_database}")
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "render_as_batch": True})
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_the_file_and_the_tables_say_the_same_word_for_word(fresh_database: Path, tmp_path: Path) -> None:
    """What the comparison does not look at: that numbers never come back, and how rows go with a person."""
    path = tmp_path / "tables.db"
    engine = create_engine(f"sqlite:///{path}")
    metadata.create_all(engine)
    engine.dispose()
    wanted, found = schema(path), schema(fresh_database)
    for name, sql in wanted.items():
        assert ("AUTOINCREMENT" in sql) == ("AUTOINCREMENT" in found[name]), name
        assert sorted(_GOES_WITH.findall(sql)) == sorted(_GOES_WITH.findall(found[name])), name


def test_the_newest_migration_is_the_one_a_start_asks_for() -> None:
    assert ScriptDirectory.from_config(config(Path("nowhere.db"))).get_current_head() == HEAD


@pytest.mark.slow
@pytest.mark.feature("N3")
def test_every_step_goes_up_down_and_up_again(tmp_path: Path) -> None:
    path = tmp_path / "bot.db"
    revisions = [script.revision for script in ScriptDirectory.from_config(config(path)).walk_revisions()]
    command.upgrade(config(path), "head")
    whole = schema(path)
    for _ in revisions:
        command.downgrade(config(path), "-1")
    assert set(schema(path)) <= {"alembic_version", "sqlite_sequence"}
    for revision in reversed(revisions):
        command.upgrade(config(path), revision)
    assert schema(path) == whole


def test_migrating_twice_changes_nothing(fresh_database: Path, tmp_path: Path) -> None:
    path = tmp_path / "bot.db"
    shutil.copy(fresh_database, path)
    before = schema(path)
    migrate(path)
    assert (schema(path), version_of(path)) == (before, HEAD)


@pytest.mark.parametrize("name", ["bot.db", "with space.db", "per%20cent.db", "what?.db", "hash#.db", "ģērbties.db"])
def test_a_new_database_can_have_any_name_and_its_folder_is_made(tmp_path: Path, name: str) -> None:
    path = tmp_path / "new folder" / name
    assert version_of(path) is None
    migrate(path)
    assert version_of(path) == HEAD
    assert path.exists()


@pytest.mark.feature("X8")
def test_a_newer_database_is_refused_with_a_sentence_and_left_alone(fresh_database: Path, tmp_path: Path) -> None:
    path = tmp_path / "bot.db"
    shutil.copy(fresh_database, path)
    connection = sqlite3.connect(path)
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    before = path.read_bytes()
    with pytest.raises(Unusable, match="newer version of the bot \\(9999\\)"):
        migrate(path)
    assert path.read_bytes() == before


@pytest.mark.feature("X8")
@pytest.mark.parametrize("damage", ["half", "noise", "text"])
def test_a_damaged_database_is_refused_with_a_sentence_and_left_alone(
    fresh_database: Path, tmp_path: Path, damage: str
) -> None:
    path = tmp_path / "bot.db"
    whole = fresh_database.read_bytes()
    broken = {
        "half": whole[: len(whole) // 2 // 4096 * 4096],
        "noise": whole[:4096] + bytes(reversed(whole[4096:])),
        "text": b"this is no database" * 500,
    }[damage]
    path.write_bytes(broken)
    with pytest.raises(Unusable, match="damaged"):
        migrate(path)
    assert path.read_bytes() == broken


@pytest.mark.feature("X8")
@pytest.mark.parametrize(
    "table", ["CREATE TABLE t (a)", "CREATE TABLE alembic_version (version_num TEXT); CREATE TABLE t (a)"]
)
def test_somebody_elses_database_is_refused_with_a_sentence_and_left_alone(tmp_path: Path, table: str) -> None:
    path = tmp_path / "theirs.db"
    connection = sqlite3.connect(path)
    connection.executescript(table)
    connection.close()
    before = path.read_bytes()
    with pytest.raises(Unusable, match="not a database of this bot"):
        migrate(path)
    assert path.read_bytes() == before


@pytest.mark.feature("X8")
def test_a_database_that_is_gone_while_its_log_is_there_is_not_started_anew(tmp_path: Path) -> None:
    path = tmp_path / "bot.db"
    path.with_name("bot.db-wal").write_bytes(b"what was written last")
    with pytest.raises(Unusable, match="missing but its write-ahead log is there"):
        migrate(path)
    assert not path.exists()


def test_an_empty_file_is_a_database_to_be_made(tmp_path: Path) -> None:
    path = tmp_path / "bot.db"
    path.touch()
    migrate(path)
    assert version_of(path) == HEAD


@pytest.mark.slow
@pytest.mark.feature("X6")
def test_a_database_that_another_program_holds_is_not_called_damaged(fresh_database: Path, tmp_path: Path) -> None:
    path = tmp_path / "bot.db"
    shutil.copy(fresh_database, path)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(Unusable, match="could not be read: database is locked"):
        migrate(path)
    other.close()
    migrate(path)
