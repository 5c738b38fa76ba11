"""Buttons carry their whole meaning in 64 bytes; whatever else comes in their place is no action, never an error."""

import importlib
import pkgutil
import random
import string
import sys
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

import bot
from bot.actions import MOST_BYTES, Action, tag_of
from bot.app import all_routes


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


@dataclass(frozen=True, slots=True)
class Everything(Action):
    tag: ClassVar[str] = "test.all"
    number: int
    sure: bool
    day: date
    colour: Colour
    code: str
    maybe: int | None
    other: Colour | None


@dataclass(frozen=True, slots=True)
class Bare(Action):
    tag: ClassVar[str] = "test.bare"


codes = st.text(string.ascii_letters + string.digits + "-_ āžїґ", min_size=1, max_size=6)
actions = st.builds(
    Everything, st.integers(-(10**9), 10**9), st.booleans(), st.dates(), st.sampled_from(Colour), codes,
    st.none() | st.integers(0, 10**5), st.none() | st.sampled_from(Colour),
)  # fmt: skip


@given(actions)
def test_what_was_packed_is_unpacked_the_same(action: Everything) -> None:
    data = action.pack()
    assert len(data.encode()) <= MOST_BYTES
    assert tag_of(data) == Everything.tag
    assert Everything.unpack(data) == action


def test_an_action_without_anything_is_its_tag() -> None:
    assert Bare().pack() == "test.bare"
    assert Bare.unpack("test.bare") == Bare()


@pytest.mark.parametrize("code", ["a:b", "", "x" * 60])
def test_what_does_not_fit_a_button_is_our_mistake_and_said_at_once(code: str) -> None:
    with pytest.raises(ValueError, match=r"button|bytes"):
        Everything(1, True, date(2026, 3, 2), Colour.RED, code, None, None).pack()


@pytest.mark.feature("X32")
@pytest.mark.parametrize(
    "data",
    [
        "", ":", "test.all", "test.bare:", "test.bare:1", "other.bare", "test.all:1:1:2026-03-02:red:x:",
        "test.all:1:2:2026-03-02:red:x::", "test.all:1:1:2026-02-30:red:x::", "test.all:1:1:2026-03-02:RED:x::",
        "test.all:one:1:2026-03-02:red:x::", "test.all:1:1:2026-03-02:red:::", "test.all:1:1:2026-03-02:red:x:y:",
        "test.all:٣:1:2026-03-02:red:x::", "test.all:9999999999999999999:1:2026-03-02:red:x::",
        "test.all:1e3:1:2026-03-02:red:x::", "test.all: 1:1:2026-03-02:red:x::", "../../etc/passwd", "\x00",
        "'; DROP TABLE people--",
    ],
)  # fmt: skip
def test_forged_data_is_no_action(data: str) -> None:
    assert Everything.unpack(data) is None
    assert data == "test.bare" or Bare.unpack(data) is None


@pytest.mark.feature("X32")
@given(st.text(max_size=80))
def test_no_text_at_all_raises(data: str) -> None:
    assert Everything.unpack(data) is None or data.startswith("test.all:")
    tag_of(data)


def real_actions() -> list[type[Action]]:
    for module in pkgutil.walk_packages(bot.__path__, "bot."):
        if ".demo" not in module.name and not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    # A dataclass with slots is made anew by its decorator; the one that stands in its module is the one meant.
    meant = {getattr(sys.modules[one.__module__], one.__name__) for one in _below(Action)}
    return [one for one in meant if one.__module__.startswith("bot.")]


def _below(kind: type[Action]) -> list[type[Action]]:
    return [found for one in kind.__subclasses__() for found in (one, *_below(one))]


@pytest.mark.feature("X32")
def test_ten_thousand_damaged_buttons_of_the_real_bot_raise_nothing() -> None:
    chance = random.Random(1)
    known = all_routes().actions
    signs = string.printable + "āїé\u202e\x00💥"
    parts = ["", "0", "-1", "1", "true", "2026-03-02", "9" * 15, "9" * 16, "LV-067", "youth", "None", "x" * 40]
    for _ in range(10_000):
        tag = chance.choice(sorted(known))
        data = ":".join([tag, *(chance.choice(parts) for _ in range(chance.randrange(5)))])
        for _ in range(chance.randrange(3)):
            where = chance.randrange(len(data) + 1)
            data = data[:where] + chance.choice(signs) + data[where + chance.randrange(2) :]
        action = known.get(tag_of(data))
        found = action.unpack(data) if action else None
        assert found is None or isinstance(found, Action)


def test_every_action_of_the_bot_has_its_own_tag_and_can_be_unpacked() -> None:
    tags = [one.tag for one in real_actions()]
    assert len(tags) == len(set(tags))
    for one in real_actions():
        wrong: Any = ":".join([one.tag, *["\x01"] * (len(fields(one)) + 1)])
        assert one.unpack(wrong) is None
