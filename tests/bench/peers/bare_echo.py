"""An echo of presses on aiohttp alone, with four ways to keep each press on the disk: what durability costs at least.

`nothing`; `sqlalchemy`: a transaction of SQLAlchemy Core each; `sqlite`: one of plain sqlite3 each; `grouped`: one of
plain sqlite3 for all that were fetched together. WAL and synchronous=FULL everywhere.
"""

import asyncio
import os
import sqlite3
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import aiohttp
from sqlalchemy import event, text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

API = f"{os.environ.get('BOT_API_URL')}/bot{os.environ.get('BOT_TOKEN')}"
AT_ONCE = 80
TABLES = (
    "CREATE TABLE handled (id INTEGER PRIMARY KEY)",
    "CREATE TABLE answers (person INTEGER PRIMARY KEY, data TEXT)",
)
MARK = "INSERT INTO handled VALUES (?)"
ANSWER = "INSERT INTO answers VALUES (?, ?) ON CONFLICT (person) DO UPDATE SET data = excluded.data"


class Plain:
    """sqlite3 in this thread."""

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(path, isolation_level=None)
        for line in ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", *TABLES):
            self._db.execute(line)

    async def keep(self, presses: Sequence[Any]) -> None:
        self._db.execute("BEGIN IMMEDIATE")
        for one in presses:
            query = one["callback_query"]
            self._db.execute(MARK, (one["update_id"],))
            self._db.execute(ANSWER, (query["from"]["id"], query["data"]))
        self._db.execute("COMMIT")


class Core:
    """SQLAlchemy Core over aiosqlite, a transaction for each call."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._one_writer = asyncio.Lock()

    @classmethod
    async def on(cls, path: Path) -> "Core":
        engine = create_async_engine(f"sqlite+aiosqlite:///{path}")

        @event.listens_for(engine.sync_engine, "connect")
        def full(connection: Any, _: Any) -> None:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=FULL")

        async with engine.begin() as db:
            for table in TABLES:
                await db.execute(text(table))
        return cls(engine)

    async def keep(self, presses: Sequence[Any]) -> None:
        async with self._one_writer, self._engine.begin() as db:
            for one in presses:
                query = one["callback_query"]
                await db.execute(text("INSERT INTO handled VALUES (:id)"), {"id": one["update_id"]})
                await db.execute(
                    text(ANSWER.replace("(?, ?)", "(:person, :data)")),
                    {"person": query["from"]["id"], "data": query["data"]},
                )


async def call(session: aiohttp.ClientSession, method: str, **data: Any) -> Any:
    async with session.post(f"{API}/{method}", data=data) as answer:
        return (await answer.json())["result"]


async def main(how: str) -> None:
    path = Path.home() / "echo.db"
    disk = {"sqlalchemy": Core.on}.get(how)
    store: Plain | Core | None = await disk(path) if disk else None if how == "nothing" else Plain(path)
    connector = aiohttp.TCPConnector(limit=AT_ONCE)
    offset = 0
    async with aiohttp.ClientSession(connector=connector) as session, aiohttp.ClientSession() as polls:

        async def answer(one: Any) -> None:
            query = one["callback_query"]
            await call(session, "answerCallbackQuery", callback_query_id=query["id"])
            if store is not None and how != "grouped":
                await store.keep([one])
            message = query["message"]
            await call(
                session,
                "editMessageText",
                chat_id=message["chat"]["id"],
                message_id=message["message_id"],
                text=f"You pressed {query['data']}",
            )

        while True:
            found = await call(polls, "getUpdates", offset=offset, timeout=25)
            if store is not None and how == "grouped" and found:
                await store.keep(found)
            await asyncio.gather(*(answer(one) for one in found))
            offset = found[-1]["update_id"] + 1 if found else offset


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
