"""From the start of the process to its first getUpdates, and memory at rest, beside importing the library alone."""

import asyncio
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

from aiohttp import web

from bot.clock import SystemClock
from bot.demo.emulator.server import make_app
from bot.demo.emulator.telegram import Telegram
from bot.storage.migrating import migrate
from tests.bench.figures import RUNS, Figure

TOKEN = "1234:bench"
AT_REST_AFTER = 2.0


async def measure() -> list[Figure]:
    found = [await _start() for _ in range(RUNS)]
    library = [await _import_library() for _ in range(RUNS)]
    return [
        Figure(
            "start to first getUpdates, database migrated",
            statistics.median(ms for ms, _ in found),
            "ms",
            statistics.median(library),
            "importing python-telegram-bot and nothing else",
        ),
        Figure("memory at rest", statistics.median(mb for _, mb in found), "MB"),
    ]


async def _start() -> tuple[float, float]:
    telegram = Telegram(SystemClock(), token=TOKEN, bot_username="bench_bot", bot_name="Bench")
    runner = web.AppRunner(make_app(telegram))
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bot.db"
        migrate(path)
        settings = {
            "BOT_TOKEN": TOKEN,
            "BOT_API_URL": f"http://127.0.0.1:{port}",
            "BOT_DATABASE_URL": f"sqlite+aiosqlite:///{path}",
        }
        began = time.perf_counter()
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", env={**os.environ, **settings}, stderr=asyncio.subprocess.DEVNULL
        )
        while not any(method == "getUpdates" for method, _ in telegram.calls):
            await asyncio.sleep(0.002)
        took = (time.perf_counter() - began) * 1000
        await asyncio.sleep(AT_REST_AFTER)
        memory = _memory(process.pid)
        process.terminate()
        await process.wait()
    await runner.cleanup()
    return took, memory


def _memory(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text("utf-8").splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) / 1024


async def _import_library() -> float:
    began = time.perf_counter()
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", "import telegram.ext")
    await process.wait()
    return (time.perf_counter() - began) * 1000
