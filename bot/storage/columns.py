"""How moments lie in the database: whole microseconds since 1970 in UTC, which sort and compare in any SQL."""

from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy import BigInteger, ColumnElement, bindparam, type_coerce
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)


class Moment(TypeDecorator[datetime]):
    """An aware datetime; a naive one is refused, as nobody could say which hour it means."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a stored moment must be aware")
        return (value - _EPOCH) // _MICROSECOND

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        return None if value is None else _EPOCH + timedelta(microseconds=value)


NOW: Final = bindparam("now", type_=Moment)
"""The present moment in statements that are put together once."""


def before_now(span: timedelta) -> ColumnElement[int]:
    """The moment so long ago, to compare a `Moment` column with."""
    return type_coerce(NOW, BigInteger) - span // _MICROSECOND
