"""One instance at a time: a lock beside the database file that the system lets go when its holder ends, however."""

import fcntl
import logging
from pathlib import Path
from typing import IO

from bot.clock import Clock
from bot.storage.migrating import Unusable

log = logging.getLogger(__name__)


class InstanceLock:
    """Held from start to end of the process that writes to this database file."""

    def __init__(self, database: Path) -> None:
        self._path = database.with_name(database.name + ".lock")
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

    def release(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None
