"""A post office for tests: an outbox, a gate and an emulated Telegram, with words of its own."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from telegram import Bot

from bot.calendar import Hours
from bot.delivery import outbox
from bot.delivery.gate import Gate
from bot.delivery.limits import Rates
from bot.demo.clock import TownClock
from bot.demo.emulator.in_process import InProcessRequest
from bot.demo.emulator.limits import Limits
from bot.demo.emulator.phone import Phone
from bot.demo.emulator.telegram import Telegram
from bot.people import store
from bot.people.rules import Purpose
from bot.storage.database import Database
from bot.storage.tables import outbox as rows_to_send
from bot.storage.tables import people
from bot.telegram.sender import TelegramSender
from bot.texts import Texts
from bot.turn import Message, Priority
from bot.words import Language, phrase

START: Final = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
"""A Monday, 10:00 in Rīga."""

RIGA: Final = ZoneInfo("Europe/Riga")

_WORDS: Final = """
msgid "post.any.words"
msgstr "{words}"

msgid "post.any.button"
msgstr "%s"
"""
_HEADER: Final = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"""


def write_words(root: Path) -> Path:
    """Catalogues with one sentence and one button in each language."""
    for language in Language:
        folder = root / language.value / "LC_MESSAGES"
        folder.mkdir(parents=True)
        (folder / "post.po").write_text(_HEADER + _WORDS % language.value, "utf-8")
    return root


class Post:
    """Queue messages, let the gate work, look at the phones."""

    def __init__(self, database: Path, locales: Path) -> None:
        self.clock = TownClock(START)
        self.telegram = Telegram(self.clock, token="1234:demo", limits=Limits(enabled=True))
        self.database = Database(f"sqlite+aiosqlite:///{database}")
        self.texts = Texts(RIGA, locales)
        self.lost: list[int] = []
        self.lapsed: list[str] = []
        self.gate = self._new_gate()

    def _new_gate(self) -> Gate:
        request = InProcessRequest(self.telegram)
        bot = Bot("1234:demo", base_url="http://telegram.invalid/bot", request=request, get_updates_request=request)

        async def lost(_: AsyncConnection, person_id: int) -> None:
            self.lost.append(person_id)

        async def refused(db: AsyncConnection, person_id: int) -> None:
            await outbox.add(db, [words(person_id, "sorry")], self.clock.now())

        async def lapsed(_: AsyncConnection, occasions: Sequence[str]) -> None:
            self.lapsed += occasions

        hours = Hours.latvia(RIGA, {})
        return Gate(
            self.database,
            self.texts,
            TelegramSender(bot),
            self.clock,
            hours,
            lost=lost,
            refused=refused,
            lapsed=lapsed,
            rates=Rates(),
        )

    async def restart(self) -> None:
        """As after a crash: everything in memory is gone."""
        self.gate = self._new_gate()
        await self.gate.begin()

    async def person(self, number: int, language: Language = Language.LV, *, agreed: bool = True) -> Phone:
        """Somebody who has written to the bot, is person `number` to it and `agreed` to be written to first."""
        phone = self.telegram.phone(number, f"Person {number}", language_code=language.value)
        await phone.send("/start")
        async with self.database.write() as db:
            await db.execute(
                insert(people).values(
                    id=number,
                    telegram_id=number,
                    language=language.value,
                    code_name=f"Bura-{number}",
                    created_at=self.clock.now(),
                )
            )
            if agreed:
                now = self.clock.now()
                await store.give_consent(db, number, Purpose.CONTACT.value, "a notice", language, now)
        return phone

    async def queue(self, *messages: Message) -> None:
        async with self.database.write() as db:
            await outbox.add(db, messages, self.clock.now())
        self.gate.wake()

    async def drain(self) -> None:
        await self.gate.drain()

    async def rows(self) -> Sequence[Any]:
        async with self.database.read() as db:
            return (await db.execute(select(rows_to_send).order_by(rows_to_send.c.id))).all()

    async def states(self) -> list[str]:
        return [row.state for row in await self.rows()]

    async def change(self, row: int, **values: Any) -> None:
        async with self.database.write() as db:
            await db.execute(update(rows_to_send).where(rows_to_send.c.id == row).values(**values))


def words(to: int, text: str, priority: Priority = Priority.REPLY, **more: Any) -> Message:
    """A message that says just that; replies go out at any hour, as those of a turn do."""
    at_night = more.pop("at_night", priority is Priority.REPLY)
    return Message(to, phrase("post.any.words", words=text), priority=priority, at_night=at_night, **more)


def read(phone: Phone) -> list[str]:
    """What the bot wrote to this phone, oldest first."""
    return [message.text for message in phone.messages if message.sender == "bot"]
