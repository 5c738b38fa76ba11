"""What already stands in the demo's Ogre before anybody presses: its contact card, a poster in the library, two
partners, one of whom has no phone on the page and reads letters, what is known of youth work, and hours for advice."""

from datetime import datetime
from typing import Final

from bot.demo.cast import LIBRARY, LIENE, OGRE
from bot.demo.doings import offer_hours, tell
from bot.demo.partners import bring_in
from bot.directory import store as directory
from bot.directory.cards import Field
from bot.outreach import store as outreach
from bot.outreach.rules import Kind
from bot.people import arrivals
from bot.settings import Settings
from bot.storage.database import Database
from bot.words import Language

CARD: Final = {
    Field.OFFICE: "Jauniešu centrs, 2. kabinets",
    Field.PHONE: "+371 65012345",
    Field.EMAIL: "jauniesiem@example.lv",
    Field.ADDRESS: "Skolas iela 1, Ogre",
    Field.HOURS: "P.–C. 9–17, Pk. 9–15",
}
"""Invented, as the cast is; in Latvian, as an office writes its own card."""

SQUARE: Final = (56.8162, 24.6051)
"""A point in the town of Ogre, in degrees (WGS 84)."""


async def furnish(database: Database, now: datetime, settings: Settings) -> None:
    """Put it there, the card as if Liene had written it. `now` is aware; once, in a new world."""
    async with database.write() as db:
        liene = (await arrivals.known(db, LIENE, Language.LV.value, frozenset(), now)).person.id
        for field, value in CARD.items():
            await directory.write(db, OGRE, field, value, liene, now)
        await directory.place(db, OGRE, SQUARE, liene, now)
        await outreach.make_source(db, LIBRARY, OGRE, "Bibliotēka, pie ieejas", Kind.POSTER, Language.UK, now)
        await bring_in(db, now, settings)
        await tell(db, now)
        await offer_hours(db, now, settings)
