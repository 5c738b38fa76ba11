"""What stands behind /start is typed by anybody, so nothing in it is believed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.outreach.rules import Bare, Code, Invite, Strange, read


@pytest.mark.parametrize(
    ("payload", "meaning"),
    [
        ("", Bare()),
        ("ogre", Code("ogre")),
        ("Jelgavas-Novads", Code("jelgavas-novads")),
        ("i_Ab-9_z", Invite("Ab-9_z")),
        ("i_", Code("i_")),
        ("I_abc", Code("i_abc")),
        ("a" * 64, Code("a" * 64)),
        ("a" * 65, Strange()),
        ("ogre rīga", Strange()),
        ("ogre\n", Strange()),
        ("Огре", Strange()),
    ],
)
def test_a_payload_is_an_invite_a_code_or_nothing_a_link_could_carry(payload: str, meaning: object) -> None:
    assert read(payload) == meaning


@given(st.text())
def test_every_text_has_a_meaning(payload: str) -> None:
    assert isinstance(read(payload), Bare | Code | Invite | Strange)
