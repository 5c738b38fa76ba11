"""The town: real bot, real SQLite, emulated Telegram, and a clock that stands still until it is moved.

The bot restarts before every line: each step builds it anew over the same file, as after a crash between two taps.
"""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.app import App, put_together
from bot.delivery import outbox
from bot.delivery.limits import Rates
from bot.demo.clock import TownClock
from bot.demo.emulator.in_process import InProcessRequest
from bot.demo.emulator.limits import Limits
from bot.demo.emulator.telegram import Telegram
from bot.directory import store_agreements
from bot.people import arrivals, store
from bot.roles import Grant, Person, Role
from bot.settings import Settings
from bot.storage.database import Database
from bot.turn import Message
from bot.words import Language
from tests.town.compiled import sharing_statements
from tests.town.database import TownDatabase
from tests.town.inhabitant import Inhabitant
from tests.town.lock_screen import SHOWN, tells
from tests.town.mailbox import MAIL_ON, Mailbox, TownMail
from tests.town.transcript import Transcript
from tests.town.walked_once import walked_once

TOKEN: Final = "1234:demo"
START: Final = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
"""A Monday, 10:00 in Rīga, four weeks before the clocks change."""

A_MOMENT: Final = timedelta(seconds=5)

LANGUAGES: Final = {
    "anna": Language.LV, "danylo": Language.UK, "emma": Language.EN,
    "marta": Language.LV, "oksana": Language.UK, "liene": Language.LV, "ilze": Language.LV, "kaspars": Language.LV,
    "dace": Language.LV, "andrejs": Language.LV,
}  # fmt: skip
"""The cast and what each of them reads; nobody here is a real person."""

ADMIN: Final = "andrejs"


_REJECTED: Final = text("SELECT key, fault FROM outbox WHERE state = 'rejected'")


