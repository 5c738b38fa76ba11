"""The webhook from outside: only who knows the secret is heard, and what Telegram posts is handled once.

In front of the bot stands something that speaks TLS; here the test takes its place, by letting the emulator post to the
bot's own port in plain HTTP as soon as the bot has told its public address.
"""

import asyncio
import random
import socket
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import aiohttp
import pytest

from bot.demo.emulator.webhook import SECRET_HEADER
from tests.faults.chatter import all_do_more, crowd, kept
from tests.faults.counts import SEED
from tests.faults.process import BotProcess, ServedTelegram, until
from tests.faults.test_token import revoked

SECRET: Final = "a-secret-of-the-webhook"
PUBLIC: Final = "https://bot.invalid/telegram"


class HookedBot:
    """A bot process that listens, and the address it listens at."""

    def __init__(self, served: ServedTelegram, home: Path, port: int, *, secret: str = SECRET, **settings: str) -> None:
        self.secret = secret
        self.address = f"http://127.0.0.1:{port}/telegram"
        self._served = served
        self.process = BotProcess(
            served,
            home,
            BOT_WEBHOOK_URL=PUBLIC,
            BOT_WEBHOOK_SECRET=secret,
            BOT_HTTP_BIND=f"127.0.0.1:{port}",
            **settings,
        )

    async def start(self) -> None:
        """Start it, wait until it has told Telegram its address, and stand between the two."""
        before = self._served.telegram.ledger.counts["setWebhook"]
        await self.process.spawn()
        polling = self._served.telegram.polling
        await until(lambda: self._served.telegram.ledger.counts["setWebhook"] > before, 30, "it tells its address")
        await until(lambda: polling.webhook.url == PUBLIC, 5, "Telegram has it")
        assert polling.webhook.secret == self.secret
        polling.set_webhook(replace(polling.webhook, url=self.address))


@pytest.fixture
async def hooked(served: ServedTelegram, tmp_path: Path) -> AsyncIterator[HookedBot]:
    one = HookedBot(served, tmp_path, free_port())
    yield one
    await one.process.close()


def free_port() -> int:
    """One at which nobody listens now."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _update(number: int) -> dict[str, Any]:
    person = {"id": 3000, "is_bot": False, "first_name": "Anna", "language_code": "lv"}
    message = {"message_id": number, "date": 1_760_000_000, "chat": {"id": 3000, "type": "private"}, "from": person}
    return {"update_id": number, "message": {**message, "text": "/start"}}


@pytest.mark.slow
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
@pytest.mark.feature("X26")
async def test_ten_thousand_requests_without_the_secret_change_nothing(hooked: HookedBot) -> None:
    """One in ten with a megabyte, and the nearer a guess comes the less it may tell by the time that it takes."""
    await hooked.start()
    dice = random.Random(SEED)
    whole = {**_update(1), "padding": "x" * 999_000}
    answers: Counter[int] = Counter()

    async def knock(session: aiohttp.ClientSession, numbers: range) -> None:
        for number in numbers:
            guess = SECRET[: dice.randrange(len(SECRET))] + dice.choice(["", "x", "\u0101", " "])
            headers = {} if number % 3 == 0 else {SECRET_HEADER: guess}
            body = whole if number % 10 == 0 else _update(number)
            async with session.post(hooked.address, json=body, headers=headers) as answer:
                answers[answer.status] += 1

    async with aiohttp.ClientSession() as session:
        await asyncio.gather(*(knock(session, range(first, 10_000, 20)) for first in range(20)))
    print(f"seed {SEED}: 10,000 requests without the secret, answered {dict(answers)}")
    assert answers == {401: 10_000}
    assert hooked.process.rows("SELECT count(*) FROM handled") == [(0,)]
    assert hooked.process.rows("SELECT count(*) FROM people") == [(0,)]
    assert await hooked.process.stop() == 0
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
    people = crowd(served.telegram, 5, random.Random(SEED), pause=0.3)
    await hooked.start()
    chats = [asyncio.ensure_future(one.chat(asyncio.Event())) for one in people]
    await until(lambda: all(one.actions >= 3 for one in people), 60, "they chat")
    await revoked(served, hooked.process)
    for chat in chats:
        chat.cancel()
    await asyncio.gather(*chats, return_exceptions=True)


@pytest.mark.slow
async def test_a_webhook_left_from_before_does_not_keep_polls_from_anything(
    served: ServedTelegram, bot: BotProcess
) -> None:
    served.telegram.polling.webhook.url = PUBLIC
    (one,) = crowd(served.telegram, 1, random.Random(1))
    await one.phone.send("/menu")
    await bot.start()
    await until(lambda: len(one.phone.messages) == 2, 30, "what was written before the change is answered")
    assert not served.telegram.polling.webhook.url
