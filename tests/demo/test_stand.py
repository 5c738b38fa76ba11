"""The stand of `make demo` without a browser: it opens, starts over, and ends as it is told."""

import socket
from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar

import pytest
from aiohttp import ClientSession
from sqlalchemy import select

from bot.clock import SystemClock
from bot.demo.cast import CAST, LIBRARY
from bot.demo.doings import NOTED, SUBJECT
from bot.demo.stand import Stand, opened
from bot.directory.rules import find
from bot.roles import Role
from bot.settings import Settings
from bot.storage.tables import people
from tests.faults.process import run_command

ANNA = CAST[0].number
PATIENCE = 15.0
T = TypeVar("T")


async def _chat(session: ClientSession, number: int) -> list[dict[str, Any]]:
    """The messages on that phone once the bot has answered all that was said there."""
    clock = SystemClock()
    deadline = clock.monotonic() + PATIENCE
    while True:
        view = await (await session.get(f"/api/phones/{number}")).json()
        if not view["working"]:
            messages: list[dict[str, Any]] = view["messages"]
            return messages
        assert clock.monotonic() < deadline, f"phone {number} is not answered"
        await clock.sleep(0.05)


@pytest.mark.feature("N7")
async def test_staff_have_their_menus_and_young_people_an_empty_chat() -> None:
    async with opened(Settings(), 0) as address, ClientSession(address) as session:
        for part in CAST:
            chat = await _chat(session, part.number)
            assert [one["sender"] for one in chat] == (["person", "bot"] if part.grant else [])
        now = (await (await session.get("/api/clock")).json())["now"]
        assert now[11:13] in ("07", "08"), "ten o'clock in Riga, in summer or in winter"


@pytest.mark.feature("N7", "G15")
async def test_staff_of_the_cast_have_a_morning_digest_without_asking() -> None:
    stand = Stand(Settings())
    await stand.open()
    try:
        clock, deadline = SystemClock(), SystemClock().monotonic() + PATIENCE
        tomorrow = stand.clock.now().date() + timedelta(days=1)
        guides = [part for part in CAST if part.grant and part.grant.role in (Role.MENTOR, Role.LEAD)]
        planned = 0
        while planned < len(guides):
            assert clock.monotonic() < deadline, f"{planned} have one"
            await clock.sleep(0.2)
            async with stand.app.database.read() as db:
                found = list(await db.scalars(select(people.c.digest_at).where(people.c.digest_at.is_not(None))))
            planned = sum(at.date() == tomorrow for at in found)
    finally:
        await stand.close()


@pytest.mark.feature("N7", "O7")
async def test_ogre_has_a_contact_card_and_a_poster_in_the_library_from_the_start() -> None:
    kaspars = next(part.number for part in CAST if part.grant and part.grant.role is Role.COORDINATOR)
    async with opened(Settings(), 0) as address, ClientSession(address) as session:
        await session.post(f"/api/phones/{ANNA}/text", json={"text": "/start"})
        await _press(session, ANNA, "people.language:lv")
        await session.post(f"/api/phones/{ANNA}/text", json={"text": "/contacts Ogre"})
        await _press(session, ANNA, "directory.map")
        places = await _once(session, ANNA, lambda chat: [one for one in chat if _kind(one) == "location"])
        assert places[-1]["attachment"]["name"] == "56.8162, 24.6051"
        await session.post(f"/api/phones/{kaspars}/text", json={"text": "/sources"})
        await _press(session, kaspars, "outreach.source:")
        await _once(session, kaspars, lambda chat: [one for one in chat if LIBRARY in one["text"]])


@pytest.mark.feature("N7", "I3")
async def test_ogre_has_two_coordinators_and_more_than_two_people_are_not_written_to_by_one_alone() -> None:
    coordinators = [part for part in CAST if part.grant and part.grant.role is Role.COORDINATOR]
    assert len({part.grant for part in coordinators}) == 1
    assert len(coordinators) == 2
    stand = Stand(Settings())
    await stand.open()
    try:
        assert 0 < stand.app.settings.four_eyes_above < sum(part.grant is None for part in CAST) + 2
    finally:
        await stand.close()


