"""What the conversations about events share: who has agreed, and the way to an invitation that is written or sent."""

import re
from datetime import date, datetime, time
from html import unescape
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.calendar import wall
from bot.demo.emulator.model import Message
from bot.people import notice
from bot.people import store as people
from bot.people.rules import Purpose
from bot.texts import catalogue
from bot.words import Language
from tests.town.inhabitant import Inhabitant
from tests.town.town import Town

RIGA = ZoneInfo("Europe/Riga")
OGRE, CESIS = "LV-067", "LV-022"
DAY = date(2026, 3, 12)
"""A Thursday, ten days after the town's start."""


async def agrees(town: Town, name: str, municipality: str = OGRE, language: Language | None = None) -> Inhabitant:
    """A young person of that place who let the programme write to them."""
    one = await town.youth(name, language)
    known = await town.person(name)
    async with town.open_database() as database, database.write() as db:
        await people.set_municipality(db, known.id, municipality)
        await agree_to(db, known.id, one.language, town)
    return one


async def agree_to(db: AsyncConnection, person_id: int, language: Language, town: Town) -> None:
    """The programme may write to them, and invite them."""
    version = notice.version(town.settings)
    for purpose in (Purpose.CONTACT, Purpose.EVENTS):
        await people.give_consent(db, person_id, purpose.value, version, language, town.clock.now())


async def writes(coordinator: Inhabitant) -> None:
    """An invitation in Latvian, and in Ukrainian too, up to the page of the draft."""
    await coordinator.says("/event")
    await coordinator.taps("people.any.button.language_lv")
    await coordinator.says("Picas vakars")
    await coordinator.says("Cepsim picu un iepazīsimies.")
    await coordinator.says("Jauniešu centrs")
    await coordinator.says("12.3. 17:00")
    await coordinator.taps("events.staff.button.add_uk")
    await coordinator.says("Піца-вечір")
    await coordinator.says("Спечемо піцу й познайомимося.")
    await coordinator.taps("events.staff.button.onward")
    await coordinator.taps("events.staff.button.onward")
    coordinator.reads_rest()


async def sends(coordinator: Inhabitant) -> None:
    """The written invitation, confirmed."""
    await coordinator.taps("events.staff.button.send")
    await coordinator.taps("events.staff.button.send_sure")
    coordinator.reads_rest()


async def event_id(town: Town) -> int:
    """The number of the newest event."""
    rows = await town.rows("select max(id) from events")
    return int(rows[0][0])


def facts_in(message: Message, key: str, reader: Inhabitant) -> dict[str, str]:
    """What stands in the message where that key's words leave room for a fact, by the fact's name."""
    for form in catalogue(reader.language).forms[key]:
        words = re.escape(unescape(re.sub(r"<[^>]+>", "", form)).strip())
        found = re.search(re.sub(r"\\\{([a-z_]+)\\\}", r"(?P<\1>.*?)", words) + r"\Z", message.text.strip(), re.DOTALL)
        if found is not None:
            return found.groupdict()
    raise AssertionError(f"{key} is not what the message says: {message.text}")


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return wall(day, time(hour, minute), RIGA)
