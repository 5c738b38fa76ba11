"""A database with so many planned check-ins, and what the bench does to them between two runs."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from bot.calendar import add_months
from bot.storage.tables import cases, grants, people
from tests.bench import town
from tests.bench.our_bot import DAY

NOW: Final = DAY
LATER: Final = NOW + timedelta(days=30)
CASES: Final = 1_000
"""Young people in a programme; ten to a mentor."""

UNPLANNED: Final = 200
"""Further cases, numbered on, which have just joined for nine months and have no check-ins yet."""

_MENTORS: Final = 100
_PLAN: Final = """
INSERT INTO checkins (case_id, number, planned_on, due_at, state, next_at, late)
WITH RECURSIVE one(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM one WHERE n + 1 < :planned)
SELECT n % :cases + 1, n / :cases + 1, :day, :later, 'planned', :later, 0 FROM one
"""


def planned(path: Path, count: int) -> None:
    """A new database in which so many check-ins are all still to come."""
    with town.filled(path) as db:
        everybody = range(1, CASES + _MENTORS + 1)
        town.put(db, people, (town.person(number) for number in everybody))
        town.put(db, grants, _mentors())
        town.put(db, cases, (_case(number) for number in range(1, CASES + 1)))
        town.put(db, cases, (_joined(number) for number in range(CASES + 1, CASES + UNPLANNED + 1)))
    with closing(sqlite3.connect(path)) as db, db:
        day = date(2026, 4, 3).isoformat()
        db.execute(_PLAN, {"planned": count, "cases": CASES, "day": day, "later": micros(LATER)})


def fall_due(path: Path, count: int) -> None:
    """The first check-in of so many cases is due at NOW, all others are to come, and nothing waits to be said."""
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("DELETE FROM outbox")
        db.execute(
            "UPDATE checkins SET state = 'planned', due_at = :at, next_at = :at WHERE number = 1",
            {"at": micros(LATER)},
        )
        db.execute(
            "UPDATE checkins SET due_at = :at, next_at = :at WHERE number = 1 AND case_id <= :count",
            {"at": micros(NOW), "count": count},
        )


def asked(path: Path) -> tuple[int, int]:
    """How many mentors' questions wait to go out, and how many check-ins count as missed."""
    with closing(sqlite3.connect(path)) as db:
        ((queued,),) = db.execute("SELECT count(*) FROM outbox WHERE key LIKE 'checkins.%'").fetchall()
        ((missed,),) = db.execute("SELECT count(*) FROM checkins WHERE state = 'missed'").fetchall()
    return queued, missed


def micros(moment: datetime) -> int:
    """As moments lie in the database."""
    return round(moment.timestamp() * 1_000_000)


def _mentors() -> Iterator[dict[str, Any]]:
    for number in range(CASES + 1, CASES + _MENTORS + 1):
        yield {"person_id": number, "role": "mentor", "municipality": "LV-067", "granted_at": NOW}


def _case(number: int) -> dict[str, Any]:
    return {
        "id": number,
        "youth_id": number,
        "mentor_id": CASES + 1 + number % _MENTORS,
        "municipality": "LV-067",
        "stage": "programme",
        "stage_at": NOW,
        "screening_outcome": "likely",
        "age_band": "18_28",
        "opened_at": NOW,
    }


def _joined(number: int) -> dict[str, Any]:
    return {
        **_case(number),
        "youth_id": number - CASES,
        "starts_on": NOW.date(),
        "ends_on": add_months(NOW.date(), 9),
        "rhythm": "weekly",
        "weekday": 1,
        "hour": "10:00",
    }
