"""Answers that were left unfinished are not kept for ever."""

from typing import Final

from bot.routes import Routes
from bot.screening import store
from bot.screening.rules import KEEP_UNFINISHED_FOR
from bot.turn import Tick

routes = Routes()

_AT_ONCE: Final = 100


@routes.at_tick(store.UNFINISHED)
async def forget_unfinished(tick: Tick) -> bool:
    """Delete what nobody has touched for that long; nobody is told, for nothing was promised to wait."""
    return await store.remove_unfinished(tick.db, tick.now - KEEP_UNFINISHED_FOR, _AT_ONCE) == _AT_ONCE
