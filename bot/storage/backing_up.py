"""`python -m bot backup`: a copy of the database that was read back and found whole before anybody relies on it."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from bot.storage import backups
from bot.storage.backups import Backup, Contents
from bot.storage.migrating import Unusable, version_of

_NAME: Final = "bot-%Y%m%dT%H%M%SZ.backup"
_OURS: Final = re.compile(r"\.?(bot-\d{8}T\d{6}Z\.backup)(\.age)?(\.part)?")


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that is good, and how many old ones went."""

    file: Path
    contents: Contents
    deleted: int

    def __str__(self) -> str:
        gone = f" Older backups deleted: {self.deleted}." if self.deleted else ""
        return f"{self.file}: {self.contents}; read back and whole.{gone}"


def back_up(database: Path, target: Path, key: str | None, keep_days: int, now: datetime) -> Made:
    """Write a backup to a new file or into a folder, locked for the age key if one is given.

    In a folder it is named by its moment (UTC), and those of this command that are `keep_days` old are deleted, but
    only once the new one is good. Raises Unusable; then there is no new file and nothing was deleted.
    """
    if version_of(database) is None:
        raise Unusable(f"{database} does not exist: name the database in BOT_DATABASE_URL.")
    backup = backups.snapshot(database, now)
    file = target / _name(now, key) if target.is_dir() else target
    if file.exists():
        raise Unusable(f"{file} is there already: name another file, or a folder.")
    part = file.with_name(f".{file.name.removeprefix('.')}.part")
    try:
        _write(part, backup, key)
        backups.put_in_place(part, file)
    except OSError as why:
        raise Unusable(f"{file} could not be written: {why.strerror}.") from None
    finally:
        part.unlink(missing_ok=True)
    return Made(file, backup.contents, _delete_old(target, keep_days, now) if target.is_dir() else 0)


def newest(folder: Path) -> Path:
    """The newest backup in a folder; raises Unusable where there is none."""
    found = [file for file in folder.iterdir() if _made_at(file) is not None and not file.name.endswith(".part")]
    if not found:
        raise Unusable(f"{folder} holds no backup of this bot.")
    return max(found)


def _write(part: Path, backup: Backup, key: str | None) -> None:
    """Write, read back from the disk and compare; raises Unusable or OSError."""
    content, identity = backups.pack(backup), None
    if key is not None:
        from pyrage import x25519

        # The key's secret half is elsewhere, and should be. A second key, forgotten at once, opens it this one time.
        once = x25519.Identity.generate()
        content, identity = backups.lock(content, key, str(once.to_public())), str(once)
    backups.write_part(part, content)
    if backups.read(part, identity) != backup:
        raise Unusable(f"{part} does not read back as it was written: look at the disk.")


def _name(now: datetime, key: str | None) -> str:
    return now.astimezone(UTC).strftime(_NAME) + (".age" if key else "")


def _made_at(file: Path) -> datetime | None:
    """The moment in the name of a file that this command made; None for any other."""
    named = _OURS.fullmatch(file.name)
    try:
        return datetime.strptime(named[1], _NAME).replace(tzinfo=UTC) if named else None
    except ValueError:
        return None


def _delete_old(folder: Path, keep_days: int, now: datetime) -> int:
    """By day, not by hour: a daily backup runs a little earlier or later each time, and none may outlast its days."""
    old = [
        file
        for file in folder.iterdir()
        if (made_at := _made_at(file)) is not None and (now.astimezone(UTC).date() - made_at.date()).days >= keep_days
    ]
    for file in old:
        file.unlink(missing_ok=True)
    return len(old)
