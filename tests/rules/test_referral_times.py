"""Times for an appointment: the ones suggested, the ones picked, and what a button may carry of them."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.calendar import Hours, in_minutes, wall
from bot.referrals.actions import AskTime
from bot.referrals.appointment import times
from bot.referrals.appointment.actions_times import MyTimes, SendMyTimes, SendTimes
from bot.referrals.referral import MOST_TIMES
from bot.referrals.rules import FARTHEST

RIGA = ZoneInfo("Europe/Riga")
HOURS = Hours.latvia(RIGA, {})
MONDAY = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
"""10:00 in Rīga."""


def test_times_are_suggested_on_three_working_days_with_one_free_to_answer() -> None:
    assert times.suggested(MONDAY, HOURS)[:3] == (
        wall(date(2026, 3, 4), time(10), RIGA),
        wall(date(2026, 3, 4), time(16), RIGA),
        wall(date(2026, 3, 5), time(10), RIGA),
    )
    friday = MONDAY + timedelta(days=4)
    assert [at.day for at in times.suggested(friday, HOURS)[::2]] == [10, 11, 12]


@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_every_suggestion_may_be_proposed(now: datetime) -> None:
    suggested = times.suggested(now, HOURS)
    assert len(suggested) == len(set(suggested)) == 6
    for at in suggested:
        assert times.picked([in_minutes(at)], now) == (at,)
        assert at.astimezone(RIGA).hour in (10, 16)


@given(st.lists(st.none() | st.integers(-(10**15) + 1, 10**15 - 1), max_size=5))
def test_nothing_forged_is_picked(minutes: list[int | None]) -> None:
    found = times.picked(minutes, MONDAY)
    assert len(found) <= MOST_TIMES
    assert list(found) == sorted(set(found))
    assert all(MONDAY < at <= MONDAY + FARTHEST for at in found)


def test_a_second_press_takes_a_time_out_again() -> None:
    one, other = times.suggested(MONDAY, HOURS)[:2]
    assert times.toggled((), other) == (other,)
    assert times.toggled((other,), one) == (one, other)
    assert times.toggled((one, other), one) == (other,)


@pytest.mark.parametrize("action", [AskTime, MyTimes, SendTimes, SendMyTimes])
def test_three_times_fit_a_button(action: type[AskTime | MyTimes | SendTimes | SendMyTimes]) -> None:
    farthest = in_minutes(datetime(2099, 12, 31, tzinfo=UTC))
    assert action.unpack(action(9_999_999, farthest, farthest, farthest).pack()) is not None


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("rīt", times.Refused.UNREADABLE),
        ("02.03. 09:59", times.Refused.OVER),
        ("02.03. 10:00", times.Refused.OVER),
        ("01.06. 10:00", times.Refused.TOO_FAR),
        ("06.03. 10:00", times.Refused.FULL),
    ],
)
def test_a_typed_time_that_cannot_be_offered_is_refused_and_says_why(typed: str, expected: times.Refused) -> None:
    full = times.suggested(MONDAY, HOURS)[:MOST_TIMES]
    assert times.with_typed(typed, full, MONDAY, RIGA) is expected


def test_a_typed_time_is_put_in_by_the_clock_of_whoever_types_it_and_only_once() -> None:
    (first, *_) = chosen = times.suggested(MONDAY, HOURS)[:MOST_TIMES]
    assert times.with_typed("04.03. 10:00", chosen, MONDAY, RIGA) == chosen
    assert times.with_typed("04.03. 08:00", chosen[:1], MONDAY, ZoneInfo("Europe/London")) == (first,)
    assert times.with_typed("04.03. 10:00", chosen[:1], MONDAY, ZoneInfo("Europe/London")) == (
        first,
        first + timedelta(hours=2),
    )
