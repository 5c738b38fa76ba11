"""`make demo`: the real bot, unchanged, against the emulator, on a clock that visitors turn, with a page of phones."""

import asyncio
import logging
import signal
import socket
import sys
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Final

from aiohttp import web

from bot.app import App, put_together
from bot.calendar import Hours, is_working_day, wall
from bot.clock import SystemClock
from bot.demo import due
from bot.demo.cast import CAST, Part, appoint, phone_of
from bot.demo.clock import TurnableClock
from bot.demo.emulator.in_process import InProcessRequest
from bot.demo.emulator.telegram import Telegram
from bot.demo.mail_server import receiving
from bot.demo.mailbox import Mailboxes
from bot.demo.page.server import make_page
from bot.demo.page.stage import RIGA, Stage, StagePhone
from bot.demo.town import furnish
from bot.settings import Settings
from bot.storage.migrating import migrate
from bot.tasks import Tasks

log = logging.getLogger(__name__)

TOKEN: Final = "1234:demo"
FIRST_HOUR: Final = time(10)
SENDING_TAKES_AT_MOST: Final = 5.0
FOUR_EYES_ABOVE: Final = 2
"""In so small a town as the cast: an invitation to its mentors too waits for the second coordinator."""

MAIL_FROM: Final = "PROTI un DARI! <partneri@proti-un-dari.example>"


class Stand:
    """One world of the demo: an empty database, Telegram, a mail server, the cast and a running bot."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._tasks = Tasks()
        self._stop = asyncio.Event()
        self._world = AsyncExitStack()
        self.clock: TurnableClock
        self.telegram: Telegram
        self.mail: Mailboxes
        self.app: App

    async def open(self) -> Sequence[StagePhone]:
        """Start a new world on a Monday morning; the phones of its cast."""
        self.clock = TurnableClock(_working_monday(SystemClock().now()))
        self.telegram = Telegram(
            self.clock, token=TOKEN, bot_username="proti_un_dari_demo_bot", bot_name="PROTI un DARI!"
        )
        database = Path(self._world.enter_context(tempfile.TemporaryDirectory())) / "demo.db"
        migrate(database)
        self.mail = Mailboxes()
        pages = f"127.0.0.1:{_free_port()}"
        settings = self._settings.model_copy(
            update={
                "token": TOKEN,
                "database_url": f"sqlite+aiosqlite:///{database}",
                "webhook_url": None,
                "http_bind": pages,
                "public_url": f"http://{pages}",
                "smtp_url": await self._world.enter_async_context(receiving(self.mail, self.clock)),
                "mail_from": MAIL_FROM,
                "four_eyes_above": FOUR_EYES_ABOVE,
            }
        )
        self.app = put_together(
            settings, TOKEN, self.clock, request=lambda: InProcessRequest(self.telegram, patient=True)
        )
        self._stop = asyncio.Event()
        self._tasks.start(self.app.serve(self._stop), then=_say_why_it_ended)
        phones = [await self._take_the_stage(part) for part in CAST]
        await furnish(self.app.database, self.clock.now(), settings)
        return phones

    async def _take_the_stage(self, part: Part) -> StagePhone:
        phone = phone_of(self.telegram, part)
        if part.grant is not None:
            await appoint(self.app.database, phone.id, part.name, part.language, part.grant, self.clock.now())
            await phone.send("/menu")
        return StagePhone(phone, part.label, part.role, part.note, part.deep_link, part.deep_link_label)

    async def close(self) -> None:
        """End the world and throw its database away."""
        self._stop.set()
        await self._tasks.settled()
        await self.app.end()
        await self._world.aclose()

    async def next_due(self) -> tuple[datetime, str] | None:
        """When the next planned thing falls due, and of what kind; None while a new world is being made."""
        if self._stop.is_set():
            return None
        return await due.next_due(self.app.database, self.clock.now())

    async def moved(self) -> Sequence[str]:
        """Let the bot do and send what became due; one line for each message that went out."""
        before, letters = len(self.telegram.outgoing()), len(self.mail.letters)
        await self.app.schedule.ring()
        self.app.gate.wake()
        if self.app.post is not None:
            self.app.post.wake()
        await self._sent()
        names = {part.number: part.name for part in CAST}
        return [
            *(
                f"{names.get(one.chat_id, '?')}: {one.text.splitlines()[0]}"
                for one in self.telegram.outgoing()[before:]
            ),
            *(f"{letter.to}: {letter.subject}" for letter in self.mail.letters[letters:]),
        ]

    async def _sent(self) -> None:
        """Wait until the outbox holds nothing that may go now, but not for ever."""
        deadline = self.clock.monotonic() + SENDING_TAKES_AT_MOST
        while self.clock.monotonic() < deadline:
            if await self.app.gate.idle() and (self.app.post is None or await self.app.post.idle()):
                return
            await self.clock.sleep(0.02)


@asynccontextmanager
async def opened(settings: Settings, port: int) -> AsyncIterator[str]:
    """A stand with its page on 127.0.0.1, port 0 for any that is free; gives the page's address."""
    stand = Stand(settings)
    phones = await stand.open()
    stage = Stage(stand.telegram, phones, stand.clock, stand.next_due, stand.moved, mail=stand.mail)

    async def start_over() -> None:
        await stand.close()
        stage.phones = await stand.open()
        stage.telegram, stage.clock, stage.mail = stand.telegram, stand.clock, stand.mail

    stage.reset = start_over
    runner = web.AppRunner(make_page(stage), access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", port).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()
        await stand.close()


async def play(settings: Settings, port: int) -> int:
    """Serve the phones page until interrupted; 2 where the port is taken."""
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    try:
        async with opened(settings, port) as address:
            print(f"The phones are at {address} (Ctrl+C ends the demo)", flush=True)
            await stop.wait()
    except OSError as taken:
        print(f"Nothing can listen at port {port} ({taken.strerror}): choose another with --port.", file=sys.stderr)
        return 2
    return 0


def _free_port() -> int:
    """A port that nobody listens at now: the bot is told one, as anywhere."""
    with socket.socket() as there:
        there.bind(("127.0.0.1", 0))
        port: int = there.getsockname()[1]
        return port


def _say_why_it_ended(serving: asyncio.Task[None]) -> None:
    """A bot that fell over must not look like one that has nothing to say."""
    if not serving.cancelled() and (why := serving.exception()) is not None:
        log.error("the bot of the demo has ended", exc_info=why, extra={"action": "demo_bot_ended"})


def _working_monday(now: datetime) -> datetime:
    """Ten o'clock in Rīga on the coming Monday that is no holiday, so that nothing waits for a night to end."""
    hours = Hours.latvia(RIGA, {})
    today = now.astimezone(RIGA).date()
    monday = today + timedelta(days=7 - today.weekday())
    while not is_working_day(monday, hours):
        monday += timedelta(weeks=1)
    return wall(monday, FIRST_HOUR, RIGA)
