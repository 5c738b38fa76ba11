"""What a row of the table is: our figure, the same work done by others in the same run, and what was to be reached."""

import statistics
import time
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never


@dataclass(frozen=True, slots=True)
class Effort:
    """How much is measured: runs of the short works and of the long ones, people in the long broadcast, and whether
    the others are measured beside us."""

    runs: int = 5
    long_runs: int = 1
    broadcast: int = 600
    beside: bool = True


class Bound(StrEnum):
    """On which side of the mark our figure has to be."""

    AT_LEAST = "at least"
    AT_MOST = "at most"


@dataclass(frozen=True, slots=True)
class Goal:
    """A mark: so much of the row's unit, or so many times the figure of the peer `of`."""

    bound: Bound
    value: float
    of: str | None = None


@dataclass(frozen=True, slots=True)
class Peer:
    """Somebody else's figure for the same work in the same unit, or why there is none."""

    name: str
    value: float | None


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: the median of `runs` runs, beside the peers' medians of the same runs."""

    id: str
    work: str
    unit: str
    ours: float | None
    peers: tuple[Peer, ...] = ()
    goals: tuple[Goal, ...] = ()
    runs: int = 1
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """Ours by the first peer's."""
        return None if self.ours is None or not self.peers else over(self.ours, self.peers[0].value)

    @property
    def reached(self) -> bool | None:
        """Whether every goal is reached; None where there is none, or where one could not be measured."""
        verdicts = [self._reaches(goal) for goal in self.goals]
        if False in verdicts:
            return False
        return None if not verdicts or None in verdicts else True

    def _reaches(self, goal: Goal) -> bool | None:
        mark = goal.value if goal.of is None else _times(goal.value, self._value_of(goal.of))
        if self.ours is None or mark is None:
            return None
        match goal.bound:
            case Bound.AT_LEAST:
                return self.ours >= mark
            case Bound.AT_MOST:
                return self.ours <= mark
            case never:
                assert_never(never)

    def _value_of(self, name: str) -> float | None:
        return next((peer.value for peer in self.peers if peer.name == name), None)


def at_least(value: float, of: str | None = None) -> Goal:
    return Goal(Bound.AT_LEAST, value, of)


def at_most(value: float, of: str | None = None) -> Goal:
    return Goal(Bound.AT_MOST, value, of)


def over(one: float, other: float | None) -> float | None:
    """One by the other, None where the other is missing or nothing."""
    return one / other if other else None


def _times(factor: float, value: float | None) -> float | None:
    return None if value is None else factor * value


def median(values: Iterable[float | None]) -> float | None:
    """The median of what was measured; None where nothing was."""
    known = [value for value in values if value is not None]
    return statistics.median(known) if known else None


def quantile(values: Iterable[float], share: float) -> float:
    """The smallest value that so large a share of the values does not exceed; `share` within 0 and 1."""
    ordered = sorted(values)
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)]


def median_ms(work: Callable[[], object], runs: int) -> float:
    """The median time of some runs, after one that does not count."""
    work()
    return statistics.median(_once(work) for _ in range(runs))


def _once(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


async def median_ms_of(work: Callable[[], Awaitable[object]], runs: int) -> float:
    """The same for something awaited."""
    await work()
    times = []
    for _ in range(runs):
        began = time.perf_counter()
        await work()
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times)
