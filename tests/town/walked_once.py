"""Walks that many tests begin with are walked once in each process; whoever comes next starts from where they led.

As a migrated file is copied for each test, so is what such a walk left: the database file, and everything that
Telegram, the clock and the people of the town know. Only a town in which nothing has happened yet starts from a copy,
and only one with the same settings, at the same moment and before the same Telegram.
"""

import io
import pickle
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from tests.town.town import Town

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class _Left:
    """What a walk left behind."""

    database: bytes
    known: bytes


def walked_once(walk: Callable[Concatenate[Town, P], Awaitable[R]]) -> Callable[Concatenate[Town, P], Awaitable[R]]:
    """The walk, which is taken in full the first time and whenever something has happened in the town before it."""
    left: dict[tuple[Any, ...], _Left] = {}

    @wraps(walk)
    async def go(town: Town, *arguments: P.args, **named: P.kwargs) -> R:
        if not _untouched(town):
            return await walk(town, *arguments, **named)
        settings = tuple(town.settings.model_dump(exclude={"database_url"}).items())
        key = (type(town), arguments, tuple(sorted(named.items())), repr(settings), _packed(town, None))
        if key in left:
            town.database_file.write_bytes(left[key].database)
            return _taken_up(town, left[key].known)
        result = await walk(town, *arguments, **named)
        if not town.write_ahead_log.exists():
            left[key] = _Left(town.database_file.read_bytes(), _packed(town, result))
        return result

    return go


def _untouched(town: Town) -> bool:
    nobody = not (town.people or town.telegram.people or town.telegram.ledger.calls or town.mail.known)
    return nobody and town.is_database_fresh


def _packed(town: Town, result: object) -> bytes:
    """Everything the town knows, and what the walk returned. The town itself, its clock and its Telegram are those of
    the town that takes it up."""
    own = {id(town): "town", id(town.clock): "clock", id(town.telegram): "telegram"}

    class Packing(pickle.Pickler):
        def persistent_id(self, thing: object) -> str | None:
            return own.get(id(thing))

    file = io.BytesIO()
    Packing(file, pickle.HIGHEST_PROTOCOL).dump(
        (vars(town.clock), vars(town.telegram), town.people, town.mail, town.transcript, town.rates, result)
    )
    return file.getvalue()


def _taken_up(town: Town, known: bytes) -> Any:
    own = {"town": town, "clock": town.clock, "telegram": town.telegram}

    class Unpacking(pickle.Unpickler):
        def persistent_load(self, name: str) -> object:
            return own[name]

    clock, telegram, town.people, town.mail, town.transcript, town.rates, result = Unpacking(io.BytesIO(known)).load()
    vars(town.clock).update(clock)
    vars(town.telegram).update(telegram)
    return result
