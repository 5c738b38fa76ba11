"""The database as the program sees it: one writer at a time, readers beside it, every commit on the disk."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final

import aiosqlite
from sqlalchemy import event
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.storage import one_hop

BUSY_MS: Final = 5_000
"""How long a statement waits for another process's lock before it gives up."""

_PRAGMAS: Final = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",  # a commit that was answered survives a power cut
    "PRAGMA foreign_keys=ON",
    f"PRAGMA busy_timeout={BUSY_MS}",
    "PRAGMA secure_delete=ON",  # what somebody had erased is overwritten, not only unlinked
)


class Database:
    """Opens transactions. Writers queue here, so that they never fight over SQLite's single write lock."""

    def __init__(self, url: str) -> None:
        self.url: Final = make_url(url)
        self._one_writer = asyncio.Lock()
        if self.url.get_backend_name() != "sqlite":
            self._engine: AsyncEngine = create_async_engine(self.url, hide_parameters=True)
        else:
            self._engine = create_async_engine(self.url, hide_parameters=True, async_creator=self._open)
            event.listen(self._engine.sync_engine, "connect", _set_up_connection)
            event.listen(self._engine.sync_engine, "begin", _begin)

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """A transaction that holds the write lock from its first statement; all of it lands or none."""
        async with self._one_writer, self._engine.connect() as db:
            await db.execution_options(writes=True)
            async with db.begin():
                yield db

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """A view of one moment that no writer disturbs."""
        async with self._engine.connect() as db, db.begin():
            yield db

    async def empty_log(self) -> None:
        """Bring the write-ahead log into the file and cut it: what was erased must not live on in it."""
        if self.url.get_backend_name() == "sqlite":
            async with self._one_writer, self._engine.connect() as db:
                connection: Any = (await db.get_raw_connection()).driver_connection  # outside of any transaction
                await (await connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")).close()

    async def _open(self) -> aiosqlite.Connection:
        return await one_hop.connect(str(self.url.database))

    async def close(self) -> None:
        await self._engine.dispose()


def _set_up_connection(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves, see _begin
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _begin(connection: Any) -> None:
    """BEGIN IMMEDIATE for writers: one that reads first and writes later could fail at once with 'locked'."""
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
