"""A hundred thousand people, and what it takes to count an audience among them and to read it in pages."""

import sqlite3
import time
from collections.abc import AsyncIterator, Iterable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from statistics import median
from typing import Any, Final

import pytest
from sqlalchemy import Table
from sqlalchemy.dialects import sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.directory.rules import Region, municipalities
from bot.events.audience import Audience, Group, Standing
from bot.events.whom import store_audience
from bot.events.whom.asking import Asking
from bot.storage.database import Database
from bot.storage.tables import alerts, cases, consents, events, grants, invitations, mutes, people, screenings
from bot.words import Language

pytestmark = [pytest.mark.slow, pytest.mark.feature("I1")]

NOW: Final = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
PEOPLE, STAFF, SENT = 100_000, 2_000, 12
"""Of the people, the last are staff; an event a day was sent to more than half of the rest."""

WITHIN: Final = 0.2
"""Seconds of processor time for a count or a page of 250, but for the very widest audiences; measured: 0.1 at most."""

WIDEST: Final = 0.4
"""Seconds for a look at each of a hundred thousand; measured: 0.18 at most, on a machine at work."""

YOUTH: Final = Audience(None, frozenset({Group.YOUTH}))
OGRE: Final = "LV-067"
HERE: Final[dict[str, Audience]] = {
    "the youth of a municipality": replace(YOUTH, municipality=OGRE),
    "everybody of a municipality": Audience(OGRE, frozenset(Group)),
    "a region": replace(YOUTH, region=Region.KURZEME),
    "all mentors": Audience(None, frozenset({Group.MENTORS})),
    "all but a few": replace(
        YOUTH, region=Region.KURZEME, languages=frozenset({Language.UK}), wishes=frozenset({"talk"})
    ),
}
EVERYWHERE: Final[dict[str, Audience]] = {
    "all young people": YOUTH,
    "everybody": Audience(None, frozenset(Group)),
    "by stage": replace(YOUTH, standings=frozenset({Standing.NEW, Standing.PROGRAMME})),
    "by interest": replace(YOUTH, wishes=frozenset({"learn"})),
}


def asked(audience: Audience) -> Asking:
    return Asking(audience, None, frozenset(), "event:training", None, SENT + 1, NOW, 3, narrowed=False)


