"""aiosqlite with one trip to its thread for each statement.

The driver makes a trip to open a cursor, one to execute, one to fetch and one to close; SQLAlchemy asks for all four of
every statement. The trips cost more than the statements. This cursor does the four things in one.
"""

import sqlite3
from collections.abc import Sequence
from typing import Any, Self

import aiosqlite


class OneHopCursor:
    """What SQLAlchemy's adapter asks of a cursor; rows are fetched with the execution."""

    arraysize = 1

    def __init__(self, connection: "OneHopConnection") -> None:
        self._connection = connection
        self._rows: list[Any] = []
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None

    async def __aenter__(self) -> Self:
        return self

    async def execute(self, statement: str, parameters: Sequence[Any] = ()) -> Self:
        await self._connection.hop(self._run, sqlite3.Cursor.execute, statement, parameters)
        return self

    async def executemany(self, statement: str, parameters: Sequence[Any]) -> Self:
        await self._connection.hop(self._run, sqlite3.Cursor.executemany, statement, parameters)
        return self

    async def fetchall(self) -> list[Any]:
        return self._rows

    async def close(self) -> None:
        self._rows = []

    def _run(self, execute: Any, statement: str, parameters: Sequence[Any]) -> None:
        """In the driver's thread."""
        cursor = self._connection.raw_cursor()
        try:
            execute(cursor, statement, parameters)
            self.description = cursor.description
            self.rowcount = cursor.rowcount
            self.lastrowid = cursor.lastrowid
            self._rows = cursor.fetchall() if cursor.description else []
        finally:
            cursor.close()


class OneHopConnection(aiosqlite.Connection):
    """The driver's connection with that cursor."""

    def cursor(self, *_: Any, **__: Any) -> Any:
        return OneHopCursor(self)

    async def hop(self, work: Any, *arguments: Any) -> None:
        """Run `work` in the driver's thread."""
        await self._execute(work, *arguments)  # type: ignore[no-untyped-call]  # the driver has no annotations

    def raw_cursor(self) -> sqlite3.Cursor:
        return self._conn.cursor()


async def connect(path: str) -> aiosqlite.Connection:
    """Open the file; SQLAlchemy's `async_creator`."""
    connection = OneHopConnection(lambda: sqlite3.connect(path), iter_chunk_size=64)
    connection._thread.daemon = True  # a thread that waits for work must not keep the process from ending
    return await connection
