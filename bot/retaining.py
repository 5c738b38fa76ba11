"""`python -m bot retention`: deletes what is over now, as the bot itself does four times a day; `--dry-run` counts.

Both may be run beside a bot at work: whoever writes waits for the other.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.app import all_routes
from bot.delivery import outbox
from bot.people import due, store_retention
from bot.people.retention import DataClass, days, term
from bot.settings import Settings
from bot.storage.database import Database
from bot.storage.migrating import HEAD, Unusable, version_of
from bot.turn import Tick

SOON: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Counted:
    """For each kind of data how many rows would go now, and how many more in the next 30 days if nothing changes."""

    now: Mapping[DataClass, int]
    soon: Mapping[DataClass, int]
    keep: Mapping[DataClass, int]

    def __str__(self) -> str:
        head = f"{'kind':<12}{'kept, days':>12}{'over now':>12}{'in 30 days':>12}"
        lines = [f"{one:<12}{self.keep[one]:>12}{self.now[one]:>12}{self.soon[one]:>12}" for one in DataClass]
        return "\n".join([head, *lines, "Nothing was changed."])


@dataclass(frozen=True, slots=True)
class Gone:
    """For each kind of data how many rows were over and went."""

    rows: Mapping[DataClass, int]

    def __str__(self) -> str:
        lines = [f"{one}: {count}" for one, count in self.rows.items() if count]
        return "\n".join(["Deleted, in rows:", *lines]) if lines else "Nothing was over."


async def count(settings: Settings, now: datetime) -> Counted:
    """Look, and change nothing. Raises Unusable where there is no database of this version."""
    database = _open(settings)
    try:
        async with database.read() as db:
            over = {one: await store_retention.count(db, term(one, settings, now)) for one in DataClass}
            later = {one: await store_retention.count(db, term(one, settings, now + SOON)) for one in DataClass}
    finally:
        await database.close()
    return Counted(over, {one: later[one] - over[one] for one in DataClass}, days(settings))


async def let_go(settings: Settings, now: datetime) -> Gone:
    """Delete what is over, page by page, and queue what people are to be told before the rest goes."""
    database, routes = _open(settings), all_routes()
    try:
        async with database.read() as db:
            rows = {one: await store_retention.count(db, term(one, settings, now)) for one in DataClass}
        for data_class in DataClass:
            more = True
            while more:
                async with database.write() as db:
                    tick = Tick(now, db, settings.zone, routes.subscribers, settings=settings)
                    more = await due.let_go(tick, data_class)
                    await outbox.add(db, tick.said, now)
        await database.empty_log()
    finally:
        await database.close()
    return Gone(rows)


def _open(settings: Settings) -> Database:
    if version_of(settings.database_file) != HEAD:
        raise Unusable(f"{settings.database_file} is no database of this version: name it in BOT_DATABASE_URL.")
    return Database(settings.database_url)
