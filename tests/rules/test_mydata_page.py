"""The page of one's own data is made of whatever somebody once typed."""

from datetime import date

import pytest

from bot.people import mydata


@pytest.mark.feature("X49")
@pytest.mark.parametrize("typed", ["2026-02-30", "2026-13-01T", "2026-02-28Tomorrow"])
def test_words_that_look_like_a_day_and_are_none_are_told_as_words(typed: str) -> None:
    (table,) = mydata.facts({"blocks": [{"appeal": typed}]})["tables"]
    assert table["rows"][0][0]["value"] == typed


def test_a_day_is_told_as_a_day() -> None:
    (table,) = mydata.facts({"reached": [{"week": "2026-03-02"}]})["tables"]
    assert table["rows"][0][0]["value"] == date(2026, 3, 2)
