"""A mentor's month as files to print and sign: a table for the accounts (XLSX) and a page for the pen (PDF). Pure.

The libraries are loaded when a sheet is made: most starts of the bot never need them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from io import BytesIO
from typing import Any, Final

from bot.directory.rules import place_key
from bot.fonts import BOLD, REGULAR
from bot.people.menu import ShowMenu
from bot.programme.worked.hours import Line, after, clock, decimal, total
from bot.programme.worked.hours_actions import OpenHours
from bot.routes import Routes
from bot.turn import Attachment, Made, button
from bot.words import Language, Listing, Phrase, SaidIn, phrase

routes = Routes()

KIND: Final = "programme.month_sheet"

_LABELS: Final = (
    "title", "mentor", "place", "month", "youth", "day", "what", "minutes", "time", "hours", "sum", "total",
    "mentor_signs", "lead_signs", "signature", "signed_on",
)  # fmt: skip
_WIDTHS: Final = (34, 26, 84, 20, 20)
"""Columns of the page in millimetres: young person, day, what, minutes, hours and minutes."""


def facts(
    month: date,
    month_named: Phrase,
    mentor: str,
    places: Sequence[str],
    lines: Sequence[Line],
    names: Mapping[int, str],
    publicity: str,
) -> dict[str, Any]:
    """What `make` needs; `places` are codes of municipalities, empty for none, `names` code names by case."""
    return {
        "month": month.isoformat(),
        "month_named": _signed(month_named),
        "mentor": mentor,
        "places": _signed(phrase("programme.any.sheet.places", places=_listed(places))),
        "publicity": publicity,
        "words": {label: _signed(phrase(f"programme.any.sheet.{label}")) for label in _LABELS},
        "comma": _signed(phrase("programme.any.sheet.comma")),
        "youths": [
            {
                "name": names[number],
                "rows": [
                    {
                        "on": line.on.isoformat(),
                        "what": _signed(phrase(f"programme.any.hours.{line.what}")),
                        "minutes": line.minutes,
                    }
                    for line in lines
                    if line.case_id == number
                ],
                "minutes": total(lines, number),
            }
            for number in sorted(names, key=lambda number: names[number])
        ],
        "minutes": total(lines),
    }


def _signed(words: Phrase) -> SaidIn:
    """In Latvian whatever its mentor reads: the sheet is signed and goes into the municipality's accounts."""
    return SaidIn(Language.LV, words)


