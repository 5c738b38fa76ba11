"""Deleting what is over, page by page, and keeping who was told before; `bot.storage.keeping` says which rows are.

The job leaves a mark of its last round in the audit, and only the newest: so it runs once an hour, whatever restarts.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Delete,
    Integer,
    Select,
    and_,
    bindparam,
    delete,
    exists,
    func,
    insert,
    literal,
    not_,
    or_,
    select,
    tuple_,
    type_coerce,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.people.retention import TOLD_BEFORE, DataClass, Term
from bot.people.rules import TO_BE_WRITTEN_TO, Purpose
from bot.people.store import has_agreed
from bot.storage.columns import NOW
from bot.storage.inserting import upsert
from bot.storage.keeping import PAST, Past
from bot.storage.tables import audit, people, warned

_ROUND: Final = "retention.round"
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_ROUND_EVERY: Final = timedelta(hours=6)
_SPAN: Final = _ROUND_EVERY // timedelta(microseconds=1)
_THIS_SPAN: Final = type_coerce(NOW, BigInteger) - type_coerce(NOW, BigInteger) % _SPAN

ROUND_DUE: Final = select(literal(1).label("round")).where(
    not_(exists().where(audit.c.at == _THIS_SPAN, audit.c.action == _ROUND))
)
"""A row while this quarter of the day (UTC) has had no round. The mark bears its first moment, so that it is found by
the index at once: this is asked every second, and six hours of the audit may be long."""


async def mark_round(db: AsyncConnection, now: datetime) -> None:
    """The round of this quarter of the day is done."""
    began = now - (now - _EPOCH) % _ROUND_EVERY
    await db.execute(_LAST_MARK)
    await db.execute(_MARK, {"at": began, "action": _ROUND})


_LAST_MARK: Final = delete(audit).where(audit.c.action == _ROUND)
_MARK: Final = insert(audit)


async def count(db: AsyncConnection, term: Term) -> int:
    """How many rows of that kind would go now."""
    if term.data_class in TOLD_BEFORE:
        everybody = _to_erase(term.data_class).subquery()
        return await db.scalar(select(func.count()).select_from(everybody), _cut(term)) or 0
    counts = [
        await db.scalar(select(func.count()).select_from(past.table).where(past.where), _cut(term)) or 0
        for past in PAST[term.data_class]
    ]
    return sum(counts)


async def delete_past(db: AsyncConnection, term: Term, most: int) -> int:
    """Delete up to `most` rows of each table of that kind; how many went."""
    asked = {**_cut(term), "most": most}
    return sum([(await db.execute(delete_page, asked)).rowcount for delete_page in _delete_pages(term.data_class)])


# Every round asks for each kind: what it asks is put together once, which costs more than asking it.
@cache
def _delete_pages(data_class: DataClass) -> tuple[Delete, ...]:
    most = bindparam("most", type_=Integer)
    return tuple(
        delete(past.table).where(_key(past).in_(select(*past.table.primary_key.columns).where(past.where).limit(most)))
        for past in PAST[data_class]
    )


def _key(past: Past) -> Any:
    columns = list(past.table.primary_key.columns)
    return columns[0] if len(columns) == 1 else tuple_(*columns)


def _cut(term: Term, *, nearly: bool = False) -> Mapping[str, Any]:
    """What the statements about a kind of data ask for."""
    cutoff = term.nearly_over_before if nearly else term.over_before
    warn = term.warn // timedelta(microseconds=1)
    return {
        "cutoff": cutoff,
        "cutoff_day": cutoff.date(),
        "now": term.now,
        "delete_at": term.delete_at,
        "warn": warn,
    }


# --- whole people, who may be told before -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Quiet:
    """Somebody of whom nothing was heard for long."""

    person_id: int
    code_name: str
    consent: Purpose
    """On the strength of which they may be written to, if at all."""


_SOMEBODY: Final = select(people.c.id, people.c.code_name, has_agreed(Purpose.CONTACT).label("contact"))


def _somebody(row: Any) -> Quiet:
    return Quiet(row.id, row.code_name, Purpose.CONTACT if row.contact else Purpose.EVENTS)


_CAN_BE_TOLD: Final = and_(has_agreed(*TO_BE_WRITTEN_TO), people.c.unreachable_at.is_(None))
_TOLD_IN_TIME: Final[ColumnElement[bool]] = warned.c.told_at >= warned.c.delete_at - bindparam("warn", type_=BigInteger)
"""Told of this end, and not of an earlier one that they had put off."""


def _quiet(data_class: DataClass) -> ColumnElement[bool]:
    (past,) = PAST[data_class]
    return past.where


def _row_of(data_class: DataClass) -> ColumnElement[bool]:
    return and_(warned.c.person_id == people.c.id, warned.c.data_class == data_class.value)


@cache
def _to_erase(data_class: DataClass) -> Select[Any]:
    row = _row_of(data_class)
    over = exists().where(row, warned.c.delete_at <= bindparam("now"), or_(_TOLD_IN_TIME, not_(_CAN_BE_TOLD)))
    untold = and_(not_(exists().where(row)), not_(_CAN_BE_TOLD))
    return _SOMEBODY.where(_quiet(data_class), or_(over, untold))


@cache
def _page_to_erase(data_class: DataClass) -> Select[Any]:
    return _to_erase(data_class).order_by(people.c.id).limit(bindparam("most", type_=Integer))


@cache
def _page_to_warn(data_class: DataClass) -> Select[Any]:
    row = _row_of(data_class)
    put_off = exists().where(row, warned.c.delete_at <= bindparam("delete_at"), not_(_TOLD_IN_TIME))
    to_warn = _SOMEBODY.where(_quiet(data_class), _CAN_BE_TOLD, or_(not_(exists().where(row)), put_off))
    return to_warn.order_by(people.c.id).limit(bindparam("most", type_=Integer))


@cache
def _forget_warnings(data_class: DataClass) -> Delete:
    still = select(people.c.id).where(_quiet(data_class))
    return delete(warned).where(warned.c.data_class == data_class.value, warned.c.person_id.not_in(still))


async def to_warn(db: AsyncConnection, term: Term, most: int) -> list[Quiet]:
    """Some of those whose data goes soon, who may be told and were not; from now on they count as told."""
    asked = {**_cut(term, nearly=True), "most": most}
    rows = (await db.execute(_page_to_warn(term.data_class), asked)).all()
    await _note(db, term, [row.id for row in rows], term.delete_at)
    return [_somebody(row) for row in rows]


async def to_erase(db: AsyncConnection, term: Term, most: int) -> list[Quiet]:
    """Some of those whose time is over: told long enough ago, or not to be told."""
    rows = await db.execute(_page_to_erase(term.data_class), {**_cut(term), "most": most})
    return [_somebody(row) for row in rows]


async def keep(db: AsyncConnection, term: Term, person_id: int) -> bool:
    """They want it kept: their time begins anew. False where they were told of nothing."""
    put_off = await db.execute(
        update(warned)
        .where(warned.c.person_id == person_id, warned.c.data_class == term.data_class.value)
        .values(told_at=term.now, delete_at=term.kept_until)
    )
    return put_off.rowcount == 1


async def forget_warnings(db: AsyncConnection, term: Term) -> None:
    """Who was told and has been here since is to be told again another time."""
    await db.execute(_forget_warnings(term.data_class), _cut(term, nearly=True))


async def _note(db: AsyncConnection, term: Term, person_ids: list[int], delete_at: datetime) -> None:
    rows = [
        {"person_id": one, "data_class": term.data_class.value, "told_at": term.now, "delete_at": delete_at}
        for one in person_ids
    ]
    if rows:
        await upsert(db, warned, rows, "person_id", "data_class")
