"""What a benchmark returns: figures with what they are compared with in the same run."""

import statistics
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

RUNS = 5


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table. Times in milliseconds, memory in MB; `beside` is the same work done the usual way."""

    work: str
    ours: float
    unit: str
    beside: float | None = None
    beside_what: str = ""

    @property
    def ratio(self) -> float | None:
        return None if not self.beside else self.ours / self.beside


def median_ms(work: Callable[[], object]) -> float:
    """The median time of some runs, after one that does not count."""
    work()
    return statistics.median(_once(work) for _ in range(RUNS))


def _once(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


async def median_ms_of(work: Callable[[], Awaitable[object]]) -> float:
    """The same for something awaited."""
    await work()
    times = []
    for _ in range(RUNS):
        began = time.perf_counter()
        await work()
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times)
