"""One instance at a time: a lock beside the database file that the system lets go when its holder ends, however.

The lock file also remembers that a database was here, so that one that is gone is missed and not begun anew.
"""

import fcntl
import logging
import os
from pathlib import Path
from typing import IO, Final

from bot.clock import Clock
from bot.storage.migrating import Unusable

log = logging.getLogger(__name__)

_A_DATABASE_WAS_HERE: Final = "a database was made here\n"


def is_missing(database: Path) -> bool:
    """Whether a database was here before and is gone, or is empty."""
    beside = _beside(database)
    was_here = beside.exists() and beside.stat().st_size > 0
    return was_here and (not database.exists() or database.stat().st_size == 0)


def _beside(database: Path) -> Path:
    return database.with_name(database.name + ".lock")


class InstanceLock:
    """Held from start to end of the process that writes to this database file."""

    def __init__(self, database: Path) -> None:
        self._database = database
        self._path = _beside(database)
        self._file: IO[str] | None = None

    def take(self) -> bool:
        """Take the lock; False where another instance holds it. Raises Unusable where no file can lie there."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            file = self._path.open("a")
        except OSError as why:
            raise Unusable(f"BOT_DATABASE_URL: no database can lie in {self._path.parent}: {why.strerror}.") from None
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            return False
        self._file = file
        return True

    async def wait(self, clock: Clock) -> None:
        """Take the lock as soon as it is free, saying once that somebody else holds it."""
        told = False
        while not self.take():
            if not told:
                log.warning("another instance holds this database; waiting", extra={"action": "instance_waits"})
                told = True
            await clock.sleep(1.0)

    def miss(self) -> None:
        """Raises Unusable where the database was here before and is gone: an empty one in its place would hide that."""
        if is_missing(self._database):
            raise Unusable(
                f"{self._database} is missing, and it was here before: restore a backup, or begin anew with an empty "
                "one by `python -m bot migrate`."
            )

    def remember(self) -> None:
        """A database is here from now on. The lock must be held."""
        if self._file is None or self._path.stat().st_size > 0:
            return
        try:
            self._file.write(_A_DATABASE_WAS_HERE)
            self._file.flush()
            os.fsync(self._file.fileno())
        except OSError:  # a full disk, which the database itself may yet bear; the next start writes it
            log.warning("not noted that a database is here", extra={"action": "database_not_noted"})

    def release(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None
