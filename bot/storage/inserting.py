"""INSERT that leaves a row alone where its unique column is taken; both databases spell it, each in its own dialect."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection


async def insert_new(db: AsyncConnection, table: Table, rows: Sequence[Mapping[str, Any]], unique: str) -> None:
    """Insert the rows whose `unique` value nobody has yet."""
    if not rows:
        return
    dialect = postgresql if db.dialect.name == "postgresql" else sqlite
    await db.execute(dialect.insert(table).on_conflict_do_nothing(index_elements=[unique]), list(rows))


async def upsert(db: AsyncConnection, table: Table, row: Mapping[str, Any], *keys: str) -> None:
    """Insert the row, or give the row with the same values of `keys` its other values."""
    dialect = postgresql if db.dialect.name == "postgresql" else sqlite
    changed = {name: value for name, value in row.items() if name not in keys}
    await db.execute(dialect.insert(table).values(**row).on_conflict_do_update(index_elements=list(keys), set_=changed))
