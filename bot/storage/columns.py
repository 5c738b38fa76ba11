"""How moments lie in the database: whole microseconds since 1970 in UTC, which sort and compare in any SQL. And how
what many rows share is written once."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy import JSON, BigInteger, ColumnElement, bindparam, type_coerce
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


@dataclass(frozen=True, slots=True)
class Written:
    """A value that is JSON already."""

    text: str

    @classmethod
    def of(cls, value: Any) -> "Written":
        return cls(json.dumps(value))


class SharedJson(TypeDecorator[Any]):
    """JSON that takes a `Written` value too: of a broadcast, all rows hold the same, and it is written once for all."""

    impl = JSON
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], Any]:
        write = super().bind_processor(dialect) or str

        def process(value: Any) -> Any:
            return value.text if isinstance(value, Written) else write(value)

        return process


NOW: Final = bindparam("now", type_=Moment)
"""The present moment in statements that are put together once."""


def before_now(span: timedelta) -> ColumnElement[int]:
    """The moment so long ago, to compare a `Moment` column with."""
    return type_coerce(NOW, BigInteger) - span // _MICROSECOND
