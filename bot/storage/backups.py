"""A backup file: the database at one moment, compressed, locked if wished, with the proof of its content.

It is a gzipped tar of `bot.db` and `backup.json`, so that it can be opened without this program
(`age -d -i key.txt FILE | tar xz`). Locking is age's, to a public key: whoever steals the server or the backup has
nothing that opens it.
"""

import gzip
import hashlib
import io
import json
import os
import sqlite3
import tarfile
import zlib
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from bot.storage.migrating import HEAD, Unusable

_AGE: Final = b"age-encryption.org/v1"
_GZIP: Final = b"\x1f\x8b"
_JOURNAL_BYTES: Final = slice(18, 20)
"""Where an SQLite file's header says that it has a write-ahead log; a copy alone has none (sqlite3_deserialize)."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a database holds, in few words: its migration, rows per table, and a SHA-256 over all rows of all tables."""

    version: str
    counts: Mapping[str, int]
    digest: str

    def __str__(self) -> str:
        return f"{len(self.counts)} tables, {sum(self.counts.values())} rows, sha256 {self.digest}"


@dataclass(frozen=True, slots=True)
class Backup:
    """The whole database file as it was at `made_at` (UTC)."""

    made_at: datetime
    image: bytes
    contents: Contents


def snapshot(database: Path, now: datetime) -> Backup:
    """The database as it stands, also while the bot writes to it; takes about three times its size in memory.

    In memory, as a plain copy on the disk would stay there should the machine end in the middle. Raises Unusable.
    """
    try:
        source = sqlite3.connect(f"{database.absolute().as_uri()}?mode=rw", uri=True)
        with closing(source), closing(sqlite3.connect(":memory:")) as copy:
            source.backup(copy)  # in one step: one moment, and no writer waits for it
            image = bytearray(copy.serialize())
    except sqlite3.Error as why:
        raise Unusable(f"{database} could not be read: {why}.") from None
    image[_JOURNAL_BYTES] = b"\x01\x01"
    return Backup(now, bytes(image), contents_of(bytes(image), str(database)))


def contents_of(image: bytes, name: str) -> Contents:
    """What a database file holds; raises Unusable where it is not whole."""
    try:
        with closing(sqlite3.connect(":memory:")) as connection:
            connection.deserialize(image)
            found = connection.execute("PRAGMA integrity_check").fetchall()
            if found != [("ok",)] or connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
                raise Unusable(f"{name} is damaged inside.")
            ((version,),) = connection.execute("SELECT version_num FROM alembic_version").fetchall()
            return Contents(version, *_rows(connection))
    except (sqlite3.Error, ValueError):
        raise Unusable(f"{name} holds no database of this bot.") from None


def _rows(connection: sqlite3.Connection) -> tuple[dict[str, int], str]:
    """Rows per table, and the hash over table names, columns and rows, whatever order they lie in."""
    whole, counts = hashlib.sha256(), {}
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
    for (table,) in names:
        columns = [column for _, column, *_ in connection.execute(f'PRAGMA table_info("{table}")')]
        whole.update(repr((table, columns)).encode())
        order = ", ".join(str(place + 1) for place in range(len(columns)))
        counts[table] = 0
        for row in connection.execute(f'SELECT * FROM "{table}" ORDER BY {order}'):
            whole.update(repr(row).encode())
            counts[table] += 1
    return counts, whole.hexdigest()


def pack(backup: Backup) -> bytes:
    """The backup as a file's content, not locked."""
    about = {
        "made_at": backup.made_at.isoformat(),
        "version": backup.contents.version,
        "counts": dict(backup.contents.counts),
        "sha256_of_rows": backup.contents.digest,
    }
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        for name, content in (("backup.json", json.dumps(about, indent=1).encode()), ("bot.db", backup.image)):
            member = tarfile.TarInfo(name)
            member.size, member.mode, member.mtime = len(content), 0o600, int(backup.made_at.timestamp())
            archive.addfile(member, io.BytesIO(content))
    return packed.getvalue()


def lock(content: bytes, *keys: str) -> bytes:
    """The content encrypted so that the secret key of any of these age keys opens it."""
    import pyrage  # here and below: only who locks their backups pays for it

    return bytes(pyrage.encrypt(content, [pyrage.x25519.Recipient.from_str(key) for key in keys]))


def read(file: Path, identities: str | None) -> Backup:
    """The backup in a file, all of it checked; `identities` is the text of an age key file.

    Raises Unusable for no backup, a cut one, one that this key does not open, and one of a newer version.
    """
    try:
        content = file.read_bytes()
    except OSError as why:
        raise Unusable(f"{file} cannot be read: {why.strerror}.") from None
    if content.startswith(_AGE):
        content = _unlock(content, identities, file)
    if not content.startswith(_GZIP):
        raise Unusable(f"{file} is not a backup of this bot.")
    backup = _unpack(content, file)
    if contents_of(backup.image, str(file)) != backup.contents:
        raise Unusable(f"{file} is damaged: its rows are not those that were backed up.")
    if backup.contents.version > HEAD:
        raise Unusable(f"{file} was made by a newer version of the bot ({backup.contents.version}): install that one.")
    return backup


def _unpack(content: bytes, file: Path) -> Backup:
    try:
        with tarfile.open(fileobj=io.BytesIO(gzip.decompress(content)), mode="r:") as archive:
            members = {member.name: archive.extractfile(member) for member in archive if member.isfile()}
            about_file, image_file = members["backup.json"], members["bot.db"]
            assert about_file is not None
            assert image_file is not None
            about, image = json.load(about_file), image_file.read()
        contents = Contents(about["version"], about["counts"], about["sha256_of_rows"])
        return Backup(datetime.fromisoformat(about["made_at"]).astimezone(UTC), image, contents)
    except (EOFError, zlib.error, OSError, tarfile.TarError):
        raise Unusable(f"{file} is damaged or cut short: take another backup.") from None
    except (KeyError, TypeError, ValueError):
        raise Unusable(f"{file} is not a backup of this bot.") from None


def _unlock(content: bytes, identities: str | None, file: Path) -> bytes:
    import pyrage

    if identities is None:
        raise Unusable(f"{file} is locked: name the file with its secret key by --identity.")
    lines = [line.strip() for line in identities.splitlines()]
    try:
        keys = [pyrage.x25519.Identity.from_str(line) for line in lines if line and not line.startswith("#")]
    except pyrage.IdentityError:
        keys = []
    if not keys:
        raise Unusable("--identity should name a file with an age secret key, AGE-SECRET-KEY-1 and so on.")
    try:
        return bytes(pyrage.decrypt(content, keys))
    except pyrage.DecryptError as why:
        if "No matching keys" in str(why):
            raise Unusable(f"{file} is locked for another key than the one that --identity names.") from None
        raise Unusable(f"{file} is damaged or cut short: take another backup.") from None


def write_part(part: Path, content: bytes) -> None:
    """A new file that only its owner may read, on the disk when this returns; raises OSError."""
    part.unlink(missing_ok=True)  # of a run that was cut short
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def put_in_place(part: Path, file: Path) -> None:
    """Give the finished file its name, so that a power cut leaves the whole of it or none; raises OSError."""
    part.rename(file)
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
