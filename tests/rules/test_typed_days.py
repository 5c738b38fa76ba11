"""A day and an hour as people type them, in figures and in words."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.calendar import Typed, typed_when

MONDAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("typed", "day", "at"),
    [
        ("piektdien 15:00", date(2026, 3, 6), time(15)),
        ("Piektdienā plkst. 15", date(2026, 3, 6), time(15)),
        ("tresdien 9.30", date(2026, 3, 4), time(9, 30)),
        ("svētdiena", date(2026, 3, 8), None),
        ("п'ятниця", date(2026, 3, 6), None),
        ("у п’ятницю о 15:00", date(2026, 3, 6), time(15)),
        ("В середу об 11", date(2026, 3, 4), time(11)),
        ("Friday", date(2026, 3, 6), None),
        ("on Friday at 15:00", date(2026, 3, 6), time(15)),
        ("rīt", date(2026, 3, 3), None),
        ("RIT, 10:00", date(2026, 3, 3), time(10)),
        ("завтра о 10", date(2026, 3, 3), time(10)),
        ("tomorrow 10:00", date(2026, 3, 3), time(10)),
        ("parīt", date(2026, 3, 4), None),
        ("післязавтра", date(2026, 3, 4), None),
        ("the day after  tomorrow", date(2026, 3, 4), None),
        ("šodien 18:00", date(2026, 3, 2), time(18)),
    ],
)
def test_a_day_in_words_is_counted_out_from_today(typed: str, day: date, at: time | None) -> None:
    assert typed_when(typed, MONDAY) == Typed(day, at, in_words=True)


@pytest.mark.parametrize("typed", ["pirmdien", "у понеділок", "Monday"])
def test_todays_weekday_is_the_one_in_a_week(typed: str) -> None:
    assert typed_when(typed, MONDAY) == Typed(MONDAY + timedelta(days=7), None, in_words=True)


@pytest.mark.parametrize(
    ("typed", "day", "at"),
    [
        ("24.11.", date(2026, 11, 24), None),
        ("24/11/2026 14:30", date(2026, 11, 24), time(14, 30)),
        ("1.3.", date(2027, 3, 1), None),
        ("24.11. plkst. 14.30", date(2026, 11, 24), time(14, 30)),
    ],
)
def test_a_day_in_figures_is_the_next_of_that_name(typed: str, day: date, at: time | None) -> None:
    assert typed_when(typed, MONDAY) == Typed(day, at)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "15:00",
        "next Friday",
        "nākampiektdien",
        "piektdien 25:00",
        "Friday 15:61",
        "31.02.",
        "завтра завтра",
        "rītos",
    ],
)
def test_what_can_be_meant_in_two_ways_or_none_is_not_guessed_at(typed: str) -> None:
    assert typed_when(typed, MONDAY) is None


@given(st.text(max_size=80))
def test_no_text_breaks_the_reading(text: str) -> None:
    found = typed_when(text, MONDAY)
    assert found is None or isinstance(found.day, date)


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.sampled_from(("piektdien", "п'ятниця", "friday")))
def test_a_weekday_is_always_one_of_the_seven_days_ahead(today: date, name: str) -> None:
    found = typed_when(name, today)
    assert found is not None
    assert found.day.weekday() == 4
    assert timedelta(days=1) <= found.day - today <= timedelta(days=7)
