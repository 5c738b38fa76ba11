"""An empty world of its own: a temporary database, the real routes, schedule, workshop and gate, and no network."""

import re
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from html import unescape
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import aiosqlite
from sqlalchemy import exists, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.arrival import Arrival, Pressed, Typed, What
from bot.calendar import Hours, wall
from bot.clock import TownClock
from bot.delivery.gate import Gate, Letter
from bot.delivery.limits import Rates
from bot.delivery.packing import State
from bot.delivery.verdicts import Sent, Verdict
from bot.dispatch import Dispatcher
from bot.rehearsal.casting import Part
from bot.rehearsal.script import Said
from bot.routes import Routes
from bot.schedule import Schedule
from bot.settings import Settings
from bot.storage import on_the_spot
from bot.storage.columns import NOW
from bot.storage.database import Database
from bot.storage.due import DUE
from bot.storage.migrating import migrate
from bot.storage.tables import outbox
from bot.texts import Texts
from bot.workshop import Workshop

_TAG: Final = re.compile(r"<[^>]+>")
_DAY_BEGINS: Final = time(9)
"""When what waited for the night to end goes out."""

_LOOK_ANYWAY: Final = 3
"""Mornings until the next look where nothing is planned."""

_AHEAD: Final = select(
    *(
        select(func.min(column)).where(column > NOW).scalar_subquery().label(f"due_{at}")
        for at, column in enumerate((*DUE.values(), outbox.c.not_before))
    )
)
_WAITING: Final = select(exists().where(outbox.c.state == State.WAITING.value))


@dataclass(frozen=True, slots=True)
class Noted:
    """A letter that would have gone out, and when (UTC); a rewritten message has its first number."""

    at: datetime
    number: int
    letter: Letter


class NotingSender:
    """Sends nothing: each letter arrives at once, and is written down."""

    def __init__(self, clock: TownClock) -> None:
        self._clock = clock
        self.notes: list[Noted] = []
        self._numbers = 0
        self._shown: dict[tuple[int, int], tuple[str, object]] = {}

    async def __call__(self, letter: Letter) -> Verdict:
        number = letter.edits
        if number is None:
            self._numbers += 1
            number = self._numbers
        looks = (letter.html, letter.keyboard)
        if not letter.deletes and self._shown.get((letter.chat, number)) != looks:
            self._shown[(letter.chat, number)] = looks
            self.notes.append(Noted(self._clock.now(), number, letter))
        return Sent(number)

    def newest(self, chat: int) -> int:
        """The number of the newest message of that chat; 0 where there is none."""
        return max((number for there, number in self._shown if there == chat), default=0)


class World:
    """The engine. `phone numbers` are Telegram's; whoever writes is met for the first time."""

    def __init__(self, database: Database, routes: Routes, settings: Settings, starts_at: datetime) -> None:
        self.database, self.settings = database, settings
        self.clock = TownClock(starts_at)
        self.sender = NotingSender(self.clock)
        texts = Texts(settings.zone)
        hours = Hours.latvia(settings.zone, {})
        self.gate = Gate(
            database,
            texts,
            self.sender,
            self.clock,
            hours,
            lost=_nobody_is_lost,
            refused=_nobody_is_lost,
            lapsed=_nothing_lapses,
            rates=Rates(),
        )
        self.workshop = Workshop(database, routes, texts, self.clock, self.gate.wake)
        self.dispatcher = Dispatcher(
            database,
            routes,
            self.clock,
            zone=settings.zone,
            admins=frozenset(),
            deep_link=lambda payload: payload,
            wake=self.gate.wake,
            settings=settings,
        )
        self.schedule = Schedule(
            database,
            routes,
            self.clock,
            settings.zone,
            self.gate.wake,
            is_telegram_away=lambda: False,
            settings=settings,
        )
        self._updates = 0

    async def handle(self, *done: tuple[int, What]) -> None:
        """Somebody, or many at once, did something; each is (their Telegram number, what)."""
        batch = []
        for who, what in done:
            self._updates += 1
            batch.append(Arrival(self._updates, who, None, what))
        await self.dispatcher.handle(batch)

    async def settle(self) -> None:
        """What is due is done, what is to be made is made, and everything that may go out does."""
        await self.schedule.ring()
        await self.workshop.drain()
        await self.gate.drain()

    async def next_due(self, latest: datetime) -> datetime:
        """When to look at the clock again."""
        return await next_due(self.database, self.settings.zone, self.clock.now(), latest)


