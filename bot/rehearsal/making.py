"""A rehearsal from beginning to end, for the command line and for the workshop.

In the workshop it runs in the thread of its own that every making has, with an event loop of its own and a temporary
database: the bot's loop waits for nothing, and the bot's own database is neither read nor written. It is a pure
function of its facts, as a maker has to be: the same wish gives the same file.
"""

import asyncio
from collections.abc import Callable, Mapping
from datetime import time
from typing import Any, Final

from bot.calendar import wall
from bot.people.menu import ShowMenu
from bot.programme.rehearsals import KIND, Wish
from bot.rehearsal.script import Entry, play
from bot.rehearsal.stage import RehearsalStage, world
from bot.rehearsal.timeline import told
from bot.routes import Routes
from bot.settings import Settings
from bot.turn import Attachment, Made, button
from bot.words import Language, phrase

FILE: Final = "proti-un-dari.txt"


async def rehearse(wish: Wish, routes: Routes) -> list[Entry]:
    """What happens, in order. Raises ValueError where the bot would not let such a programme begin."""
    settings = settings_of(wish)
    async with world(routes, settings, wall(wish.starts_on, time.min, settings.zone)) as there:
        return await play(RehearsalStage(there), wish)


def settings_of(wish: Wish) -> Settings:
    """What the people who run the bot decided, and nothing else of theirs."""
    return Settings.model_construct(**wish.settings)


async def timeline(wish: Wish, routes: Routes, reader: Language) -> str:
    """The same as a text."""
    return told(await rehearse(wish, routes), wish, settings_of(wish).zone, reader)


def making(routes: Callable[[], Routes]) -> Routes:
    """The maker, over all the routes that the bot has; asked for only when something is made."""
    own = Routes()

    @own.make(KIND)
    def make(facts: Mapping[str, Any]) -> Made:
        reader = Language(facts["reader"])
        text = asyncio.run(timeline(Wish.of(facts["wish"]), routes(), reader))
        return Made(
            phrase("programme.staff.rehearsal.ready"),
            (Attachment(FILE, text.encode()),),
            ((button("people.any.button.menu", ShowMenu()),),),
        )

    return own
