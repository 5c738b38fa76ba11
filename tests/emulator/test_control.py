"""The door for tests in another process."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from aiohttp import ClientSession
from aiohttp.test_utils import TestServer

from bot.demo.clock import TurnableClock
from bot.demo.emulator import Telegram
from bot.demo.emulator.control import add_control
from bot.demo.emulator.server import make_app

from .conftest import TOKEN


@pytest.fixture
async def root() -> AsyncIterator[str]:
    telegram = Telegram(TurnableClock(datetime(2026, 3, 2, tzinfo=UTC)), token=TOKEN)
    app = make_app(telegram)
    add_control(app, telegram)
    async with TestServer(app) as server:
        yield str(server.make_url("")).rstrip("/")


async def _post(session: ClientSession, address: str, **told: object) -> dict[str, object]:
    async with session.post(address, json=told) as response:
        body: dict[str, object] = await response.json()
        return {**body, "status": response.status}


async def test_a_conversation_can_be_driven_from_outside(root: str, session: ClientSession) -> None:
    anna = f"{root}/control/1001"
    await _post(session, f"{anna}/send", text="/start", first_name="Anna")
    buttons = {"inline_keyboard": [[{"text": "Jā", "callback_data": "yes"}]]}
    await _post(
        session,
        f"{root}/bot{TOKEN}/sendMessage",
        chat_id=1001,
        text="<b>Sveika</b>",
        parse_mode="HTML",
        reply_markup=buttons,
    )
    await _post(session, f"{anna}/tap", label="Jā")
    seen = await (await session.get(f"{anna}/messages")).json()
    assert [message["html"] for message in seen["messages"]] == ["/start", "<b>Sveika</b>"]
    assert seen["messages"][1]["keyboard"] == [[{"text": "Jā", "data": "yes", "url": None}]]
    state = await (await session.get(f"{root}/control/state")).json()
    assert (state["updates_waiting"], state["spinners"], len(state["unanswered"])) == (2, 1, 1)


async def test_the_clock_and_the_faults_are_within_reach(root: str, session: ClientSession) -> None:
    before = datetime.fromisoformat((await (await session.get(f"{root}/control/state")).json())["now"])
    turned = await _post(session, f"{root}/control/clock", advance=3600)
    assert (datetime.fromisoformat(str(turned["now"])) - before).total_seconds() >= 3600
    await _post(session, f"{root}/control/faults", fault="fail", method="getMe", code=500)
    assert (await session.get(f"{root}/bot{TOKEN}/getMe")).status == 500
    await _post(session, f"{root}/bot{TOKEN}/sendMessage", chat_id=1, text="<b>", parse_mode="HTML", colour=1)
    problems = await (await session.get(f"{root}/control/problems")).json()
    assert [problem["kind"] for problem in problems] == ["schema"]


async def test_many_steps_go_in_one_call(root: str, session: ClientSession) -> None:
    steps = [{"phone": number, "verb": "send", "text": "/start"} for number in range(1, 51)]
    async with session.post(f"{root}/control/batch", json=steps) as response:
        assert len(await response.json()) == 50


async def test_a_group_can_be_founded_and_moved(root: str, session: ClientSession) -> None:
    founded = await _post(session, f"{root}/control/groups", title="Mentors", members=[1, 2])
    moved = await _post(session, f"{root}/control/groups/{founded['chat']}/migrate")
    answer = await _post(session, f"{root}/bot{TOKEN}/sendMessage", chat_id=founded["chat"], text="x")
    assert answer["parameters"] == {"migrate_to_chat_id": moved["chat"]}


async def test_a_wrong_word_is_explained(root: str, session: ClientSession) -> None:
    assert (await _post(session, f"{root}/control/1001/dance"))["status"] == 404
    assert (await _post(session, f"{root}/control/1001/send", words="x"))["status"] == 400
    assert (await _post(session, f"{root}/control/1001/tap", label="x"))["status"] == 404
    await _post(session, f"{root}/control/1001/block")
    assert (await _post(session, f"{root}/control/1001/send", text="x"))["status"] == 409
