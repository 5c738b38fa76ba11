"""Deleting what is over, page by page, and keeping who was told before; `bot.storage.keeping` says which rows are.

The job leaves a mark of its last round in the audit, and only the newest: so it runs once an hour, whatever restarts.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    and_,
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

from bot.people.retention import TOLD_BEFORE, Term
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
    await db.execute(delete(audit).where(audit.c.action == _ROUND))
    await db.execute(insert(audit).values(at=began, action=_ROUND))


async def count(db: AsyncConnection, term: Term) -> int:
    """How many rows of that kind would go now."""
    if term.data_class in TOLD_BEFORE:
        return await db.scalar(select(func.count()).select_from(_to_erase(term).subquery()), _cut(term)) or 0
    counts = [
        await db.scalar(select(func.count()).select_from(past.table).where(past.where), _cut(term)) or 0
        for past in PAST[term.data_class]
    ]
    return sum(counts)


async def delete_past(db: AsyncConnection, term: Term, most: int) -> int:
    """Delete up to `most` rows of each table of that kind; how many went."""
    gone = 0
    for past in PAST[term.data_class]:
        key = _key(past)
        old = select(*past.table.primary_key.columns).where(past.where).limit(most)
        gone += (await db.execute(delete(past.table).where(key.in_(old)), _cut(term))).rowcount
    return gone


def _key(past: Past) -> Any:
    columns = list(past.table.primary_key.columns)
    return columns[0] if len(columns) == 1 else tuple_(*columns)


def _cut(term: Term, *, nearly: bool = False) -> Mapping[str, Any]:
    cutoff = term.nearly_over_before if nearly else term.over_before
    return {"cutoff": cutoff, "cutoff_day": cutoff.date()}


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


def _quiet(term: Term) -> ColumnElement[bool]:
    (past,) = PAST[term.data_class]
    return past.where


def _row_of(term: Term) -> ColumnElement[bool]:
    return and_(warned.c.person_id == people.c.id, warned.c.data_class == term.data_class.value)


def _can_be_told() -> ColumnElement[bool]:
    return and_(has_agreed(*TO_BE_WRITTEN_TO), people.c.unreachable_at.is_(None))


def _told_in_time(term: Term) -> ColumnElement[bool]:
    """Told of this end, and not of an earlier one that they had put off."""
    in_time: ColumnElement[bool] = warned.c.told_at >= warned.c.delete_at - _span(term.warn)
    return in_time


def _span(span: timedelta) -> Any:
    return literal(span // timedelta(microseconds=1), BigInteger)


def _to_erase(term: Term) -> Select[Any]:
    over = exists().where(_row_of(term), warned.c.delete_at <= term.now, or_(_told_in_time(term), not_(_can_be_told())))
    untold = and_(not_(exists().where(_row_of(term))), not_(_can_be_told()))
    return _SOMEBODY.where(_quiet(term), or_(over, untold))


def _to_warn(term: Term) -> Select[Any]:
    put_off = exists().where(_row_of(term), warned.c.delete_at <= term.delete_at, not_(_told_in_time(term)))
    return _SOMEBODY.where(_quiet(term), _can_be_told(), or_(not_(exists().where(_row_of(term))), put_off))


async def to_warn(db: AsyncConnection, term: Term, most: int) -> list[Quiet]:
    """Some of those whose data goes soon, who may be told and were not; from now on they count as told."""
    rows = (await db.execute(_to_warn(term).order_by(people.c.id).limit(most), _cut(term, nearly=True))).all()
    await _note(db, term, [row.id for row in rows], term.delete_at)
    return [_somebody(row) for row in rows]


async def to_erase(db: AsyncConnection, term: Term, most: int) -> list[Quiet]:
    """Some of those whose time is over: told long enough ago, or not to be told."""
    rows = await db.execute(_to_erase(term).order_by(people.c.id).limit(most), _cut(term))
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
    still = select(people.c.id).where(_quiet(term))
    await db.execute(
        delete(warned).where(warned.c.data_class == term.data_class.value, warned.c.person_id.not_in(still)),
        _cut(term, nearly=True),
    )


async def _note(db: AsyncConnection, term: Term, person_ids: list[int], delete_at: datetime) -> None:
    rows = [
        {"person_id": one, "data_class": term.data_class.value, "told_at": term.now, "delete_at": delete_at}
        for one in person_ids
    ]
    if rows:
        await upsert(db, warned, rows, "person_id", "data_class")
