"""What is known of every municipality as a table: by region, with the day it holds for and who said so."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from bot.directory.rules import Region, in_region, place_key, region_key
from bot.networks import rules
from bot.networks.actions_places import Country
from bot.networks.network import Coverage, Subject
from bot.networks.sheets import Cell, xlsx
from bot.routes import Routes
from bot.turn import Attachment, Made, button
from bot.words import phrase

routes = Routes()

KIND: Final = "networks.coverage_sheet"

_WIDTHS: Final = (22, 34, 20, 18, 26, 20, 18, 26)


def facts(coverage: Coverage, names: Mapping[int, str], today: date) -> dict[str, Any]:
    """What `make` needs; `names` of those who noted something, by their number."""
    return {
        "day": today.isoformat(),
        "words": {one: phrase(f"networks.any.coverage.{one}") for one in ("title", "region", "place", "as_of", "by")},
        "subjects": {one.value: phrase(f"networks.any.subject.{one.value}") for one in Subject},
        "rows": [
            [phrase(region_key(region)), phrase(place_key(one.code)), *_cells(coverage, one.code, names)]
            for region in Region
            for one in in_region(region)
        ],
    }


def _cells(coverage: Coverage, municipality: str, names: Mapping[int, str]) -> list[Any]:
    cells: list[Any] = []
    for subject in Subject:
        note = coverage.get((municipality, subject))
        cells.append(phrase(f"networks.any.value.{rules.value_of(coverage, municipality, subject).value}"))
        cells.append("" if note is None else note.as_of.isoformat())
        cells.append("" if note is None else names.get(note.noted_by or 0, ""))
    return cells


@routes.make(KIND)
def make(given: Mapping[str, Any]) -> Made:
    words = given["words"]
    head = [words["region"], words["place"]]
    for subject in Subject:
        head += [given["subjects"][subject.value], words["as_of"], words["by"]]
    rows: list[list[Cell]] = given["rows"]
    content = xlsx(words["title"], head, rows, _WIDTHS)
    back = (button("networks.staff.button.municipalities", Country()),)
    return Made(
        phrase("networks.staff.table_ready", count=len(rows)),
        (Attachment(f"coverage-{given['day']}.xlsx", content),),
        (back,),
    )