class Town:
    """Made by the `town` fixture; see `Inhabitant` for what people can do."""

    def __init__(self, database: Path, limits: Limits | None = None, rates: Rates | None = None) -> None:
        self.clock = TownClock(START)
        self.telegram = Telegram(
            self.clock,
            token=TOKEN,
            bot_username="proti_un_dari_demo_bot",
            bot_name="PROTI un DARI!",
            limits=limits or Limits(enabled=True),
        )
        self.rates = rates or Rates()
        self.transcript = Transcript()
        self.people: dict[str, Inhabitant] = {}
        self.mail = TownMail(self)
        self.database_file = database
        self.settings = Settings(
            token=TOKEN,
            api_url="http://telegram.invalid",
            database_url=f"sqlite+aiosqlite:///{database}",
            admins=frozenset({self._number(ADMIN)}),
        )
        self.database = sharing_statements(TownDatabase(self.settings.database_url))
        self.led_by = 0
        self._file_was = self._file_is()
        self.keeps_walks = type(self) is Town
        """Whether what a walk leaves here is the same for everybody; see `walked_once`."""

    # --- people ---

    def newcomer(self, name: str, language: Language | None = None) -> Inhabitant:
        """Somebody with a phone who has never written to the bot."""
        language = language or LANGUAGES.get(name, Language.LV)
        phone = self.telegram.phone(
            user_id=self._number(name),
            first_name=name.capitalize(),
            username=f"{name}_secret",
            language_code=language.value,
        )
        return self.people.setdefault(name, Inhabitant(self, name, phone, language))

    @walked_once
    async def youth(self, name: str, language: Language | None = None) -> Inhabitant:
        """A young person who opened the bot and chose a language; what was said so far is read."""
        one = self.newcomer(name, language)
        await one.says("/start")
        await one.taps(f"people.any.button.language_{one.language.value}")
        one.reads_rest()
        return one

    @walked_once
    async def staff(
        self,
        name: str,
        role: Role,
        municipality: str | None = "LV-067",
        *,
        speciality: str | None = None,
        language: Language | None = None,
        partners_looked_at: bool = True,
    ) -> Inhabitant:
        """Somebody with a role, as after taking an invitation; call again for a second role.

        That a coordinator's municipality has no strategic partner was settled long ago, unless a test is about that.
        """
        one = self.newcomer(name, language)
        one.is_staff = True
        if not one.phone.messages:
            await one.phone.send("/menu")
            await self.settle()
        async with self.open_database() as database, database.write() as db:
            known = await arrivals.known(db, one.phone.id, one.language.value, frozenset(), self.clock.now())
            await store.set_language(db, known.person.id, one.language)
            await store.set_name(db, known.person.id, name.capitalize())
            await store.grant(db, known.person.id, Grant(role, municipality, speciality), self.clock.now())
            if role is Role.COORDINATOR and municipality is not None and partners_looked_at:
                await store_agreements.watch(db, [municipality], None)
        one.reads_rest()
        return one

    async def person(self, name: str) -> Person:
        """What the bot knows of them."""
        async with self.open_database() as database, database.write() as db:
            phone = self.people[name].phone
            return (await arrivals.known(db, phone.id, None, self.settings.admins, self.clock.now())).person

    async def person_quietly(self, name: str) -> Person:
        """The same without the bot hearing of them: who blocked it stays away."""
        (row,) = await self.rows("SELECT id FROM people WHERE telegram_id = :chat", chat=self.people[name].phone.id)
        async with self.open_database() as database, database.read() as db:
            found = await store.person(db, row.id)
        assert found is not None
        return found

    async def set_language(self, name: str, language: Language) -> None:
        """As if they had chosen it, without a word in the chat."""
        number = (await self.person_quietly(name)).id
        async with self.open_database() as database, database.write() as db:
            await store.set_language(db, number, language)

    # --- letters ---

    def turn_mail_on(self) -> None:
        """From now on the bot can write letters by e-mail."""
        self.settings = self.settings.model_copy(update=MAIL_ON)

    def mailbox(self, address: str, language: Language = Language.LV) -> Mailbox:
        """The mailbox at that address, read in that language."""
        return self.mail.mailbox(address, language)

    # --- time ---

    async def after_a_moment(self) -> None:
        """People need a few seconds to read and tap; then the bot answers."""
        self.clock.advance(A_MOMENT)
        await self.settle()

    async def settle(self) -> None:
        """A fresh bot takes what is waiting, does what is due, sends all that may go, and ends."""
        async with self.bot() as app:
            await self.work(app)

    async def work(self, app: App) -> None:
        """This bot does all that there is to do by now, and nobody is said a thing that cannot be said."""
        while await app.polling.once():
            pass
        await app.tasks.settled()
        await app.schedule.ring()
        await app.workshop.drain()
        if app.post is not None:
            await app.post.drain()
        await app.gate.drain()
        async with self.database.read() as db:
            rejected = (await db.execute(_REJECTED)).all()
        assert not rejected, f"messages that could not be said: {rejected}"
        for one in self.people.values():
            one.notice_changes()

    def a_moment_passes(self) -> None:
        """What it takes somebody to read and to tap; without it Telegram would rightly complain of a flood."""
        self.clock.advance(timedelta(seconds=3))

    async def tick(self) -> None:
        """The bell rings once, with a restart before."""
        await self.settle()

    def later(self, *, hours: float) -> datetime:
        """So many hours from now."""
        return self.clock.now() + timedelta(hours=hours)

    async def move_to(self, moment: datetime) -> None:
        """The bot is down until `moment`, then starts."""
        self.clock.move_to(moment)
        await self.settle()

    async def live_until(self, moment: datetime, step: timedelta = timedelta(hours=1)) -> None:
        """Time goes by with one bot running: it looks at the clock at every step."""
        async with self.bot() as app:
            while self.clock.now() < moment:
                self.clock.move_to(min(self.clock.now() + step, moment))
                await self.work(app)

    # --- the bot and its database ---

    @property
    def write_ahead_log(self) -> Path:
        """Beside the file while anybody has it open."""
        return self.database_file.with_name(f"{self.database_file.name}-wal")

    @property
    def stands_where_walks_led(self) -> bool:
        """Whether nobody has opened the database, or written to it, since the walk that led here, or since the town
        was founded."""
        if not self.keeps_walks or self.mail.known or not self.database_file.exists():
            return False
        return not self.write_ahead_log.exists() and self._file_is() == self._file_was

    def was_led_by(self, walk: int) -> None:
        """The database is as that walk left it."""
        self.led_by, self._file_was = walk, self._file_is()

    def _file_is(self) -> tuple[int, int]:
        """What changes whenever somebody opens the database here or writes to the file."""
        written = self.database_file.stat().st_mtime_ns if self.database_file.exists() else 0
        return self.database.opened, written

    @asynccontextmanager
    async def bot(self) -> AsyncIterator[App]:
        """A bot just started over the town's database."""
        app = put_together(
            self.settings,
            TOKEN,
            self.clock,
            request=lambda: InProcessRequest(self.telegram),
            rates=self.rates,
            database=self.database,
            mailer=self.mail,
        )
        await app.begin()
        try:
            yield app
        finally:
            with self.database.left_open():
                await app.end()

    @asynccontextmanager
    async def open_database(self) -> AsyncIterator[Database]:
        yield self.database

    async def queue(self, db: AsyncConnection, messages: Sequence[Message]) -> None:
        """Put messages into the outbox, as a handler's turn would."""
        await outbox.add(db, messages, self.clock.now())

    async def rows(self, query: str, **values: Any) -> Sequence[Any]:
        """The rows of a raw query, for tests about what is kept."""
        async with self.open_database() as database, database.read() as db:
            return (await db.execute(text(query), values)).all()

    # --- the end ---

    def check(self) -> None:
        """Nothing left unexplained: no unread message, no spinning button, no refusal by Telegram."""
        assert not self.telegram.problems, self.telegram.problems
        for one in self.people.values():
            one.sees_nothing()
            assert not one.phone.spinners, f"{one.name} still waits for a press to be answered"
        for letter in self.mail.letters:
            self.mailbox(letter.to).sees_nothing()
        self._nothing_told_on_a_locked_screen()

    def _nothing_told_on_a_locked_screen(self) -> None:
        """O10, for every message that any of these tests has had sent to a young person."""
        young = {one.phone.id: one.language for one in self.people.values() if not one.is_staff}
        told = [
            (word, said.text[:SHOWN])
            for said in self.telegram.outgoing()
            if said.chat_id in young and (word := tells(said.text, young[said.chat_id])) is not None
        ]
        assert not told, f"a locked screen shows: {told}"

    @staticmethod
    def _number(name: str) -> int:
        return 1_000 + list(LANGUAGES).index(name) if name in LANGUAGES else 5_000 + sum(map(ord, name))
