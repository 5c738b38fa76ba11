"""How fast the gate may speak: never faster than Telegram allows, and never slower than it need be."""

from copy import deepcopy

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.delivery.limits import Limits, Rates
from bot.demo.emulator.limits import Limits as TelegramsLimits

RATES = Rates(total=30, kept_for_replies=1, chat_burst=3, group=20)
SPAN = 1.01

pauses = st.lists(
    st.tuples(
        st.floats(0, 2, allow_nan=False),
        st.one_of(st.integers(1, 4), st.just(-7), st.integers(100, 140)),
        st.booleans(),
    ),
    max_size=150,
)


def sent_by_waiting(steps: list[tuple[float, int, bool]]) -> list[tuple[float, int]]:
    """Wants a message after each pause and sends it as soon as the limits allow; (when, chat)."""
    limits, now, sent = Limits(RATES), 0.0, []
    for pause, chat, reply in steps:
        now += pause
        for _ in range(5):
            wait = limits.wait(chat, reply=reply, now=now)
            if wait <= 0:
                break
            now += wait + 1e-9
        limits.forget_old(now)
        limits.spend(chat, now, reply=reply)
        sent.append((now, chat))
    return sent


def most_within(moments: list[float], span: float) -> int:
    return max((sum(start <= one < start + span for one in moments) for start in moments), default=0)


def left_of_burst(moments: list[float], now: float) -> float:
    """A bucket that holds a burst and fills by one a second."""
    left, at = float(RATES.chat_burst), 0.0
    for moment in moments:
        left, at = min(left + (moment - at) / SPAN, RATES.chat_burst) - 1, moment
    return min(left + (now - at) / SPAN, RATES.chat_burst) + 1e-9


@pytest.mark.feature("X15")
@given(pauses)
def test_no_second_ever_holds_more_than_thirty(steps: list[tuple[float, int, bool]]) -> None:
    assert most_within([when for when, _ in sent_by_waiting(steps)], 1.0) <= RATES.total


@given(pauses)
def test_no_chat_ever_gets_more_than_a_burst_and_then_one_a_second(steps: list[tuple[float, int, bool]]) -> None:
    sent = sent_by_waiting(steps)
    for chat in {chat for _, chat in sent if chat > 0}:
        moments = [when for when, to in sent if to == chat]
        assert all(most_within(moments, float(span)) <= RATES.chat_burst + span - 1 for span in range(1, 12))


@given(pauses)
def test_no_group_ever_gets_more_than_twenty_a_minute(steps: list[tuple[float, int, bool]]) -> None:
    assert most_within([when for when, to in sent_by_waiting(steps) if to < 0], 60.0) <= RATES.group


@given(pauses)
def test_telegram_as_the_emulator_counts_never_refuses_what_the_limits_let_go(
    steps: list[tuple[float, int, bool]],
) -> None:
    telegram = TelegramsLimits(enabled=True)
    assert all(telegram.admit(chat, when) is None for when, chat in sent_by_waiting(steps))


@given(pauses)
@example([(0.0, 1, False)] * 5)
def test_nothing_is_held_back_that_may_go(steps: list[tuple[float, int, bool]]) -> None:
    """Whoever is told to wait is told so because a window really is full, and exactly until it is not."""
    limits, now = Limits(RATES), 0.0
    sent: list[tuple[float, int]] = []
    others: list[float] = []
    for pause, chat, reply in steps:
        now += pause
        wait = limits.wait(chat, reply=reply, now=now)
        second_full = sum(now < when + SPAN for when, _ in sent) >= RATES.total
        kept_full = sum(now < when + SPAN for when in others) >= RATES.total - RATES.kept_for_replies
        here = [when for when, to in sent if to == chat]
        chat_full = left_of_burst(here, now) < 1 if chat > 0 else sum(now < when + 60.5 for when in here) >= RATES.group
        assert (wait > 1e-9) == (second_full or chat_full or (kept_full and not reply))
        assert deepcopy(limits).wait(chat, reply=reply, now=now + wait + 1e-9) <= 0
        if wait <= 0:
            limits.spend(chat, now, reply=reply)
            sent.append((now, chat))
            others += [now] if not reply else []


def test_the_last_place_of_a_second_is_for_replies() -> None:
    limits = Limits(RATES)
    for chat in range(1, 30):
        limits.spend(chat, 0.0, reply=False)
    assert limits.wait(99, reply=False, now=0.0) > 0
    assert limits.wait(99, reply=True, now=0.0) == 0


def test_memory_follows_the_last_minute_and_not_the_day() -> None:
    limits = Limits(RATES)
    for chat in range(1, 2000):
        limits.spend(chat, float(chat), reply=False)
    limits.forget_old(2000.0)
    assert len(limits._full_at) < 70


def test_what_was_held_up_on_its_way_counts_from_when_it_came_through() -> None:
    """Thirty go out over a second and all arrive at its end: Telegram counts them in one moment, and so do we."""
    limits = Limits(Rates(kept_for_replies=0))
    limits.spend(999, -10.0, reply=False)
    limits.arrived(999, -10.0, -9.95)
    for number in range(30):
        limits.spend(number, number / 30, reply=True)
    for number in range(30):
        limits.arrived(number, number / 30, 1.05)
    assert limits.wait(1_000, reply=True, now=1.06) > 0.9


def test_what_takes_as_long_as_ever_counts_from_its_start() -> None:
    limits = Limits(Rates(kept_for_replies=0))
    for number in range(60):
        limits.spend(number, number / 30, reply=True)
        limits.arrived(number, number / 30, number / 30 + 0.05)
    assert limits.wait(1_000, reply=True, now=2.011) == pytest.approx(0.0, abs=1e-6)


def test_the_first_messages_of_a_process_count_when_they_were_answered_for_they_were_slow_to_leave() -> None:
    limits = Limits(Rates(kept_for_replies=0))
    for number in range(30):
        limits.spend(number, 0.0, reply=True)
        limits.arrived(number, 0.0, 0.04 if number < 10 else 0.002)
    for number in range(20):
        assert limits.wait(100 + number, reply=True, now=1.02) == 0.0
        limits.spend(100 + number, 1.02, reply=True)
    assert limits.wait(1_000, reply=True, now=1.02) == pytest.approx(0.03)


def test_what_a_run_that_was_killed_may_have_sent_uses_up_the_burst_and_no_more() -> None:
    limits = Limits(Rates())
    limits.spend(1, 99.0, reply=True)
    limits.unknown(1, 100.0)
    assert limits.wait(1, reply=True, now=100.0) == pytest.approx(1.01)
    assert limits.wait(2, reply=True, now=100.0) == 0.0
