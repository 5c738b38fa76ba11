"""Names as a button has room for them."""

import pytest

from bot.programme.cards import LONGEST_ON_BUTTON, shortened


@pytest.mark.parametrize(
    ("name", "shown"),
    [("Ilze", "Ilze"), ("Amatu darbnīca (Pirmās iemaņas galdniecībā)", "Amatu darbnīca…"), ("ā" * 40, "ā" * 15 + "…")],
)
def test_a_long_name_is_cut_and_no_open_bracket_is_left_behind(name: str, shown: str) -> None:
    assert shortened(name) == shown
    assert len(shown) <= LONGEST_ON_BUTTON
