"""The composition root: the only file that constructs things and starts tasks."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection
from telegram import Bot
from telegram.error import InvalidToken, TelegramError
from telegram.request import BaseRequest

from bot.accesses import chat as accesses
from bot.blocks import chat as blocks
from bot.calendar import Hours
from bot.checkins import chat as checkins
from bot.checkins import due as checkins_due
from bot.clock import Clock, TrustedClock
from bot.delivery import outbox
from bot.delivery.gate import Gate
from bot.delivery.limits import Rates
from bot.directory import chat as directory
from bot.dispatch import Dispatcher
from bot.events import chat as events
from bot.events import due as events_due
from bot.happenings import Lapsed, MailLost
from bot.intake import Intake
from bot.mail.post import Post
from bot.mail.sender import Sender as MailSender
from bot.networks import chat as networks
from bot.networks import due as networks_due
from bot.outreach import chat as outreach
from bot.partnerships import chat as partnerships
from bot.partnerships import due as partnerships_due
from bot.people import arrivals
from bot.people import chat as people
from bot.people import due as people_due
from bot.people import store as people_store
from bot.people.chat_otherwise import apology
from bot.people.rules import Unreachable
from bot.programme import chat as programme
from bot.programme import due as programme_due
from bot.receiving import Receiving
from bot.referrals import chat as referrals
from bot.referrals import due as referrals_due
from bot.referrals import receivers_lost
from bot.referrals.by_letter import due_lost as referrals_due_lost
from bot.referrals.own_request import due_request
from bot.rehearsal.making import making
from bot.routes import Routes, joined
from bot.safety import chat as safety
from bot.safety import due as safety_due
from bot.schedule import Schedule
from bot.screening import chat as screening
from bot.screening import chat_figures
from bot.screening import due as screening_due
from bot.settings import Settings
from bot.staff import chat as staff
from bot.storage.database import Database, is_away
from bot.tasks import Tasks, unless
from bot.telegram.fetching import TelegramFiles
from bot.telegram.inbound import ALLOWED
from bot.telegram.profile import Profile
from bot.telegram.request import AiohttpRequest
from bot.telegram.sender import TelegramSender
from bot.telegram.updates import LONGEST_BACK_OFF, Acknowledge, Polling, TokenRevoked
from bot.texts import Texts
from bot.turn import Subscribers
from bot.web.parts import Parts
from bot.workshop import Workshop

if TYPE_CHECKING:
    from bot.web.server import Door

log = logging.getLogger(__name__)

CONNECTIONS: Final = 80
KEEP_UP_EVERY: Final = 1.0
LOOK_AT_TOKEN_EVERY: Final = 30.0
"""Seconds between two looks whether Telegram still knows the token, where no poll would tell."""

ENDS_WITHIN: Final = 4.0
"""Seconds that messages under way get to arrive at the end; what is late goes out again at the next start."""


@cache
def all_routes() -> Routes:
    """Every capability's handlers in one table, the same for the life of the process."""
    return joined(
        [
            people.routes,
            people_due.routes,
            staff.routes,
            blocks.routes,
            accesses.routes,
            directory.routes,
            safety.routes,
            safety_due.routes,
            outreach.routes,
            screening.routes,
            screening_due.routes,
            chat_figures.routes,
            programme.routes,
            programme_due.routes,
            checkins.routes,
            checkins_due.routes,
            referrals.routes,
            referrals_due.routes,
            referrals_due_lost.routes,
            receivers_lost.routes,
            due_request.routes,
            networks.routes,
            networks_due.routes,
            events.routes,
            events_due.routes,
            partnerships.routes,
            partnerships_due.routes,
            making(all_routes),
        ]
    )


