"""The town's database, whose file a bot that ends leaves open for the next.

A bot that starts learns what stands in the file, and no connection holds anything else between two transactions. To
open them anew at every line, and to have SQLite read the whole schema each time, took a third of all the time.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import aiosqlite

from bot.storage.database import Database


class TownDatabase(Database):
    """Open until the town itself closes it, which it does before anybody looks at the file or changes it."""

    opened = 0
    """How many connections were ever opened."""

    _is_left_open = False

    @contextmanager
    def left_open(self) -> Iterator[None]:
        """To close it ends what is under way, and leaves the connections for whoever comes next."""
        self._is_left_open = True
        try:
            yield
        finally:
            self._is_left_open = False

    async def _open(self) -> aiosqlite.Connection:
        self.opened += 1
        return await super()._open()

    async def close(self) -> None:
        if not self._is_left_open:
            await super().close()
        elif self._writer is not None:
            writer, self._writer = self._writer, None
            await writer.close()