@pytest.fixture(scope="module")
def many(fresh_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("many") / "bot.db"
    path.write_bytes(fresh_database.read_bytes())
    with closing(sqlite3.connect(path)) as db, db:
        _fill(db, Random(7))
    return path


@pytest.fixture
async def db(many: Path) -> AsyncIterator[AsyncConnection]:
    database = Database(f"sqlite+aiosqlite:///{many}")
    async with database.read() as connection:
        yield connection
    await database.close()


def _fill(db: sqlite3.Connection, chance: Random) -> None:
    young = range(1, PEOPLE - STAFF + 1)
    places = [one.code for one in municipalities()]
    at, wishes = _micros(NOW), ("learn", "work", "talk")

    def some(share: float) -> Iterable[int]:
        return (one for one in young if chance.random() < share)

    known = {"created_at": at, "discreet": False, "language_chosen": True}
    spoken = ("lv", "uk", "en")
    _put(
        db,
        people,
        (
            {
                "id": one,
                "telegram_id": one,
                "code_name": str(one),
                "language": chance.choice(spoken),
                "municipality": chance.choice(places),
                **known,
            }
            for one in range(1, PEOPLE + 1)
        ),
    )
    agreed = {"version": "1", "language": "lv", "given_at": at}
    for purpose in ("screening", "contact", "events"):
        _put(db, consents, ({"person_id": one, "purpose": purpose, **agreed} for one in some(0.9)))
    held = range(PEOPLE - STAFF + 1, PEOPLE + 1)
    roles = ("mentor", "lead", "coordinator", "specialist", "partner")
    _put(
        db,
        grants,
        (
            {"person_id": one, "role": chance.choice(roles), "municipality": chance.choice(places), "granted_at": at}
            for one in held
        ),
    )
    case = {
        "stage_at": at,
        "screening_outcome": "likely",
        "opened_at": at,
        "with_parent": False,
        "urgent": False,
        "meeting": 0,
        "pulses_off": False,
        "age_band": "18_28",
    }
    stages = ("contact", "programme", "aftercare", "closed")
    _put(
        db,
        cases,
        (
            {"youth_id": one, "municipality": chance.choice(places), "stage": chance.choice(stages), **case}
            for one in some(0.4)
        ),
    )
    run = {"version": "2", "started_at": at, "changed_at": at, "reminded": 0}
    _put(
        db,
        screenings,
        (
            {"person_id": one, "answers": f'{{"age": "18_28", "wish": "{chance.choice(wishes)}"}}', **run}
            for one in some(0.8)
        ),
    )
    alert = {"kind": "talk", "drill": False, "state": "open", "step": 0, "opened_at": at}
    _put(db, alerts, ({"youth_id": one, **alert} for one in some(0.0005)))
    for subject in ("event:training", "event:camp"):
        _put(db, mutes, ({"person_id": one, "subject": subject, "at": at} for one in some(0.05)))
    empty = {"titles": "{}", "details": "{}", "audience": "{}", "language": "lv", "created_at": at, "cursor": 0}
    _put(db, events, ({"id": one, "state": "sent", **empty} for one in range(1, SENT + 2)))
    for number in range(1, SENT + 1):
        sent = _micros(NOW - timedelta(days=number))
        row = {"event_id": number, "via": "sent", "invited_at": sent}
        _put(db, invitations, ({"person_id": one, **row} for one in some(0.6)))


def _micros(at: datetime) -> int:
    return int(at.timestamp() * 1_000_000)


def _put(db: sqlite3.Connection, table: Table, rows: Iterable[dict[str, Any]]) -> None:
    rows = iter(rows)
    first = next(rows)
    names = ", ".join(first)
    query = f"INSERT INTO {table.name} ({names}) VALUES ({', '.join('?' * len(first))})"
    db.execute(query, tuple(first.values()))
    db.executemany(query, (tuple(row.values()) for row in rows))


async def _longest(db: AsyncConnection, audience: Audience) -> float:
    """Seconds of processor time of the slowest of the three questions, each the median of five."""
    wanted = asked(audience)
    took: dict[str, list[float]] = {"reach": [], "count": [], "page": []}
    for _ in range(5):
        for name, question in (
            ("reach", lambda: store_audience.reach(db, wanted)),
            ("count", lambda: store_audience.count(db, wanted)),
            ("page", lambda: store_audience.page(db, wanted, PEOPLE // 2, 250)),
        ):
            began = time.process_time()
            await question()
            took[name].append(time.process_time() - began)
    print({name: f"{median(times) * 1000:.0f} ms" for name, times in took.items()})
    return max(median(times) for times in took.values())


@pytest.mark.parametrize(
    ("audience", "most"),
    [
        *(pytest.param(one, WITHIN, id=name) for name, one in HERE.items()),
        *(pytest.param(one, WIDEST, id=name) for name, one in EVERYWHERE.items()),
    ],
)
async def test_an_audience_among_a_hundred_thousand_is_counted_and_read_at_once(
    db: AsyncConnection, audience: Audience, most: float
) -> None:
    assert await _longest(db, audience) < most


async def test_no_question_looks_through_all_invitations_or_consents(db: AsyncConnection) -> None:
    everything = replace(
        Audience(None, frozenset(Group)),
        languages=frozenset({Language.UK}),
        standings=frozenset({Standing.NEW}),
        wishes=frozenset({"learn"}),
        attended=frozenset({1, 2}),
    )
    query = store_audience.numbers(asked(everything)).compile(
        dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True}
    )
    plan = [row[3] for row in await db.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}")]
    scanned = {line.split()[1] for line in plan if line.startswith("SCAN ")}
    assert scanned.isdisjoint({"invitations", "consents", "cases", "screenings", "outbox", "mutes"}), plan
