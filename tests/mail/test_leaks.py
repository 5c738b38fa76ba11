"""Nothing of a letter leaves by the log, the pages or a fault's column, however loudly a mail server quotes it."""

import asyncio
import shutil
from base64 import b64encode
from itertools import count
from pathlib import Path

import aiohttp
import pytest

from bot.delivery import outbox
from bot.storage.database import Database
from bot.turn import NOBODY, Mail, Message, Priority
from bot.words import Language, phrase
from tests.faults.counts import SEED
from tests.faults.process import BotProcess, served_telegram, until
from tests.faults.secrets import Secrets
from tests.faults.test_webhook import free_port
from tests.mail.servers import talking


@pytest.mark.slow
@pytest.mark.feature("X44", "X13")
@pytest.mark.parametrize("form", ["text", "json"])
async def test_nothing_of_a_letter_leaks_whatever_a_mail_server_says(
    form: str, database_file: Path, tmp_path: Path
) -> None:
    secrets = Secrets(SEED)
    password = secrets.word("mail password")
    secrets.known("login as it is sent", b64encode(f"\0us\0{password}".encode()).decode())
    tries = count()

    async def quote(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Refuses each connection at another step, with all that it was told by then."""
        step, told = next(tries), b""
        writer.write(b"220 mail.example\r\n")
        while line := await reader.readline():
            told += line.strip() + b" "
            match line.split()[0].upper():
                case b"EHLO":
                    answer = b"250-mail.example\r\n250 AUTH PLAIN"
                case b"AUTH":
                    answer = b"235 welcome" if step else b"535 " + told
                case b"MAIL":
                    answer = b"553 " + told if step == 1 else b"250 OK"
                case b"RCPT":
                    answer = {2: b"550 ", 3: b"451 ", 4: b"nonsense "}.get(step, b"250 ") + told
                case b"DATA":
                    writer.write(b"354 go on\r\n")
                    told += await reader.readuntil(b"\r\n.\r\n")
                    answer = {5: b"554 ", 6: b"421 ", 7: b""}.get(step, b"250 ") + told.replace(b"\r\n", b" ")[:4000]
                case _:
                    answer = b"221 bye"
            writer.write(answer + b"\r\n")
            if step == 7 and line.startswith(b"DATA"):
                break

    async with served_telegram() as served, talking(quote) as port:
        bot = BotProcess(
            served,
            tmp_path / "home",
            BOT_LOG=form,
            BOT_LOG_LEVEL="debug",
            BOT_SMTP_URL=f"smtp://us:{password}@127.0.0.1:{port}?starttls=no",
            BOT_MAIL_FROM="partneri@bot.example",
            BOT_PUBLIC_URL="https://bot.example",
            BOT_HTTP_BIND=f"127.0.0.1:{free_port()}",
        )
        bot.database.parent.mkdir()
        shutil.copy(database_file, bot.database)
        database = Database(f"sqlite+aiosqlite:///{bot.database}")
        async with database.write() as db:
            await outbox.add(db, [_letter(secrets, number) for number in range(9)], served.clock.now())
        await database.close()
        try:
            await bot.start()
            tried = "SELECT count(*) FROM outbox WHERE priority = 3 AND attempts = 1 AND state <> 'in_flight'"
            await until(lambda: bot.rows(tried) == [(9,)], 30, "all are tried")
            pages = [await _page(f"{bot.pages}/{name}") for name in ("health", "metrics")]
        finally:
            await bot.close()
    faults = [fault for (fault,) in bot.rows("SELECT fault FROM outbox WHERE fault IS NOT NULL")]
    assert sorted(faults) == ["letter 554", "recipient 550"]
    found = [
        *secrets.found_in("the log", [bot.stderr, bot.stdout]),
        *secrets.found_in("a page", pages),
        *secrets.found_in("a fault", faults),
    ]
    assert found == []
    assert bot.stderr.count("letter_waits") + bot.stderr.count("mail_not_let_in") == 6
    settled = "SELECT facts, mail_to FROM outbox WHERE state IN ('sent', 'unreachable')"
    assert set(bot.rows(settled)) == {("{}", None)}


def _letter(secrets: Secrets, number: int) -> Message:
    """One of whose words all are secret; any key with one fact serves for a body."""
    words = phrase("people.any.remark", remark=secrets.word("link in a letter"))
    mail = Mail(
        f"{secrets.word('address')}@partner.example",
        Language.LV,
        phrase("people.any.button.menu"),
        words,
        f"letter:{number}",
    )
    return Message(NOBODY, words, priority=Priority.MAIL, at_night=True, once=mail.once, mail=mail)


async def _page(address: str) -> str:
    async with aiohttp.ClientSession() as session, session.get(address) as answer:
        return await answer.text()