@dataclass(slots=True)
class App:
    """The bot, put together. `run` serves until told to stop; tests and the demo drive its parts."""

    settings: Settings
    clock: TrustedClock
    telegram: Bot
    database: Database
    gate: Gate
    dispatcher: Dispatcher
    intake: Intake
    polling: Polling
    schedule: Schedule
    workshop: Workshop
    post: Post | None
    """Where letters can be sent (`Settings.mail_on`)."""
    profile: Profile
    acknowledge: Acknowledge
    tasks: Tasks
    subscribers: Subscribers

    async def begin(self) -> None:
        """Open the transport, learn the bot's own name, and take up what the last run left in flight.

        Raises TokenRevoked where Telegram does not know the token.
        """
        try:
            await self.telegram.initialize()
        except InvalidToken:
            raise TokenRevoked from None
        await self.gate.begin()
        await self.workshop.begin()
        if self.post is not None:
            await self.post.begin()
        async with self.database.write() as db:
            await arrivals.keep_admins(db, self.settings.admins)

    async def end(self) -> None:
        """Let go of everything; what was still to be said waits in the outbox."""
        await self.tasks.end()
        await self.telegram.shutdown()
        await self.database.close()

    async def serve(self, stop: asyncio.Event) -> None:
        """Serve until `stop`: updates in, due work, messages out. Raises TokenRevoked, WrongSetting."""
        async with self._listening() as door:
            await self._begin_patiently(stop)
            ringing = self.tasks.start(self.schedule.run())
            works = [self.gate.run(stop), self.workshop.run(stop), self._keep_face(stop)]
            if self.post is not None:
                works.append(self.post.run(stop))
            beside = {self.tasks.start(work) for work in works}
            try:
                if door is None or self.settings.webhook_url is None:
                    await self.polling.run(stop)
                    await self.polling.confirm()
                else:
                    await self._receive(stop, door, self.settings.webhook_url)
            finally:
                stop.set()
                ringing.cancel()
                await asyncio.wait(beside, timeout=ENDS_WITHIN)

    def _listening(self) -> "AbstractAsyncContextManager[Door | None]":
        """What listens at BOT_HTTP_BIND, and nothing where that is not set."""
        if self.settings.http_bind is None:
            return nullcontext()
        from bot.web.server import listening  # who does not listen need not pay for it

        return listening(self.settings.http_bind, self.parts())

    def parts(self) -> Parts:
        """What the pages look at."""
        return Parts(
            self.clock,
            self.settings.zone,
            self.database,
            self.settings.database_file,
            self.settings.webhook_url is not None,
            self.polling.heartbeat,
            self.gate.heartbeat,
            self.schedule.heartbeat,
            self.dispatcher.inbox,
            self.gate.sendings,
            self.settings,
            self.subscribers,
            self._wake,
            self.post,
        )

    def _wake(self) -> None:
        """There is something to be sent, by either way."""
        self.gate.wake()
        if self.post is not None:
            self.post.wake()

    async def _begin_patiently(self, stop: asyncio.Event) -> None:
        """Begin as soon as Telegram can be reached; a webhook left from before would keep polls from anything."""
        wait = 1.0
        while not stop.is_set():
            try:
                await self.begin()
                if self.settings.webhook_url is None:
                    await self.telegram.delete_webhook()
            except InvalidToken:
                raise TokenRevoked from None
            except TelegramError as away:
                log.warning("Telegram is away", extra={"action": "start_waits", "kind": type(away).__name__})
                await unless(stop, self.clock.sleep(wait))
                wait = min(wait * 2, LONGEST_BACK_OFF)
            except DBAPIError as broken:
                if not is_away(broken):  # that, the database itself has said
                    raise
                await unless(stop, self.clock.sleep(KEEP_UP_EVERY))
            else:
                log.info("serving", extra={"action": "serving"})
                self.polling.heartbeat.beat(self.clock.monotonic())
                return

    async def _keep_face(self, stop: asyncio.Event) -> None:
        """Publish the profile once, then follow people's roles."""
        published = False
        while not stop.is_set():
            try:
                if not published:
                    await self.profile.publish()
                    published = True
                await self.profile.keep_up()
            except TelegramError as away:
                log.warning("profile not set", extra={"action": "profile_not_set", "kind": type(away).__name__})
            except Exception as broken:  # nobody waits for the profile: it must not be what ends the bot
                if not is_away(broken):
                    log.exception("profile not set", extra={"action": "profile_not_set"})
            await unless(stop, self.clock.sleep(KEEP_UP_EVERY))

    async def _receive(self, stop: asyncio.Event, door: "Door", address: str) -> None:
        """Take updates by webhook at `address` until `stop`. Raises TokenRevoked."""
        secret = self.settings.webhook_secret
        if secret is None:
            raise AssertionError("the settings let no webhook through without its secret")
        from bot.web.webhook import webhook  # who polls need not pay for it

        door.open(webhook(self.intake, self.acknowledge, secret))
        try:
            await self._keep_hook(stop, address, secret)
        finally:
            await door.shut()

    async def _keep_hook(self, stop: asyncio.Event, address: str, secret: str) -> None:
        """Tell Telegram the address as soon as it can be reached, then watch that it still knows the token."""
        told = False
        while not stop.is_set():
            wait = LOOK_AT_TOKEN_EVERY
            try:
                if told:
                    await self.telegram.get_me()
                else:
                    await self.telegram.set_webhook(address, secret_token=secret, allowed_updates=list(ALLOWED))
                    told = True
                self.polling.heartbeat.beat(self.clock.monotonic())  # in place of a poll
            except InvalidToken:
                raise TokenRevoked from None
            except TelegramError as away:
                log.warning("Telegram is away", extra={"action": "hook_waits", "kind": type(away).__name__})
                wait = KEEP_UP_EVERY * 5
            await unless(stop, self.clock.sleep(wait))


