"""The cast of the demo: invented people with phones, none of whom exists, and how staff get their roles."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.demo.emulator.phone import Phone
from bot.demo.emulator.telegram import Telegram
from bot.people import arrivals, store
from bot.roles import Grant, Role
from bot.storage.database import Database
from bot.turn import Connection
from bot.words import Language

OGRE: Final = "LV-067"

LIENE: Final = 1005
"""The programme lead's number."""

KASPARS: Final = 1007
"""The coordinator's."""

RAIVIS: Final = 1008
"""Who works for a partner."""

LIBRARY: Final = "ogre-bkvst"
"""The code of the link on the library's poster, which offers Ukrainian first."""


@dataclass(frozen=True, slots=True)
class Part:
    """One phone of the cast. `grant` is None for young people."""

    number: int
    name: str
    language: Language
    label: str
    role: str
    note: str
    grant: Grant | None = None
    deep_link: str | None = None
    deep_link_label: str = ""


CAST: Final = (
    Part(
        1001, "Anna", Language.LV, "Anna, 17", "young person", "Ogre, reads Latvian", None, "ogre", "Poster in Ogre"
    ),
    Part(
        1002, "Danylo", Language.UK, "Danylo, 20", "young person", "from Kharkiv, lives in Ogre, reads Ukrainian", None,
        LIBRARY, "Poster in the library",
    ),
    Part(1003, "Marta", Language.LV, "Marta", "mentor", "Ogre, reads Latvian", Grant(Role.MENTOR, OGRE)),
    Part(1004, "Oksana", Language.UK, "Oksana", "mentor", "Ogre, reads Ukrainian", Grant(Role.MENTOR, OGRE)),
    Part(LIENE, "Liene", Language.LV, "Liene", "programme lead", "Ogre, reads Latvian", Grant(Role.LEAD, OGRE)),
    Part(
        1006, "Ilze", Language.LV, "Ilze", "psychologist", "Ogre, reads Latvian",
        Grant(Role.SPECIALIST, OGRE, "psychologist"),
    ),
    Part(
        KASPARS, "Kaspars", Language.EN, "Kaspars", "coordinator", "Ogre, reads English", Grant(Role.COORDINATOR, OGRE)
    ),
    Part(
        RAIVIS, "Raivis", Language.LV, "Raivis", "partner", "an organisation in Ogre, reads Latvian",
        Grant(Role.PARTNER, OGRE, "partner"),
    ),
    Part(
        1009, "Dace", Language.LV, "Dace", "data officer", "whole country, reads Latvian", Grant(Role.DATA_OFFICER)
    ),
    Part(
        1010, "Rudīte", Language.LV, "Rudīte", "second coordinator", "Ogre, reads Latvian",
        Grant(Role.COORDINATOR, OGRE),
    ),
)  # fmt: skip


def phone_of(telegram: Telegram, part: Part) -> Phone:
    """The phone of that part in this Telegram."""
    return telegram.phone(user_id=part.number, first_name=part.name, language_code=part.language.value)


async def number_of(db: Connection, telegram_id: int, now: datetime) -> int:
    """The bot's number of whoever has that phone."""
    return (await arrivals.known(db, telegram_id, Language.LV.value, frozenset(), now)).person.id


async def appoint(
    database: Database, telegram_id: int, name: str, language: Language, granted: Grant, now: datetime
) -> None:
    """Give somebody a role as if they had taken an invitation and told their name."""
    async with database.write() as db:
        known = await arrivals.known(db, telegram_id, language.value, frozenset(), now)
        await store.set_language(db, known.person.id, language)
        await store.set_name(db, known.person.id, name)
        await store.grant(db, known.person.id, granted, now)
        await store.start_digest(db, known.person.id, now)
