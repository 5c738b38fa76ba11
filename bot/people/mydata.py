"""Everything that is kept of somebody as a page to be read, in their language, beside the file for programs.

The workshop makes it: what has a language arrives as words (`Routes.make`). Codes are told in the words of
`codes.toml`; any other stands as it lies in the database, and nothing is left out for want of a word.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from html import escape
from typing import Any, Final

from bot.people import codes
from bot.people.menu import ShowMenu
from bot.turn import Attachment, Made, button
from bot.words import phrase

KIND: Final = "people.mydata"

_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT.*")
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")

_STYLE: Final = (
    "body{font:16px/1.5 system-ui,sans-serif;margin:1rem auto;max-width:44rem;padding:0 1rem;color:#1c1c1c}"
    "table{border-collapse:collapse;margin:0 0 1rem;width:100%}"
    "th,td{text-align:left;vertical-align:top;padding:.2rem .6rem .2rem 0;border-bottom:1px solid #ddd}"
    "th{font-weight:400;color:#555;width:40%}td{overflow-wrap:anywhere}"
)


def facts(found: Mapping[str, Sequence[Mapping[str, Any]]]) -> Mapping[str, Any]:
    """What the page tells, from what `belongings.collect` found: tables, their rows, name and value of each cell."""
    tables = [
        {"name": phrase(f"people.any.table.{name}"), "rows": [_row(name, row) for row in rows]}
        for name, rows in found.items()
    ]
    return {
        "title": phrase("people.any.my_data_title"),
        "technical": phrase("people.any.my_data_technical"),
        "tables": tables,
    }


def _row(table: str, row: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [_cell(table, name, value) for name, value in row.items() if value is not None]


def _cell(table: str, name: str, value: Any) -> dict[str, Any]:
    """A cell without a word for its name is technical: it is told last, under the name it has in the database."""
    called = codes.column(name)
    return {"name": called or name, "value": _value(table, name, value), "technical": called is None}


def _value(table: str, name: str, value: Any) -> Any:
    """Days, moments and codes as words of the reader's language; what has no words stands as it is kept."""
    match value:
        case bool():
            return codes.yes_or_no(value)
        case dict():
            return [_cell(name, inner, one) for inner, one in value.items()]
        case list():
            return [_value(table, name, one) for one in value]
        case _:
            said = codes.words(table, name, text := str(value))
            return said or _day_or_moment(text) or text


def _day_or_moment(value: str) -> date | datetime | None:
    """What the database keeps as a day or a moment; words that only look like one are words."""
    try:
        if _MOMENT.fullmatch(value):
            return datetime.fromisoformat(value)
        return date.fromisoformat(value) if _DAY.fullmatch(value) else None
    except ValueError:
        return None


def page(told: Mapping[str, Any]) -> Made:
    """One HTML file that needs nothing else to be read."""
    title, rest = escape(str(told["title"])), escape(str(told["technical"]))
    head = "<!doctype html><meta charset=utf-8><meta name=viewport content='width=device-width'>"
    parts = [f"{head}<title>{title}</title><style>{_STYLE}</style><h1>{title}</h1>"]
    for table in told["tables"]:
        parts.append(f"<h2>{escape(str(table['name']))}</h2>")
        for row in table["rows"]:
            parts.append(_table([cell for cell in row if not cell["technical"]]))
            if technical := [cell for cell in row if cell["technical"]]:
                parts.append(f"<details><summary>{rest}</summary>{_table(technical)}</details>")
    file = Attachment("my-data.html", "".join(parts).encode())
    return Made(phrase("people.any.my_data_page"), (file,), ((button("people.any.button.menu", ShowMenu()),),))


def _table(row: Sequence[Mapping[str, Any]]) -> str:
    cells = (f"<tr><th>{escape(str(one['name']))}<td>{_told(one['value'])}" for one in row)
    return f"<table>{''.join(cells)}</table>"


def _told(value: Any) -> str:
    """Several things with commas between; what is a list of named things as a table of its own."""
    match value:
        case [{"name": _}, *_]:
            return _table(value)
        case list():
            return ", ".join(_told(one) for one in value) or "–"
        case _:
            return escape(str(value))