async def next_due(database: Database, zone: ZoneInfo, now: datetime, latest: datetime) -> datetime:
    """The soonest moment at which any row falls due, but not after `latest`: what waits for the night to end goes out
    in the morning, and what nobody planned to the minute is looked for every few days."""
    async with database.read() as db:
        row = (await db.execute(_AHEAD, {NOW.key: now})).one()
        waits = await db.scalar(_WAITING)
    days = (now.astimezone(zone).date() + timedelta(days=ahead) for ahead in range(_LOOK_ANYWAY + 2))
    mornings = [morning for day in days if (morning := wall(day, _DAY_BEGINS, zone)) > now]
    planned: list[datetime] = [at for at in row if at is not None]
    return min([latest, mornings[0] if waits else mornings[_LOOK_ANYWAY], *planned])


async def _nobody_is_lost(_db: object, _person: int) -> None:
    """Nobody closes a chat here, and no letter is refused."""


async def _nothing_lapses(_db: object, _occasions: Sequence[str]) -> None:
    """Whoever would be told is not there."""


class _Passing(Database):
    """A database that nobody misses after a power cut, and in which nothing is anybody's: it waits for no disk."""

    @asynccontextmanager
    async def write(self, *, lasting: bool = False) -> AsyncIterator[AsyncConnection]:
        async with super().write(lasting=False) as db:
            yield db

    async def empty_log(self) -> None:
        """Nothing in it has to be forgotten sooner than all of it."""

    async def _open(self) -> aiosqlite.Connection:
        return await on_the_spot.connect(str(self.url.database), alone=True)


@asynccontextmanager
async def world(routes: Routes, settings: Settings, starts_at: datetime) -> AsyncIterator[World]:
    """A new one, thrown away at the end; nothing of it touches the settings' own database."""
    with tempfile.TemporaryDirectory(prefix="bot-rehearsal-") as folder:
        file = Path(folder) / "bot.db"
        migrate(file)
        url = f"sqlite+aiosqlite:///{file}"
        database = _Passing(url)
        try:
            yield World(database, routes, settings.model_copy(update={"database_url": url}), starts_at)
        finally:
            await database.close()


class RehearsalStage:
    """The world as `script` wants it."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._read = 0
        self.database, self.settings = world.database, world.settings

    def now(self) -> datetime:
        return self._world.clock.now()

    async def move_to(self, moment: datetime) -> None:
        self._world.clock.move_to(moment)

    async def next_moment(self, latest: datetime) -> datetime:
        return await self._world.next_due(latest)

    async def starts(self, who: Part) -> None:
        await self._world.handle((who, Typed("/start")))

    async def presses(self, who: Part, number: int | None, data: str) -> None:
        under = self._world.sender.newest(who) if number is None else number
        await self._world.handle((who, Pressed(under, data)))

    async def settle(self) -> None:
        await self._world.settle()

    def said(self) -> Sequence[Said]:
        """Of a message that changed several times, as it looks now."""
        notes = self._world.sender.notes[self._read :]
        self._read += len(notes)
        latest = {(one.letter.chat, one.number): one for one in notes}
        return [
            Said(
                Part(one.letter.chat),
                one.number,
                plain(one.letter),
                tuple(tuple((label, data) for label, data, _ in row) for row in one.letter.keyboard),
            )
            for one in latest.values()
        ]


def plain(letter: Letter) -> str:
    """A letter's words as they look."""
    words = unescape(_TAG.sub("", letter.html)).strip()
    return words if letter.attachment is None else f"{words}\n📎 {letter.attachment.name}".strip()
