"""A table as an Excel file in which nothing that people typed is ever calculated (faults.md X42; CWE-1236). Pure."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Final

Cell = str | int | None

_LONGEST: Final = 32_000
"""Letters that Excel takes in a cell, a little less."""


def xlsx(title: str, head: Sequence[str], rows: Iterable[Sequence[Cell]], widths: Sequence[int]) -> bytes:
    """One sheet under a bold first row that stays in sight.

    What is text is stored as text and marked so (quotePrefix), so that it stays text when somebody edits the cell too.
    The library is loaded here: most starts of the bot never need it.
    """
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = _plain(title, "[]:*?/\\")[:31] or "1"
    for at, row in enumerate((head, *rows), 1):
        for column, value in enumerate(row, 1):
            cell = sheet.cell(at, column)
            if isinstance(value, str):
                cell.value = _plain(value)[:_LONGEST]
                cell.data_type = "s"
                cell.quotePrefix = True
            elif value is not None:
                cell.value = value
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if at == 1:
                cell.font = Font(bold=True)
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _plain(text: str, without: str = "") -> str:
    """The text without signs that no such file may hold."""
    return "".join(sign for sign in text if (sign.isprintable() or sign == "\n") and sign not in without)
