"""The workshop: what is asked for is made once, whatever crashes, fails or is erased meanwhile."""

import asyncio
import json
import threading
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot import workshop
from bot.demo.clock import TownClock
from bot.people import belongings, store
from bot.people.menu import ShowMenu
from bot.roles import Grant, Role
from bot.routes import Routes
from bot.storage.database import Database
from bot.storage.tables import makings, outbox, people
from bot.texts import Texts
from bot.turn import Attachment, Made, Making, button
from bot.words import Language, Lines, SaidIn, phrase
from bot.workshop import TRIES, TRY_AGAIN_AFTER, Workshop
from tests.town.town import START

KASPARS = 1
READY = phrase("people.any.button.menu")
TEXTS = Texts(ZoneInfo("Europe/Riga"))


class Bench:
    """A workshop over a database, with makers of the test's own; `made` is what they were handed."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.clock = TownClock(START)
        self.routes = Routes()
        self.made: list[Mapping[str, Any]] = []
        self.routes.make("keep")(self._keep)
        self.workshop = self.new()

    def new(self) -> Workshop:
        return Workshop(self.database, self.routes, TEXTS, self.clock, lambda: None)

    def _keep(self, facts: Mapping[str, Any]) -> Made:
        self.made.append(facts)
        return Made(READY, (Attachment("one.txt", b"1"), Attachment("two.txt", b"2")))

    async def person(self, language: Language = Language.LV) -> None:
        row = {
            "id": KASPARS,
            "telegram_id": 7,
            "language": language.value,
            "code_name": "Bura-100",
            "created_at": START,
        }
        async with self.database.write() as db:
            await db.execute(insert(people).values(row))

    async def asks(self, kind: str = "keep", **facts: Any) -> None:
        async with self.database.write() as db:
            await workshop.queue(db, [Making(KASPARS, kind, facts)], self.clock.now())

    async def rows(self) -> list[tuple[str, int]]:
        async with self.database.read() as db:
            return [(row.state, row.attempts) for row in await db.execute(select(makings).order_by(makings.c.id))]

    async def said(self) -> list[tuple[str, str | None]]:
        async with self.database.read() as db:
            return [(row.key, row.attachment_name) for row in await db.execute(select(outbox).order_by(outbox.c.id))]


class Faltering(Database):
    """Cannot write when it `fails`, once."""

    fails = False

    @asynccontextmanager
    async def write(self, *, lasting: bool = True) -> AsyncIterator[AsyncConnection]:
        async with super().write(lasting=lasting) as db:
            yield db
            if self.fails:
                self.fails = False
                raise OperationalError("", {}, OSError("disk full"))


@pytest.fixture
async def bench(database_file: Path) -> AsyncIterator[Bench]:
    database = Database(f"sqlite+aiosqlite:///{database_file}")
    yield Bench(database)
    await database.close()


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not holds():
            await asyncio.sleep(0.005)


async def test_what_was_asked_for_is_made_and_brought_and_its_row_is_gone(bench: Bench) -> None:
    await bench.person()
    await bench.asks(number=4)
    await bench.workshop.drain()
    assert bench.made == [{"number": 4}]
    assert await bench.said() == [("", "one.txt"), (READY.key, "two.txt")]
    assert await bench.rows() == []


@pytest.mark.parametrize("language", Language)
async def test_words_arrive_in_the_language_of_who_asked_or_in_the_one_that_was_said(
    bench: Bench, language: Language
) -> None:
    await bench.person(language)
    latvian = phrase("people.any.language.lv")
    asked = {
        "mine": latvian,
        "lines": Lines((latvian, latvian)),
        "day": date(2026, 3, 9),
        "theirs": [SaidIn(one, latvian) for one in Language],
        "plain": {"words": "stay", "of": [1, 2.5, True, None], "is": "text"},
    }
    await bench.asks(**asked)
    await bench.workshop.drain()
    (made,) = bench.made
    said = {one: TEXTS.plain(latvian, one) for one in Language}
    assert made["mine"] == said[language]
    assert made["lines"] == f"{said[language]}\n{said[language]}"
    assert made["day"] == TEXTS.fact(date(2026, 3, 9), language)
    assert made["theirs"] == list(said.values())
    assert made["plain"] == asked["plain"]
    assert len(set(said.values())) == 3


async def test_what_has_no_words_and_no_plain_form_is_refused_when_it_is_asked_for(bench: Bench) -> None:
    await bench.person()
    with pytest.raises(TypeError, match="object"):
        await bench.asks(thing=object())
    with pytest.raises(ValueError, match="aware"):
        await bench.asks(at=datetime(2026, 3, 2))  # noqa: DTZ001 (the point of it)
    await bench.asks(at=datetime(2026, 3, 2, tzinfo=UTC))


async def test_a_crash_in_the_middle_leaves_the_row_and_the_next_start_makes_it(bench: Bench) -> None:
    await bench.person()
    await bench.asks()
    async with bench.database.write() as db:
        await workshop._claim(db, bench.clock.now())  # and the process is gone
    assert await bench.rows() == [("at_work", 1)]
    after = bench.new()
    await after.begin()
    await after.drain()
    assert len(bench.made) == 1
    assert await bench.rows() == []


async def test_what_ends_the_process_each_time_is_given_up_with_kind_words(bench: Bench) -> None:
    await bench.person()
    await bench.asks()
    for _ in range(TRIES):
        async with bench.database.write() as db:
            await workshop._claim(db, bench.clock.now())
        await bench.new().begin()
    await bench.workshop.drain()
    assert bench.made == []
    assert await bench.said() == [("people.any.not_made", None)]
    assert await bench.rows() == []


async def test_what_fails_is_tried_three_times_in_all_and_then_said_so(bench: Bench) -> None:
    tries: list[datetime] = []

    def fail(facts: Mapping[str, Any]) -> Made:
        tries.append(bench.clock.now())
        raise ValueError(str(facts))

    bench.routes.make("fail")(fail)
    await bench.person()
    await bench.asks("fail", words="a secret")
    for _ in range(10):
        await bench.workshop.drain()
        bench.clock.advance(TRY_AGAIN_AFTER)
    assert [at - START for at in tries] == [timedelta(0), TRY_AGAIN_AFTER, TRY_AGAIN_AFTER * 3]
    assert await bench.said() == [("people.any.not_made", None)]
    assert await bench.rows() == []


@pytest.mark.parametrize("role", [None, Role.COORDINATOR])
@pytest.mark.parametrize("kind", ["of an older version", "made"])
async def test_below_what_was_made_or_did_not_work_is_the_way_on_and_for_the_young_the_way_to_help(
    bench: Bench, kind: str, role: Role | None
) -> None:
    bench.routes.make("made")(lambda _: Made(READY, (), ((button(READY.key, ShowMenu()),),)))
    await bench.person()
    if role is not None:
        async with bench.database.write() as db:
            await store.grant(db, KASPARS, Grant(role), START)
    await bench.asks(kind)
    for _ in range(TRIES):
        await bench.workshop.drain()
        bench.clock.advance(TRY_AGAIN_AFTER * TRIES)
    async with bench.database.read() as db:
        keyboard = await db.scalar(select(outbox.c.keyboard))
    help_row = [] if role else ["safety.card"]
    assert [key["data"] for row in keyboard for key in row] == ["people.menu", *help_row]


async def test_what_no_maker_knows_any_more_is_said_so_too(bench: Bench) -> None:
    await bench.person()
    await bench.asks("of an older version")
    for _ in range(TRIES):
        await bench.workshop.drain()
        bench.clock.advance(TRY_AGAIN_AFTER * TRIES)
    assert await bench.said() == [("people.any.not_made", None)]


async def test_one_that_fails_holds_up_nobody_behind_it(bench: Bench) -> None:
    await bench.person()
    await bench.asks("of an older version")
    await bench.asks()
    await bench.workshop.drain()
    assert len(bench.made) == 1


async def test_the_same_asked_for_twice_while_it_waits_is_made_once(bench: Bench) -> None:
    await bench.person()
    for source in (1, 1, 2, 1):
        await bench.asks(source=source, words=phrase("people.any.language.lv"))
    await bench.workshop.drain()
    assert [made["source"] for made in bench.made] == [1, 2]
    await bench.asks(source=1)
    await bench.workshop.drain()
    assert len(bench.made) == 3


@pytest.mark.feature("C5")
async def test_what_was_made_for_somebody_erased_meanwhile_goes_nowhere(bench: Bench) -> None:
    begun, may_end = threading.Event(), threading.Event()

    def slow(_: Mapping[str, Any]) -> Made:
        begun.set()
        may_end.wait(5)
        return Made(READY)

    bench.routes.make("slow")(slow)
    await bench.person()
    await bench.asks("slow")
    work = asyncio.ensure_future(bench.workshop.drain())
    await until(begun.is_set)
    async with bench.database.write() as db:
        await belongings.erase(db, KASPARS, bench.clock.now())
    may_end.set()
    await work
    assert await bench.said() == []
    assert await bench.rows() == []


async def test_the_conversation_goes_on_while_something_is_made_and_only_one_thing_is(bench: Bench) -> None:
    at_once, most, may_end = 0, 0, threading.Event()

    def slow(_: Mapping[str, Any]) -> Made:
        nonlocal at_once, most
        at_once += 1
        most = max(most, at_once)
        may_end.wait(5)
        at_once -= 1
        return Made(READY)

    bench.routes.make("slow")(slow)
    await bench.person()
    stop = asyncio.Event()
    run = asyncio.ensure_future(bench.workshop.run(stop))
    await bench.asks("slow", source=1)
    await bench.asks("slow", source=2)
    bench.workshop.wake()
    await until(lambda: at_once == 1)
    await bench.asks("slow", source=3)  # a writer finds the database free
    may_end.set()
    async with asyncio.timeout(5):
        while len(await bench.said()) < 3:
            await asyncio.sleep(0.005)
    assert most == 1
    stop.set()
    await run


async def test_what_could_not_be_written_down_is_made_once_more_while_the_bot_goes_on(database_file: Path) -> None:
    database = Faltering(f"sqlite+aiosqlite:///{database_file}")
    bench = Bench(database)

    def full_disk(_: Mapping[str, Any]) -> Made:
        database.fails = not bench.made
        bench.made.append({})
        return Made(READY)

    bench.routes.make("full_disk")(full_disk)
    await bench.person()
    await bench.asks("full_disk")
    stop = asyncio.Event()
    run = asyncio.ensure_future(bench.workshop.run(stop))
    async with asyncio.timeout(5):
        while not await bench.said():
            await asyncio.sleep(0.01)
            bench.workshop.wake()
    stop.set()
    await run
    assert len(bench.made) == 2
    assert await bench.said() == [(READY.key, None)]
    assert await bench.rows() == []
    await database.close()


async def test_the_end_does_not_wait_for_what_is_being_made_and_the_row_waits_uncounted(bench: Bench) -> None:
    begun, may_end = threading.Event(), threading.Event()

    def endless(_: Mapping[str, Any]) -> Made:
        begun.set()
        may_end.wait(30)
        return Made(READY)

    bench.routes.make("endless")(endless)
    await bench.person()
    await bench.asks("endless")
    stop = asyncio.Event()
    run = asyncio.ensure_future(bench.workshop.run(stop))
    await until(begun.is_set)
    asked = time.monotonic()
    stop.set()
    await run
    assert time.monotonic() - asked < 1
    assert await bench.rows() == [("waiting", 0)]
    assert await bench.said() == []
    may_end.set()


PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=8) | st.sampled_from(["is", "words", "plain", "of"]), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(st.dictionaries(st.text(max_size=8), PLAIN, max_size=3), st.sampled_from(Language))
def test_plain_data_arrives_as_it_was_given_whatever_its_names_are(facts: dict[str, Any], language: Language) -> None:
    kept = json.loads(json.dumps({name: workshop._packed(value) for name, value in facts.items()}))
    assert {name: workshop._unpacked(value, TEXTS, language) for name, value in kept.items()} == facts