def _listed(places: Sequence[str]) -> Listing:
    return Listing(tuple(phrase(place_key(code or None)) for code in places))


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the sheet; `minutes` is a number, so that tables can reckon with it."""

    name: str
    on: date
    what: str
    minutes: int


@routes.make(KIND)
def make(given: Mapping[str, Any]) -> Made:
    """Both files, and the way back to the month."""
    month = date.fromisoformat(given["month"])
    name = f"proti-un-dari-{month:%Y-%m}"
    return Made(
        phrase("programme.staff.hours.sheet_ready", total=clock(given["minutes"])),
        (Attachment(f"{name}.xlsx", as_xlsx(given)), Attachment(f"{name}.pdf", as_pdf(given))),
        (
            (button("programme.staff.button.all_hours", OpenHours(month)),),
            (button("people.any.button.menu", ShowMenu()),),
        ),
    )


def _rows(youth: Mapping[str, Any]) -> list[Row]:
    return [
        Row(_clean(youth["name"]), date.fromisoformat(one["on"]), one["what"], one["minutes"]) for one in youth["rows"]
    ]


def _clean(text: str) -> str:
    """Without signs that no file may hold."""
    return "".join(sign for sign in text if sign.isprintable())


def _heading(given: Mapping[str, Any]) -> list[tuple[str, str]]:
    words = given["words"]
    return [
        (words["mentor"], _clean(given["mentor"])),
        (words["place"], given["places"]),
        (words["month"], given["month_named"]),
    ]


# --- the table --------------------------------------------------------------------------------------------------


def as_xlsx(given: Mapping[str, Any]) -> bytes:
    """One sheet. What people typed stays text, whatever it begins with; sums are written out, not reckoned there."""
    from openpyxl import Workbook
    from openpyxl.styles import Font

    words, bold = given["words"], Font(bold=True)
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = f"{given['month'][:7]}"

    def put(values: Sequence[object], *, strong: bool = False) -> None:
        at = sheet.max_row + 1 if any(cell.value is not None for cell in sheet[sheet.max_row]) else sheet.max_row
        for column, value in enumerate(values, 1):
            cell = sheet.cell(at, column)
            cell.value = value  # type: ignore[assignment]  # the library's types leave out what a cell may hold
            if isinstance(value, str):
                cell.data_type = "s"  # never a formula
            if isinstance(value, date):
                cell.number_format = "DD.MM.YYYY"
            if strong:
                cell.font = bold

    put([words["title"]], strong=True)
    for label, value in _heading(given):
        put([label, value])
    if given["publicity"]:
        put([given["publicity"]])
    put([words[one] for one in ("youth", "day", "what", "minutes", "time", "hours")], strong=True)
    for youth in given["youths"]:
        for row in _rows(youth):
            put([row.name, row.on, row.what, row.minutes, clock(row.minutes), decimal(row.minutes)])
        put([_clean(youth["name"]), None, words["sum"], *_summed(youth["minutes"])], strong=True)
    put([None, None, words["total"], *_summed(given["minutes"])], strong=True)
    for who in ("mentor_signs", "lead_signs"):
        put([words[who], None, words["signature"], None, words["signed_on"]])
    for letter, width in zip("ABCDEF", (24, 14, 44, 10, 10, 12), strict=True):
        sheet.column_dimensions[letter].width = width
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _summed(minutes: int) -> list[object]:
    return [minutes, clock(minutes), decimal(minutes)]


# --- the page ---------------------------------------------------------------------------------------------------


def as_pdf(given: Mapping[str, Any]) -> bytes:
    """As many A4 pages as it takes; letters stay letters, so that they can be searched."""
    from fpdf import FPDF

    words = given["words"]
    pdf = FPDF(unit="mm", format="A4")
    pdf.set_creation_date(datetime.combine(after(date.fromisoformat(given["month"])), time(12), UTC))
    pdf.set_title(f"{words['title']} {given['month'][:7]}")
    pdf.set_margin(13)
    pdf.set_auto_page_break(auto=True, margin=15)
    pdf.add_font("page", "", REGULAR)
    pdf.add_font("page", "B", BOLD)
    pdf.add_page()
    _write(pdf, words["title"], size=16, style="B")
    for label, value in _heading(given):
        _write(pdf, f"{label}: {value}")
    pdf.ln(3)
    _table(pdf, given)
    pdf.ln(3)
    hours = f"{decimal(given['minutes']):.2f}".replace(".", given["comma"])
    _write(pdf, f"{words['total']}: {clock(given['minutes'])} ({hours} {words['hours']})", size=12, style="B")
    for who in ("mentor_signs", "lead_signs"):
        pdf.ln(8)
        _write(pdf, f"{words[who]}: {'_' * 26}   {words['signature']}: {'_' * 18}   {words['signed_on']}: {'_' * 10}")
    pdf.ln(6)
    if given["publicity"]:
        _write(pdf, given["publicity"], size=8)
    return bytes(pdf.output())


def _write(pdf: Any, text: str, *, size: int = 10, style: str = "") -> None:
    pdf.set_font("page", style, size)
    pdf.multi_cell(0, size * 0.55, text, new_x="LMARGIN", new_y="NEXT", align="L")


def _table(pdf: Any, given: Mapping[str, Any]) -> None:
    words = given["words"]
    pdf.set_font("page", "", 9)
    with pdf.table(col_widths=_WIDTHS, line_height=5, text_align="LEFT") as table:
        table.row([words[one] for one in ("youth", "day", "what", "minutes", "time")])
        for youth in given["youths"]:
            for row in _rows(youth):
                table.row([row.name, f"{row.on:%d.%m.%Y}", row.what, str(row.minutes), clock(row.minutes)])
            summed = youth["minutes"]
            table.row([_clean(youth["name"]), "", words["sum"], str(summed), clock(summed)])
