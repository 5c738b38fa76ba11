"""Counts of people, made safe to show: nobody can be worked out from a table, its totals or the next one.

Terms as in the handbook on statistical disclosure control of the European statistical system (ESSnet SDC, chapter 5,
"Frequency tables": https://sdctools.github.io/HandbookSDC/05-frequency-tables.html).

**Primary suppression**: a count under five is never shown, nor is nobody told from somebody. Nought is under five too,
for a cell that goes from 0 to "fewer than 5" would tell that the first person has just come.

**Complementary suppression**: a hidden cell must not be had by taking the shown ones from a total, nor from its
neighbours in a funnel (whoever reached a stage reached those before it), nor from the same table a week later. Hiding
further cells would do for the total of one table, and the next table would undo it. So no count is exact: each is
rounded down to a multiple of five, always in the same way, and a total is the sum of what is shown of its parts.

- Give every cell of every report there ever was the same remainder: 0, 1, 2, 3 or 4. These are five worlds, and all of
  them agree with all that was shown, with every order between two cells ("at least as many opened it as agreed") and
  with time, which only adds. So no reader can rule out any of five values for any cell. Who dropped out between two
  stages, or came between two reports, is the difference of two such cells, and as uncertain.
- A total made of what is shown says nothing new. A true one would: where five cells of 5 to 9 make 45, all are 9.

It rests on this: the cells of a table share no people, and the same people are never shown split in two ways (by source
and by age: "linked tables"), unless both tables are added up, with `added`, from the cells of one finer table.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

STEP: Final = 5
"""The smallest number of people that is shown, and the width of every count's range.

The setting BOT_FEWEST_SHOWN says otherwise. Whoever changes it later should know that a count seen in fives and then in
sevens is known better than in either.
"""

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Range:
    """A count as it may be shown: somewhere from `at_least` to `at_most`, both included."""

    at_least: int
    at_most: int

    @property
    def is_few(self) -> bool:
        """Whether it may be nobody, so that no number is shown at all."""
        return self.at_least == 0


@dataclass(frozen=True, slots=True)
class Table(Generic[R]):
    """Rows of ranges under the same columns, and the total of each column."""

    rows: Mapping[R, tuple[Range, ...]]
    total: tuple[Range, ...]


def shown(count: int, step: int = STEP) -> Range:
    """What may be told of so many people, who are in no other cell of the table."""
    at_least = count - count % step
    return Range(at_least, at_least + step - 1)


def added(ranges: Iterable[Range]) -> Range:
    """Their sum, which says no more than they do."""
    all_of_them = tuple(ranges)
    return Range(sum(one.at_least for one in all_of_them), sum(one.at_most for one in all_of_them))


def protect(rows: Mapping[R, Sequence[int]], step: int = STEP) -> Table[R]:
    """The table of counts, every cell and every total safe to show. The rows must share no people."""
    ranges = {name: tuple(shown(count, step) for count in counts) for name, counts in rows.items()}
    return Table(ranges, tuple(added(column) for column in zip(*ranges.values(), strict=True)))
