"""Everything that hangs on one person, found by the schema itself, so that no table can be forgotten.

`/mydata` shows what `/forget` erases: both follow the foreign keys that cascade from `people.id`. How far they came is
shown as well; of that a bare count stays. A report of danger to a child is not: what is shown here may be read by
whoever holds the phone, and it has to be kept (Bērnu tiesību aizsardzības likums s. 73). It stays without a name.
"""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import ColumnElement, Table, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage import erasures
from bot.storage.tables import expert_slots, grants, makings, metadata, outbox, people, reached

_ALSO_SHOWN: Final = {reached.c.person_id, expert_slots.c.booked_by}
"""Theirs as long as they are here: how far they came, and what they wrote when they booked somebody's hour."""

_NOT_SHOWN: Final = {outbox.c.about_id, outbox.c.person_id, makings.c.person_id}
"""Letters: those to the person stand in their chat already, those that mention them are the staff's. And what is being
made for them: it comes to their chat, and one that held all of this would show it twice over in the next. All are
erased."""


def _owned(table: Table) -> Iterator[tuple[Table, ColumnElement[Any], ColumnElement[Any]]]:
    """Each table whose rows go when a row of `table` goes: (it, its column, the column it points to)."""
    for other in metadata.sorted_tables:
        for key in other.foreign_keys:
            goes_along = key.ondelete == "CASCADE" and key.parent not in _NOT_SHOWN
            if key.column.table is table and (goes_along or key.parent in _ALSO_SHOWN):
                yield other, key.parent, key.column


async def collect(db: AsyncConnection, person_id: int) -> dict[str, list[dict[str, Any]]]:
    """Table name -> rows of this person, as plain values for JSON."""
    found: dict[str, list[dict[str, Any]]] = {}
    await _collect(db, people, people.c.id == person_id, found)
    await _call_others_by_role(db, person_id, found)
    return found


async def _call_others_by_role(db: AsyncConnection, person_id: int, found: dict[str, list[dict[str, Any]]]) -> None:
    """In place of the number of somebody else stands what they are to the programme."""
    theirs = [
        (row, key.parent.name)
        for name, rows in found.items()
        for key in metadata.tables[name].foreign_keys
        if key.column is people.c.id
        for row in rows
        if row[key.parent.name] not in (None, person_id)
    ]
    ids = {row[column] for row, column in theirs}
    roles: dict[int, set[str]] = {one: set() for one in ids}
    for grant in await db.execute(select(grants.c.person_id, grants.c.role).where(grants.c.person_id.in_(ids))):
        roles[grant.person_id].add(grant.role)
    for row, column in theirs:
        row[column] = " and ".join(sorted(roles[row[column]])) or "somebody"


async def _collect(
    db: AsyncConnection, table: Table, which: ColumnElement[bool], found: dict[str, list[dict[str, Any]]]
) -> None:
    rows = (await db.execute(select(table).where(which))).mappings().all()
    if not rows:
        return
    found.setdefault(table.name, []).extend({name: _plain(value) for name, value in row.items()} for row in rows)
    for other, column, target in _owned(table):
        await _collect(db, other, column.in_(select(target).where(which)), found)


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return f"{len(value)} bytes"
    return value if isinstance(value, str | int | float | bool | list | dict | None) else value.isoformat()


async def erase(db: AsyncConnection, person_id: int, now: datetime) -> None:
    """Delete the person and everything that hangs on them; a restored backup will not bring them back."""
    row = (await db.execute(select(people).where(people.c.id == person_id))).one_or_none()
    if row is not None and db.dialect.name == "sqlite":
        mark = erasures.mark(row.id, row.telegram_id, row.created_at)
        erasures.note(Path(str(db.engine.url.database)), mark, now)
    await db.execute(delete(people).where(people.c.id == person_id))
