"""The made-up people of a rehearsal, put where they stand on the day somebody joins: contact made, mentor assigned."""

from datetime import datetime
from enum import IntEnum
from typing import Final

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.people import notice
from bot.people import store as people
from bot.people.rules import Purpose
from bot.programme import store
from bot.programme.rehearsals import Wish
from bot.programme.rules import Contact, Stage
from bot.roles import Grant, Role
from bot.settings import Settings
from bot.storage import tables

CODE_NAME: Final = "Kompass-101"


class Part(IntEnum):
    """Who takes part; the value is their number in Telegram."""

    YOUTH = 1
    MENTOR = 2
    LEAD = 3


_STAFF: Final = {Part.MENTOR: ("Marta", Role.MENTOR), Part.LEAD: ("Liene", Role.LEAD)}
"""Nobody of them exists."""


async def cast(db: AsyncConnection, wish: Wish, settings: Settings, now: datetime) -> int:
    """Everybody gets what they are, the young person a case with a mentor; its number. All have opened the bot."""
    numbers = {part: await _number(db, part) for part in Part}
    youth = numbers[Part.YOUTH]
    await _young(db, youth, wish, settings, now)
    for part, (name, role) in _STAFF.items():
        await people.set_language(db, numbers[part], wish.staff_language)
        await people.set_name(db, numbers[part], name)
        await people.grant(db, numbers[part], Grant(role, wish.municipality), now)
    days = [{"on": day, "name": name, "added_by": None} for day, name in wish.days_off.items()]
    if days:
        await db.execute(insert(tables.days_off), days)
    contact = Contact(youth, wish.municipality, "likely", wish.age_band, None, with_parent=False, urgent=False)
    case_id = await store.open_case(db, contact, now, now)
    case = await store.case(db, case_id)
    assert case is not None
    await store.assign(db, case, numbers[Part.MENTOR], Stage.PROFILING, numbers[Part.LEAD], now)
    return case_id


async def _number(db: AsyncConnection, part: Part) -> int:
    number: int = (await db.execute(select(tables.people.c.id).where(tables.people.c.telegram_id == part))).scalar_one()
    return number


async def _young(db: AsyncConnection, youth: int, wish: Wish, settings: Settings, now: datetime) -> None:
    await people.set_language(db, youth, wish.language)
    await people.set_municipality(db, youth, wish.municipality)
    await db.execute(update(tables.people).where(tables.people.c.id == youth).values(code_name=CODE_NAME))
    for purpose in (Purpose.SCREENING, Purpose.CONTACT):
        version = notice.version(settings)
        await people.give_consent(db, youth, purpose.value, version, wish.language, now)
