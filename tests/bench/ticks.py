"""P4: what many planned check-ins cost: at the start, at a ring that finds nothing, and when many fall due at once.

A ring here is the whole ring of the bot, every capability's due work in one transaction, on a clock that stands still.
"""

import asyncio
import sqlite3
import statistics
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Final

from bot.app import App, put_together
from bot.calendar import Window
from bot.checkins import planning, store_plan
from bot.checkins.replanning import Planned
from bot.demo.clock import TownClock
from bot.programme.rules import ProgrammeBegan
from bot.settings import Settings
from bot.turn import Tick
from tests.bench import calendar_rows, start
from tests.bench.calendar_rows import NOW
from tests.bench.contenders import Contender
from tests.bench.figures import Effort, Peer, Row, at_least, at_most, median, median_ms, median_ms_of
from tests.bench.processes import folder, printed
from tests.bench.telegram_stub import TOKEN

PLANNED: Final = 100_000
MANY: Final = 1_000_000
TOGETHER: Final = 1_000
JOBS: Final = (10_000, 100_000)
IN_MEMORY: Final = "APScheduler, memory store"
IN_TABLE: Final = "APScheduler, SQLAlchemy store"
PLAIN: Final = "plain sqlite3"
EMPTY_START: Final = "the same with none planned"
_EXTRA_MS: Final = 1.25
"""A start counts as independent of the number when it takes at most so many times as long."""


async def measure(effort: Effort) -> list[Row]:
    async with folder() as home:
        path, larger = home / "planned.db", home / "many.db"
        calendar_rows.planned(path, PLANNED)
        calendar_rows.planned(larger, MANY)
        return [
            *await _starts(effort, path, home),
            *await _beside_jobs(effort, larger, await _looked(effort)),
            *await _claims(effort, path),
            await _one_more(effort, path, home),
        ]


async def _starts(effort: Effort, path: Path, home: Path) -> list[Row]:
    none = home / "none.db"
    calendar_rows.planned(none, 0)
    full = [await start.start(_bot_on(path)) for _ in range(effort.runs)]
    empty = [await start.start(_bot_on(none)) for _ in range(effort.runs)]
    ms, mb = [Peer(EMPTY_START, median(one.ms for one in empty))], [Peer(EMPTY_START, _mb(empty))]
    if effort.beside:
        jobs = await printed(("tests.bench.peers.ap_scheduler", "memory", str(PLANNED)), home)
        ms.append(Peer(f"{IN_MEMORY} at every start", jobs["ms"]))
        mb.append(Peer(f"{IN_MEMORY} on top", jobs["mb"]))
    goal = at_most(_EXTRA_MS, EMPTY_START)
    what = f"start with {PLANNED:,} planned check-ins"
    return [
        Row("P4", what, "ms", median(one.ms for one in full), tuple(ms), (goal,), effort.runs),
        Row("P4", f"{what}: memory", "MB", _mb(full), tuple(mb), (goal,), effort.runs),
    ]


def _bot_on(path: Path) -> Contender:
    """On the day from which the check-ins are still to come."""
    settings = {"BOT_DATABASE_URL": f"sqlite+aiosqlite:///{path}", "BENCH_CLOCK": "day"}
    return Contender("ours", ("tests.bench.our_bot",), settings=settings)


def _mb(runs: list[start.Started]) -> float | None:
    return median(one.memory_mb for one in runs)


@asynccontextmanager
async def _bot(path: Path) -> AsyncIterator[App]:
    """The bot on that database in this process, without Telegram."""
    settings = Settings(database_url=f"sqlite+aiosqlite:///{path}")
    app = put_together(settings, TOKEN, TownClock(NOW))
    try:
        yield app
    finally:
        await app.database.close()


async def _looked(effort: Effort) -> dict[str, dict[str, float]]:
    """What each store of APScheduler does with as many jobs, by its name and their number."""
    if not effort.beside:
        return {}
    found = {}
    for kind, name in (("memory", IN_MEMORY), ("table", IN_TABLE)):
        for jobs in JOBS:
            async with folder() as home:
                found[f"{name}, {jobs:,} jobs"] = await printed(
                    ("tests.bench.peers.ap_scheduler", "look", kind, str(jobs)), home
                )
    return found


async def _beside_jobs(effort: Effort, path: Path, looked: dict[str, dict[str, float]]) -> list[Row]:
    """A ring that finds nothing, a hundred due, and a new programme, among a million; beside one job for each."""

    def beside(what: str) -> tuple[Peer, ...]:
        return tuple(Peer(name, figures[what]) for name, figures in looked.items())

    empty = await _empty_ring(effort, path, beside("empty_ms"))
    async with _bot(path) as app:
        await _ring_with(app, path, 100)  # the first compiles its statements
        hundred = [await _ring_with(app, path, 100) for _ in range(effort.runs)]
    among = f"100 due among {MANY:,}: claimed and queued"
    due = Row("P4", among, "ms", statistics.median(hundred), beside("due_ms"), (at_most(50),), effort.runs)
    return [empty, due, await _programme(effort, path, beside("programme_ms"))]


