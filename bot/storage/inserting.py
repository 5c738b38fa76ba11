"""INSERT that leaves a row alone where its unique column is taken; both databases spell it, each in its own dialect."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Insert, Select, Table
from sqlalchemy.dialects import sqlite
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.dml import ReturningInsert


async def insert_new(db: AsyncConnection, table: Table, rows: Sequence[Mapping[str, Any]], unique: str) -> None:
    """Insert the rows whose `unique` value nobody has yet."""
    if rows:
        await db.execute(_insert_new(db.dialect.name, table, unique), each(rows))


async def keep_new(db: AsyncConnection, table: Table, rows: Sequence[Mapping[str, Any]], unique: str) -> list[Any]:
    """The same; the `unique` values of the rows that went in."""
    if not rows:
        return []
    return list(await db.scalars(_keep_new(db.dialect.name, table, unique), each(rows)))


async def upsert(db: AsyncConnection, table: Table, rows: Sequence[Mapping[str, Any]], *keys: str) -> None:
    """Insert the rows, or give those with the same values of `keys` their other values."""
    if rows:
        await db.execute(_upsert(db.dialect.name, table, tuple(rows[0]), keys), each(rows))


async def insert_chosen(
    db: AsyncConnection, table: Table, chosen: Select[Any], values: Mapping[str, Any], *keys: str
) -> None:
    """Insert what the select chooses with these values, unless a row with the same `keys` is there."""
    await db.execute(_insert_chosen(db.dialect.name, table, chosen, keys), values)


def each(rows: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | Sequence[Mapping[str, Any]]:
    """The rows as a statement takes them; one alone is no bulk, which would go to the driver's thread."""
    return rows[0] if len(rows) == 1 else rows


# Each is put together once: that costs more than running it.
@cache
def _insert_new(dialect: str, table: Table, unique: str) -> Insert:
    made: Insert = _insert(dialect, table).on_conflict_do_nothing(index_elements=[unique])
    return made


@cache
def _insert_chosen(dialect: str, table: Table, chosen: Select[Any], keys: tuple[str, ...]) -> Insert:
    names = list(chosen.selected_columns.keys())
    made: Insert = _insert(dialect, table).from_select(names, chosen).on_conflict_do_nothing(index_elements=list(keys))
    return made


@cache
def _keep_new(dialect: str, table: Table, unique: str) -> ReturningInsert[Any]:
    return _insert_new(dialect, table, unique).returning(table.c[unique])


@cache
def _upsert(dialect: str, table: Table, columns: tuple[str, ...], keys: tuple[str, ...]) -> Insert:
    new = _insert(dialect, table)
    changed = {name: new.excluded[name] for name in columns if name not in keys}
    made: Insert = new.on_conflict_do_update(index_elements=list(keys), set_=changed)
    return made


def _insert(dialect: str, table: Table) -> Any:
    """Typed as anything: the two dialects' inserts have these methods in common and no common name for them."""
    if dialect == "postgresql":
        from sqlalchemy.dialects import postgresql  # a tenth of a start that hardly anybody needs

        return postgresql.insert(table)
    return sqlite.insert(table)
