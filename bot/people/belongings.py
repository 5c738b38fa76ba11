"""Everything that hangs on one person, found by the schema itself, so that no table can be forgotten.

`/mydata` shows what `/forget` erases: both follow the foreign keys that cascade from `people.id`.
"""

from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy import ColumnElement, Table, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.tables import metadata, outbox, people

_NOT_SHOWN: Final = {outbox.c.about_id, outbox.c.person_id}
"""Letters: those to the person stand in their chat already, those that mention them are the staff's. All are erased."""


def _owned(table: Table) -> Iterator[tuple[Table, ColumnElement[Any], ColumnElement[Any]]]:
    """Each table whose rows go when a row of `table` goes: (it, its column, the column it points to)."""
    for other in metadata.sorted_tables:
        for key in other.foreign_keys:
            if key.column.table is table and key.ondelete == "CASCADE" and key.parent not in _NOT_SHOWN:
                yield other, key.parent, key.column


async def collect(db: AsyncConnection, person_id: int) -> dict[str, list[dict[str, Any]]]:
    """Table name -> rows of this person, as plain values for JSON."""
    found: dict[str, list[dict[str, Any]]] = {}
    await _collect(db, people, people.c.id == person_id, found)
    return found


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


async def erase(db: AsyncConnection, person_id: int) -> None:
    """Delete the person; everything that hangs on them goes with the row."""
    await db.execute(delete(people).where(people.c.id == person_id))
