"""The real process, `python -m bot run`, on real time, against the emulator served over HTTP by the test's own loop.

Nothing here knows the inside of the bot: it is started with BOT_* variables, told to end by signals, and judged by its
exit code, by what it wrote to standard error, by what the phones show and by its database file afterwards.
"""

import asyncio
import os
import signal
import sqlite3
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from aiohttp import web

from bot.clock import SystemClock
from bot.demo.clock import TurnableClock
from bot.demo.emulator import Telegram
from bot.demo.emulator.server import make_app

ROOT: Final = Path(__file__).resolve().parents[2]
TOKEN: Final = "1234:a-token-that-must-stay-out-of-logs"
STARTS_WITHIN: Final = 60.0
"""Seconds; a start takes two, but the machine may have other work."""


@dataclass(frozen=True, slots=True)
class ServedTelegram:
    """The emulator with its HTTP address. Its clock keeps real pace and can be moved forward."""

    telegram: Telegram
    clock: TurnableClock
    address: str


@asynccontextmanager
async def served_telegram(starts_at: datetime | None = None) -> AsyncIterator[ServedTelegram]:
    """Telegram on a free port of 127.0.0.1, limits on, nobody there yet; at `starts_at`, otherwise now."""
    clock = TurnableClock(starts_at or SystemClock().now())
    telegram = Telegram(clock, token=TOKEN)
    # A call whose caller was killed ends with it, as at Telegram: a dead process takes no updates.
    runner = web.AppRunner(make_app(telegram), access_log=None, shutdown_timeout=1.0, handler_cancellation=True)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    port = runner.addresses[0][1]
    try:
        yield ServedTelegram(telegram, clock, f"http://127.0.0.1:{port}")
    finally:
        await runner.cleanup()


class BotProcess:
    """One place where the bot is run: the same settings and database for every life of the process."""

    def __init__(self, served: ServedTelegram, home: Path, *, name: str = "bot", **settings: str) -> None:
        self.database = home / "bot.db"
        self._telegram = served.telegram
        self._errors = home / f"{name}.stderr"
        self._output = home / f"{name}.stdout"
        self._environment = {
            "PATH": os.environ.get("PATH", ""),
            "BOT_TOKEN": TOKEN,
            "BOT_API_URL": served.address,
            "BOT_DATABASE_URL": f"sqlite+aiosqlite:///{self.database}",
            **settings,
        }
        self._process: asyncio.subprocess.Process | None = None

    @property
    def stderr(self) -> str:
        """What all lives of this process wrote."""
        return self._errors.read_text("utf-8") if self._errors.exists() else ""

    @property
    def pages(self) -> str:
        """Where /health and /metrics are, if BOT_HTTP_BIND was among the settings."""
        return f"http://{self._environment['BOT_HTTP_BIND']}"

    @property
    def stdout(self) -> str:
        """Likewise; a bot that runs has nothing to say there."""
        return self._output.read_text("utf-8") if self._output.exists() else ""

    @property
    def pid(self) -> int:
        assert self._process is not None, "never started"
        return self._process.pid

    @property
    def runs(self) -> bool:
        return self._process is not None and self._process.returncode is None

    async def spawn(self) -> None:
        """Start it and return at once."""
        with self._errors.open("a") as errors, self._output.open("a") as output:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "bot",
                "run",
                cwd=ROOT,
                env=self._environment,
                stdout=output,
                stderr=errors,
            )

    async def start(self) -> None:
        """Start it and wait until it polls."""
        before = self._telegram.ledger.counts["getUpdates"]
        await self.spawn()
        await until(lambda: self._telegram.ledger.counts["getUpdates"] > before, STARTS_WITHIN, "the bot polls")

    async def kill(self) -> None:
        """SIGKILL: it has no chance to tidy up."""
        await self.send_signal(signal.SIGKILL)
        await self.ended(10)

    async def stop(self, within: float = 10.0) -> int:
        """SIGTERM, as a deploy sends it; the exit code."""
        await self.send_signal(signal.SIGTERM)
        return await self.ended(within)

    async def ended(self, within: float) -> int:
        """The exit code; raises TimeoutError where it still runs after that many seconds."""
        assert self._process is not None, "never started"
        async with asyncio.timeout(within):
            return await self._process.wait()

    async def close(self) -> None:
        """Whatever the test left: nothing runs afterwards."""
        if self.runs:
            await self.kill()

    async def send_signal(self, number: signal.Signals) -> None:
        assert self._process is not None, "never started"
        with suppress(ProcessLookupError):
            self._process.send_signal(number)

    def rows(self, query: str, *values: Any) -> Sequence[Any]:
        """What a query finds in the database file."""
        with closing(sqlite3.connect(self.database)) as connection:
            return connection.execute(query, values).fetchall()

    def check_database(self) -> None:
        """SQLite's own word that the file is whole and that every reference leads somewhere."""
        assert self.rows("PRAGMA integrity_check") == [("ok",)]
        assert self.rows("PRAGMA foreign_key_check") == []


async def until(holds: Callable[[], bool], within: float, what: str) -> None:
    """Wait until it holds; raises AssertionError naming `what` after that many seconds."""
    loop = asyncio.get_running_loop()
    deadline = loop.time() + within
    while not holds():
        assert loop.time() < deadline, f"not within {within:.0f} s: {what}"
        await asyncio.sleep(0.01)


async def run_command(*arguments: str, given: bytes = b"", **environment: str) -> tuple[int, str, str]:
    """`python -m bot <arguments>` with nothing but these BOT_* variables, and what is `given` on standard input: exit
    code, standard output and error."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        *arguments,
        cwd=ROOT,
        env={"PATH": os.environ.get("PATH", ""), **environment},
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    async with asyncio.timeout(STARTS_WITHIN):
        out, errors = await process.communicate(given)
    assert process.returncode is not None
    return process.returncode, out.decode(), errors.decode()
