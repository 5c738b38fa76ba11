"""What the conversations about events share: who has agreed, and the way to an invitation that is written or sent."""

import re
from dataclasses import replace
from datetime import date, datetime, time
from html import unescape
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.calendar import wall
from bot.demo.emulator.model import Message
from bot.events.audience import Audience, Group
from bot.events.event import Kind
from bot.events.writing import store_drafts
from bot.people import notice
from bot.people import store as people
from bot.people.rules import Purpose
from bot.roles import Role
from bot.texts import catalogue
from bot.words import Language
from tests.town.inhabitant import Inhabitant
from tests.town.town import Town
from tests.town.walked_once import walked_once

RIGA = ZoneInfo("Europe/Riga")
OGRE, CESIS = "LV-067", "LV-022"
DAY = date(2026, 3, 12)
"""A Thursday, ten days after the town's start."""


@walked_once
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


async def watched(town: Town) -> Inhabitant:
    """Kaspars, the coordinator of Ogre, who may write to one person alone: to more only with a second pair of eyes."""
    town.settings = town.settings.model_copy(update={"four_eyes_above": 1})
    return await town.staff("kaspars", Role.COORDINATOR, OGRE)


async def writes(coordinator: Inhabitant) -> None:
    """An invitation in Latvian, and in Ukrainian too, up to the page of the draft."""
    await coordinator.says("/event")
    await coordinator.taps("events.staff.button.kind_youth_event")
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


async def drafted(town: Town, author: str, audience: Audience | None = None, **changes: Any) -> int:
    """The number of the same invitation, written without a word in the chat."""
    by, now = (await town.person(author)).id, town.clock.now()
    async with town.open_database() as database, database.write() as db:
        begun = await store_drafts.start_draft(db, by, Language.LV, Kind.YOUTH_EVENT, now)
        written = replace(
            begun,
            titles={Language.LV: "Picas vakars", Language.UK: "Піца-вечір"},
            details={Language.LV: "Cepsim picu un iepazīsimies.", Language.UK: "Спечемо піцу й познайомимося."},
            place="Jauniešu centrs",
            starts_at=at(DAY, 17),
            audience=audience or Audience(OGRE, frozenset({Group.YOUTH})),
        )
        await store_drafts.save(db, replace(written, **changes))
    return begun.id


async def sends(coordinator: Inhabitant) -> None:
    """The written invitation, confirmed."""
    await coordinator.taps("events.staff.button.send")
    await coordinator.taps("events.staff.button.send_sure")
    await coordinator.town.after_a_moment()  # the counts in their chat come to their end
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
