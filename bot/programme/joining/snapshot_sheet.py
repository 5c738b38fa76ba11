"""The table of entries: one row for each young person and activity, by code name alone, as the workshop writes it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final
from zoneinfo import ZoneInfo

from bot.directory.rules import place_key
from bot.figures.table import csv_file
from bot.people.menu import ShowMenu
from bot.programme.afterwards.results import ResultKind
from bot.programme.joining.snapshots import Field
from bot.programme.joining.store_snapshots import Participant
from bot.programme.planning.goals import Measure
from bot.programme.reasons import reason
from bot.turn import Attachment, Made, button
from bot.words import Phrase, phrase

_NOT_SHOWN: Final = frozenset({Measure.ACCESS.value, Measure.MEDICAL.value, Measure.PSYCHOLOGIST.value})
"""Measures that say something of somebody's health: they stand in the official form."""

_COLUMNS: Final = (
    "who", "activity", "place", "joined_on", "left_on", "language", "ground", "inactive", "employed",
    "under_18", "from_18", "isced_0_2", "isced_3_4", "isced_5_8", "rural", "housing", "gender",
    "outcome", "four_weeks", "six_months", "whole",
)  # fmt: skip

Cell = str | int | Phrase


def facts(joined: Sequence[Participant], zone: ZoneInfo) -> dict[str, Any]:
    """What the workshop makes the file of."""
    head: list[Cell] = [phrase(f"programme.any.entry_column.{name}") for name in _COLUMNS]
    return {
        "rows": [head, *(row for one in joined for row in _rows(one, zone))],
        "note": phrase("programme.staff.snapshot.note"),
    }


def make(given: Mapping[str, Any]) -> Made:
    """The file, with the note as its last line."""
    table = Attachment("proti-un-dari-entries.csv", csv_file([*given["rows"], [given["note"]]]))
    menu = ((button("people.any.button.menu", ShowMenu()),),)
    return Made(phrase("programme.staff.snapshot.ready", note=given["note"]), (table,), menu)


def _rows(one: Participant, zone: ZoneInfo) -> Iterator[list[Cell]]:
    """The programme as a whole, and each kind of measure that was done; the entry is the same in all of them."""
    yield _row(one, phrase("programme.any.entry_activity"), zone)
    for kind in one.measures:
        if kind not in _NOT_SHOWN:
            yield _row(one, phrase(f"programme.any.measure.{kind}"), zone)


def _row(one: Participant, activity: Phrase, zone: ZoneInfo) -> list[Cell]:
    taken, answers = one.snapshot, one.snapshot.answers
    age = taken.age or answers.get(Field.AGE)
    education = answers.get(Field.EDUCATION)
    left = one.left_at.astimezone(zone).date().isoformat() if one.left_at else ""
    return [
        one.code_name,
        activity,
        phrase(place_key(taken.municipality)),
        taken.joined_on.isoformat(),
        left,
        phrase(f"people.any.language.{taken.language}"),
        reason(taken.ground) or "",
        *((1, 0) if taken.is_inactive else ("", "")),
        *(int(age == band) if age else "" for band in ("under_18", "from_18")),
        *(_flag(education, level) for level in ("isced_0_2", "isced_3_4", "isced_5_8")),
        *(_flag(answers.get(field), "yes") for field in (Field.RURAL, Field.HOUSING)),
        _said(Field.GENDER, answers.get(Field.GENDER)),
        reason(one.outcome) or "",
        *(reason(one.results.get(kind.value)) or "" for kind in (ResultKind.FOUR_WEEKS, ResultKind.SIX_MONTHS)),
        int(taken.kept_on is not None),
    ]


def _flag(answer: str | None, wanted: str) -> int | str:
    """1 or 0 as the indicators count; nothing where it was not asked or not said."""
    return "" if answer in (None, "not_said") else int(answer == wanted)


def _said(field: Field, answer: str | None) -> Phrase | str:
    return "" if answer is None else phrase(f"programme.any.entry.{field.value}.{answer}")
