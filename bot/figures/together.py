"""Rows too small to be shown apart, shown together, so that twenty posters of three people each are seen too.

Every person is counted in exactly one row for ever, by where they came from and the week they first came: in the row of
their source, or in the common one of the small sources. Which of the two is found by going through the whole weeks one
after the other, the same way each time, so nothing need be remembered between two reports:

- People wait with their source. At the end of the week in which five or more wait there, all of them go into its row.
- Where fewer wait at each source, but five or more at all of them, all those go into the common row. The others hide
  each of them: of S sources at which 0 to 4 may wait (a row that was just filled left nobody), every value stays
  possible for every source as long as the sum is at most 4 (S - 1). If it is more, they wait on.

Whoever is counted so is out of the next sum; no later sum can be set against an earlier one ("disclosure by
differencing", see `suppression`). What is shown of a row's people is rounded by `suppression`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Generic, TypeVar

from bot.figures.suppression import STEP

S = TypeVar("S")


@dataclass(slots=True)
class _Waiting:
    """Weeks of one source whose people are in no row yet, and how many they are."""

    weeks: list[date] = field(default_factory=list)
    people: int = 0


@dataclass(frozen=True, slots=True)
class Placed(Generic[S]):
    """Which weeks of which source are in its own row, and which in the common one; the others wait."""

    apart: Mapping[S, frozenset[date]]
    together: frozenset[tuple[S, date]]


def place(came: Mapping[tuple[S, date], int], since: Mapping[S, date], step: int = STEP) -> Placed[S]:
    """Where the people of each source and week are counted.

    `came` tells how many first came from a source in a week (its Monday), whole weeks only. `since` names every source
    there is, with the week in which it was made.
    """
    waiting: dict[S, _Waiting] = {source: _Waiting() for source in since}
    apart: dict[S, set[date]] = {source: set() for source in since}
    together: set[tuple[S, date]] = set()
    for week in sorted({week for _, week in came}):
        for source, own in waiting.items():
            number = came.get((source, week), 0)
            if number:
                own.weeks.append(week)
                own.people += number
            if own.people >= step:
                apart[source].update(own.weeks)
                waiting[source] = _Waiting()
        may_wait = sum(1 for source, made in since.items() if made <= week and week not in apart[source])
        if step <= sum(own.people for own in waiting.values()) <= (step - 1) * (may_wait - 1):
            together.update(_weeks_of(waiting))
            waiting = {source: _Waiting() for source in since}
    return Placed({source: frozenset(weeks) for source, weeks in apart.items()}, frozenset(together))


def _weeks_of(waiting: Mapping[S, _Waiting]) -> Iterable[tuple[S, date]]:
    return ((source, week) for source, own in waiting.items() for week in own.weeks)
