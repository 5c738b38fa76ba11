"""Whatever happens, nothing that people wrote, are called or hold leaves by the logs, the pages or a fault's column.

The log is written as finely as it can be. Everything that goes wrong here is made to quote the secret that it met.
"""

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import aiohttp
import pytest

from bot.demo.emulator import faults as emulator_faults
from bot.demo.emulator.faults import FaultKind
from bot.demo.emulator.phone import Phone
from tests.faults.counts import SEED
from tests.faults.process import BotProcess, ServedTelegram, until
from tests.faults.secrets import Secrets
from tests.faults.test_webhook import HookedBot, free_port

PLANTED_AT_LEAST = 50


@pytest.mark.slow
@pytest.mark.feature("X44")
@pytest.mark.parametrize("form", ["text", "json"])
async def test_nothing_leaks_whatever_goes_wrong(
    form: str, served: ServedTelegram, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secrets = Secrets(SEED)
    bot = BotProcess(
        served,
        tmp_path,
        BOT_LOG=form,
        BOT_LOG_LEVEL="debug",
        BOT_WEBHOOK_SECRET=secrets.word("webhook secret"),
        BOT_HTTP_BIND=f"127.0.0.1:{free_port()}",
        BOT_ADMINS=str(secrets.number("admin's id")),
        PYTHONASYNCIODEBUG="1",
    )
    try:
        await bot.start()
        phones = [_phone(served, secrets) for _ in range(4)]
        await _everybody_says_everything(phones, secrets)
        _push_poison(served, secrets)
        await _all_answered(served, phones)
        with _broken_handlers(bot, secrets):
            for phone in phones:
                await phone.send(f"/menu {secrets.word('text to a broken handler')}")
            await _all_answered(served, phones)
        await _telegram_refuses(served, phones, secrets, monkeypatch)
        await _lock_database(bot, phones, secrets)
        await asyncio.sleep(2)
        pages = await _pages(bot.pages)
        assert "update_failed" in bot.stderr
        assert "update_handled" in bot.stderr
        _expect_no_leak(bot, secrets, pages)
        await bot.kill()
        await _dies_of_an_accident(bot, secrets)
        assert len(secrets.planted) >= PLANTED_AT_LEAST
        _expect_no_leak(bot, secrets, pages)
    finally:
        await bot.close()


@pytest.mark.slow
@pytest.mark.feature("X44")
async def test_nothing_leaks_from_a_webhook(served: ServedTelegram, tmp_path: Path) -> None:
    secrets = Secrets(SEED)
    hooked = HookedBot(served, tmp_path, free_port(), secret=secrets.word("webhook secret"), BOT_LOG_LEVEL="debug")
    try:
        await hooked.start()
        phones = [_phone(served, secrets) for _ in range(2)]
        await _everybody_says_everything(phones, secrets)
        async with aiohttp.ClientSession() as session:
            for body in (b"{", b"[" * 100_000, secrets.word("junk posted").encode()):
                for key in (hooked.secret, secrets.word("wrong secret")):
                    headers = {"X-Telegram-Bot-Api-Secret-Token": key, "Content-Type": "application/json"}
                    async with session.post(hooked.address, data=body, headers=headers) as answer:
                        assert answer.status in {400, 401}
                        assert not secrets.found_in("an answer", [await answer.text()])
            unknown = f"/calendar/{secrets.word('calendar address')}.ics"
            async with session.get(hooked.address.replace("/telegram", unknown)) as answer:
                assert answer.status == 404
                assert not secrets.found_in("an answer", [await answer.text()])
        await _all_answered(served, phones)
        pages = await _pages(hooked.process.pages)
        served.telegram.faults.revoke_token()
        assert await hooked.process.ended(within=60) == 1
        _expect_no_leak(hooked.process, secrets, pages)
    finally:
        await hooked.process.close()


def _phone(served: ServedTelegram, secrets: Secrets) -> Phone:
    return served.telegram.phone(
        secrets.number("Telegram id"),
        secrets.word("first name"),
        secrets.word("last name"),
        secrets.word("username"),
        "lv",
    )


async def _everybody_says_everything(phones: list[Phone], secrets: Secrets) -> None:
    """Every way in which words reach the bot, one after the other, at the pace of somebody who types."""

    async def says_everything(phone: Phone) -> None:
        await phone.send(f"/start {secrets.word('deep-link payload')}")
        said = await phone.send(f"/start i_{secrets.word('invitation')}")
        await phone.edit(said.id, secrets.word("edited text"))
        await phone.send(f"/{secrets.word('command')} {secrets.word('argument')}")
        await phone.send(f"es gribu nomirt {secrets.word('words of danger')}")
        await phone.forge_press(f"screening.give:{secrets.word('forged answer')}")
        await phone.forge_press(secrets.word("callback junk"))
        await asyncio.sleep(2)
        await phone.send_document(f"{secrets.word('file name')}.pdf", b"%PDF", secrets.word("caption"))
        await phone.share_contact(number=f"+371{secrets.number('telephone')}")
        await phone.send("/mydata")
        await phone.send("/privacy")
        await phone.send_location(56.1234567, 24.7654321)
        await asyncio.sleep(1)

    await asyncio.gather(*(says_everything(phone) for phone in phones))
    secrets.known("latitude", "56.123456")


def _push_poison(served: ServedTelegram, secrets: Secrets) -> None:
    for raw in (
        {"message": {"message_id": 1, "text": secrets.word("poison text")}},
        {"message": secrets.word("a text for a message")},
        {"callback_query": {"id": secrets.word("press id"), "from": {"id": secrets.word("id that is a word")}}},
        {"update_id": secrets.word("number that is a word"), "message": {}},
        [secrets.word("a list for an update")],
        {secrets.word("unknown kind"): {"text": secrets.word("text of an unknown kind")}},
    ):
        served.telegram.push(raw)


@contextmanager
def _broken_handlers(bot: BotProcess, secrets: Secrets) -> Iterator[None]:
    """The database refuses whatever is said but the apology, and says why in words it should not."""
    words = secrets.word("words of the database")
    _trigger(bot, "BEFORE INSERT ON outbox WHEN NEW.key NOT LIKE '%.broken'", words)
    yield
    with closing(sqlite3.connect(bot.database, timeout=10)) as connection, connection:
        connection.execute(f"DROP TRIGGER {words}")


def _trigger(bot: BotProcess, when: str, words: str) -> None:
    with closing(sqlite3.connect(bot.database, timeout=10)) as connection, connection:
        connection.execute(f"CREATE TRIGGER {words} {when} BEGIN SELECT RAISE(ABORT, '{words}'); END")


async def _telegram_refuses(
    served: ServedTelegram, phones: list[Phone], secrets: Secrets, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every refusal there is, and each quotes what it refuses."""
    faults = served.telegram.faults
    for code in (400, 403, 404, 409, 500):
        quoting = (
            f'Bad Request: can\'t parse entities: unsupported start tag "{secrets.word(f"quoted by {code}")}" at 3'
        )
        monkeypatch.setitem(emulator_faults._WORDS, code, quoting)
        if code != 403:
            faults.fail("getUpdates" if code == 409 else "sendMessage", code=code)
            await phones[2].send(secrets.word(f"text before {code}"))
            await asyncio.sleep(1.5)
    monkeypatch.setattr(emulator_faults, "_HTML", f"<h1>{secrets.word('words of a page')}</h1>".encode())
    monkeypatch.setattr(emulator_faults, "_GARBAGE", secrets.word("garbage").encode())
    for kind in (FaultKind.HTML, FaultKind.GARBAGE, FaultKind.HALF, FaultKind.CUT, FaultKind.DROP_AFTER):
        faults.fail("*", kind=kind.value, times=2)
        await phones[3].send(secrets.word(f"text before {kind}"))
        await asyncio.sleep(1.5)
    faults.clear()


async def _lock_database(bot: BotProcess, phones: list[Phone], secrets: Secrets) -> None:
    with closing(sqlite3.connect(bot.database, timeout=10, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        for phone in phones:
            await phone.send(secrets.word("text to a locked database"))
        await asyncio.sleep(8)
        other.execute("ROLLBACK")


async def _dies_of_an_accident(bot: BotProcess, secrets: Secrets) -> None:
    """What nobody catches ends the process, and Python would print it with its words."""
    with closing(sqlite3.connect(bot.database)) as connection, connection:
        connection.execute("INSERT INTO grants (person_id, role, granted_at) SELECT min(id), 'admin', 0 FROM people")
    _trigger(bot, "BEFORE DELETE ON grants", secrets.word("words of a crash"))
    await bot.spawn()
    assert await bot.ended(within=30) == 1
    assert "uncaught" in bot.stderr
    assert "IntegrityError" in bot.stderr


async def _all_answered(served: ServedTelegram, phones: list[Phone]) -> None:
    await until(lambda: served.telegram.updates_waiting == 0, 30, "all updates are taken")
    await until(lambda: not any(phone.spinners for phone in phones), 30, "every press is acknowledged")


async def _pages(address: str) -> list[str]:
    """What /health and /metrics say."""
    async with aiohttp.ClientSession() as session:
        found = []
        for page in ("health", "metrics"):
            async with session.get(f"{address}/{page}") as answer:
                found.append(await answer.text())
    assert '"ready"' in found[0]
    assert "bot_ready" in found[1]
    return found


def _expect_no_leak(bot: BotProcess, secrets: Secrets, pages: list[str]) -> None:
    columns = [*bot.rows("SELECT fault FROM set_aside"), *bot.rows("SELECT fault FROM outbox WHERE fault IS NOT NULL")]
    faults = [fault for (fault,) in columns]
    print(f"seed {SEED}: {len(secrets.planted)} planted, {len(bot.stderr)} letters of log, {len(faults)} faults kept")
    found = [
        *secrets.found_in("standard error", [bot.stderr]),
        *secrets.found_in("standard output", [bot.stdout]),
        *secrets.found_in("/health and /metrics", pages),
        *secrets.found_in("a fault's column", faults),
    ]
    assert found == []
    assert "Traceback" not in bot.stderr
