"""Walks that many tests begin with are walked once in each process; whoever comes next starts from where they led.

As a migrated file is copied for each test, so is what such a walk left: the database file, and everything that
Telegram, the clock and the people of the town know. Only a town in which nothing has happened but such walks starts
from a copy, and only one that came by the same of them, with the same settings, at the same moment and before the same
Telegram.
"""

import io
import pickle
import zlib
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from functools import wraps
from hashlib import blake2b
from itertools import count
from typing import TYPE_CHECKING, Any, Concatenate, Final, ParamSpec, TypeVar

if TYPE_CHECKING:
    from tests.town.town import Town

P = ParamSpec("P")
R = TypeVar("R")

_numbers: Final = count(1)


@dataclass(frozen=True, slots=True)
class _Left:
    """What a walk left behind; its number stands for that file among those to whom further walks lead."""

    number: int
    database: bytes
    known: bytes


def walked_once(walk: Callable[Concatenate["Town", P], Awaitable[R]]) -> Callable[Concatenate["Town", P], Awaitable[R]]:
    """The walk, which is taken in full the first time and whenever something else has happened in the town before."""
    left: dict[tuple[Any, ...], _Left] = {}

    @wraps(walk)
    async def go(town: "Town", *arguments: P.args, **named: P.kwargs) -> R:
        if not town.stands_where_walks_led:
            return await walk(town, *arguments, **named)
        settings, before = town.settings, tuple(town.people)
        decided = repr(tuple(settings.model_dump(exclude={"database_url"}).items()))
        known = blake2b(_packed(town, before, None)).digest()
        key = (arguments, tuple(sorted(named.items())), decided, known, town.led_by)
        if key in left:
            town.database_file.write_bytes(zlib.decompress(left[key].database))
            town.was_led_by(left[key].number)
            return _taken_up(town, left[key].known)
        result = await walk(town, *arguments, **named)
        await town.database.close()
        if town.settings is settings and not town.write_ahead_log.exists():
            file = zlib.compress(town.database_file.read_bytes(), 1)
            left[key] = _Left(next(_numbers), file, _packed(town, before, result))
            town.was_led_by(left[key].number)
        return result

    return go


def _packed(town: "Town", before: Iterable[str], result: object) -> bytes:
    """Everything the town knows, and what the walk returned. The town itself, its clock, its Telegram and whoever was
    there `before` are those of the town that takes it up."""
    own = {id(thing): name for name, thing in _own(town, before).items()}

    class Packing(pickle.Pickler):
        def persistent_id(self, thing: object) -> str | None:
            return own.get(id(thing))

    own_people = {
        name: {field.name: getattr(town.people[name], field.name) for field in fields(town.people[name])}
        for name in before
    }
    file = io.BytesIO()
    Packing(file, pickle.HIGHEST_PROTOCOL).dump(
        (
            vars(town.clock),
            vars(town.telegram),
            town.people,
            own_people,
            town.mail,
            town.transcript,
            town.rates,
            result,
        )
    )
    return file.getvalue()


def _taken_up(town: "Town", known: bytes) -> Any:
    own = _own(town, tuple(town.people))

    class Unpacking(pickle.Unpickler):
        def persistent_load(self, name: str) -> object:
            return own[name]

    found = Unpacking(io.BytesIO(known)).load()
    clock, telegram, town.people, own_people, town.mail, town.transcript, town.rates, result = found
    vars(town.clock).update(clock)
    vars(town.telegram).update(telegram)
    for name, knows in own_people.items():
        for field, value in knows.items():
            setattr(town.people[name], field, value)
    return result


def _own(town: "Town", people: Iterable[str]) -> Mapping[str, object]:
    """What a test may have in its hands already."""
    own: dict[str, object] = {"the town": town, "the clock": town.clock, "the telegram": town.telegram}
    return own | {f"person {name}": town.people[name] for name in people}
