"""aiosqlite that leaves the loop only for what may have to wait.

A statement about one person takes some microseconds, a trip to the driver's thread and back some hundred. So statements
run on the spot, and the thread gets what waits for another process (the lock) or for the disk (the sync), and work on
many rows at once.
"""

import sqlite3
from collections.abc import Callable, Sequence
from typing import Any, Final, Self

import aiosqlite

BUSY_MS: Final = 5_000
"""How long a statement waits for another process's lock before it gives up."""

BEGIN_WRITING: Final = "BEGIN IMMEDIATE"
"""Takes the write lock at once: who reads first and writes later could fail in the middle with 'locked'."""


class Cursor:
    """What SQLAlchemy's adapter asks of a cursor; rows are fetched with the execution."""

    arraysize = 1

    def __init__(self, connection: "Connection") -> None:
        self._connection = connection
        self._rows: list[Any] = []
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None

    async def __aenter__(self) -> Self:
        return self

    async def execute(self, statement: str, parameters: Sequence[Any] = ()) -> Self:
        try:
            self._run(sqlite3.Cursor.execute, statement, parameters)
        except sqlite3.OperationalError as broken:
            if broken.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise
            await self._connection.in_thread(self._run_patiently, statement, parameters)
        if statement == BEGIN_WRITING:
            self._connection.began_writing()
        return self

    async def executemany(self, statement: str, parameters: Sequence[Any]) -> Self:
        await self._connection.in_thread(self._run, sqlite3.Cursor.executemany, statement, parameters)
        return self

    async def fetchall(self) -> list[Any]:
        return self._rows

    async def close(self) -> None:
        self._rows = []

    def _run(self, execute: Any, statement: str, parameters: Sequence[Any]) -> None:
        cursor = self._connection.raw_cursor()
        try:
            execute(cursor, statement, parameters)
            self.description = cursor.description
            self.rowcount = cursor.rowcount
            self.lastrowid = cursor.lastrowid
            self._rows = cursor.fetchall() if cursor.description else []
        finally:
            cursor.close()

    def _run_patiently(self, statement: str, parameters: Sequence[Any]) -> None:
        """Another process holds the file; waiting for it is the thread's work, not the loop's."""
        try:
            self._run(sqlite3.Cursor.execute, f"PRAGMA busy_timeout={BUSY_MS}", ())
            self._run(sqlite3.Cursor.execute, statement, parameters)
        finally:
            self._connection.wait_for_nobody()


class Connection(aiosqlite.Connection):
    """The driver's connection with that cursor. One statement runs at a time: SQLAlchemy's adapter sees to it."""

    _changes_before: int | None = None
    """How many rows had been changed when its transaction began to write; none while it does not write."""

    alone = False
    """Whether the file is nobody else's and its loop has nothing else to do."""

    def cursor(self, *_: Any, **__: Any) -> Any:
        return Cursor(self)

    def began_writing(self) -> None:
        self._changes_before = self._conn.total_changes

    async def commit(self) -> None:
        await self._end(sqlite3.Connection.commit)

    async def rollback(self) -> None:
        await self._end(sqlite3.Connection.rollback)

    async def _end(self, end: Callable[[sqlite3.Connection], None]) -> None:
        """Where nothing was changed nothing goes to the disk, and there is nothing to wait for."""
        if self._changes_before not in (None, self._conn.total_changes):
            await self.in_thread(lambda: end(self._conn))
        elif self._conn.in_transaction:
            end(self._conn)
        self._changes_before = None

    async def in_thread(self, work: Any, *arguments: Any) -> None:
        """Run `work` in the driver's thread, or here where nobody waits for anything else."""
        if self.alone:
            work(*arguments)
        else:
            await self._execute(work, *arguments)  # type: ignore[no-untyped-call]  # the driver has no annotations

    def raw_cursor(self) -> sqlite3.Cursor:
        return self._conn.cursor()

    def wait_for_nobody(self) -> None:
        """From now on a lock of another process is an error at once; see `Cursor.execute`."""
        self._conn.execute("PRAGMA busy_timeout=0").close()


async def connect(path: str, *, alone: bool = False) -> aiosqlite.Connection:
    """Open the file; SQLAlchemy's `async_creator`. `alone`: no trip to the thread is ever worth it."""
    connection = Connection(lambda: sqlite3.connect(path, timeout=0, check_same_thread=False), iter_chunk_size=64)
    connection.alone = alone
    connection._thread.daemon = True  # a thread that waits for work must not keep the process from ending
    return await connection
