"""P8: the backlog and the open load of P1 and P2 on a disk whose sync takes 2 ms, as a small server's does."""

import asyncio
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from tests.bench import backlog, contenders, load
from tests.bench.contenders import FLOOR_CORE, FLOOR_GROUPED, OURS
from tests.bench.figures import Effort, Goal, Peer, Row, at_least, at_most, median
from tests.bench.processes import folder, printed

SYNC_MS: Final = 2.0
_SOURCE: Final = Path(__file__).with_name("slow_sync.c")
_BACKLOG: Final = "backlog of presses, a sync takes 2 ms"
_COMMITS: Final = "presses handled and committed without the network, a sync takes 2 ms"
_LOAD: Final = f"one press at {load.A_SECOND}/s open load, a sync takes 2 ms: answered, p50"
ONE_EACH: Final = "ours, a transaction each"
_GOALS: Final[Mapping[str, Goal]] = {_BACKLOG: at_least(20, FLOOR_CORE), _LOAD: at_most(SYNC_MS + 5)}
_BATCH: Final = 100
"""Updates that a poll brings when there is a backlog."""


async def measure(effort: Effort) -> list[Row]:
    compiler = shutil.which("gcc") or shutil.which("cc")
    if compiler is None:
        units = {_BACKLOG: "presses/s", _LOAD: "ms"}
        return [Row("P8", work, units[work], None, (), (goal,), 0, "no C compiler") for work, goal in _GOALS.items()]
    async with folder() as home:
        shim = home / "slow_sync.so"
        made = await asyncio.create_subprocess_exec(compiler, "-O2", "-shared", "-fPIC", "-o", shim, _SOURCE)
        assert await made.wait() == 0, "the shim could not be compiled"
        return await _on_slow_disk(effort, {"LD_PRELOAD": str(shim), "SLOW_SYNC_US": str(int(SYNC_MS * 1000))})


async def _on_slow_disk(effort: Effort, settings: Mapping[str, str]) -> list[Row]:
    those = contenders.with_us(effort, [contenders.floor_core(), contenders.floor_grouped()])
    cleared = await backlog.rounds(those, effort.runs, 0.0, settings)
    rates = [median(one.per_second for one in runs) for runs in cleared]
    waited = [await load.wait_under_load(OURS, settings) for _ in range(effort.runs)]
    commits = await _committed(_BATCH, effort, settings)
    alone = await _committed(1, effort, settings) if effort.beside else None
    names = (FLOOR_CORE, FLOOR_GROUPED)[: len(those) - 1]
    peers = tuple(Peer(name, rate) for name, rate in zip(names, rates[1:], strict=True))
    return [
        Row("P8", _BACKLOG, "presses/s", rates[0], peers, (_GOALS[_BACKLOG],), effort.runs),
        Row("P8", _COMMITS, "presses/s", commits, (Peer(ONE_EACH, alone),) if effort.beside else (), (), effort.runs),
        Row("P8", _LOAD, "ms", median(one.half for one in waited), (), (_GOALS[_LOAD],), effort.runs),
    ]


async def _committed(at_once: int, effort: Effort, settings: Mapping[str, str]) -> float | None:
    found = []
    for _ in range(effort.runs):
        async with folder() as home:
            told = await printed(("tests.bench.committing", str(at_once)), home, settings)
            found.append(told["per_second"])
    return median(found)
