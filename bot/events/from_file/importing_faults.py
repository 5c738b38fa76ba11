"""What may be wrong with a file of events: where it is, and what is expected there. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from bot.events.from_file.importing_columns import Column, heading
from bot.words import Fact, Lines, Listing, Phrase, phrase

MOST_SHOWN: Final = 60
"""Faults told at once; how many more there are is told as a number."""

PAGE: Final = 15
"""As many stand in one message."""


class Expected(StrEnum):
    """What was expected where something else stands: the end of a key."""

    FILE = "file"  # a table or a calendar that can be opened
    NEWER = "newer"  # an .xlsx without a password instead of an .xls
    NO_MACROS = "no_macros"
    NO_OTHER_FILES = "no_other_files"  # values instead of links to other tables
    SMALLER = "smaller"
    FEWER = "fewer"
    ROWS = "rows"  # at least one
    TEXT = "text"  # UTF-8
    HEADINGS = "headings"
    COLUMN = "column"  # one that must be there
    COLUMN_ONCE = "column_once"
    SOMETHING = "something"  # not nothing
    A_TEXT = "a_text"  # a title in at least one language
    ONE_OF = "one_of"
    PLAIN = "plain"  # no formula, and no error of one
    NOT_MERGED = "not_merged"
    SHORTER = "shorter"
    MOMENT = "moment"
    HOUR = "hour"  # not a day alone
    AHEAD = "ahead"  # not past
    NEARER = "nearer"  # within a year
    AFTER_START = "after_start"
    BY_START = "by_start"
    NUMBER = "number"
    AGES = "ages"
    ROOM = "room"  # a quota is not above the capacity
    LINK = "link"
    PLACE_OR_LINK = "place_or_link"
    POSITION = "position"
    QUOTAS = "quotas"
    YOURS = "yours"  # a municipality that they coordinate
    NATIONAL = "national"  # only who coordinates the country chooses a region
    ONE_PLACE = "one_place"  # a municipality or a region
    AS_LONG = "as_long"  # as the first session of the series
    AS_FIRST = "as_first"  # the same as in the first row of the series
    ONCE = "once"
    TITLE = "title"  # of a calendar entry
    NO_REPEATING = "no_repeating"


@dataclass(frozen=True, slots=True)
class Cell:
    """Where in a table: `row` counts as a spreadsheet does; `letter` is the column's, None where there is none."""

    row: int | None = None
    column: Column | None = None
    letter: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """Which entry of a calendar, counted from 1, and how it calls itself."""

    number: int
    title: str


Where = Cell | Entry


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong."""

    where: Where
    expected: Expected
    most: int = 0
    words: Sequence[Phrase] = ()

    @property
    def told(self) -> Phrase:
        """In words: where it is and what is expected."""
        facts: dict[str, Fact] = {"most": self.most, "words": Listing(tuple(self.words))}
        what = Phrase(f"events.staff.sheet.expected.{self.expected.value}", facts)
        match self.where:
            case Entry(number, title):
                return phrase("events.staff.sheet.fault_entry", number=number, title=title, expected=what)
            case Cell(None, None):
                return phrase("events.staff.sheet.fault_file", expected=what)
            case Cell(None, Column() as column):
                return phrase("events.staff.sheet.fault_column", column=heading(column), expected=what)
            case Cell(int() as row, None):
                return phrase("events.staff.sheet.fault_row", row=row, expected=what)
            case Cell(row, column, letter):
                return phrase(
                    "events.staff.sheet.fault_cell",
                    row=row or 0,
                    letter=letter or "",
                    column=heading(column) if column else "",
                    expected=what,
                )


@dataclass(slots=True)
class Faults:
    """The faults found so far: the first `MOST_SHOWN`, and how many there are in all."""

    first: list[Fault] = field(default_factory=list)
    count: int = 0

    def __bool__(self) -> bool:
        return self.count > 0

    def add(self, where: Where, expected: Expected, most: int = 0, words: Sequence[Phrase] = ()) -> None:
        self.count += 1
        if len(self.first) < MOST_SHOWN:
            self.first.append(Fault(where, expected, most, words))

    def told(self, page: int = 0) -> Lines:
        """One page of them in words, counted from 0."""
        return Lines(tuple(one.told for one in self.first[page * PAGE : (page + 1) * PAGE]))

    @property
    def pages(self) -> int:
        return -(-len(self.first) // PAGE)