@pytest.mark.feature("N7", "S3.12")
async def test_the_demo_knows_some_municipalities_and_has_hours_to_book() -> None:
    kaspars = next(part.number for part in CAST if part.grant and part.grant.role is Role.COORDINATOR)
    async with opened(Settings(), 0) as address, ClientSession(address) as session:
        await _chat(session, kaspars)
        await session.post(f"/api/phones/{kaspars}/text", json={"text": "/partners"})
        await _press(session, kaspars, "partnerships.slots")
        await _once(session, kaspars, lambda chat: [one for one in chat if SUBJECT in one["text"]])
    assert all(find(municipality) is not None for municipality, *_ in NOTED)


@pytest.mark.slow
@pytest.mark.feature("N7")
async def test_starting_over_empties_the_chats_and_the_bot_lives_on() -> None:
    async with opened(Settings(), 0) as address, ClientSession(address) as session:
        for _ in range(2):
            assert not await _chat(session, ANNA)
            await session.post(f"/api/phones/{ANNA}/text", json={"text": "/start ogre"})
            assert [one["sender"] for one in await _chat(session, ANNA)] == ["person", "bot"]
            assert (await session.post("/api/reset")).status == 200


@pytest.mark.feature("N7")
async def test_a_week_passes_in_a_moment() -> None:
    async with opened(Settings(), 0) as address, ClientSession(address) as session:
        before = await (await session.get("/api/clock")).json()
        after = await (await session.post("/api/clock", json={"move": "next_week"})).json()
        assert after["now"] >= before["targets"]["next_week"]
        await session.post(f"/api/phones/{ANNA}/text", json={"text": "/start"})
        assert len(await _chat(session, ANNA)) == 2


@pytest.mark.slow
async def test_a_taken_port_is_said_in_a_sentence() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        code, _, errors = await run_command("demo", "--port", port)
    assert code == 2
    assert f"Nothing can listen at port {port}" in errors
    assert "Traceback" not in errors


@pytest.mark.slow
@pytest.mark.feature("A2", "N7")
async def test_a_coordinator_of_the_demo_makes_a_source_and_gets_its_poster() -> None:
    kaspars = next(part.number for part in CAST if part.grant and part.grant.role is Role.COORDINATOR)
    async with opened(Settings(), 0) as address, ClientSession(address) as session:
        await _chat(session, kaspars)
        await session.post(f"/api/phones/{kaspars}/text", json={"text": "/sources"})
        for step in ("outreach.new", "outreach.kind:LV-067:poster", "outreach.language:LV-067:poster:uk"):
            await _press(session, kaspars, step)
        await session.post(f"/api/phones/{kaspars}/text", json={"text": "Library, entrance"})
        for step in ("outreach.choose", "outreach.poster"):
            await _press(session, kaspars, step)
        files = await _once(session, kaspars, lambda chat: _files(chat)[1:] and _files(chat))
        assert files == [".pdf", ".png"]


def _kind(message: dict[str, Any]) -> str | None:
    attachment = message["attachment"]
    return attachment["kind"] if attachment else None


def _files(chat: list[dict[str, Any]]) -> list[str]:
    return [one["attachment"]["name"][-4:] for one in chat if one["attachment"]]


async def _once(session: ClientSession, number: int, find: Callable[[list[dict[str, Any]]], T]) -> T:
    """What is found in that chat as soon as there is something."""
    clock = SystemClock()
    deadline = clock.monotonic() + PATIENCE
    while not (found := find(await _chat(session, number))):
        assert clock.monotonic() < deadline, "it never came"
        await clock.sleep(0.05)
    return found


async def _press(session: ClientSession, number: int, data: str) -> None:
    """Press the newest button on that phone whose data begin so, once it is there."""

    def button(chat: list[dict[str, Any]]) -> tuple[int, str] | None:
        buttons = [(one["id"], key["data"] or "") for one in chat for row in one["keyboard"] for key in row]
        return next((one for one in reversed(buttons) if one[1].startswith(data)), None)

    found = await _once(session, number, button)
    assert found is not None
    await session.post(f"/api/phones/{number}/press", json={"message": found[0], "data": found[1]})
