"""The stand of `make demo` without a browser: it opens, starts over, and ends as it is told."""

import socket
from typing import Any

import pytest
from aiohttp import ClientSession

from bot.clock import SystemClock
from bot.demo.cast import CAST
from bot.demo.stand import opened
from bot.settings import Settings
from tests.faults.process import run_command

ANNA = CAST[0].number
PATIENCE = 15.0


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


async def test_a_taken_port_is_said_in_a_sentence() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        code, _, errors = await run_command("demo", "--port", port)
    assert code == 2
    assert f"Nothing can listen at port {port}" in errors
    assert "Traceback" not in errors
