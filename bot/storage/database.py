"""The database as the program sees it: one writer at a time, readers beside it, every commit on the disk."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final

import aiosqlite
from sqlalchemy import event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, NotSupportedError, OperationalError, ProgrammingError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.storage import on_the_spot

log = logging.getLogger(__name__)

_PRAGMAS: Final = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",  # a commit that was answered survives a power cut
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",  # what somebody had erased is overwritten, not only unlinked
)

_OURS: Final = (IntegrityError, DataError, ProgrammingError, NotSupportedError)
"""What the database says of a statement that makes no sense: a mistake of ours, which no waiting mends."""

_TRY_TO_WRITE: Final = "PRAGMA user_version = 0"
"""Writes a page and changes nothing: a full disk bears a commit without any change, which proves nothing."""


def is_away(broken: BaseException) -> bool:
    """Whether the database could not be read or written at all (locked, full, gone), which waiting may mend."""
    return isinstance(broken, DBAPIError) and not isinstance(broken, _OURS)


class Database:
    """Opens transactions. Writers queue here, so that they never fight over SQLite's single write lock."""

    def __init__(self, url: str) -> None:
        self.url: Final = make_url(url)
        self._one_writer = asyncio.Lock()
        self._writer: AsyncConnection | None = None
        self._lasting = True
        self._fault: BaseException | None = None
        if self.url.get_backend_name() != "sqlite":
            self._engine: AsyncEngine = create_async_engine(self.url, hide_parameters=True)
        else:
            self._engine = create_async_engine(self.url, hide_parameters=True, async_creator=self._open)
            event.listen(self._engine.sync_engine, "connect", _set_up_connection)
            event.listen(self._engine.sync_engine, "begin", self._begin)

    @property
    def away(self) -> bool:
        """Whether the last transaction could not be written; said in the log once when it begins and when it ends."""
        return self._fault is not None

    @property
    def is_wanted(self) -> bool:
        """Whether somebody writes, or waits for their turn."""
        return self._one_writer.locked()

    @asynccontextmanager
    async def write(self, *, lasting: bool = True) -> AsyncIterator[AsyncConnection]:
        """A transaction that holds the write lock from its first statement; all of it lands or none.

        One that is not `lasting` survives the end of the process, but a power cut may undo it as long as no lasting one
        came after it; for that it need not wait for the disk.
        """
        try:
            async with self._in_turn(), self._writing(lasting=lasting) as db:
                if self.away and self.url.get_backend_name() == "sqlite":
                    await db.exec_driver_sql(_TRY_TO_WRITE)
                yield db
        except DBAPIError as broken:
            if is_away(broken) and not self.away:
                self._fault = broken.orig
                fault = getattr(broken.orig, "sqlite_errorname", type(broken.orig).__name__)
                # Without the trace: it leads to whoever happened to write, and the fault says all.
                log.error("the database cannot be written", extra={"action": "database_away", "fault": fault})  # noqa: TRY400
            raise
        if self.away:
            self._fault = None
            log.warning("the database can be written again", extra={"action": "database_back"})

    @asynccontextmanager
    async def _writing(self, *, lasting: bool) -> AsyncIterator[AsyncConnection]:
        """A transaction on the writer's connection, which stays open from one to the next while all goes well."""
        db, self._writer = self._writer, None
        if db is None:
            db = await (await self._engine.connect()).execution_options(writes=True)
        self._lasting = lasting
        try:
            async with db.begin():
                yield db
        except BaseException:
            await asyncio.shield(db.close())
            raise
        self._writer = db

    @asynccontextmanager
    async def _in_turn(self) -> AsyncIterator[None]:
        """One writer after the other; but nobody stands in line behind one who tries in vain: they hear so at once."""
        was_away = self.away
        if was_away and self._one_writer.locked():
            raise self._still_away()
        async with self._one_writer:
            if self.away and not was_away:
                raise self._still_away()
            yield

    def _still_away(self) -> OperationalError:
        return OperationalError(None, None, self._fault or LookupError("no fault"))

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
        return await on_the_spot.connect(str(self.url.database))

    def _begin(self, connection: Any) -> None:
        if not connection.get_execution_options().get("writes"):
            connection.exec_driver_sql("BEGIN")
            return
        if connection.info.get("lasting", True) is not self._lasting:
            connection.exec_driver_sql(f"PRAGMA synchronous={'FULL' if self._lasting else 'NORMAL'}")
            connection.info["lasting"] = self._lasting
        connection.exec_driver_sql(on_the_spot.BEGIN_WRITING)

    async def close(self) -> None:
        if self._writer is not None:
            await self._writer.close()
            self._writer = None
        await self._engine.dispose()


def _set_up_connection(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves, see _begin
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(pragma)
    cursor.close()
