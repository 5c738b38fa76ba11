"""`python -m bot directory export FILE.zip` and `import FILE [--dry-run]`: the whole directory, out of the database and
into it. Both may be run beside a bot at work."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.calendar import Hours
from bot.directory import store_exchange
from bot.directory.difference import Difference, difference
from bot.directory.entries import Directory
from bot.directory.hsds_faults import Faults
from bot.directory.hsds_opening import Opened, opened
from bot.directory.hsds_reading import TakenIn, taken_in
from bot.directory.hsds_writing import packed, tables
from bot.directory.store_exchange import Writing
from bot.settings import Settings
from bot.storage import days_off, records
from bot.storage.database import Database
from bot.storage.migrating import HEAD, Unusable, version_of
from bot.texts import Texts
from bot.words import Language


@dataclass(frozen=True, slots=True)
class Report:
    """What is to be said, line by line, and whether all is well."""

    well: bool
    lines: tuple[str, ...]


def send_out(settings: Settings, file: Path) -> Report:
    """Write everything to a new file. Raises Unusable where there is no database of this version."""
    if file.exists():
        return Report(False, (f"{file}: there is such a file already; nothing was written.",))
    found = asyncio.run(_all(settings))
    try:
        file.write_bytes(packed(tables(found)))
    except OSError as why:
        return Report(False, (f"{file}: it cannot be written: {why.strerror}.",))
    return Report(True, (f"{file}: written, organisations: {len(found)}.",))


def take_in(settings: Settings, file: Path, now: datetime, *, dry_run: bool) -> Report:
    """Take over what the file changes, in one transaction; with `dry_run` only tell. Raises Unusable as above."""
    try:
        sent = opened(file.name, file.read_bytes())
    except OSError as why:
        return Report(False, (f"{file}: it cannot be read: {why.strerror}.",))
    before, found = asyncio.run(_taken_in(settings, sent, now, dry_run=dry_run))
    if found.faults:
        return Report(False, _wrong(found.faults, settings))
    return Report(True, _told(difference(before, found.directory), dry_run=dry_run))


async def _all(settings: Settings) -> Directory:
    database = _open(settings)
    try:
        async with database.read() as db:
            return await store_exchange.load(db, settings.zone)
    finally:
        await database.close()


async def _taken_in(settings: Settings, sent: Opened, now: datetime, *, dry_run: bool) -> tuple[Directory, TakenIn]:
    database = _open(settings)
    try:
        async with database.write() as db:
            before = await store_exchange.load(db, settings.zone)
            found = taken_in(before, sent)
            if not found.faults and not dry_run:
                hours = Hours.latvia(settings.zone, await days_off.load(db))
                how = Writing(None, now, settings.zone, hours, settings.verify_days)
                await store_exchange.write(db, before, found.directory, how)
                await records.write(db, now, None, "directory.imported", "", 0)
            return before, found
    finally:
        await database.close()


def _wrong(faults: Faults, settings: Settings) -> tuple[str, ...]:
    texts = Texts(settings.zone)
    lines = [texts.plain(one.told, Language.EN) for one in faults.first]
    more = faults.count - len(lines)
    return (*lines, *([f"... and {more} more"] if more else []), "Nothing was changed.")


def _told(changes: Difference, *, dry_run: bool) -> tuple[str, ...]:
    lists = {"new": changes.new, "changed": changes.changed, "out of use": changes.retired}
    lines = [f"{how}: {name}" for how, names in lists.items() for name in names]
    if not lines:
        return ("There is nothing to change.",)
    return (*lines, "Nothing was changed." if dry_run else "Taken over.")


def _open(settings: Settings) -> Database:
    if version_of(settings.database_file) != HEAD:
        raise Unusable(f"{settings.database_file} is no database of this version: name it in BOT_DATABASE_URL.")
    return Database(settings.database_url)
