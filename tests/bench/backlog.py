"""P1: a backlog of presses, each committed, acknowledged and answered by rewriting the pressed message."""

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.bench import contenders, town
from tests.bench.contenders import OURS, Contender
from tests.bench.figures import Effort, Peer, Row, at_least, median
from tests.bench.processes import folder, running
from tests.bench.telegram_stub import served

WARM_UP: Final = 300
"""Presses before the first that counts; fewer where the contender is slow."""

DELAY: Final = 0.05
_PATIENCE: Final = 120.0


@dataclass(frozen=True, slots=True)
class Cleared:
    """How a backlog went: presses a second from the first given out to the last answer, and processor time each."""

    per_second: float
    cpu_ms: float


async def measure(effort: Effort) -> list[Row]:
    fast, many = contenders.aiogram(), contenders.ptb_many()
    near = contenders.with_us(effort, [contenders.ptb(), fast, many, contenders.ptb_durable(), *contenders.floors()])
    far = contenders.with_us(effort, [contenders.ptb(40), fast, many])
    without = await rounds(near, effort.runs)
    delayed = await rounds(far, effort.runs, DELAY)
    what = "backlog of presses, committed and answered"
    return [
        Row(
            "P1",
            what,
            "presses/s",
            _rate(without[0]),
            _rates(near, without),
            (at_least(2, contenders.PTB), at_least(1, contenders.AIOGRAM)),
            effort.runs,
        ),
        Row("P1", f"{what}: processor", "ms each", _cost(without[0]), _costs(near, without), (), effort.runs),
        Row(
            "P1",
            f"{what}, 50 ms delay",
            "presses/s",
            _rate(delayed[0]),
            _rates(far, delayed),
            (at_least(50, contenders.PTB),),
            effort.runs,
        ),
    ]


async def rounds(
    those: Sequence[Contender], runs: int, delay: float = 0.0, settings: Mapping[str, str] | None = None
) -> list[list[Cleared]]:
    """So many runs of each, taken in turns so that a busy moment of the machine does not fall on one alone."""
    found: list[list[Cleared]] = [[] for _ in those]
    for _ in range(runs):
        for one, kept in zip(those, found, strict=True):
            kept.append(await clear(one, delay, settings or {}))
    return found


async def clear(contender: Contender, delay: float, settings: Mapping[str, str]) -> Cleared:
    """One backlog."""
    async with folder() as home, served(delay) as telegram:
        prepared = {**contender.settings, **contender.prepare(home), **settings}
        async with running(contender.command, telegram.address, prepared, home) as bot:
            warm = min(WARM_UP, contender.presses // 4)
            try:
                await telegram.until(lambda: telegram.calls["getUpdates"] > 0, _PATIENCE)
                telegram.press(town.first_answer(one) for one in range(1, warm + 1))
                await telegram.all_answered(_PATIENCE)
                await telegram.quiet()
                before = bot.cpu_ms
                presses = telegram.press(
                    town.first_answer(one) for one in range(warm + 1, warm + contender.presses + 1)
                )
                await telegram.all_answered(_PATIENCE)
            except TimeoutError:
                raise bot.fail(f"{contender.name} left presses unanswered") from None
            cost = bot.cpu_ms - before
        if contender is OURS:
            _check(home / "bot.db", warm + contender.presses)
        took = max(one.edited_at or 0.0 for one in presses) - min(one.handed_at or 0.0 for one in presses)
        return Cleared(contender.presses / took, cost / contender.presses)


def _check(path: Path, presses: int) -> None:
    """Every press is in the database: the answer, the mark that it was handled, and what was said."""
    with closing(sqlite3.connect(path)) as db:
        for query in (
            "SELECT count(*) FROM screenings WHERE shown = 'status' AND json_extract(answers, '$.age') = '18_28'",
            "SELECT count(*) FROM handled",
            "SELECT count(*) FROM outbox WHERE state = 'sent'",
        ):
            ((found,),) = db.execute(query).fetchall()
            assert found == presses, f"{found} of {presses}: {query}"


def _rate(runs: Sequence[Cleared]) -> float | None:
    return median(one.per_second for one in runs)


def _cost(runs: Sequence[Cleared]) -> float | None:
    return median(one.cpu_ms for one in runs)


def _rates(those: Sequence[Contender], found: Sequence[Sequence[Cleared]]) -> tuple[Peer, ...]:
    return tuple(Peer(one.name, _rate(runs)) for one, runs in zip(those[1:], found[1:], strict=True))


def _costs(those: Sequence[Contender], found: Sequence[Sequence[Cleared]]) -> tuple[Peer, ...]:
    return tuple(Peer(one.name, _cost(runs)) for one, runs in zip(those[1:], found[1:], strict=True))
