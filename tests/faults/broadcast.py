"""A broadcast as the bot finds it at a start: people who agreed to be written to, and an event being sent to them.

The rows are laid by the bot's own stores into a migrated database before the process starts. Broadcasts wait for the
morning, so the process lives in a time zone where it is noon.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import SystemClock
from bot.delivery import outbox
from bot.demo.emulator.phone import Phone
from bot.demo.emulator.telegram import Telegram
from bot.events import store
from bot.events.audience import Audience, Group
from bot.events.event import Kind
from bot.events.going_out import store_progress
from bot.events.writing import store_drafts
from bot.people import notice
from bot.people import store as people_store
from bot.people.rules import Purpose
from bot.roles import Grant, Role
from bot.settings import Settings
from bot.storage.database import Database
from bot.storage.migrating import migrate
from bot.storage.tables import consents, people
from bot.turn import Message
from bot.words import Language, phrase
from tests.faults.process import until
from tests.faults.repeats import sent_by_chat

OGRE: Final = "LV-067"
FIRST_GUEST: Final = 50_000
COORDINATOR: Final = 900
"""Telegram ids, and our own numbers too."""

_BEGUN = phrase(
    "events.staff.progress",
    title="",
    state=phrase("events.staff.state.done"),
    total=0,
    sent=0,
    delivered=0,
    unreachable=0,
    waiting=0,
)
"""Stands for what the last press left in the coordinator's chat: the message that counts from then on."""

_COUNTED = re.compile(r"delivered: (\d+) · not reached: (\d+)\nWaiting: (\d+)")
_SENT = re.compile(r"Sent: (\d+) · waiting: (\d+) · not reached: (\d+)")


def where_it_is_noon() -> dict[str, str]:
    """The setting of a process that begins its work at noon, whatever the hour of the machine."""
    ahead = 12 - SystemClock().now().hour
    return {"BOT_TIMEZONE": f"Etc/GMT{-ahead:+d}" if ahead else "Etc/GMT"}


@dataclass(frozen=True, slots=True)
class Broadcast:
    """One event, the phones of those it is for, and the coordinator's."""

    telegram: Telegram
    database: Path
    coordinator: Phone
    guests: Sequence[Phone]

    async def announce(self, title: str) -> None:
        """Have this event sent, as after the coordinator's last press; the process must not be running."""
        now = SystemClock().now()
        database = Database(f"sqlite+aiosqlite:///{self.database}")
        async with database.write() as db:
            began = await store_drafts.start_draft(db, COORDINATOR, Language.LV, Kind.OTHER, now)
            await store_drafts.save(db, replace(began, **_the_rest(title, now + timedelta(days=2))))
            assert await store.begin_sending(db, began.id, now)
            counts = Message(COORDINATOR, _BEGUN, once=store_progress.occasion(began.id, now), at_night=True)
            await outbox.add(db, [counts], now)
            await store_progress.begin(db, began.id, None, None, now)
        await database.close()

    def copies(self, title: str) -> dict[int, list[datetime]]:
        """When that invitation came to each of those who have it."""
        return {
            chat: came
            for chat, said in sent_by_chat(self.telegram).items()
            if chat >= FIRST_GUEST and (came := [message.sent_at for message in said if title in message.text])
        }

    def counted(self) -> tuple[int, int, int]:
        """Delivered, waiting and not reached, as the message says that counts in the coordinator's chat."""
        found = [match for one in self.coordinator.messages if (match := _COUNTED.search(one.text))]
        return (int(found[-1][1]), int(found[-1][3]), int(found[-1][2])) if found else (0, 0, 0)

    async def screen(self, title: str) -> tuple[int, int, int]:
        """Sent, waiting and not reached, as they stand on the coordinator's screen."""
        before = len(self.coordinator.messages)
        await self.coordinator.send("/events")
        await until(lambda: len(self.coordinator.messages) >= before + 2, 30, "the coordinator sees the list")
        await self.coordinator.tap(title)
        await until(lambda: self._numbers() is not None, 30, "the coordinator sees the event")
        found = self._numbers()
        assert found is not None
        return found

    def _numbers(self) -> tuple[int, int, int] | None:
        found = _SENT.search(self.coordinator.messages[-1].text)
        return (int(found[1]), int(found[2]), int(found[3])) if found else None


async def prepared(telegram: Telegram, database: Path, guests: int) -> Broadcast:
    """A database with so many young people of Ogre, all of whom let the bot write to them, and their phones."""
    migrate(database)
    opened = Database(f"sqlite+aiosqlite:///{database}")
    async with opened.write() as db:
        await _people(db, [COORDINATOR, *range(FIRST_GUEST, FIRST_GUEST + guests)])
        await people_store.grant(db, COORDINATOR, Grant(Role.COORDINATOR, OGRE), SystemClock().now())
    await opened.close()
    phones = [telegram.phone(FIRST_GUEST + one, "Guest") for one in range(guests)]
    for one in [COORDINATOR, *(phone.id for phone in phones)]:
        telegram.phone(one, "Somebody")
        telegram.people[one].started = True  # they wrote to the bot once, long ago
    return Broadcast(telegram, database, telegram.phone(COORDINATOR, "Somebody"), phones)


async def _people(db: AsyncConnection, ids: Sequence[int]) -> None:
    now = SystemClock().now()
    about = {"language": "en", "language_chosen": True, "municipality": OGRE, "created_at": now}
    await db.execute(
        insert(people), [{"id": one, "telegram_id": one, "code_name": f"Osta-{one}", **about} for one in ids]
    )
    version = notice.version(Settings.model_construct())
    consent = {"purpose": Purpose.EVENTS.value, "version": version, "language": "en", "given_at": now}
    await db.execute(insert(consents), [{"person_id": one, **consent} for one in ids])


def _the_rest(title: str, starts_at: datetime) -> dict[str, Any]:
    """What a draft needs to be whole, besides its author and language."""
    return {
        "titles": {Language.LV: title},
        "details": {Language.LV: "Cepsim picu un iepazīsimies."},
        "place": "Jauniešu centrs",
        "starts_at": starts_at,
        "audience": Audience(OGRE, frozenset({Group.YOUTH})),
    }
