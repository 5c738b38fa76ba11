"""A file that was sent is fetched beside the conversation, tried again, read once and answered once."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import insert, select

from bot import workshop
from bot.arrival import NotText
from bot.demo.clock import TownClock
from bot.directory.actions_exchange import TakeIn, TakeOver
from bot.receiving import Receiving
from bot.roles import Grant, Person, Role
from bot.routes import Read, Routes
from bot.settings import Settings
from bot.storage.database import Database
from bot.storage.tables import grants, makings, outbox, people
from bot.telegram.inbound import arrivals
from bot.texts import Texts
from bot.turn import FETCH, MOST_FETCHED, Document, Made, Making, Tick
from bot.words import phrase
from bot.workshop import TRIES, TRY_AGAIN_AFTER, Workshop
from tests.town.town import START

KASPARS = 1
ZONE = ZoneInfo("Europe/Riga")


class Desk:
    """A workshop with one handler of files; `fails` is how often Telegram does not give the file."""

    def __init__(self, database: Database, fails: int = 0) -> None:
        self.database = database
        self.clock = TownClock(START)
        self.fails = fails
        self.seen: list[Read] = []
        routes = Routes()
        routes.fetched(TakeIn, reading=lambda sent: (sent.name, len(sent.content), sent.beside), beside=self._look)(
            self._handle
        )
        receiving = Receiving(database, routes, self._fetch, self.clock, Settings.model_construct())
        self.workshop = Workshop(database, routes, Texts(ZONE), self.clock, lambda: None, receiving)

    async def _fetch(self, file_id: str, most: int) -> bytes:
        assert (file_id, most) == ("ABC", MOST_FETCHED)
        if self.fails:
            self.fails -= 1
            raise ConnectionError("away")
        return b"12345"

    async def _look(self, tick: Tick, person: Person) -> str:
        return person.code_name

    async def _handle(self, tick: Tick, person: Person, action: TakeIn, read: Read) -> Made:
        self.seen.append(read)
        tick.tell(person.id, phrase("directory.staff.left"))
        return Made(phrase("directory.staff.file_gone"))

    async def asked(self, role: Role = Role.COORDINATOR, data: str | None = None) -> None:
        async with self.database.write() as db:
            row = {"id": KASPARS, "telegram_id": 5, "language": "lv", "code_name": "Osta-1", "created_at": START}
            await db.execute(insert(people).values(row))
            grant = Grant(role, "LV-067")
            await db.execute(
                insert(grants).values(
                    person_id=KASPARS, role=grant.role.value, municipality=grant.municipality, granted_at=START
                )
            )
            facts = {"file": 7, "file_id": "ABC", "name": "d.zip", "action": data or TakeIn().pack()}
            await workshop.queue(db, [Making(KASPARS, FETCH, facts)], START)

    async def works(self) -> list[str]:
        """What has been said once nothing is left to do."""
        for attempt in range(1, TRIES + 1):
            await self.workshop.drain()
            self.clock.advance(TRY_AGAIN_AFTER * attempt)
        await self.workshop.drain()
        async with self.database.read() as db:
            assert (await db.execute(select(makings))).all() == []
            return list(await db.scalars(select(outbox.c.key).order_by(outbox.c.id)))


@pytest.fixture
def at(database_file: Path) -> Path:
    return database_file


@asynccontextmanager
async def desk(file: Path, fails: int = 0) -> AsyncIterator[Desk]:
    database = Database(f"sqlite+aiosqlite:///{file}")
    try:
        yield Desk(database, fails)
    finally:
        await database.close()


async def test_a_file_is_read_and_its_handler_answers(at: Path) -> None:
    async with desk(at) as one:
        await one.asked()
        assert await one.works() == ["directory.staff.left", "directory.staff.file_gone"]
        assert one.seen == [Read(7, ("d.zip", 5, "Osta-1"))]


@pytest.mark.feature("X13")
async def test_what_telegram_does_not_give_at_once_is_fetched_again(at: Path) -> None:
    async with desk(at, fails=TRIES - 1) as one:
        await one.asked()
        assert (await one.works())[-1] == "directory.staff.file_gone"
        assert len(one.seen) == 1


async def test_what_it_never_gives_is_said_to_have_failed(at: Path) -> None:
    async with desk(at, fails=99) as one:
        await one.asked()
        assert await one.works() == ["people.any.not_made"]
        assert one.seen == []


@pytest.mark.feature("X34")
async def test_who_lost_the_role_meanwhile_changes_nothing(at: Path) -> None:
    async with desk(at) as one:
        await one.asked(Role.MENTOR)
        assert await one.works() == ["people.any.not_made"]
        assert one.seen == []


async def test_a_making_for_a_handler_that_is_gone_ends(at: Path) -> None:
    async with desk(at) as one:
        await one.asked(data=TakeOver(1, "0").pack())
        assert await one.works() == ["people.any.not_made"]


@pytest.mark.parametrize(
    ("sent", "document"),
    [
        ({"file_id": "BQAC-1_x", "file_name": "d.zip", "file_size": 5}, Document("BQAC-1_x", "d.zip", 5)),
        ({"file_id": "A"}, Document("A", "", None)),
        ({"file_id": "A", "file_name": "a\u202ezip.exe\n", "file_size": -1}, Document("A", "azip.exe", None)),
        ({"file_id": "A", "file_name": "x" * 300 + ".zip"}, Document("A", "x" * 116 + ".zip", None)),
        ({"file_id": "../etc"}, None),
        ({"file_id": 5}, None),
        ({"file_name": "d.zip"}, None),
        ("d.zip", None),
    ],
)
def test_a_file_is_what_telegram_would_know_again(sent: object, document: Document | None) -> None:
    chat = {"id": 5, "type": "private"}
    message = {"message_id": 1, "from": {"id": 5}, "chat": chat, "document": sent}
    (arrival,) = arrivals([{"update_id": 1, "message": message}])
    assert isinstance(arrival.what, NotText)
    assert arrival.what.document == document
