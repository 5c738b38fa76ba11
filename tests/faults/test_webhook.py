"""The webhook from outside: only who knows the secret is heard, and what Telegram posts is handled once.

In front of the bot stands something that speaks TLS; here the test takes its place, by letting the emulator post to the
bot's own port in plain HTTP as soon as the bot has told its public address.
"""

import asyncio
import random
import socket
from collections.abc import AsyncIterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import aiohttp
import pytest

from bot.demo.emulator.webhook import SECRET_HEADER
from tests.faults.chatter import all_do_more, crowd, kept
from tests.faults.process import BotProcess, ServedTelegram, until

SECRET: Final = "a-secret-of-the-webhook"
PUBLIC: Final = "https://bot.invalid/telegram"


class HookedBot:
    """A bot process that listens, and the address it listens at."""

    def __init__(self, served: ServedTelegram, home: Path, port: int) -> None:
        self.address = f"http://127.0.0.1:{port}/telegram"
        self._served = served
        self.process = BotProcess(
            served, home, BOT_WEBHOOK_URL=PUBLIC, BOT_WEBHOOK_SECRET=SECRET, BOT_HTTP_BIND=f"127.0.0.1:{port}"
        )

    async def start(self) -> None:
        """Start it, wait until it has told Telegram its address, and stand between the two."""
        before = self._served.telegram.ledger.counts["setWebhook"]
        await self.process.spawn()
        polling = self._served.telegram.polling
        await until(lambda: self._served.telegram.ledger.counts["setWebhook"] > before, 30, "it tells its address")
        await until(lambda: polling.webhook.url == PUBLIC, 5, "Telegram has it")
        assert polling.webhook.secret == SECRET
        polling.set_webhook(replace(polling.webhook, url=self.address))


@pytest.fixture
async def hooked(served: ServedTelegram, tmp_path: Path) -> AsyncIterator[HookedBot]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    one = HookedBot(served, tmp_path, port)
    yield one
    await one.process.close()


def _update(number: int) -> dict[str, Any]:
    person = {"id": 3000, "is_bot": False, "first_name": "Anna", "language_code": "lv"}
    message = {"message_id": number, "date": 1_760_000_000, "chat": {"id": 3000, "type": "private"}, "from": person}
    return {"update_id": number, "message": {**message, "text": "/start"}}


@pytest.mark.feature("X26")
async def test_nobody_is_heard_without_the_secret(hooked: HookedBot) -> None:
    await hooked.start()
    wrong: list[dict[str, str]] = [
        {}, {SECRET_HEADER: ""}, {SECRET_HEADER: "wrong"}, {SECRET_HEADER: SECRET[:-1]}, {SECRET_HEADER: SECRET + "x"},
        {SECRET_HEADER: "ā" * 20},
    ]  # fmt: skip
    async with aiohttp.ClientSession() as session:
        for number in range(300):
            headers = wrong[number % len(wrong)]
            async with session.post(hooked.address, json=_update(number), headers=headers) as answer:
                assert answer.status == 401
        async with session.post(hooked.address, data=b"x" * 1_000_000) as answer:
            assert answer.status == 401
        large = {SECRET_HEADER: SECRET, "Content-Type": "application/json"}
        async with session.post(hooked.address, data=BytesIO(b" " * 2_000_000), headers=large) as answer:
            assert answer.status == 413
        async with session.post(hooked.address, data=b"{", headers=large) as answer:
            assert answer.status == 400
        async with session.get(hooked.address) as answer:
            assert answer.status == 405
    assert hooked.process.rows("SELECT count(*) FROM handled") == [(0,)]
    assert hooked.process.rows("SELECT count(*) FROM people") == [(0,)]
    assert "Traceback" not in hooked.process.stderr


@pytest.mark.slow
async def test_what_comes_with_the_secret_is_handled_and_nothing_is_lost_over_a_kill(
    served: ServedTelegram, hooked: HookedBot
) -> None:
    telegram = served.telegram
    people = crowd(telegram, 5, random.Random(1), pause=0.5)
    stop = asyncio.Event()
    async with asyncio.TaskGroup() as chats:
        await hooked.start()
        for one in people:
            chats.create_task(one.chat(stop))
        await until(lambda: all(one.actions >= 4 for one in people), 60, "they chat")
        await hooked.process.kill()
        await asyncio.sleep(0.5)
        await hooked.start()
        await all_do_more(people, 4)
        stop.set()
    await until(lambda: telegram.updates_waiting == 0, 30, "everything is taken")
    assert await hooked.process.stop() == 0
    assert sum(one.repeats for one in people) <= 1
    assert all(kept(hooked.process, one) == (one.answers, one.asked, one.finished) for one in people)
    assert telegram.ledger.counts["getUpdates"] == 0
    assert not telegram.problems
    hooked.process.check_database()


@pytest.mark.slow
@pytest.mark.feature("X23")
async def test_a_revoked_token_ends_a_listening_bot_too(served: ServedTelegram, hooked: HookedBot) -> None:
    await hooked.start()
    served.telegram.faults.revoke_token()
    assert await hooked.process.ended(within=60) == 1
    assert "BOT_TOKEN is not accepted by Telegram" in hooked.process.stderr


async def test_a_webhook_left_from_before_does_not_keep_polls_from_anything(
    served: ServedTelegram, bot: BotProcess
) -> None:
    served.telegram.polling.webhook.url = PUBLIC
    (one,) = crowd(served.telegram, 1, random.Random(1))
    await one.phone.send("/menu")
    await bot.start()
    await until(lambda: len(one.phone.messages) == 2, 30, "what was written before the change is answered")
    assert not served.telegram.polling.webhook.url
