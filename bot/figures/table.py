"""A table as a file that a double click opens: CSV as Excel reads it in Latvia, where a comma parts a number.

Semicolons between the cells (the list separator of Windows in Latvian), UTF-8 with the mark by which Excel knows it,
and CRLF (RFC 4180). Text is in quotes, so that a comma in it parts no cells elsewhere either. A cell that Excel, Calc
or Sheets would take for a formula gets an apostrophe before it and stays text (OWASP, "CSV Injection"; CWE-1236): names
are typed by people.
"""

import csv
import re
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import Final

_LIVE: Final = re.compile(r"[\s\0]*[=+\-@＝＋－＠]|[\t\r\n\0]")
"""Signs that begin a formula, in their wide forms too, also behind blanks; and those that may hide one."""


def csv_file(rows: Iterable[Sequence[str | int]]) -> bytes:
    """The file. Numbers stay numbers; nothing that is text is ever calculated."""
    text = StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n", quoting=csv.QUOTE_NONNUMERIC)
    for row in rows:
        writer.writerow([cell if isinstance(cell, int) else still(cell) for cell in row])
    return text.getvalue().encode("utf-8-sig")


def still(cell: str) -> str:
    """The text as no program calculates it."""
    return f"'{cell}" if _LIVE.match(cell) else cell
