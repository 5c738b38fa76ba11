"""How many requests pass: of one address, and of all together."""

from bot.web.tap import Tap, Taps


def test_the_tap_fills_again() -> None:
    tap = Tap(1.0, 2.0)
    assert [tap.lets_through(at) for at in (0.0, 0.0, 0.0, 1.0, 1.5, 2.0, 60.0, 60.0, 60.0)] == [
        True, True, False, True, False, True, True, True, False
    ]  # fmt: skip


def test_what_one_address_has_held_back_costs_the_others_nothing() -> None:
    taps = Taps((1.0, 2.0), (1.0, 3.0))
    assert [taps.lets_through("a", 0.0) for _ in range(9)] == [True, True, *[False] * 7]
    assert taps.lets_through("b", 0.0)


def test_all_together_have_a_limit_too() -> None:
    taps = Taps((1.0, 2.0), (1.0, 3.0))
    assert [taps.lets_through(str(number), 0.0) for number in range(5)] == [True, True, True, False, False]
    assert taps.lets_through("late", 1.0)


def test_addresses_are_forgotten_so_that_a_flood_of_them_fills_no_memory() -> None:
    taps = Taps((1.0, 1.0), (1e9, 1e9))
    for number in range(20_000):
        taps.lets_through(str(number), 0.0)
    assert len(taps._of_address) == 5_000
    assert not taps.lets_through("19999", 0.0)
