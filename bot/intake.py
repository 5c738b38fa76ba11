"""Where updates come in: to dispatch, or, while the database cannot be written, to a direct answer that keeps nothing.

With the disk full or the database locked no press can be handled, and nothing can be queued. A young person who asks
for help then must not wait for a disk. So whoever did something is told straight away that it could not be saved, with
the help lines; who asks for help, by button, by command or in words of danger, gets the card itself.

This path is outside every promise but that one, and it follows:
- It never says that something was saved, and changes nothing. The update is not confirmed: it comes again until it can
  be handled, and then has its one effect and its ordinary answer (Telegram keeps a press for 150 seconds, a text for a
  day; hence "press once more").
- It is not recorded: no row, no audit, no count of cards. A person gets each of the two at most once a minute; that
  is remembered in memory alone, so a crash may repeat it.
- Telegram gives a hundred updates at a time, and the same ones until they are confirmed: who comes after them waits.
- It speaks the person's language where the database can be read at least, else that of their Telegram.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy.exc import DBAPIError

from bot.actions import tag_of
from bot.arrival import Arrival, Edited, NotText, Pressed, Returned, Typed
from bot.clock import Clock
from bot.delivery.discretion import opened
from bot.delivery.gate import Letter, Sender
from bot.delivery.limits import Limits, Rates
from bot.delivery.verdicts import Later
from bot.dispatch import Dispatcher
from bot.people import arrivals, store
from bot.people.rules import language_from
from bot.people.screens import OpenHelp, with_help
from bot.roles import Person
from bot.safety import card
from bot.safety.lines import Age
from bot.safety.rules import notice
from bot.storage.database import Database, is_away
from bot.tasks import Tasks
from bot.texts import Texts
from bot.turn import Button, Keyboard, Link
from bot.words import Language, Phrase, phrase

AGAIN_AFTER: Final = 60.0
"""Seconds for which one person is not told the same again."""


@dataclass(frozen=True, slots=True)
class _Did:
    """Somebody did something that could not be handled."""

    telegram_id: int
    client_language: str | None
    asks_for_help: bool


class Intake:
    """Hands batches to dispatch; the one place from which anything is said past the outbox."""

    def __init__(
        self, dispatcher: Dispatcher, database: Database, sender: Sender, texts: Texts, clock: Clock, tasks: Tasks
    ) -> None:
        self._dispatcher = dispatcher
        self._database = database
        self._sender = sender
        self._texts = texts
        self._clock = clock
        self._tasks = tasks
        self._telling = False
        self._untold: dict[tuple[int, bool], _Did] = {}
        self._told: dict[tuple[int, bool], float] = {}
        self._limits = Limits(Rates())

    async def handle(self, batch: Sequence[Arrival]) -> None:
        """As `Dispatcher.handle`; where the database is away, people are told, and its error is raised all the same."""
        try:
            await self._dispatcher.handle(batch)
        except DBAPIError as broken:
            if is_away(broken):
                self._untold |= {(did.telegram_id, did.asks_for_help): did for did in _deeds(batch)}
                if not self._telling:
                    self._telling = True
                    self._tasks.start(self._tell(), then=self._has_told)
            raise

    def _has_told(self, _: object) -> None:
        self._telling = False

    async def _tell(self) -> None:
        """One after the other, those who ask for help first; whom Telegram would not reach is told at the next try."""
        now = self._clock.monotonic()
        self._limits.forget_old(now)
        self._told = {who: at for who, at in self._told.items() if now - at < AGAIN_AFTER}
        while self._untold:
            who = min(self._untold, key=lambda one: not one[1])
            did = self._untold.pop(who)
            if who in self._told:
                continue
            letter = await self._letter(did)
            await self._clock.sleep(self._limits.wait(did.telegram_id, reply=True, now=self._clock.monotonic()))
            self._limits.spend(did.telegram_id, self._clock.monotonic(), reply=True)
            if isinstance(await self._sender(letter), Later):
                self._untold.clear()
            else:
                self._told[who] = self._clock.monotonic()

    async def _letter(self, did: _Did) -> Letter:
        person = await self._person(did.telegram_id)
        language = language_from(did.client_language) if person is None else person.language
        if person is not None and not person.is_youth:
            return Letter(did.telegram_id, self._texts.html(phrase("people.staff.unsaved"), language), ())
        said, keyboard = self._for_youth(language, asks_for_help=did.asks_for_help)
        keys = tuple(tuple(self._key(key, language) for key in row) for row in keyboard)
        html = self._texts.html(said, language)
        if person is None or not person.discreet:
            return Letter(did.telegram_id, html, keys)
        return Letter(did.telegram_id, opened(html, said, self._texts, language), keys, silent=True)

    def _for_youth(self, language: Language, *, asks_for_help: bool) -> tuple[Phrase, Keyboard]:
        lines, links = card.shown(Age.UNKNOWN, language, self._clock.now())
        if asks_for_help:
            return phrase("safety.youth.card", lines=lines), card.with_way_on(links)
        return phrase("people.youth.unsaved", lines=lines), with_help(links)

    async def _person(self, telegram_id: int) -> Person | None:
        """Who it is, if that can be read; somebody new or unreadable is spoken to as a young person."""
        try:
            async with self._database.read() as db:
                person_id = await arrivals.id_of(db, telegram_id)
                return None if person_id is None else await store.person(db, person_id)
        except DBAPIError:
            return None

    def _key(self, key: Button | Link, language: Language) -> tuple[str, str | None, str | None]:
        label = self._texts.plain(key.label, language)
        return (label, key.action.pack(), None) if isinstance(key, Button) else (label, None, key.url)


def _deeds(batch: Iterable[Arrival]) -> list[_Did]:
    """Who did what of a batch, as far as it calls for an answer."""
    return [
        _Did(one.telegram_id, one.client_language, _asks_for_help(one.what))
        for one in batch
        if one.telegram_id is not None and isinstance(one.what, Pressed | Typed | Edited | NotText | Returned)
    ]


def _asks_for_help(what: object) -> bool:
    match what:
        case Pressed(data=data):
            return tag_of(data) == OpenHelp.tag
        case Typed(text=text) | Edited(text=text):
            return text.startswith("/help") or notice(text) is not None
        case NotText(caption=str(caption)):
            return notice(caption) is not None
        case _:
            return False
