"""Who was erased lately, beside the database and outside every backup: a restored backup would bring them back.

A line is a day and a hash that only the erased row itself gives again, so the list tells nothing of anybody. It is
written before the erasure commits, as who stands on it has asked for it twice, and it forgets what no backup can hold
any more. Its name begins with a dot, so that moving the database away leaves it where it is.
"""

import hashlib
import logging
import os
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final

log = logging.getLogger(__name__)

KEPT_FOR: Final = timedelta(days=31)
"""A day longer than backups (`python -m bot backup --keep-days`)."""


def mark(person_id: int, telegram_id: int, created_at: datetime) -> str:
    """What stands for one row of people, whichever copy of the database it lies in."""
    return hashlib.sha256(f"{person_id}:{telegram_id}:{created_at.isoformat()}".encode()).hexdigest()


def note(database: Path, erased: str, now: datetime) -> None:
    """Keep that this row was erased; where the disk refuses, the erasure itself is what matters, and goes on."""
    file = _beside(database)
    try:
        lines = [f"{day.isoformat()} {known}\n" for day, known in _read(file) if now.date() - day <= KEPT_FOR]
        part = file.with_name(f"{file.name}.part")
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as writing:
            writing.writelines([*lines, f"{now.date().isoformat()} {erased}\n"])
            writing.flush()
            os.fsync(writing.fileno())
        part.rename(file)
    except OSError as why:
        log.error("erasure not listed", extra={"action": "erasure_not_listed", "fault": type(why).__name__})  # noqa: TRY400


def listed(database: Path) -> frozenset[str]:
    """The marks of everybody erased lately from the database that lies or lay there."""
    return frozenset(known for _, known in _read(_beside(database)))


def _beside(database: Path) -> Path:
    return database.with_name(f".{database.name}.erased")


def _read(file: Path) -> list[tuple[date, str]]:
    try:
        lines = file.read_text("utf-8").split("\n")
    except FileNotFoundError:
        return []
    return [(date.fromisoformat(line[:10]), line[11:]) for line in lines if line]
