"""The bell over many planned check-ins: a ring that finds nothing, and one that claims and queues a hundred."""

import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from apscheduler.schedulers.background import BackgroundScheduler
from sqlalchemy import delete, insert, update

from bot.checkins import due
from bot.delivery import outbox
from bot.storage.database import Database
from bot.storage.migrating import migrate
from bot.storage.tables import cases, checkins, grants, people
from bot.storage.tables import outbox as waiting
from bot.turn import Tick
from tests.bench.figures import Figure, median_ms, median_ms_of

NOW = datetime(2026, 3, 4, 10, tzinfo=UTC)
PLANNED = (1_000, 100_000)
AT_ONCE = 100
JOBS = 10_000


async def measure() -> list[Figure]:
    figures = []
    for planned in PLANNED:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "bot.db"
            migrate(path)
            database = Database(f"sqlite+aiosqlite:///{path}")
            await _plan(database, planned)
            figures += await _rings(database, planned)
            await database.close()
    figures.append(Figure(f"APScheduler in memory: adding {JOBS:,} jobs, at every start", median_ms(_jobs), "ms", None))
    return figures


async def _plan(database: Database, planned: int) -> None:
    """One mentor, ten cases, so many check-ins that are all still to come."""
    async with database.write() as db:
        everybody = [
            {
                "id": one,
                "telegram_id": one,
                "language": "lv",
                "language_chosen": True,
                "code_name": f"Osta-{one}",
                "created_at": NOW,
            }
            for one in range(1, 12)
        ]
        await db.execute(insert(people), everybody)
        await db.execute(insert(grants).values(person_id=11, role="mentor", municipality="LV-067", granted_at=NOW))
        running = {
            "mentor_id": 11,
            "municipality": "LV-067",
            "stage": "programme",
            "stage_at": NOW,
            "screening_outcome": "likely",
            "age_band": "18_28",
            "opened_at": NOW,
        }
        await db.execute(insert(cases), [{"id": one, "youth_id": one, **running} for one in range(1, 11)])
        later = NOW + timedelta(days=30)
        rows = [
            {
                "case_id": one % 10 + 1,
                "number": one,
                "planned_on": date(2026, 4, 3),
                "due_at": later,
                "state": "planned",
                "next_at": later,
            }
            for one in range(planned)
        ]
        for start in range(0, planned, 5_000):
            await db.execute(insert(checkins), rows[start : start + 5_000])


async def _rings(database: Database, planned: int) -> list[Figure]:
    async def ring() -> None:
        async with database.write() as db:
            tick = Tick(NOW, db, ZoneInfo("Europe/Riga"))
            await due.due(tick)
            await outbox.add(db, tick.said, NOW)

    async def hundred_due() -> None:
        async with database.write() as db:
            await db.execute(delete(waiting))
            await db.execute(
                update(checkins).where(checkins.c.id <= AT_ONCE).values(state="planned", due_at=NOW, next_at=NOW)
            )
            tick = Tick(NOW, db, ZoneInfo("Europe/Riga"))
            await due.due(tick)
            await outbox.add(db, tick.said, NOW)

    return [
        Figure(f"a ring that finds nothing among {planned:,} check-ins", await median_ms_of(ring), "ms"),
        Figure(f"{AT_ONCE} due among {planned:,}: claimed and queued", await median_ms_of(hundred_due), "ms"),
    ]


def _jobs() -> None:
    scheduler = BackgroundScheduler(timezone="Europe/Riga")
    scheduler.start(paused=True)
    for _ in range(JOBS):
        scheduler.add_job(print, "date", run_date=NOW + timedelta(days=3650))
    scheduler.shutdown(wait=False)
