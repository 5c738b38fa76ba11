"""What may be wrong with a file of the directory: where it is, and what is expected there. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from bot.words import Fact, Lines, Phrase, phrase

MOST_SHOWN: Final = 50
"""Faults told at once; how many more there are is told as a number."""

PAGE: Final = 15
"""As many stand in one message."""


class Expected(StrEnum):
    """What was expected where something else stands: the end of a key."""

    ARCHIVE = "archive"  # a .zip or .csv that can be opened
    SMALLER = "smaller"
    FEWER_FILES = "fewer_files"
    FEWER_ROWS = "fewer_rows"
    KNOWN_FILE = "known_file"
    TEXT = "text"  # UTF-8
    COLUMN = "column"
    SOMETHING = "something"  # not nothing
    SHORTER = "shorter"
    WORDS = "words"
    CODE = "code"
    ONCE = "once"
    THERE = "there"  # an id that stands in another file, or in the directory
    ONE_OF = "one_of"
    NUMBER = "number"
    AGES = "ages"
    DATE = "date"
    EMAIL = "email"
    PHONE = "phone"
    WEBSITE = "website"
    MUNICIPALITY = "municipality"
    LANGUAGE = "language"
    DEGREES = "degrees"
    YOURS = "yours"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong. `row` counts as a spreadsheet does, 1 is the line of the columns' names; None where it
    is the whole file or archive."""

    file: str
    row: int | None
    column: str | None
    expected: Expected
    most: int = 0
    values: Sequence[str] = ()

    @property
    def told(self) -> Phrase:
        """In words: where it is and what is expected."""
        wanted: dict[str, Fact] = {"most": self.most, "values": ", ".join(self.values)}
        what = Phrase(f"directory.staff.expected.{self.expected.value}", wanted)
        if self.row is None:
            key = "directory.staff.fault_file" if self.column is None else "directory.staff.fault_column"
        else:
            key = "directory.staff.fault_cell" if self.column is not None else "directory.staff.fault_row"
        return phrase(key, file=self.file, row=self.row or 0, column=self.column or "", expected=what)


@dataclass(slots=True)
class Faults:
    """The faults found so far: the first `MOST_SHOWN`, and how many there are in all."""

    first: list[Fault] = field(default_factory=list)
    count: int = 0

    def __bool__(self) -> bool:
        return self.count > 0

    def add(self, fault: Fault) -> None:
        self.count += 1
        if len(self.first) < MOST_SHOWN:
            self.first.append(fault)

    def told(self, page: int = 0) -> Lines:
        """One page of them in words, counted from 0."""
        return Lines(tuple(one.told for one in self.first[page * PAGE : (page + 1) * PAGE]))

    @property
    def pages(self) -> int:
        return -(-len(self.first) // PAGE)
