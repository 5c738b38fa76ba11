"""Upgrades of a database with people in it: nothing of theirs changes, and a kill leaves the old or the new, whole.

The steps are those of the repository and one more of this test's own, which makes the people's table anew, as the
hardest of steps does. Each is killed at random moments in a process of its own.
"""

import os
import random
import shutil
import signal
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

from bot.storage.migrating import HEAD, Unusable, migrate
from tests.faults.counts import SEED, full

ROOT = Path(__file__).resolve().parents[2]
KILLS = full(20, 50)
PEOPLE = 500
ONE_MORE = "9998"
STEP = f'''
import sqlalchemy as sa
from alembic import op
revision, down_revision, branch_labels, depends_on = "{ONE_MORE}", "{HEAD}", None, None

def upgrade():
    with op.batch_alter_table("people", recreate="always") as people:
        people.add_column(sa.Column("pet", sa.String(20), nullable=False, server_default="cat"))
    op.execute("UPDATE people SET pet = 'dog' WHERE id % 2 = 0")
    op.create_table("pets", sa.Column("id", sa.Integer(), primary_key=True))
    op.execute("INSERT INTO pets SELECT id FROM people")

def downgrade():
    raise NotImplementedError
'''


@pytest.fixture(scope="module")
def steps(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with this test's own step."""
    folder = tmp_path_factory.mktemp("versions")
    (folder / f"{ONE_MORE}_one_more.py").write_text(STEP, "utf-8")
    return folder


def config(database: Path, steps: Path) -> Config:
    made = Config(toml_file=str(ROOT / "pyproject.toml"))
    made.set_main_option("path_separator", "os")
    made.set_main_option("version_locations", os.pathsep.join([str(ROOT / "migrations" / "versions"), str(steps)]))
    made.attributes["url"] = f"sqlite:///{database}"
    return made


def revisions(steps: Path) -> list[str]:
    """From the first to the last."""
    return [one.revision for one in ScriptDirectory.from_config(config(Path("nowhere"), steps)).walk_revisions()][::-1]


def rows(database: Path, query: str, *values: Any) -> list[Any]:
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute(query, values).fetchall()


def fill(database: Path) -> None:
    """People, and what hangs on them."""
    with closing(sqlite3.connect(database)) as connection, connection:
        for number in range(1, PEOPLE + 1):
            connection.execute(
                "INSERT INTO people (id, telegram_id, language, language_chosen, code_name, created_at) "
                "VALUES (?, ?, 'lv', 1, ?, 0)",
                (number, number, f"Bura-{number}"),
            )
            consent = (
                "INSERT INTO consents (person_id, purpose, version, language, given_at) VALUES (?, 'c', '1', 'lv', 0)"
            )
            connection.execute(consent, (number,))


def content(database: Path, like: Path | None = None) -> dict[str, list[Any]]:
    """Every row of every table; of those in `like` by the columns they have there, as later steps may add some."""
    tables = rows(like or database, "SELECT name FROM sqlite_master WHERE type = 'table'")
    found = {}
    for (name,) in tables:
        if name not in ("alembic_version", "sqlite_sequence"):
            columns = [f'"{column}"' for _, column, *_ in rows(like or database, f'PRAGMA table_info("{name}")')]
            found[name] = rows(database, f'SELECT {", ".join(columns)} FROM "{name}" ORDER BY 1')
    return found


def check(database: Path) -> None:
    assert rows(database, "PRAGMA integrity_check") == [("ok",)]
    assert rows(database, "PRAGMA foreign_key_check") == []


@pytest.mark.feature("N3")
def test_an_upgrade_keeps_every_row_and_what_hangs_on_it(steps: Path, tmp_path: Path) -> None:
    """On a copy with people in it, from the first step that knows them up to the newest and one more."""
    database = tmp_path / "bot.db"
    first, *later = revisions(steps)
    command.upgrade(config(database, steps), first)
    fill(database)
    first_schema = tmp_path / "first.db"
    shutil.copy(database, first_schema)
    before = content(database)
    for revision in later:
        command.upgrade(config(database, steps), revision)
        assert content(database, like=first_schema) == before
        check(database)
    assert rows(database, "SELECT count(*) FROM people WHERE pet = 'dog'") == [(PEOPLE // 2,)]


@pytest.mark.feature("N3")
def test_a_step_that_loses_what_rows_hang_on_is_undone(steps: Path, tmp_path: Path) -> None:
    database, bad = tmp_path / "bot.db", tmp_path / "bad"
    bad.mkdir()
    spoiled = STEP.replace("def downgrade", '    op.execute("DELETE FROM people WHERE id = 7")\n\ndef downgrade')
    (bad / "bad.py").write_text(spoiled, "utf-8")
    migrate(database)
    fill(database)
    before = content(database)
    with pytest.raises(ValueError, match="a row of consents without the row of people"):
        command.upgrade(config(database, bad), "head")
    assert content(database) == before
    assert rows(database, "SELECT version_num FROM alembic_version") == [(HEAD,)]


def _ways(steps: Path, tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """Each step with a database that stands just before it."""
    before = tmp_path / "nothing.db"
    before.touch()
    for revision in revisions(steps):
        yield revision, before
        after = tmp_path / f"{revision}.db"
        shutil.copy(before, after)
        command.upgrade(config(after, steps), revision)
        if before.stat().st_size == 0:
            fill(after)
        before = after


@pytest.mark.slow
@pytest.mark.feature("X10")
def test_a_kill_in_any_step_leaves_the_old_or_the_new_and_the_next_start_goes_on(steps: Path, tmp_path: Path) -> None:
    dice = random.Random(SEED)
    database = tmp_path / "killed.db"
    cut_short = 0
    for revision, before in _ways(steps, tmp_path):
        takes = min(_takes(before, database, steps, revision) for _ in range(3))
        whole = content(database)
        ends = {"before": 0, "after": 0}
        for _ in range(KILLS):
            _put_back(before, database)
            _upgrade_and_kill(config(database, steps), revision, dice.uniform(0, takes * 2))
            check(database)
            reached = revision in (row[0] for row in _versions(database))
            ends["after" if reached else "before"] += 1
            assert content(database) == (whole if reached else content(before))
            command.upgrade(config(database, steps), revision)
            assert content(database) == whole
            check(database)
        print(f"seed {SEED}: step {revision}, {KILLS} kills within {takes:.2f} s, 0 broken; {ends}")
        cut_short += ends["before"]
    assert cut_short > KILLS, "hardly a kill came before its step was done"


def _put_back(before: Path, database: Path) -> None:
    """The database as it was before the step, and nothing that a killed process left beside it."""
    for left in database.parent.glob(f"{database.name}*"):
        left.unlink()
    shutil.copy(before, database)


def _takes(before: Path, database: Path, steps: Path, revision: str) -> float:
    """Seconds for one step when nobody kills it; a machine that is busy for a moment makes it look longer."""
    _put_back(before, database)
    began = time.monotonic()
    command.upgrade(config(database, steps), revision)
    return time.monotonic() - began


def _versions(database: Path) -> list[Any]:
    there = rows(database, "SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'")
    return rows(database, "SELECT version_num FROM alembic_version") if there else []


def _upgrade_and_kill(configured: Config, revision: str, after: float) -> None:
    """In a process of its own, killed after so many seconds if it is not done by then."""
    child = os.fork()
    if child == 0:
        try:
            command.upgrade(configured, revision)
        finally:
            os._exit(0)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


@pytest.mark.slow
@pytest.mark.feature("X10", "X6")
def test_an_upgrade_that_cannot_have_the_database_says_so_and_changes_nothing(tmp_path: Path) -> None:
    database = tmp_path / "bot.db"
    database.touch()
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(Unusable, match="could not be brought to this version's schema: database is locked"):
            migrate(database)
    migrate(database)
