"""A post with a database: write letters, let it work, look at the rows."""

import ssl
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.delivery import outbox
from bot.demo.clock import TownClock
from bot.mail.post import Post
from bot.mail.smtp import SmtpSender
from bot.settings import Settings
from bot.storage.database import Database
from bot.storage.tables import outbox as rows_to_send
from bot.texts import Texts
from bot.turn import NOBODY, Mail, Message, Priority
from bot.words import Language, phrase
from tests.delivery.post import RIGA, START

FROM: Final = ("PROTI un DARI!", "partneri@bot.example")
TRIES_FOR: Final = 1.0
"""Seconds of one command's time-out: the servers of these tests answer at once or never."""


def letter(to: str, number: int = 1, words: str = "Sveiki", about: int | None = None) -> Message:
    """A letter that says just that."""
    mail = Mail(
        to,
        Language.LV,
        phrase("post.any.words", words=f"Temats {number}"),
        phrase("post.any.words", words=words),
        f"letter:{number}",
        about,
    )
    return Message(NOBODY, mail.body, priority=Priority.MAIL, about=about, at_night=True, once=mail.once, mail=mail)


def sender_to(url: str, tls: ssl.SSLContext | None = None, timeout: float = TRIES_FOR) -> SmtpSender:
    """The bot's own sender for that BOT_SMTP_URL."""
    settings = Settings(
        smtp_url=url, mail_from="x <x@bot.example>", public_url="https://bot.example", http_bind="127.0.0.1:8080"
    )
    assert settings.mail_server is not None
    return SmtpSender(settings.mail_server, timeout, "bot.example", tls)


class Bag:
    """`lost` holds the occasions of letters that will never arrive."""

    def __init__(self, database: Path, locales: Path, url: str) -> None:
        self.clock = TownClock(START)
        self.database = Database(f"sqlite+aiosqlite:///{database}")
        self.lost: list[str] = []
        self._texts = Texts(RIGA, locales)
        self._url = url
        self.post = self._new_post()

    def _new_post(self) -> Post:
        async def lost(_: AsyncConnection, occasion: str) -> None:
            self.lost.append(occasion)

        return Post(self.database, self._texts, sender_to(self._url), self.clock, FROM, lost=lost)

    async def restart(self) -> None:
        """As after a crash: everything in memory is gone."""
        self.post = self._new_post()
        await self.post.begin()

    async def write(self, *letters: Message) -> None:
        async with self.database.write() as db:
            await outbox.add(db, letters, self.clock.now())

    async def rows(self) -> Sequence[Any]:
        async with self.database.read() as db:
            return (await db.execute(select(rows_to_send).order_by(rows_to_send.c.id))).all()

    async def states(self) -> list[str]:
        return [row.state for row in await self.rows()]
