"""P5: from the start of the process to its first getUpdates with a migrated database, and memory at rest."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from tests.bench import contenders, town
from tests.bench.contenders import AIOGRAM, PTB, Contender
from tests.bench.figures import Effort, Peer, Row, at_most, median
from tests.bench.processes import folder, running
from tests.bench.telegram_stub import served

AT_REST_AFTER: Final = 2.0
"""Seconds after the first poll."""

_PATIENCE: Final = 60.0


@dataclass(frozen=True, slots=True)
class Started:
    """Milliseconds to the first getUpdates, and MB of memory at rest."""

    ms: float
    memory_mb: float


OURS: Final = Contender("ours", ("bot", "run"), prepare=contenders.in_town)
"""As it is, limits and all."""


async def measure(effort: Effort) -> list[Row]:
    town.prepared()
    those = [OURS, *([contenders.ptb(), contenders.aiogram()] if effort.beside else [])]
    found: list[list[Started]] = [[] for _ in those]
    for _ in range(effort.runs):
        for one, runs in zip(those, found, strict=True):
            runs.append(await start(one))
    names = (PTB, AIOGRAM)[: len(those) - 1]
    return [
        Row(
            "P5",
            "start to first getUpdates, database migrated",
            "ms",
            _ms(found[0]),
            tuple(Peer(f"{name} echo", _ms(runs)) for name, runs in zip(names, found[1:], strict=True)),
            (at_most(800),),
            effort.runs,
        ),
        Row(
            "P5",
            "memory at rest",
            "MB",
            _mb(found[0]),
            tuple(Peer(f"{name} echo", _mb(runs)) for name, runs in zip(names, found[1:], strict=True)),
            (at_most(100),),
            effort.runs,
        ),
    ]


async def start(one: Contender) -> Started:
    """One start, from the fork of the process on."""
    async with folder() as home, served() as telegram:
        settings = {**one.settings, **one.prepare(home)}
        began = time.perf_counter()
        async with running(one.command, telegram.address, settings, home) as bot:
            try:
                await telegram.until(lambda: telegram.calls["getUpdates"] > 0, _PATIENCE)
            except TimeoutError:
                raise bot.fail(f"{one.name} never polled") from None
            took = (time.perf_counter() - began) * 1000
            await asyncio.sleep(AT_REST_AFTER)
            return Started(took, bot.memory_mb)


def _ms(runs: Sequence[Started]) -> float | None:
    return median(one.ms for one in runs)


def _mb(runs: Sequence[Started]) -> float | None:
    return median(one.memory_mb for one in runs)
