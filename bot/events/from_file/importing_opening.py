"""A file that somebody sent, opened with care: a table of events, or a calendar. Pure.

It may be anything. What it says of itself by name counts for nothing; how much it may unpack to and how many rows are
looked at is bounded before anything of it is read.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from bot.events.from_file.importing_columns import NEEDED, Column
from bot.events.from_file.importing_faults import Cell, Expected, Faults
from bot.events.from_file.importing_words import headings, plain

if TYPE_CHECKING:
    from openpyxl.reader.excel import ExcelReader

MOST_BYTES: Final = 2_000_000
"""Of what is sent."""

MOST_UNPACKED: Final = 20_000_000
MOST_PARTS: Final = 500
MOST_TAGS: Final = 40_000
"""In all parts of a workbook but its sheets and texts: styles, names and the like, each an object to the reader."""

MOST_TAGS_IN_SHEETS: Final = 400_000
"""Of 20 MB of empty tags the reader makes gigabytes of objects; what they are called matters not."""

MOST_ROWS: Final = 200
"""Events, or sessions of them, in one file."""

LAST_ROW: Final = 20_000
"""Nothing is looked for further down."""

MOST_COLUMNS: Final = 100
_LOOKED_FOR_HEADINGS: Final = 10
_ENOUGH_HEADINGS: Final = 3

_OLD_OR_LOCKED: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How an .xls begins, and an .xlsx with a password (MS-CFB, 2.2)."""

_CALENDAR: Final = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*BEGIN:VCALENDAR", re.IGNORECASE)
_MERGED: Final = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=\"([A-Z]{1,3})([0-9]{1,7}):")

Value = str | int | float | bool | datetime | date | time | timedelta | None


@dataclass(frozen=True, slots=True)
class Table:
    """The rows that hold something, each with its number; columns that we do not know are left out.

    `letters` tell where each column stands, `epoch` from which day numbers count as dates."""

    letters: dict[Column, str]
    rows: Sequence[tuple[int, dict[Column, Value]]]
    epoch: datetime


@dataclass(frozen=True, slots=True)
class Calendar:
    """The file of a calendar, not yet read."""

    content: bytes


@dataclass(slots=True)
class Opened:
    """What it is; with faults nothing of it counts."""

    found: Table | Calendar | None = None
    faults: Faults = field(default_factory=Faults)


_EPOCH: Final = datetime.fromisoformat("1899-12-30")
"""Spreadsheets count days from it, without a time zone."""


