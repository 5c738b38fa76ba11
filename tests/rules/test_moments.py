"""A moment as a button carries it, and as people type it."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.calendar import at_minute, in_minutes, typed_moment, wall

RIGA = ZoneInfo("Europe/Riga")
MONDAY = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
"""10:00 in Rīga."""


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("03.03. 14:30", (date(2026, 3, 3), time(14, 30))),
        ("3.3 9:05", (date(2026, 3, 3), time(9, 5))),
        ("  03.03., 14.30 ", (date(2026, 3, 3), time(14, 30))),
        ("02.03. 18:00", (date(2026, 3, 2), time(18))),
        ("01.03. 10:00", (date(2027, 3, 1), time(10))),
        ("29.03. 03:30", (date(2026, 3, 29), time(4))),
        ("rīt 15:00", (date(2026, 3, 3), time(15))),
        ("03.03.2026. plkst. 14:30", (date(2026, 3, 3), time(14, 30))),
    ],
)
def test_a_typed_moment_is_the_next_day_of_that_name(typed: str, expected: tuple[date, time]) -> None:
    assert typed_moment(typed, MONDAY, RIGA) == wall(*expected, RIGA)


def test_a_typed_moment_goes_by_the_clock_of_whoever_types_it() -> None:
    assert typed_moment("03.03. 14:30", MONDAY, ZoneInfo("Europe/London")) == datetime(2026, 3, 3, 14, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "typed",
    ["", "rīt", "31.04. 10:00", "03.03. 25:00", "03.03.", "14:30", "01.03.2026 10:00", "٠٣.٠٣. ١٤:٣٠", "0" * 4096],
)
def test_what_is_no_moment_is_not_guessed_at(typed: str) -> None:
    assert typed_moment(typed, MONDAY, RIGA) is None


@given(st.text(max_size=40))
def test_no_text_breaks_the_reading(text: str) -> None:
    found = typed_moment(text, MONDAY, RIGA)
    assert found is None or found >= wall(date(2026, 3, 2), time.min, RIGA)


@given(st.integers(-(10**15) + 1, 10**15 - 1))
def test_a_number_in_a_button_is_a_moment_or_nothing(minutes: int) -> None:
    at = at_minute(minutes)
    assert at is None or in_minutes(at) == minutes
