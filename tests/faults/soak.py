"""A day of load in fast time, in a process of its own: `python -m tests.faults.soak <database> <updates> <seed>`.

The whole bot runs on a clock that is turned 24 hours while so many updates come in; Telegram is one that keeps nothing.
At equal distances the process's own memory is read. The last line it prints is the result as JSON.
"""

import asyncio
import gc
import json
import logging
import os
import random
import sys
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from sqlalchemy import func, select

from bot.app import App, put_together
from bot.clock import SystemClock
from bot.demo.clock import TownClock
from bot.people import arrivals, store
from bot.roles import Grant, Role
from bot.settings import Settings
from bot.storage.database import Database
from bot.storage.tables import handled, metadata, outbox
from bot.words import Language
from tests.faults.endless import EndlessRequest

START: Final = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
A_DAY: Final = timedelta(hours=24)
TOKEN: Final = "1234:soak"
STAFF: Final = {11: Role.LEAD, 12: Role.MENTOR, 13: Role.MENTOR, 14: Role.LEAD}
LOOKS: Final = 48
WARM_AFTER: Final = 0.2
"""The share of the day in which caches fill."""

MEGABYTE: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Look:
    """Memory at one moment, in megabytes (millions of bytes); hours since the start, on the turned clock."""

    hours: float
    resident: float


@dataclass(frozen=True, slots=True)
class Result:
    """What came of the day. Sizes in megabytes, growth in megabytes per hour of the turned clock after the warm-up."""

    seed: int
    updates: int
    messages: int
    visitors: int
    real_seconds: float
    peak: float
    after_warm_up: float
    at_the_end: float
    growth: float
    database: float
    log: float
    rows: dict[str, int]
    left_after_three_weeks: dict[str, int]


async def soak(database: Path, updates: int, seed: int) -> Result:
    """Live through the day over a migrated database; raises where the bot does."""
    settings = Settings(token=TOKEN, api_url="http://telegram.invalid", database_url=f"sqlite+aiosqlite:///{database}")
    clock, real = TownClock(START), SystemClock()
    telegram = EndlessRequest(random.Random(seed), updates, tuple(STAFF))
    app = put_together(settings, TOKEN, clock, request=lambda: telegram)
    await app.begin()
    await _take_on_staff(app.database, clock)
    began, looks = real.monotonic(), [_look(clock)]
    while telegram.to_come:
        await app.polling.once()
        await _rest(app)
        clock.move_to(START + A_DAY * (telegram.given / updates))
        if telegram.given * LOOKS >= updates * len(looks):
            looks.append(_look(clock))
            print(f"{telegram.given} updates, {looks[-1].hours:.2f} h, {looks[-1].resident:.1f} MB", flush=True)
    took, rows = real.monotonic() - began, await _rows(app.database)
    size, log = (_size(Path(f"{database}{end}")) for end in ("", "-wal"))
    clock.advance(timedelta(days=21))
    await _rest(app)
    left = await _rows(app.database, handled.name, outbox.name)
    await app.end()
    warm = [look for look in looks if look.hours >= WARM_AFTER * A_DAY / timedelta(hours=1)]
    return Result(
        seed, updates, telegram.answered, telegram.visitors, round(took, 1),
        _peak(),
        warm[0].resident, warm[-1].resident, round(_slope(warm), 3), size, log, rows, left,
    )  # fmt: skip


async def _rest(app: App) -> None:
    """What the process does beside polling: acknowledge, look what is due, send."""
    await app.tasks.settled()
    await app.schedule.ring()
    await app.gate.drain()


async def _take_on_staff(database: Database, clock: TownClock) -> None:
    async with database.write() as db:
        for number, role in STAFF.items():
            somebody = (await arrivals.known(db, number, "lv", frozenset(), clock.now())).person
            await store.set_language(db, somebody.id, Language.LV)
            await store.set_name(db, somebody.id, f"Staff {number}")
            await store.grant(db, somebody.id, Grant(role, "LV-067"), clock.now())


def _look(clock: TownClock) -> Look:
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    hours = (clock.now() - START) / timedelta(hours=1)
    return Look(round(hours, 3), round(pages * os.sysconf("SC_PAGE_SIZE") / MEGABYTE, 2))


def _peak() -> float:
    """Of this program's own memory; the system's account for waiting parents counts what was there before it began."""
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    kilobytes = int(next(line for line in lines if line.startswith("VmHWM")).split()[1])
    return round(kilobytes * 1024 / MEGABYTE, 1)


def _slope(looks: list[Look]) -> float:
    """Megabytes per hour: the straight line that lies nearest to the looks."""
    hours = sum(look.hours for look in looks) / len(looks)
    resident = sum(look.resident for look in looks) / len(looks)
    across = sum((look.hours - hours) ** 2 for look in looks)
    return sum((look.hours - hours) * (look.resident - resident) for look in looks) / across


async def _rows(database: Database, *names: str) -> dict[str, int]:
    """How many rows each table holds, of all or of those named."""
    async with database.read() as db:
        return {
            table.name: await db.scalar(select(func.count()).select_from(table)) or 0
            for table in metadata.sorted_tables
            if table.name in (names or metadata.tables)
        }


def _size(file: Path) -> float:
    return round(file.stat().st_size / MEGABYTE, 1) if file.exists() else 0.0


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    print(json.dumps(asdict(asyncio.run(soak(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))))))
