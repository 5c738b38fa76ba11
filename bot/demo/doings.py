"""What the demo's Ogre and its neighbours have told of youth work, and hours in which somebody gives advice."""

from datetime import date, datetime, time, timedelta
from typing import Final

from bot.calendar import wall
from bot.demo.cast import KASPARS, OGRE, RAIVIS, number_of
from bot.networks import store_places
from bot.networks.network import Subject, Value
from bot.partnerships import slots, store_slots
from bot.partnerships.slots import Slot
from bot.settings import Settings
from bot.turn import Connection

NOTED: Final = (
    (OGRE, Subject.YOUTH_WORK, Value.YES, date(2024, 1, 1)),
    (OGRE, Subject.PLAN, Value.NO, date(2024, 1, 1)),
    (OGRE, Subject.PLAN, Value.YES, date(2026, 1, 1)),
    ("LV-022", Subject.YOUTH_WORK, Value.YES, date(2025, 9, 1)),
    ("LV-022", Subject.PLAN, Value.YES, date(2025, 9, 1)),
    ("LV-113", Subject.YOUTH_WORK, Value.YES, date(2025, 9, 1)),
    ("LV-113", Subject.PLAN, Value.NO, date(2025, 9, 1)),
)
"""Invented; what stands nowhere is unknown. Of the neighbours nobody of the cast wrote it."""

SUBJECT: Final = "Kā uzrakstīt jauniešu projektu"
PLACE: Final = "Ogres jauniešu centrs, 2. kabinets"
HOURS: Final = 4
MINUTES: Final = 45


async def tell(db: Connection, now: datetime) -> None:
    """What is known of municipalities."""
    kaspars = await number_of(db, KASPARS, now)
    for municipality, subject, value, as_of in NOTED:
        by = kaspars if municipality == OGRE else None
        await store_places.note(db, municipality, subject, value, as_of, by, now)


async def offer_hours(db: Connection, now: datetime, settings: Settings) -> None:
    """A row of hours on the day after tomorrow, to be booked."""
    day = now.astimezone(settings.zone).date() + timedelta(days=2)
    expert = await number_of(db, RAIVIS, now)
    starts = slots.in_a_row(wall(day, time(10), settings.zone), MINUTES, HOURS)
    await store_slots.offer(db, [Slot(0, expert, SUBJECT, one, MINUTES, PLACE) for one in starts])