def opened(content: bytes) -> Opened:
    """What was sent, as a table or a calendar. Never raises."""
    is_ = Opened()
    if len(content) > MOST_BYTES:
        is_.faults.add(Cell(), Expected.SMALLER, MOST_BYTES // 1_000_000)
    elif _CALENDAR.match(content):
        is_.found = Calendar(content)
    elif content.startswith(_OLD_OR_LOCKED):
        is_.faults.add(Cell(), Expected.NEWER)
    elif content.startswith(b"PK"):
        _open_workbook(content, is_)
    else:
        _open_text(content, is_)
    return is_


# --- a workbook -------------------------------------------------------------------------------------------------


def _open_workbook(content: bytes, is_: Opened) -> None:
    from openpyxl.reader.excel import ExcelReader  # only who reads a workbook pays for it

    try:
        refused = _refused(content)
        if refused is not None:
            expected, most = refused
            is_.faults.add(Cell(), expected, most)
            return
        reader = ExcelReader(io.BytesIO(content), read_only=True, keep_links=False)
        reader.read()
        try:
            _find_table(reader, is_)
        finally:
            reader.archive.close()
    except Exception:  # the library raises whatever comes up while it reads a damaged file
        is_.found = None
        is_.faults.add(Cell(), Expected.FILE)


def _refused(content: bytes) -> tuple[Expected, int] | None:
    """What is wrong with the archive itself, before anything in it is unpacked."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        names = {one.filename.lower() for one in parts}
        if len(parts) > MOST_PARTS or sum(one.file_size for one in parts) > MOST_UNPACKED or _has_many_tags(archive):
            return Expected.SMALLER, MOST_UNPACKED // 1_000_000
    if not any(one.startswith("xl/") for one in names):
        return Expected.FILE, 0
    if any(one.endswith("vbaproject.bin") for one in names):
        return Expected.NO_MACROS, 0
    if any(one.startswith("xl/externallinks/") for one in names):
        return Expected.NO_OTHER_FILES, 0
    return None


def _has_many_tags(archive: zipfile.ZipFile) -> bool:
    """Whether more stands in it than any table of events holds, whatever its parts are called. What is unpacked for it
    was measured before."""
    in_sheets = beside = 0
    for one in archive.infolist():
        tags = archive.read(one).count(b"<")
        if one.filename.startswith(("xl/worksheets/", "xl/sharedStrings")):
            in_sheets += tags
        else:
            beside += tags
    return in_sheets > MOST_TAGS_IN_SHEETS or beside > MOST_TAGS


def _find_table(reader: "ExcelReader", is_: Opened) -> None:
    """The first sheet that has the headings."""
    for sheet in reader.wb.worksheets:
        cells = sheet.iter_rows(max_row=LAST_ROW, max_col=MOST_COLUMNS, values_only=True)
        rows = enumerate((tuple(_value(one) for one in row) for row in cells), start=1)
        begins = _headings(rows)
        if begins is not None:
            at, names = begins
            _read(at, names, rows, is_, reader.wb.epoch)
            if isinstance(is_.found, Table):
                parts = {found.name: rel.target for found, rel in reader.parser.find_sheets()}
                _look_for_merged(reader.archive.read(parts[sheet.title]), at, is_.found, is_.faults)
            return
    is_.faults.add(Cell(), Expected.HEADINGS)


def _value(held: object) -> Value:
    """What a cell holds; a formula of many cells is one like any other."""
    match held:
        case None | str() | int() | float() | datetime() | date() | time() | timedelta():
            return held
        case _:
            return f"={held}" if type(held).__name__.endswith("Formula") else str(held)


def _look_for_merged(part: bytes, headings_at: int, table: Table, faults: Faults) -> None:
    """Cells made into one hide what the others hold; the reader gives no word of them."""
    columns = {letter: column for column, letter in table.letters.items()}
    for first, number in _MERGED.findall(part)[:MOST_ROWS]:
        letter, row = first.decode(), int(number)
        if row > headings_at and letter in columns:
            faults.add(Cell(row, columns[letter], letter), Expected.NOT_MERGED)


# --- text ---------------------------------------------------------------------------------------------------------


def _open_text(content: bytes, is_: Opened) -> None:
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))  # as Excel saves "Unicode text"
    try:
        text = content.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError:
        looks_like_text = b"\0" not in content[:1000]
        is_.faults.add(Cell(), Expected.TEXT if looks_like_text else Expected.FILE)
        return
    if "\0" in text:
        is_.faults.add(Cell(), Expected.FILE)
        return
    head = text.partition("\n")[0]
    delimiter = max(";\t,", key=head.count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows = enumerate((tuple(cells[:MOST_COLUMNS]) for cells in lines), start=1)
    try:
        begins = _headings(rows)
        if begins is None:
            is_.faults.add(Cell(), Expected.HEADINGS)
        else:
            _read(*begins, rows, is_, _EPOCH)
    except csv.Error:
        is_.found = None
        is_.faults.add(Cell(), Expected.FILE)


# --- both ---------------------------------------------------------------------------------------------------------

Rows = Iterator[tuple[int, tuple[Value, ...]]]


def _headings(rows: Rows) -> tuple[int, list[Column | None]] | None:
    """The row of the headings, and which column stands where; None where there is no such row near the top."""
    known = headings()
    for at, cells in rows:
        names = [known.get(plain(cell)) if isinstance(cell, str) else None for cell in cells]
        if len(set(names) - {None}) >= _ENOUGH_HEADINGS:
            return at, names
        if at >= _LOOKED_FOR_HEADINGS:
            return None
    return None


def _read(at: int, names: list[Column | None], rows: Rows, is_: Opened, epoch: datetime) -> None:
    letters: dict[Column, str] = {}
    for index, name in enumerate(names):
        if name is None:
            continue
        if name in letters:
            is_.faults.add(Cell(at, name, letter_of(index)), Expected.COLUMN_ONCE)
        letters.setdefault(name, letter_of(index))
    for needed in NEEDED:
        if needed not in letters:
            is_.faults.add(Cell(None, needed), Expected.COLUMN)
    if is_.faults:
        return
    kept: list[tuple[int, dict[Column, Value]]] = []
    for number, cells in rows:
        held: dict[Column, Value] = {
            name: value
            for name, value in zip(names, cells, strict=False)
            if name is not None and value is not None and not (isinstance(value, str) and not value.strip())
        }
        if not held:
            continue
        if len(kept) == MOST_ROWS:
            is_.faults.add(Cell(number), Expected.FEWER, MOST_ROWS)
            return
        kept.append((number, held))
    if not kept:
        is_.faults.add(Cell(), Expected.ROWS)
        return
    is_.found = Table(letters, kept, epoch)


def letter_of(index: int) -> str:
    """What spreadsheets call the column with that index: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
