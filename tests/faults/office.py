"""Mentors with check-ins planned at chosen moments, in the database of a real process, and their phones."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import create_engine, insert

from bot.demo.emulator.phone import Phone
from bot.storage.migrating import migrate
from bot.storage.tables import cases, checkins, grants, people, screenings
from tests.faults.fake_time import FakeTime
from tests.faults.process import BotProcess, ServedTelegram, served_telegram, until

RIGA: Final = ZoneInfo("Europe/Riga")
LONG_AGO: Final = timedelta(days=40)
RINGS_WITHIN: Final = 2.5
"""Seconds; the bell rings every second, but the machine may have other work."""

ASK: Final = "Check-in due"
MISSED: Final = "could not be sent in time"


@dataclass(slots=True)
class Office:
    """One place: the bot's process and its database, Telegram, and the clock on the wall."""

    served: ServedTelegram
    bot: BotProcess
    wall: FakeTime
    mentors: list[Phone] = field(default_factory=list)

    def plan(self, moments: Sequence[datetime], now: datetime) -> None:
        """A mentor with one young person and one check-in at each of these moments (UTC)."""
        engine = create_engine(f"sqlite:///{self.bot.database}")
        with engine.begin() as db:
            for due_at in moments:
                number = len(self.mentors)
                phone = self.served.telegram.phone(7000 + number, f"Mentor {number}", language_code="en")
                ids = [
                    db.execute(
                        insert(people).values(
                            telegram_id=telegram_id,
                            language="en",
                            language_chosen=True,
                            code_name=f"{name}-{number}",
                            name=f"{name} {number}",
                            created_at=now - LONG_AGO,
                        )
                    ).inserted_primary_key[0]
                    for telegram_id, name in ((phone.id, "Mentor"), (8000 + number, "Youth"))
                ]
                db.execute(
                    insert(grants).values(
                        person_id=ids[0], role="mentor", municipality="LV-067", granted_at=now - LONG_AGO
                    )
                )
                case = db.execute(
                    insert(cases).values(
                        youth_id=ids[1],
                        mentor_id=ids[0],
                        municipality="LV-067",
                        stage="programme",
                        stage_at=now - LONG_AGO,
                        screening_outcome="likely",
                        age_band="18_28",
                        opened_at=now - LONG_AGO,
                    )
                ).inserted_primary_key[0]
                db.execute(
                    insert(checkins).values(
                        case_id=case,
                        number=1,
                        planned_on=due_at.astimezone(RIGA).date(),
                        due_at=due_at,
                        next_at=due_at,
                        state="planned",
                    )
                )
                self.mentors.append(phone)
        engine.dispose()

    def leave_unfinished(self, count: int, changed_at: datetime) -> None:
        """So many young people who stopped in the middle of the questions: what a wrong clock might delete."""
        engine = create_engine(f"sqlite:///{self.bot.database}")
        with engine.begin() as db:
            for number in range(count):
                person = db.execute(
                    insert(people).values(
                        telegram_id=9000 + number,
                        language="lv",
                        language_chosen=True,
                        code_name=f"Unfinished-{number}",
                        created_at=changed_at,
                    )
                ).inserted_primary_key[0]
                db.execute(
                    insert(screenings).values(
                        person_id=person, version="1", answers={}, started_at=changed_at, changed_at=changed_at
                    )
                )
        engine.dispose()

    async def mentors_open_it(self) -> None:
        """Each mentor has pressed Start, for nobody may be written to before."""
        for phone in self.mentors:
            if not phone.history:
                await phone.send("/menu")
        await until(lambda: all(received(phone) for phone in self.mentors), 30, "every mentor has a menu")

    async def turn_to(self, moment: datetime) -> None:
        """It becomes `moment` everywhere; somebody writes and is answered, and the bell rings."""
        self.set_clocks(moment)
        await self.goes_on()

    def set_clocks(self, moment: datetime) -> None:
        """It becomes `moment` at Telegram and on the wall, never earlier than it was."""
        self.served.clock.move_to(moment)
        self.wall.set_to(self.served.clock.now())

    async def goes_on(self) -> float:
        """A visitor writes and is answered, and the bell rings; the seconds until the answer."""
        loop = asyncio.get_running_loop()
        began, before = loop.time(), len(received(self.visitor))
        await self.visitor.send("/menu")
        await until(lambda: len(received(self.visitor)) > before, 30, "whoever writes is answered")
        taken = loop.time() - began
        await asyncio.sleep(RINGS_WITHIN)
        return taken

    @property
    def visitor(self) -> Phone:
        """Somebody who has no part in anything planned."""
        return self.served.telegram.phone(6999, "Visitor", language_code="en")

    def told(self, words: str) -> list[int]:
        """For each mentor how many messages with these words they got."""
        return [sum(words in text for text in received(phone)) for phone in self.mentors]

    def check(self) -> None:
        """Nothing is broken, refused, unanswered or stuck."""
        telegram = self.served.telegram
        assert not telegram.problems
        assert not telegram.unanswered()
        assert "Traceback" not in self.bot.stderr
        assert self.bot.rows("SELECT count(*) FROM outbox WHERE state IN ('in_flight', 'rejected')") == [(0,)]
        self.bot.check_database()


def received(phone: Phone) -> list[str]:
    """All that the bot ever wrote to this phone."""
    return [message.text for message in phone.history if message.sender == "bot"]


@asynccontextmanager
async def opened(home: Path, at: datetime, *, whole: bool = False) -> AsyncIterator[Office]:
    """An office at that moment, the bot not started yet; with `whole` its monotonic clock is turned too."""
    async with served_telegram(at) as served:
        wall = FakeTime(home, whole=whole)
        wall.set_to(at)
        bot = BotProcess(served, home, **wall.environment)
        migrate(bot.database)
        try:
            yield Office(served, bot, wall)
        finally:
            await bot.close()