async def _programme(effort: Effort, path: Path, beside: tuple[Peer, ...]) -> Row:
    """From the joining to the rows on the disk: days, holidays, windows and all."""
    joined = iter(range(calendar_rows.CASES + 1, calendar_rows.CASES + calendar_rows.UNPLANNED + 1))

    async with _bot(path) as app:

        async def plan() -> None:
            async with app.database.write() as db:
                tick = Tick(NOW, db, app.settings.zone)
                await planning.plan(tick, ProgrammeBegan(next(joined)))

        runs = min(20 * effort.runs, calendar_rows.UNPLANNED - 1)
        ours = await median_ms_of(plan, runs)
    what = f"a programme of nine months planned beside {MANY:,}, on the disk"
    return Row("P4", what, "ms", ours, beside, (at_most(20),), runs)


async def _empty_ring(effort: Effort, path: Path, beside: tuple[Peer, ...]) -> Row:
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA journal_mode=WAL")
        look = "SELECT id FROM checkins WHERE next_at <= ? ORDER BY next_at LIMIT 100"
        plain = median_ms(lambda: db.execute(look, (calendar_rows.micros(NOW),)).fetchall(), 100)
    async with _bot(path) as app:
        ours = await median_ms_of(app.schedule.ring, 20 * effort.runs)
    what = f"a ring that finds nothing among {MANY:,} check-ins"
    return Row("P4", what, "ms", ours, (Peer(f"{PLAIN}, one query", plain), *beside), (at_most(1),), 20 * effort.runs)


async def _claims(effort: Effort, path: Path) -> list[Row]:
    async with _bot(path) as app:
        await _ring_with(app, path, 100)  # the first compiles its statements
        hundred = [await _ring_with(app, path, 100) for _ in range(effort.runs)]
        thousand = [await _ring_with(app, path, TOGETHER) for _ in range(effort.runs)]
        queued, missed = calendar_rows.asked(path)
    calendar_rows.fall_due(path, 100)
    plain = Peer(f"{PLAIN}, claimed only", _plain_claim(path))
    beside: list[Peer] = []
    dropped: list[Peer] = []
    if effort.beside:
        async with folder() as home:
            jobs = await printed(("tests.bench.peers.ap_scheduler", "table", str(TOGETHER)), home)
        beside, dropped = [Peer(IN_TABLE, jobs["s"])], [Peer(IN_TABLE, jobs["ran"])]
    among = f"due among {PLANNED:,}"
    return [
        Row(
            "P4",
            f"100 {among}: claimed and queued",
            "ms",
            statistics.median(hundred),
            (plain,),
            (at_most(50),),
            effort.runs,
        ),
        Row(
            "P4",
            f"{TOGETHER:,} {among}: all queued",
            "s",
            statistics.median(thousand) / 1000,
            tuple(beside),
            (at_most(2),),
            effort.runs,
        ),
        Row(
            "P4",
            f"of {TOGETHER:,} due at once, not dropped",
            "asked",
            queued - missed,
            tuple(dropped),
            (at_least(TOGETHER),),
            1,
        ),
    ]


async def _ring_with(app: App, path: Path, due: int) -> float:
    """Milliseconds of the ring at which so many are due."""
    await asyncio.to_thread(calendar_rows.fall_due, path, due)
    began = time.perf_counter()
    await app.schedule.ring()
    took = (time.perf_counter() - began) * 1000
    assert calendar_rows.asked(path)[0] == due
    return took


def _plain_claim(path: Path) -> float:
    """Milliseconds of an update that claims a hundred due rows, undone afterwards."""
    claim = """
        UPDATE checkins SET state = 'asked', next_at = NULL
        WHERE id IN (SELECT id FROM checkins WHERE next_at <= ? ORDER BY next_at LIMIT 100) RETURNING id
    """
    with closing(sqlite3.connect(path, isolation_level=None)) as db:

        def once() -> None:
            db.execute("BEGIN IMMEDIATE")
            assert len(db.execute(claim, (calendar_rows.micros(NOW),)).fetchall()) == 100
            db.execute("ROLLBACK")

        return median_ms(once, 20)


async def _one_more(effort: Effort, path: Path, home: Path) -> Row:
    numbers = iter(range(MANY, 2 * MANY))

    async with _bot(path) as app:

        async def plan() -> None:
            later = calendar_rows.LATER
            planned = Planned(NOW.date(), later, Window(later, later))
            async with app.database.write() as db:
                await store_plan.add(db, 1, [(next(numbers), planned)])

        ours = await median_ms_of(plan, 20 * effort.runs)
    peers: tuple[Peer, ...] = ()
    if effort.beside:
        jobs = await printed(("tests.bench.peers.ap_scheduler", "table", "1"), home)
        peers = (Peer(IN_TABLE, jobs["ms"]),)
    what = f"one more planned beside {PLANNED:,}, on the disk"
    return Row("P4", what, "ms", ours, peers, (at_most(1, IN_TABLE),) if peers else (), 20 * effort.runs)
