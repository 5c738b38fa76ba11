"""Long lists have pages, counted from 0: the ways to the one before and the one after."""

from collections.abc import Callable

from bot.actions import Action
from bot.turn import Keyboard, button


def ways(page: int, to: Callable[[int], Action], *, more: bool) -> Keyboard:
    """One row with those of the two that are there; `to` says what leads to a page, `more` that another follows."""
    before = (button("events.any.button.list_before", to(page - 1)),) if page > 0 else ()
    after = (button("events.any.button.list_after", to(page + 1)),) if more else ()
    return ((*before, *after),) if before or after else ()
