"""Whose time counts: two of the wall clock, our own reckoning and Telegram."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import ASTRAY, AWAY_AFTER, DOUBTED_AFTER, TrustedClock

NOON = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
DECADE = timedelta(days=3653)
pytestmark = pytest.mark.feature("X29")


class TwoHands:
    """A machine: `wall` may be set to anything, `elapsed` only grows."""

    def __init__(self) -> None:
        self.wall = NOON
        self.elapsed = 0.0

    def now(self) -> datetime:
        return self.wall

    def monotonic(self) -> float:
        return self.elapsed

    async def sleep(self, seconds: float) -> None:
        self.passes(seconds)

    def passes(self, seconds: float) -> None:
        self.wall += timedelta(seconds=seconds)
        self.elapsed += seconds


@pytest.fixture
def machine() -> TwoHands:
    return TwoHands()


@pytest.fixture
def clock(machine: TwoHands) -> TrustedClock:
    """Trusted already: Telegram has confirmed it."""
    one = TrustedClock(machine)
    one.hear(NOON, 0.1)
    return one


@pytest.mark.parametrize("jump", [timedelta(days=1), -timedelta(days=1), DECADE, -DECADE])
def test_a_jump_of_the_wall_clock_alone_changes_nothing(
    machine: TwoHands, clock: TrustedClock, jump: timedelta
) -> None:
    machine.wall += jump
    machine.passes(60)
    assert clock.now() == NOON + timedelta(minutes=1)
    clock.hear(NOON + timedelta(minutes=1), 0.1)
    assert not clock.doubted  # that answer may have been under way while the clock was set
    clock.hear(NOON + timedelta(minutes=1), 0.1)
    assert clock.now() == NOON + timedelta(minutes=1)
    assert clock.doubted
    machine.wall -= jump
    clock.hear(NOON + timedelta(minutes=1), 0.1)
    assert clock.now() == machine.wall
    assert not clock.doubted


@pytest.mark.parametrize("asleep", [timedelta(hours=8), timedelta(days=30)])
def test_after_a_sleep_time_goes_on_as_soon_as_telegram_agrees(
    machine: TwoHands, clock: TrustedClock, asleep: timedelta
) -> None:
    machine.wall += asleep
    assert clock.now() == NOON
    clock.hear(NOON + asleep, 0.1)
    assert clock.now() == NOON + asleep
    assert not clock.doubted


@pytest.mark.parametrize("wrong", [timedelta(days=1), -timedelta(days=1), DECADE, -DECADE])
def test_a_clock_that_is_wrong_at_the_start_is_passed_over_for_telegrams_time(
    machine: TwoHands, wrong: timedelta
) -> None:
    machine.wall += wrong
    clock = TrustedClock(machine)
    for _ in range(DOUBTED_AFTER):
        clock.hear(NOON, 0.1)
    machine.passes(3600)
    assert clock.now() == NOON + timedelta(hours=1)
    assert clock.doubted


def test_telegram_alone_does_not_turn_the_clock(machine: TwoHands, clock: TrustedClock) -> None:
    for _ in range(DOUBTED_AFTER):
        clock.hear(NOON + DECADE, 0.1)
    assert clock.now() == NOON
    assert clock.doubted


def test_an_answer_that_was_long_under_way_is_not_taken_for_an_earlier_time(
    machine: TwoHands, clock: TrustedClock
) -> None:
    """The process was stopped for an hour between Telegram's answer and its reading."""
    machine.passes(3600)
    clock.hear(NOON, 3600)
    assert clock.now() == NOON + timedelta(hours=1)
    assert not clock.doubted


def test_telegram_is_away_when_it_was_heard_before_and_is_silent(machine: TwoHands) -> None:
    clock = TrustedClock(machine)
    machine.passes(AWAY_AFTER * 2)
    assert not clock.is_telegram_away()
    clock.hear(machine.wall, 0.1)
    machine.passes(AWAY_AFTER)
    assert not clock.is_telegram_away()
    machine.passes(1)
    assert clock.is_telegram_away()


@given(st.lists(st.tuples(st.floats(0, 600), st.floats(-1e9, 1e9), st.booleans()), max_size=30))
def test_whatever_the_wall_clock_does_time_never_leaves_telegrams(steps: list[tuple[float, float, bool]]) -> None:
    machine = TwoHands()
    clock, true = TrustedClock(machine), NOON
    clock.hear(true, 0.1)
    for seconds, jump, heard in steps:
        machine.passes(seconds)
        true += timedelta(seconds=seconds)
        machine.wall += timedelta(seconds=jump)
        if heard:
            clock.hear(true, 0.1)
        assert abs(clock.now() - true) <= 2 * ASTRAY
