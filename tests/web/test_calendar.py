"""A mentor's calendar feed: private, revocable, and everything else not found in the same words."""

import asyncio
import logging
import socket
import sqlite3
from contextlib import closing

import aiohttp
import pytest
import vobject
from aiohttp.test_utils import TestClient, TestServer

from bot.calendar.addresses import hash_of, new_secret
from bot.logs import formatter
from bot.web.metrics import Faults
from bot.web.server import Door, listening, make_app
from tests.chats.casework import in_programme, read_all
from tests.town.inhabitant import Inhabitant
from tests.town.town import Town

C = "checkins.staff"
B = "checkins.staff.button"
PUBLIC = "https://bot.example"


@pytest.fixture
def public(town: Town) -> Town:
    town.settings = town.settings.model_copy(update={"public_url": PUBLIC})
    return town


async def address_of(mentor: Inhabitant, way: str = "new_feed") -> str:
    """The path of a new address of theirs."""
    await mentor.says("/calendar")
    await mentor.taps(f"{B}.{way}")
    text = mentor.sees(f"{C}.feed_address").text
    mentor.reads_rest()
    (found,) = (word for word in text.split() if word.startswith(PUBLIC))
    return found.removeprefix(PUBLIC)


async def get(town: Town, *paths: str) -> list[tuple[int, dict[str, str], bytes]]:
    """Status, headers and body of each, asked of a bot that was just started."""
    async with town.bot() as app:
        pages = make_app(app.parts(), Faults(), Door())
        async with TestClient(TestServer(pages)) as client:
            found = []
            for path in paths:
                async with client.get(path) as answer:
                    found.append((answer.status, dict(answer.headers), await answer.read()))
            return found


async def read_over_the_network(town: Town, *paths: str) -> None:
    """As a calendar does, and once as something that cannot speak HTTP."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    async with (
        town.bot() as app,
        listening(f"127.0.0.1:{port}", app.parts()),
        aiohttp.ClientSession(f"http://127.0.0.1:{port}") as client,
    ):
        for path in paths:
            async with client.get(path) as answer:
                assert answer.status in (200, 404)
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(f"GET {paths[0]} HTTP/7.x\r\n\r\n".encode())
        assert b" 400 " in await reader.readline()
        writer.close()
        await writer.wait_closed()


@pytest.mark.feature("G15")
async def test_a_mentor_reads_the_own_check_ins_in_the_own_calendar(public: Town) -> None:
    anna, marta, liene = await in_programme(public)
    path = await address_of(marta)
    ((status, headers, body),) = await get(public, path)
    assert status == 200
    assert headers["Content-Type"].startswith("text/calendar")
    assert headers["Cache-Control"] == "private, no-store"
    assert "noindex" in headers["X-Robots-Tag"]
    calendar = vobject.readOne(body.decode())
    planned = await public.rows("SELECT id FROM checkins WHERE state = 'planned'")
    assert len(calendar.vevent_list) == len(planned)
    assert {event.summary.value for event in calendar.vevent_list} == {(await public.person("anna")).code_name}
    assert len({event.uid.value for event in calendar.vevent_list}) == len(planned)
    read_all(anna, marta, liene)


async def test_a_new_address_ends_the_old_one_and_off_ends_both(public: Town) -> None:
    anna, marta, liene = await in_programme(public)
    old = await address_of(marta)
    new = await address_of(marta, "renew_feed")
    assert [status for status, _, _ in await get(public, old, new)] == [404, 200]
    await marta.says("/calendar")
    await marta.taps(f"{B}.end_feed")
    marta.sees(f"{C}.feed_ended")
    assert [status for status, _, _ in await get(public, old, new)] == [404, 404]
    read_all(anna, marta, liene)


async def test_whatever_is_unknown_is_not_found_in_the_same_words(public: Town) -> None:
    anna, marta, liene = await in_programme(public)
    path = await address_of(marta)
    await marta.says("/calendar")
    await marta.taps(f"{B}.end_feed")
    read_all(anna, marta, liene)
    odd = ("/calendar/x.ics", f"/calendar/{'a' * 4000}.ics", "/calendar/%00%ff.ics", "/calendar/%D1%97.ics")
    answers = await get(public, path, f"/calendar/{new_secret()}.ics", *odd)
    told = {(status, body, headers["Cache-Control"]) for status, headers, body in answers}
    assert told == {(404, b"404: Not Found", "private, no-store")}


async def test_who_is_no_mentor_any_more_has_no_feed(public: Town) -> None:
    anna, marta, liene = await in_programme(public)
    path = await address_of(marta)
    with closing(sqlite3.connect(public.database_file)) as db, db:
        db.execute("DELETE FROM grants WHERE role = 'mentor'")
    assert [status for status, _, _ in await get(public, path)] == [404]
    read_all(anna, marta, liene)


async def test_without_a_public_address_the_command_says_why_there_is_none(town: Town) -> None:
    anna, marta, liene = await in_programme(town)
    await marta.says("/calendar")
    marta.sees(f"{C}.feed_impossible")
    assert "BOT_" not in marta.phone.messages[-1].text, "no word of a setting to somebody who has none"
    await marta.forges("checkins.new_feed")
    marta.does_not_see(f"{C}.feed_address")
    assert not await town.rows("SELECT id FROM people WHERE feed_hash IS NOT NULL")
    read_all(anna, marta, liene)


@pytest.mark.feature("X44")
async def test_the_secret_stands_in_no_log_and_nowhere_in_the_database(
    public: Town, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    anna, marta, liene = await in_programme(public)
    path = await address_of(marta)
    secret = path.rpartition("/")[2].removesuffix(".ics")
    await read_over_the_network(public, path, f"{path}x", f"{path}?{secret}")
    assert any(record.exc_info for record in caplog.records)  # what was no HTTP is told of, without its words
    for form in (formatter("text"), formatter("json")):
        assert not [line for line in map(form.format, caplog.records) if secret in line]
    with closing(sqlite3.connect(public.database_file)) as db:
        dump = "\n".join(db.iterdump())
    assert secret not in dump
    assert hash_of(secret) in dump
    read_all(anna, marta, liene)


async def test_who_asks_too_often_waits(public: Town) -> None:
    anna, marta, liene = await in_programme(public)
    path = await address_of(marta)
    statuses = [status for status, _, _ in await get(public, *[path] * 50)]
    assert statuses[:40] == [200] * 40
    assert statuses[-1] == 429
    read_all(anna, marta, liene)


def test_no_two_secrets_are_the_same() -> None:
    secrets = {new_secret() for _ in range(100)}
    assert len(secrets) == 100
    assert min(len(one) for one in secrets) >= 43  # 256 bits in base64
