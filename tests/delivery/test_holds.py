"""Who waits after a failure: a chat by itself, and everybody only when nothing gets through at all."""

from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.holds import LONGEST_BACK_OFF, Holds, back_off


def test_a_chat_waits_as_long_as_it_was_told_and_nobody_else_waits() -> None:
    holds = Holds()
    holds.failed(1, wait=40.0, told=40.0, now=0.0)
    assert holds.wait(1, 10.0) == 30.0
    assert holds.wait(2, 10.0) == 0.0
    assert holds.wait(1, 40.0) == 0.0


def test_one_chat_that_fails_again_and_again_holds_nobody_else() -> None:
    holds = Holds()
    for attempt in range(20):
        holds.failed(1, wait=back_off(attempt), told=None, now=float(attempt))
    assert holds.wait(2, 20.0) == 0.0


def test_three_chats_in_a_row_hold_everybody_and_one_success_ends_the_suspicion() -> None:
    holds = Holds()
    for chat in (1, 2):
        holds.failed(chat, wait=1.0, told=None, now=0.0)
    holds.got_through()
    holds.failed(3, wait=1.0, told=None, now=0.0)
    assert holds.wait(9, 0.0) == 0.0
    for chat in (4, 5):
        holds.failed(chat, wait=1.0, told=None, now=0.0)
    assert holds.wait(9, 0.0) == 1.0


def test_sixty_failures_at_one_moment_are_one_failure_of_the_network() -> None:
    holds = Holds()
    for chat in range(60):
        holds.failed(chat, wait=1.0, told=None, now=0.0)
    assert holds.wait(99, 0.0) == 1.0


def test_everybody_waits_twice_as_long_each_time_up_to_eight_seconds() -> None:
    holds, now, waits = Holds(), 0.0, []
    for _ in range(8):
        for chat in (1, 2, 3):
            holds.failed(chat, wait=1.0, told=None, now=now)
        waits.append(holds.wait(99, now))
        now += waits[-1]
    assert waits == [1.0, 2.0, 4.0, 8.0, 8.0, 8.0, 8.0, 8.0]


@given(st.integers(0, 100_000))
def test_no_wait_is_longer_than_half_a_minute_however_often_it_failed(tries: int) -> None:
    assert 1.0 <= back_off(tries) <= LONGEST_BACK_OFF
