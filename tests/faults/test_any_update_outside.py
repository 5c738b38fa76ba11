"""The same strange updates at the real process: by long poll and by webhook it goes on, and writes no word of them."""

import asyncio
import json
import random
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final

import aiohttp
import pytest

from bot.demo.emulator.model import Unanswered
from bot.demo.emulator.phone import Phone
from bot.demo.emulator.webhook import SECRET_HEADER
from tests.faults.counts import SEED, full
from tests.faults.made_updates import Maker, mark_of
from tests.faults.process import BotProcess, ServedTelegram, until
from tests.faults.test_webhook import HookedBot, free_port

PEOPLE: Final = 20
AT_ONCE: Final = 10
MADE: Final = full(300, 3_000)

NO_JSON: Final = (b"", b"{", b"\xff\xfe", b"nul", b'{"update_id": 1', b"[" * 100_000, b'{"a":' * 50_000, b"\x00" * 1000)
NO_UPDATE: Final = (b"null", b"[]", b'"\\ud800"', b"1e999", b"NaN", b'{"update_id": 1e400}', b'{"update_id": "1"}')


@pytest.fixture
async def hooked(served: ServedTelegram, tmp_path: Path) -> AsyncIterator[HookedBot]:
    one = HookedBot(served, tmp_path, free_port())
    yield one
    await one.process.close()


@pytest.mark.slow
@pytest.mark.feature("X39", "X18")
async def test_the_process_goes_on_through_strange_updates_by_long_poll(
    served: ServedTelegram, bot: BotProcess
) -> None:
    telegram, maker = served.telegram, _maker(served)
    await bot.start()
    for number in range(MADE):
        one = maker.any()
        telegram.push(one.body)
        if one.waits is not None:
            asked = Unanswered(one.waits.id, "message", one.message_id, served.clock.now())
            telegram.rooms[one.waits.id].unanswered.append(asked)
        if number % AT_ONCE == 0:
            await asyncio.sleep(0.4)
    await _everybody_is_answered(served, bot, "by long poll")


@pytest.mark.slow
@pytest.mark.feature("X39", "X26")
async def test_the_process_goes_on_through_strange_updates_by_webhook(
    served: ServedTelegram, hooked: HookedBot
) -> None:
    """What is no JSON is refused with 400, what is no update is taken and left; never an error of the server's own."""
    maker, told = _maker(served), {SECRET_HEADER: hooked.secret}
    await hooked.start()
    async with aiohttp.ClientSession(headers=told) as session:
        for number in range(1, MADE + 1):
            body = maker.any().body
            whole = {"update_id": number, **body} if isinstance(body, dict) else body
            assert await _posted(session, hooked, json.dumps(whole).encode()) == 200
        assert {await _posted(session, hooked, body) for body in NO_JSON} == {400}
        assert {await _posted(session, hooked, body) for body in NO_UPDATE} == {200}
    await _everybody_is_answered(served, hooked.process, "by webhook")


def _maker(served: ServedTelegram) -> Maker:
    telegram, dice = served.telegram, random.Random(SEED)
    phones = [
        telegram.phone(number, mark_of(number), language_code=dice.choice(("lv", "uk", "en", "ru", None)))
        for number in range(3000, 3000 + PEOPLE)
    ]
    for phone in phones:
        telegram.people[phone.id].started = True
    return Maker(dice, phones, served.clock.now, telegram.presses.new_id)


async def _posted(session: aiohttp.ClientSession, hooked: HookedBot, body: bytes) -> int:
    async with session.post(hooked.address, data=body) as answer:
        return answer.status


async def _everybody_is_answered(served: ServedTelegram, bot: BotProcess, way: str) -> None:
    """After all of it each of them asks for the menu and sees it; nothing is left, and no word of it in the log."""
    telegram = served.telegram
    await until(lambda: telegram.updates_waiting == 0, 60, "every update is confirmed")
    for phone in telegram.phones.values():
        await _asks_for_the_menu(phone)
    await until(lambda: not telegram.unanswered(), 120, "everybody is answered")
    await until(lambda: not _open(bot), 120, "all is said")
    assert await bot.stop() == 0
    aside = bot.rows("SELECT count(*) FROM set_aside")[0][0]
    print(f"seed {SEED}: {MADE} updates {way}, {aside} set aside, {len(telegram.phones)} people answered")
    assert not telegram.problems
    assert "Traceback" not in bot.stderr
    assert not any(mark_of(phone.id) in bot.stderr for phone in telegram.phones.values())
    assert not bot.rows("SELECT key, fault FROM outbox WHERE state = 'rejected'")
    bot.check_database()


async def _asks_for_the_menu(phone: Phone) -> None:
    await phone.send("/menu")
    await asyncio.sleep(0.05)


def _open(bot: BotProcess) -> int:
    """How many messages wait or are under way."""
    return int(bot.rows("SELECT count(*) FROM outbox WHERE state IN ('waiting', 'in_flight')")[0][0])
