"""Brings the database to the schema of this version, or says in one sentence why it will not."""

import sqlite3
from pathlib import Path
from typing import Final

HEAD: Final = "0006"
"""The newest migration. Kept here so that an up-to-date start needs no Alembic; a test holds the two together."""

_ROOT: Final = Path(__file__).resolve().parents[2]


class Unusable(Exception):
    """The database cannot be used as it is; one sentence says why and what to do."""


def migrate(database: Path) -> None:
    """Create or upgrade the database file; raises Unusable for one that is damaged, foreign or newer than this."""
    found = version_of(database)
    if found == HEAD:
        return
    if found is None:
        database.parent.mkdir(parents=True, exist_ok=True)
    _upgrade(database)


def version_of(database: Path) -> str | None:
    """The migration the file stands at, None where there is no file yet; raises Unusable."""
    if not database.exists() or database.stat().st_size == 0:
        if database.with_name(database.name + "-wal").exists():
            raise Unusable(f"{database} is missing but its write-ahead log is there: restore a backup.")
        return None
    try:
        connection = sqlite3.connect(f"{database.absolute().as_uri()}?mode=rw", uri=True)
        try:
            (verdict,) = connection.execute("PRAGMA quick_check(1)").fetchone()
            tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type='table'")}
            versions = connection.execute("SELECT version_num FROM alembic_version").fetchall() if tables else []
        finally:
            connection.close()
    except sqlite3.DatabaseError as why:
        if isinstance(why, sqlite3.OperationalError) and why.sqlite_errorcode != sqlite3.SQLITE_ERROR:
            raise Unusable(f"{database} could not be read: {why}.") from None  # held by another program, or a full disk
        raise Unusable(f"{database} is damaged or not a database of this bot: restore a backup.") from None
    if verdict != "ok":
        raise Unusable(f"{database} is damaged: restore a backup.")
    if not versions:
        if tables - {"alembic_version"}:
            raise Unusable(f"{database} is not a database of this bot: name another file in BOT_DATABASE_URL.")
        return None
    version = str(versions[0][0])
    if version > HEAD:
        raise Unusable(f"{database} was written by a newer version of the bot ({version}): install that version.")
    return version


def _upgrade(database: Path) -> None:
    # Imported here: an ordinary start does not migrate and need not pay for it.
    from alembic import command
    from alembic.config import Config
    from sqlalchemy import URL
    from sqlalchemy.exc import OperationalError

    config = Config(toml_file=str(_ROOT / "pyproject.toml"))
    config.attributes["url"] = URL.create("sqlite", database=str(database))
    try:
        command.upgrade(config, "head")
    except OperationalError as why:  # all of it is undone
        raise Unusable(f"{database} could not be brought to this version's schema: {why.orig}.") from None
