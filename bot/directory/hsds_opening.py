"""A file that somebody sent, opened with care: a .zip of CSV files or one CSV file, as rows of text. Pure.

It may be anything. How much it may unpack to, how many rows and how long a cell may be is bounded before it is read,
so that nothing made to be small outside and endless inside can fill the memory.
"""

import csv
import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Final

from bot.directory.hsds_faults import Expected, Fault, Faults
from bot.directory.hsds_tables import COLUMNS, NEEDED, as_meant

MOST_BYTES: Final = 5_000_000
"""Of what is sent."""

MOST_UNPACKED: Final = 30_000_000
MOST_FILES: Final = 100
MOST_ROWS: Final = 100_000
"""In all files together."""

LONGEST_LINE: Final = 200_000
"""Characters; a row is read whole, and one of nothing but commas would be millions of cells."""

LONGEST_CELL: Final = 5_000

_WRITTEN_ONLY: Final = frozenset(COLUMNS) - frozenset(NEEDED)


@dataclass(frozen=True, slots=True)
class Row:
    """One row by column, of the columns that there are; `number` as a spreadsheet counts, None for one of ours."""

    values: Mapping[str, str]
    number: int | None = None

    def __getitem__(self, column: str) -> str:
        return self.values.get(column, "")

    def has(self, column: str) -> bool:
        return column in self.values


@dataclass(slots=True)
class Opened:
    """What was in it, by file name; files that we do not know are left out. With faults nothing of it counts."""

    tables: dict[str, list[Row]] = field(default_factory=dict)
    faults: Faults = field(default_factory=Faults)
    rows: int = 0


def opened(name: str, content: bytes) -> Opened:
    """The rows of what was sent; `name` tells which file a single CSV is. Never raises."""
    found = Opened()
    if len(content) > MOST_BYTES:
        found.faults.add(Fault(name, None, None, Expected.SMALLER, MOST_BYTES // 1_000_000))
    elif zipfile.is_zipfile(io.BytesIO(content)):
        _open_archive(name, content, found)
    elif name.lower().endswith(".csv"):
        file = _known_as(name)
        if file is None:
            found.faults.add(Fault(name, None, None, Expected.KNOWN_FILE, values=tuple(NEEDED)))
        else:
            _open_table(file, content, found)
    else:
        found.faults.add(Fault(name, None, None, Expected.ARCHIVE))
    return found


def _open_archive(name: str, content: bytes, found: Opened) -> None:
    left = MOST_UNPACKED
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            if len(members) > MOST_FILES:
                found.faults.add(Fault(name, None, None, Expected.FEWER_FILES, MOST_FILES))
                return
            for member in members:
                file = _known_as(member.filename)
                if file is None or file in _WRITTEN_ONLY:
                    continue
                with archive.open(member) as inside:
                    unpacked = inside.read(left + 1)
                left -= len(unpacked)
                if left < 0:
                    found.faults.add(Fault(file, None, None, Expected.SMALLER, MOST_UNPACKED // 1_000_000))
                    return
                if file in found.tables:
                    found.faults.add(Fault(file, None, None, Expected.ONCE))
                else:
                    _open_table(file, unpacked, found)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, OSError, ValueError):
        found.faults.add(Fault(name, None, None, Expected.ARCHIVE))
        return
    if not found.tables and not found.faults:
        found.faults.add(Fault(name, None, None, Expected.KNOWN_FILE, values=tuple(NEEDED)))


def _known_as(name: str) -> str | None:
    """The file of HSDS that this name means, wherever it lies in the archive."""
    last = PurePosixPath(name.replace("\\", "/")).name.lower()
    return {"service_at_locations.csv": "service_at_location.csv"}.get(last, last if last in COLUMNS else None)


def _open_table(file: str, content: bytes, found: Opened) -> None:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        found.faults.add(Fault(file, None, None, Expected.TEXT))
        return
    too_long = next((at for at, line in enumerate(io.StringIO(text), start=1) if len(line) > LONGEST_LINE), None)
    if too_long is not None:
        found.faults.add(Fault(file, too_long, None, Expected.SHORTER, LONGEST_LINE))
        return
    head, _, _ = text.partition("\n")
    delimiter = ";" if head.count(";") > head.count(",") else ","  # as spreadsheets save it where 0,5 is a number
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        columns = [cell.strip().lower() for cell in next(lines, [])]
        missing = [one for one in NEEDED.get(file, ()) if one not in columns]
        for one in missing:
            found.faults.add(Fault(file, None, one, Expected.COLUMN))
        if not missing:
            found.tables[file] = list(_rows(file, columns, lines, found))
    except csv.Error:
        found.faults.add(Fault(file, None, None, Expected.TEXT))


def _rows(file: str, columns: list[str], lines: Iterator[list[str]], found: Opened) -> Iterator[Row]:
    known = [(at, name) for at, name in enumerate(columns) if name in COLUMNS[file]]
    for number, cells in enumerate(lines, start=2):
        if not any(cells):
            continue
        found.rows += 1
        if found.rows > MOST_ROWS:
            found.faults.add(Fault(file, number, None, Expected.FEWER_ROWS, MOST_ROWS))
            return
        for at, name in known:
            if at < len(cells) and len(cells[at]) > LONGEST_CELL:
                found.faults.add(Fault(file, number, name, Expected.SHORTER, LONGEST_CELL))
        yield Row({name: as_meant(cells[at]) if at < len(cells) else "" for at, name in known}, number)
