"""A mentor's hours: months, what may still be put right, times as people write them, and the files for signing."""

from datetime import date
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from bot.programme.worked import hours, hours_sheet
from bot.programme.worked.hours import Line
from bot.texts import Texts
from bot.words import InLanguages, Language, Lines, Listing, Phrase, SaidIn, phrase

TODAY = date(2026, 3, 18)
TEXTS = Texts(ZoneInfo("Europe/Riga"))


@pytest.mark.parametrize(
    ("day", "may"),
    [
        (date(2026, 3, 18), True),
        (date(2026, 3, 15), True),  # a Sunday
        (date(2026, 2, 1), True),
        (date(2026, 1, 31), False),
        (date(2026, 3, 19), False),
    ],
)
def test_time_may_be_put_right_in_this_month_and_the_last_and_never_ahead(day: date, may: bool) -> None:
    assert hours.may_stand_on(day, TODAY) is may


def test_in_january_the_last_month_is_december() -> None:
    assert hours.may_stand_on(date(2025, 12, 1), date(2026, 1, 31))
    assert not hours.may_stand_on(date(2025, 11, 30), date(2026, 1, 31))


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("45", 45),
        (" 1:15 ", 75),
        ("1.05", 65),
        ("10:00", 600),
        ("10:01", None),
        ("0", None),
        ("1:75", None),
        ("x", None),
        ("", None),
        ("1" * 4096, None),
    ],
)
def test_a_time_is_read_as_people_write_it(typed: str, minutes: int | None) -> None:
    assert hours.typed_minutes(typed) == minutes


@given(st.integers(1, 60_000))
def test_hours_and_minutes_tell_the_same_as_minutes(minutes: int) -> None:
    whole, rest = hours.clock(minutes).split(":")
    assert int(whole) * 60 + int(rest) == minutes
    assert abs(hours.decimal(minutes) * 60 - minutes) <= 0.3


# --- the sheet --------------------------------------------------------------------------------------------------

LINES = [
    Line(None, 1, date(2026, 3, 3), 60, "checkin_met"),
    Line(7, 1, date(2026, 3, 8), 95, "along"),
    Line(8, 2, date(2026, 3, 29), 35, "others"),
]


def unpacked(value: Any, language: Language) -> Any:
    """As the workshop hands facts to a maker."""
    if isinstance(value, dict):
        return {name: unpacked(one, language) for name, one in value.items()}
    if isinstance(value, list):
        return [unpacked(one, language) for one in value]
    return TEXTS.fact(value, language) if isinstance(value, Phrase | Lines | Listing | InLanguages | SaidIn) else value


def given_facts(language: Language, mentor: str = "Žanete Ķirse", lines: list[Line] | None = None) -> dict[str, Any]:
    made = hours_sheet.facts(
        date(2026, 3, 1),
        phrase("programme.any.month.3", year=2026),
        mentor,
        ["LV-067"],
        LINES if lines is None else lines,
        {1: "Bura-101", 2: "Дніпро-102"},
        "Projektu līdzfinansē Eiropas Sociālais fonds Plus.",
    )
    found: dict[str, Any] = unpacked(made, language)
    return found


def pages(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document).replace("\r\n", "\n")
    finally:
        document.close()


@pytest.mark.parametrize("language", list(Language))
def test_the_table_reads_back_with_totals_that_equal_its_rows(language: Language) -> None:
    facts = given_facts(language)
    sheet = load_workbook(BytesIO(hours_sheet.as_xlsx(facts))).worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    entries = [row for row in rows if hasattr(row[1], "year")]
    assert [(row[0], row[1].date(), row[3]) for row in entries] == [
        ("Bura-101", date(2026, 3, 3), 60),
        ("Bura-101", date(2026, 3, 8), 95),
        ("Дніпро-102", date(2026, 3, 29), 35),
    ]
    words = facts["words"]
    sums = {row[0]: row[3:6] for row in rows if row[2] == words["sum"]}
    assert sums == {"Bura-101": (155, "2:35", 2.58), "Дніпро-102": (35, "0:35", 0.58)}
    (whole,) = [row for row in rows if row[2] == words["total"]]
    assert whole[3:6] == (sum(row[3] for row in entries), "3:10", 3.17)
    assert {words["mentor_signs"], words["lead_signs"]} <= {row[0] for row in rows}


@pytest.mark.parametrize("language", list(Language))
def test_the_page_holds_every_row_the_total_and_two_places_to_sign(language: Language) -> None:
    facts = given_facts(language)
    text = pages(hours_sheet.as_pdf(facts))
    for part in ("Žanete Ķirse", "03.03.2026", "08.03.2026", "Дніпро-102", "2:35", "3:10", facts["month_named"]):
        assert part in text
    assert facts["words"]["title"] in text
    assert text.count(facts["words"]["signature"]) == 2
    assert "3,17" in text
    assert "Eiropas Sociālais fonds Plus" in text


@pytest.mark.parametrize("name", ["=1+1", '=HYPERLINK("http://x","y")', "+371", "@x", "-2", "a\x07b\x00"])
def test_a_name_is_never_a_formula(name: str) -> None:
    book = load_workbook(BytesIO(hours_sheet.as_xlsx(given_facts(Language.LV, name))))
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row if cell.value is not None]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    assert "".join(sign for sign in name if sign.isprintable()) in [cell.value for cell in cells]


def test_a_month_of_many_lines_takes_several_pages_and_loses_none() -> None:
    many = [Line(number, 1, date(2026, 3, 1 + number % 31), 5 + number, "papers") for number in range(120)]
    facts = given_facts(Language.UK, lines=many)
    text = pages(hours_sheet.as_pdf(facts))
    assert text.count(facts["youths"][0]["rows"][0]["what"]) == 120
    assert hours.clock(sum(one.minutes for one in many)) in text


@pytest.mark.parametrize("language", list(Language))
def test_the_sheet_that_is_signed_is_in_latvian_whatever_its_mentor_reads(language: Language) -> None:
    facts = given_facts(language)
    assert facts["words"] == given_facts(Language.LV)["words"]
    assert facts["month_named"] == TEXTS.plain(phrase("programme.any.month.3", year=2026), Language.LV)
    assert facts["places"] == TEXTS.plain(phrase("directory.any.place.lv_067"), Language.LV)
    assert facts["youths"] == given_facts(Language.LV)["youths"]
