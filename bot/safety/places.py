"""Which municipality a coordinator means: their only one, or a choice of several."""

from collections.abc import Callable
from typing import Final

from bot.actions import Action
from bot.directory.rules import place_key
from bot.people.menu import ShowMenu
from bot.roles import Role
from bot.safety import store_lines
from bot.turn import Turn, button

MOST: Final = 45
"""Buttons under one message; there are 42 municipalities."""


async def choose_place(turn: Turn, chosen: Callable[[str], Action], question: str) -> str | None:
    """The municipality this coordinator answers for; where there are several they are asked, and it is None."""
    own = [grant.municipality for grant in turn.person.grants if grant.role is Role.COORDINATOR]
    codes = await store_lines.staffed(turn.db) if None in own else sorted(one for one in own if one is not None)
    if len(codes) == 1:
        return codes[0]
    rows = tuple((button(place_key(code), chosen(code)),) for code in codes[:MOST])
    turn.replace(question, keyboard=(*rows, (button("people.any.button.menu", ShowMenu()),)))
    return None
