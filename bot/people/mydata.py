"""Everything that is kept of somebody as a page to be read, in their language, beside the file for programs.

The workshop makes it: what has a language arrives as words (`Routes.make`). Codes that have no words stand as they lie
in the database; nothing is left out for want of a word.
"""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from html import escape
from typing import Any, Final

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


COLUMNS: Final = frozenset(
    {
        "acknowledged_at", "age_band", "answer", "answered_at", "answers", "appeal", "appointment_at", "at", "channel",
        "closed_at", "code_name", "created_at", "delete_at", "due_at", "ends_on", "finished_at", "given_at", "given_by",
        "kind", "language", "level", "mentor_id", "minutes", "municipality", "name", "note", "opened_at", "outcome",
        "passed_on", "planned_on", "pulse", "purpose", "reason", "recipient", "role", "stage", "started_at",
        "starts_on", "state", "steps", "texts", "told_at", "until", "version", "viewer_id", "way", "week", "what",
        "wish", "withdrawn_at", "words",
    }
)  # fmt: skip
"""Columns that have a word of their own; the rest is technical and stands under the name it has in the database."""


def facts(found: Mapping[str, Sequence[Mapping[str, Any]]]) -> Mapping[str, Any]:
    """What the page tells, from what `belongings.collect` found: tables, their rows, name and value of each cell."""
    tables = [
        {"name": phrase(f"people.any.table.{name}"), "rows": [_row(row) for row in rows]}
        for name, rows in found.items()
    ]
    return {"title": phrase("people.any.my_data_title"), "tables": tables}


def _row(row: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [
        {"name": phrase(f"people.any.column.{name}") if name in COLUMNS else name, "value": _value(name, value)}
        for name, value in row.items()
        if value is not None
    ]


def _value(name: str, value: Any) -> Any:
    """Days and moments are told in the reader's language, and so are languages; the rest stands as it is kept."""
    match value:
        case bool():
            return "+" if value else "-"
        case str() if name == "language":
            return phrase(f"people.any.language.{value}")
        case str() if (read := _day_or_moment(value)) is not None:
            return read
        case dict() | list():
            return json.dumps(value, ensure_ascii=False)
        case _:
            return str(value)


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
    title = escape(str(told["title"]))
    head = "<!doctype html><meta charset=utf-8><meta name=viewport content='width=device-width'>"
    parts = [f"{head}<title>{title}</title><style>{_STYLE}</style><h1>{title}</h1>"]
    for table in told["tables"]:
        parts.append(f"<h2>{escape(str(table['name']))}</h2>")
        parts += [_table(row) for row in table["rows"]]
    file = Attachment("my-data.html", "".join(parts).encode())
    return Made(phrase("people.any.my_data_page"), (file,), ((button("people.any.button.menu", ShowMenu()),),))


def _table(row: Sequence[Mapping[str, Any]]) -> str:
    cells = (f"<tr><th>{escape(str(one['name']))}<td>{escape(str(one['value']))}" for one in row)
    return f"<table>{''.join(cells)}</table>"
