"""What the workshop is handed to draw and write the figures from, and what it makes of that: a picture and a table.

Only counts that are safe to show ever get into the facts, for the facts lie in the database until the work is done.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from bot.figures.suppression import Range
from bot.figures.table import csv_file
from bot.outreach.actions import ShowSource
from bot.outreach.funnel import STAGES, Line
from bot.people.menu import ShowMenu
from bot.turn import Attachment, AttachmentKind, Keyboard, Made, button
from bot.words import Fact, Phrase, phrase

MOST_ROWS_DRAWN: Final = 15
"""Lines of sources or places in the picture, the longest first; the table has all of them."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Figures with their names: one line for the road, and the lines that it is the sum of, if there are several."""

    title: Phrase
    line: Line
    is_sum: bool
    rows: Sequence[tuple[Fact, Line]]
    rows_title: Phrase
    questions: Sequence[str]
    before: date
    source: int | None = None
    rows_are_sums: bool = False


def facts(sheet: Sheet, step: int) -> dict[str, Any]:
    """The sheet, counted in such steps, as the workshop keeps and translates it."""
    note = phrase("outreach.staff.figures.note", before=sheet.before, few=step, low=2 * step, high=3 * step - 1)
    return {
        "title": sheet.title,
        "note": note,
        "sections": _sections(sheet),
        "table": _table(sheet),
        "source": sheet.source,
    }


def make(given: Mapping[str, Any]) -> Made:
    """The files from these facts. The picture comes last, so that it stays in sight above its words."""
    from bot.figures import bars  # Pillow is loaded when there is something to draw

    sections = [
        bars.Section(
            one["title"],
            tuple(
                bars.Bar(_first_line(bar["label"]), bar["from"], bar["to"], bar["words"], bar["aside"])
                for bar in one["bars"]
            ),
        )
        for one in given["sections"]
    ]
    table = Attachment("proti-un-dari.csv", csv_file([_first_lines(row) for row in given["table"]]))
    picture = bars.draw(given["title"], sections, given["note"])
    drawn = Attachment("proti-un-dari.png", picture, AttachmentKind.PICTURE)
    words = phrase("outreach.staff.figures.ready", title=given["title"], note=given["note"])
    return Made(words, (table, drawn), _way_on(given["source"]))


def _way_on(source: int | None) -> Keyboard:
    menu = (button("people.any.button.menu", ShowMenu()),)
    if source is None:
        return (menu,)
    return ((button("outreach.staff.button.to_source", ShowSource(source)),), menu)


# --- the picture ------------------------------------------------------------------------------------------------


def _sections(sheet: Sheet) -> list[dict[str, Any]]:
    road = zip(STAGES, sheet.line.stages, strict=True)
    stages = [_bar(_stage(stage.value), cell, is_sum=sheet.is_sum) for stage, cell in road]
    asked = zip(sheet.questions, sheet.line.questions, sheet.line.stopped, strict=True)
    questions = [
        _bar(_question(question), cell, is_sum=sheet.is_sum, stopped=stopped) for question, cell, stopped in asked
    ]
    drawn = sorted(sheet.rows, key=lambda row: row[1].stages[0].at_least, reverse=True)[:MOST_ROWS_DRAWN]
    rows = [_bar(name, line.stages[0], is_sum=sheet.rows_are_sums) for name, line in drawn]
    sections = [
        {"title": phrase("outreach.staff.figures.road"), "bars": stages},
        {"title": phrase("outreach.staff.figures.questions"), "bars": questions},
    ]
    return [sections[0], {"title": sheet.rows_title, "bars": rows}, sections[1]] if rows else sections


def _bar(label: Fact, cell: Range, *, is_sum: bool, stopped: int = 0) -> dict[str, Any]:
    return {
        "label": label,
        "from": cell.at_least,
        "to": None if is_sum else cell.at_most,
        "words": _words(cell, is_sum=is_sum),
        "aside": phrase("outreach.staff.figures.stopped", number=stopped) if stopped else "",
    }


def _words(cell: Range, *, is_sum: bool) -> Phrase:
    if cell.is_few and is_sum:
        return phrase("outreach.staff.figures.too_few")
    if cell.is_few:
        return phrase("outreach.staff.figures.few", few=cell.at_most + 1)
    if is_sum:
        return phrase("outreach.staff.figures.at_least", number=cell.at_least)
    return phrase("outreach.staff.figures.range", low=cell.at_least, high=cell.at_most)


def _stage(stage: str) -> Phrase:
    return phrase(f"outreach.staff.figures.stage.{stage}")


def _question(question: str) -> Phrase:
    return phrase(f"screening.youth.question.{question}")


# --- the table --------------------------------------------------------------------------------------------------


def _table(sheet: Sheet) -> list[list[Any]]:
    """A line for each row and one for all; a number is what it is at least, and a hidden one is no number."""
    head: list[Any] = [phrase("outreach.staff.figures.column.name"), *(_stage(stage.value) for stage in STAGES)]
    for question in sheet.questions:
        head.append(phrase("outreach.staff.figures.column.saw", question=_question(question)))
        head.append(phrase("outreach.staff.figures.column.stopped", question=_question(question)))
    rows = [_row(name, line, is_sum=sheet.rows_are_sums) for name, line in sheet.rows]
    last = phrase("outreach.staff.figures.total") if sheet.is_sum else sheet.title
    return [head, *rows, _row(last, sheet.line, is_sum=sheet.is_sum)]


def _row(name: Fact, line: Line, *, is_sum: bool) -> list[Any]:
    cells: list[Any] = [name, *(_cell(cell, is_sum=is_sum) for cell in line.stages)]
    for cell, stopped in zip(line.questions, line.stopped, strict=True):
        cells += [_cell(cell, is_sum=is_sum), stopped or ""]
    return cells


def _cell(cell: Range, *, is_sum: bool) -> int | Phrase:
    return _words(cell, is_sum=is_sum) if cell.is_few else cell.at_least


def _first_lines(row: Sequence[Any]) -> list[str | int]:
    return [cell if isinstance(cell, int) else _first_line(cell) for cell in row]


def _first_line(words: str) -> str:
    """A question's own words; what is explained below it stays out."""
    return words.strip().split("\n", 1)[0]
