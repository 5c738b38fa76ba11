"""The empty table in which events are written down: headings, hints and lists of words in one language. Pure.

Nothing that people wrote goes into it, so no cell can turn into a formula on somebody's computer.
"""

import io
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from bot.events.from_file.importing_columns import (
    DETAILS,
    MOMENTS,
    NEEDED,
    NUMBERS,
    TITLES,
    Column,
    heading,
    hint,
    words_of,
)
from bot.events.from_file.importing_opening import MOST_ROWS, letter_of
from bot.events.from_file.importing_words import said
from bot.words import Language, Phrase, phrase

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

NAME: Final = phrase("events.staff.sheet.file_name")
TABLE: Final = phrase("events.staff.sheet.table")
GUIDE: Final = phrase("events.staff.sheet.guide")
WORDS: Final = phrase("events.staff.sheet.words")

_ONE_WORD: Final = frozenset(
    {
        Column.KIND,
        Column.NEWS_OF,
        Column.FIRST,
        Column.HELD_IN,
        Column.MUNICIPALITY,
        Column.REGION,
        Column.GUARDIAN,
        Column.ASKS_NEEDS,
        Column.LEVEL,
        Column.COUNTRY,
        Column.FUNDER,
        Column.LISTED,
    }
)
"""The columns whose cells hold one word of a list; the others take several."""

_WIDE: Final = frozenset({*TITLES.values(), *DETAILS.values(), Column.PLACE, Column.AGENDA, Column.ORGANISERS})
_LONGEST_HINT: Final = 255
"""What a spreadsheet shows beside a cell; its heading 32."""

_LONGEST_HINT_TITLE: Final = 32
_MOMENT_FORMAT: Final = "dd.mm.yyyy hh:mm"


def template(language: Language) -> bytes:
    """The file (.xlsx): a sheet to fill in, one that explains every column, one with all the words."""
    from openpyxl import Workbook  # only who makes a file pays for it

    book = Workbook()
    book.remove(book.worksheets[0])
    table = book.create_sheet(said(TABLE, language))
    guide = book.create_sheet(said(GUIDE, language))
    listed = _write_words(book, language)
    _write_table(table, listed, language)
    _write_guide(guide, language)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def _write_words(book: "Workbook", language: Language) -> Mapping[Column, str]:
    """Every list of words in a column of its own, and where each one stands."""
    sheet = book.create_sheet(said(WORDS, language))
    where: dict[Column, str] = {}
    listing = [column for column in Column if words_of(column)]
    for index, column in enumerate(listing):
        letter = letter_of(index)
        sheet[f"{letter}1"] = said(heading(column), language)
        words = words_of(column).values()
        for row, word in enumerate(words, start=2):
            sheet[f"{letter}{row}"] = said(word, language)
        where[column] = f"'{sheet.title}'!${letter}$2:${letter}${len(words) + 1}"
        sheet.column_dimensions[letter].width = 24
    return where


def _write_table(sheet: "Worksheet", listed: Mapping[Column, str], language: Language) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.worksheet.datavalidation import DataValidation

    for index, column in enumerate(Column):
        letter = letter_of(index)
        head = sheet[f"{letter}1"]
        head.value = said(heading(column), language)
        head.font = Font(bold=True)
        head.alignment = Alignment(wrap_text=True, vertical="top")
        if column in NEEDED:
            head.fill = PatternFill("solid", fgColor="FFF2CC")
        sheet.column_dimensions[letter].width = 34 if column in _WIDE else 18
        if column in MOMENTS:
            for row in range(2, MOST_ROWS + 2):
                sheet[f"{letter}{row}"].number_format = _MOMENT_FORMAT
        shown = DataValidation(
            type="list" if column in _ONE_WORD else None,
            formula1=listed[column] if column in _ONE_WORD else None,
            allow_blank=True,
            showInputMessage=True,
            showErrorMessage=column in _ONE_WORD,
            errorStyle="warning",  # words of another language are understood too
            promptTitle=said(heading(column), language)[:_LONGEST_HINT_TITLE],
            prompt=said(hint(column), language)[:_LONGEST_HINT],
        )
        if column in NUMBERS:
            shown.type, shown.operator, shown.formula1 = "whole", "greaterThanOrEqual", "1"
        shown.add(f"{letter}2:{letter}{MOST_ROWS + 1}")
        sheet.add_data_validation(shown)
    sheet.row_dimensions[1].height = 48
    sheet.freeze_panes = "A2"


def _write_guide(sheet: "Worksheet", language: Language) -> None:
    """Column by column: what goes there, and whether it must."""
    from openpyxl.styles import Alignment, Font

    def write(row: int, *cells: Phrase) -> None:
        for index, one in enumerate(cells):
            cell = sheet[f"{letter_of(index)}{row}"]
            cell.value = said(one, language)
            cell.alignment = Alignment(wrap_text=True, vertical="top")

    write(1, phrase("events.staff.sheet.guide_begin"))
    sheet["A1"].font = Font(bold=True)
    sheet.merge_cells("A1:C1")
    sheet.row_dimensions[1].height = 80
    must, may = phrase("events.staff.sheet.must"), phrase("events.staff.sheet.may")
    for row, column in enumerate(Column, start=2):
        write(row, heading(column), must if column in NEEDED else may, hint(column))
    for letter, width in (("A", 30), ("B", 14), ("C", 90)):
        sheet.column_dimensions[letter].width = width