def _gate(
    settings: Settings,
    clock: Clock,
    database: Database,
    texts: Texts,
    telegram: Bot,
    routes: Routes,
    rates: Rates | None,
) -> Gate:
    """The gate, with what it has others do when somebody is lost or an answer refused."""

    async def lost(db: AsyncConnection, person_id: int) -> None:
        now = clock.now()
        await outbox.add(db, await routes.told(db, now, settings.zone, Unreachable(person_id), settings), now)

    async def refused(db: AsyncConnection, person_id: int) -> None:
        somebody = await people_store.person(db, person_id)
        if somebody is not None:
            await outbox.add(db, [apology(somebody)], clock.now())

    async def lapsed(db: AsyncConnection, occasions: Sequence[str]) -> None:
        now = clock.now()
        await outbox.add(db, await routes.told(db, now, settings.zone, Lapsed(occasions), settings), now)

    hours = Hours.latvia(settings.zone, {})
    return Gate(
        database,
        texts,
        TelegramSender(telegram),
        clock,
        hours,
        lost=lost,
        refused=refused,
        lapsed=lapsed,
        rates=rates,
    )


def _post(
    settings: Settings, clock: Clock, database: Database, texts: Texts, routes: Routes, mailer: MailSender | None
) -> Post | None:
    """The post, with what it has others do when a letter is lost; none where there is no mail server."""
    if settings.mail_server is None:
        return None
    if mailer is None:
        from bot.mail.smtp import SmtpSender  # who sends no letters need not pay for it

        greets_as = settings.mail_sender[1].rpartition("@")[2]
        mailer = SmtpSender(settings.mail_server, settings.smtp_timeout, greets_as)

    async def lost(db: AsyncConnection, occasion: str) -> None:
        now = clock.now()
        await outbox.add(db, await routes.told(db, now, settings.zone, MailLost(occasion), settings), now)

    return Post(database, texts, mailer, clock, settings.mail_sender, lost=lost)


def put_together(
    settings: Settings,
    token: str,
    clock: Clock,
    *,
    request: Callable[[], BaseRequest] | None = None,
    rates: Rates | None = None,
    database: Database | None = None,
    mailer: MailSender | None = None,
) -> App:
    """The whole bot on this clock, whose steps are trusted where Telegram confirms them.

    `request` makes the transport (aiohttp unless a test brings its own), `mailer` hands letters over (by SMTP unless a
    test brings its own); a test that restarts the bot at every line brings the `database` too, so that statements
    compiled once serve all its restarts.
    """
    trusted = TrustedClock(clock)
    make_request = request or (lambda: AiohttpRequest(CONNECTIONS, trusted))
    telegram = Bot(
        token,
        base_url=f"{settings.api_url}/bot",
        base_file_url=f"{settings.api_url}/file/bot",
        request=make_request(),
        get_updates_request=make_request(),
    )
    routes = all_routes()
    database = database or Database(settings.database_url)
    texts = Texts(settings.zone)
    tasks = Tasks()

    gate = _gate(settings, trusted, database, texts, telegram, routes, rates)
    receiving = Receiving(database, routes, TelegramFiles(telegram), trusted, settings)
    workshop = Workshop(database, routes, texts, trusted, gate.wake, receiving)
    dispatcher = Dispatcher(
        database,
        routes,
        trusted,
        zone=settings.zone,
        admins=settings.admins,
        wake=gate.wake,
        wake_workshop=workshop.wake,
        deep_link=lambda payload: f"https://t.me/{telegram.username}?start={payload}",
        settings=settings,
    )
    acknowledge = Acknowledge(telegram, tasks)
    intake = Intake(dispatcher, database, TelegramSender(telegram), texts, trusted, tasks)
    return App(
        settings,
        trusted,
        telegram,
        database,
        gate,
        dispatcher,
        intake,
        Polling(telegram, intake, acknowledge, trusted),
        Schedule(
            database,
            routes,
            trusted,
            settings.zone,
            gate.wake,
            is_telegram_away=trusted.is_telegram_away,
            settings=settings,
        ),
        workshop,
        _post(settings, trusted, database, texts, routes, mailer),
        Profile(telegram, texts, database),
        acknowledge,
        tasks,
        routes.subscribers,
    )
