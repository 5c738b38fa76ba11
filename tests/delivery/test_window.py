"""The window of unnoted messages: one on a quick line, more on a slow one, and nobody waits long for a stuck one."""

from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.window import PATIENCE, Window


def test_on_a_quick_line_one_new_message_is_under_way_at_a_time() -> None:
    window = Window(per_second=30)
    window.started(1, now=0.0)
    assert window.wait(now=0.001) > 0
    window.noted(1, now=0.002)
    assert window.wait(now=0.002) == 0.0


def test_on_a_slow_line_the_window_widens_to_carry_the_full_rate() -> None:
    window, now, sent = Window(per_second=30), 0.0, 0
    under_way: list[tuple[float, int]] = []
    while now < 20.0:
        while under_way and under_way[0][0] <= now:
            _, chat = under_way.pop(0)
            window.noted(chat, now)
        if window.wait(now) == 0.0:
            sent += 1
            window.started(sent, now)
            under_way.append((now + 0.06, sent))
        now += 0.002
    assert sent / 20.0 >= 29.1


def test_a_stuck_message_keeps_nobody_waiting_for_longer_than_the_patience() -> None:
    window = Window(per_second=30)
    window.started(1, now=0.0)
    assert window.wait(now=0.0) == PATIENCE
    assert window.wait(now=PATIENCE) == 0.0


@given(st.lists(st.tuples(st.integers(1, 5), st.booleans(), st.floats(0, 0.1)), max_size=60))
def test_after_the_wait_it_tells_a_message_may_start(steps: list[tuple[int, bool, float]]) -> None:
    window, now = Window(per_second=30), 0.0
    for chat, starts, later in steps:
        now += later
        if starts:
            window.started(chat, now)
        else:
            window.noted(chat, now)
        wait = window.wait(now)
        assert 0.0 <= wait <= PATIENCE + 1e-9
        assert window.wait(now + wait + 1e-6) == 0.0
