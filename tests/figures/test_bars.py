"""The picture fits a phone, says no more than its figures, and has every letter it needs."""

from io import BytesIO

import pytest
from PIL import Image

from bot.figures.bars import WIDTH, Bar, Section, draw
from bot.figures.suppression import shown


def bar(label: str, count: int) -> Bar:
    one = shown(count)
    words = "fewer than 5" if one.is_few else f"{one.at_least}–{one.at_most}"
    return Bar(label, one.at_least, one.at_most, words)


def picture(*counts: int, label: str = "Atvēra botu") -> bytes:
    return draw(
        "Ogres novads", [Section("Ceļš", tuple(bar(label, count) for count in counts))], "Skaitļi ir noapaļoti."
    )


@pytest.mark.feature("O12")
def test_a_hidden_bar_looks_the_same_for_nobody_and_for_four() -> None:
    assert picture(20, 0) == picture(20, 4) == picture(24, 3)
    assert picture(20, 4) != picture(20, 5)


@pytest.mark.feature("A2")
def test_the_longest_words_and_many_bars_stay_within_what_telegram_shows() -> None:
    for label in ("Бібліотека " * 8, "x" * 300):
        drawn = Image.open(BytesIO(picture(*range(70), label=label[:60])))
        assert drawn.width == WIDTH
        assert drawn.width + drawn.height <= 10_000
        assert drawn.height / drawn.width <= 20


@pytest.mark.feature("A2")
def test_without_anybody_there_is_still_a_picture() -> None:
    assert Image.open(BytesIO(draw("", [Section("", ())], ""))).format == "PNG"
    assert Image.open(BytesIO(picture(0, 0))).format == "PNG"
