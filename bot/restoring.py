"""`python -m bot restore`: a backup becomes the database again, checked at every step, or nothing changes at all.

The world went on after the backup was made, and what it says waits may long have arrived. So before the file gets its
name: answers that waited, and invitations to events under way, are stopped, as most of them arrived within a minute and
an old answer would rewrite a newer screen; a text that was awaited is awaited no more, lest a new one lands in an old
question; and whoever erased themselves meanwhile is erased again (`bot.storage.erasures`). Everything else goes out: a
notice or a cancellation that never comes is worse than one that comes twice, and what has an expiry drops out by it.
What fell due meanwhile is handled as after any outage (see `bot.schedule`).
"""

import tempfile
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from sqlalchemy import URL, Connection, and_, create_engine, delete, insert, or_, select, update
from sqlalchemy.pool import NullPool

from bot.delivery.packing import State
from bot.events.event import State as EventState
from bot.storage import backups, erasures
from bot.storage.backing_up import newest
from bot.storage.backups import Backup
from bot.storage.lock import InstanceLock
from bot.storage.migrating import Unusable, migrate
from bot.storage.tables import audit, events, expected, outbox, people
from bot.turn import Priority

_BESIDE: Final = ("", "-wal", "-shm", "-journal")


@dataclass(frozen=True, slots=True)
class Restored:
    """What came of it. `stopped` messages will not go out; `age` is how old the data is.

    `erased` people were in the backup and had erased themselves since.
    """

    file: Path
    backup: Backup
    stopped: int
    age: timedelta
    erased: int

    def __str__(self) -> str:
        return (
            f"{self.file} was made at {self.backup.made_at:%Y-%m-%d %H:%M:%S} UTC ({_told(self.age)} ago) and holds "
            f"{self.backup.contents}"
        )


def restore(source: Path, identity: Path | None, database: Path, now: datetime) -> Restored:
    """Make `database` from a backup file, or from the newest in a folder.

    Raises Unusable where an instance is at work, a database (or a part of one) is there already, or the backup is not
    whole or not to be opened; then nothing changed.
    """
    instance = InstanceLock(database)
    if not instance.take():
        raise Unusable("An instance is at work on this database: end it first.")
    try:
        for name in (database.name + ending for ending in _BESIDE):
            if database.with_name(name).exists():
                raise Unusable(f"{database.with_name(name)} is there: move it away first, nothing is overwritten.")
        restored = _restored(source, identity, database, now)
        instance.remember()
        return restored
    finally:
        instance.release()


def drill(source: Path, identity: Path | None, now: datetime) -> Restored:
    """The whole of it in a temporary folder, thrown away afterwards; raises Unusable where it could not be done."""
    with tempfile.TemporaryDirectory(prefix="bot-drill-") as folder:
        return _restored(source, identity, Path(folder) / "bot.db", now)


def _restored(source: Path, identity: Path | None, database: Path, now: datetime) -> Restored:
    file = newest(source) if source.is_dir() else source
    backup = backups.read(file, _identities(identity))
    part = database.with_name(f".{database.name}.part")
    _remove(part)  # of a run that was cut short; a journal left from it would be played into this one
    try:
        backups.write_part(part, backup.image)
        if backups.contents_of(part.read_bytes(), str(part)) != backup.contents:
            raise Unusable(f"{part} does not read back as it was written: look at the disk.")
        migrate(part)
        erased = _erase_again(part, erasures.listed(database))
        stopped = _settle(part, now)
        backups.put_in_place(part, database)
    except OSError as why:
        raise Unusable(f"{database} could not be written: {why.strerror}.") from None
    finally:
        _remove(part)
    return Restored(file, backup, stopped, now - backup.made_at, erased)


def _remove(part: Path) -> None:
    for ending in _BESIDE:
        part.with_name(part.name + ending).unlink(missing_ok=True)


def _identities(file: Path | None) -> str | None:
    try:
        return None if file is None else file.read_text("utf-8")
    except (OSError, ValueError):
        raise Unusable(f"--identity: {file} cannot be read.") from None


def _erase_again(database: Path, listed: frozenset[str]) -> int:
    """Whoever erased themselves after the backup was made is not brought back by it; how many that were."""
    engine = create_engine(URL.create("sqlite", database=str(database)), poolclass=NullPool, hide_parameters=True)
    with engine.connect() as db:
        db.exec_driver_sql("PRAGMA foreign_keys=ON")
        db.exec_driver_sql("PRAGMA secure_delete=ON")
        db.commit()
        rows = db.execute(select(people.c.id, people.c.telegram_id, people.c.created_at)).all() if listed else []
        gone = [row.id for row in rows if erasures.mark(row.id, row.telegram_id, row.created_at) in listed]
        for person_id in gone:
            db.execute(delete(people).where(people.c.id == person_id))
        db.commit()
    engine.dispose()
    return len(gone)


def _settle(database: Path, now: datetime) -> int:
    """Stop what the world has overtaken, in one transaction; how many messages that were."""
    engine = create_engine(URL.create("sqlite", database=str(database)), poolclass=NullPool, hide_parameters=True)
    with engine.begin() as db:
        stopped = _stop_messages(db, now)
        sending = events.c.state == EventState.SENDING.value
        db.execute(update(events).where(sending).values(state=EventState.STOPPED.value))
        db.execute(delete(expected))
        db.execute(insert(audit).values(at=now, action="database.restored"))
    engine.dispose()
    return stopped


def _stop_messages(db: Connection, now: datetime) -> int:
    """Answers and invitations; cancellations are broadcasts without a batch, and go."""
    invitation = and_(outbox.c.priority == int(Priority.BROADCAST), outbox.c.batch.is_not(None))
    overtaken = and_(
        outbox.c.state.in_([State.WAITING.value, State.IN_FLIGHT.value]),
        or_(outbox.c.priority == int(Priority.REPLY), invitation),
    )
    farewells = db.execute(delete(outbox).where(overtaken, outbox.c.chat_id.is_not(None)))  # they name a chat
    blank: dict[str, Any] = {"facts": {}, "keyboard": [], "attachment": None, "attachment_name": None}
    stopped = db.execute(update(outbox).where(overtaken).values(state=State.STOPPED.value, done_at=now, **blank))
    return farewells.rowcount + stopped.rowcount


def _told(age: timedelta) -> str:
    hours, minutes = divmod(max(int(age.total_seconds()), 0) // 60, 60)
    return f"{hours} h {minutes} min" if hours < 48 else f"{hours // 24} days"
