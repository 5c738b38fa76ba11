"""Files that people sent, fetched from Telegram for the workshop, read in its thread, and handed to their handler.

Nothing of a file stays here: it is fetched again for whatever comes of it. What cannot be fetched or read is tried
again by the workshop, and then the person is told that it did not work.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.actions import Action, tag_of
from bot.clock import Clock
from bot.people import store
from bot.routes import Read, Routes, Sent
from bot.settings import Settings
from bot.storage.database import Database
from bot.threads import in_thread
from bot.turn import MOST_FETCHED, Made, Tick

Fetch = Callable[[str, int], Awaitable[bytes]]
"""From Telegram's id of a file to its content, of at most so many bytes; raises where it cannot be had."""


@dataclass(frozen=True, slots=True)
class Here:
    """A file that was fetched and read, for the handler of that action."""

    action: Action
    read: Read


class Receiving:
    """Fetches files and hands them on."""

    def __init__(self, database: Database, routes: Routes, fetch: Fetch, clock: Clock, settings: Settings) -> None:
        self._database = database
        self._routes = routes
        self._fetch = fetch
        self._clock = clock
        self._settings = settings

    async def fetch(self, person_id: int, facts: Mapping[str, Any]) -> Here | None:
        """The file of a making, read; None where no handler wants it of them. Raises where it cannot be had."""
        action = self._action(str(facts["action"]))
        if action is None:
            return None
        wanted = self._routes.files[action.tag]
        content = await self._fetch(str(facts["file_id"]), MOST_FETCHED)
        beside = None
        async with self._database.read() as db:
            person = await store.person(db, person_id)
            if person is None or not person.may(action.tag):
                return None
            if wanted.beside is not None:
                beside = await wanted.beside(self._tick(db, self._clock.now()), person)
        sent = Sent(str(facts["name"]), content, beside)
        value = await in_thread(lambda: wanted.reading(sent))
        return Here(action, Read(int(facts["file"]), value))

    async def answer(self, db: AsyncConnection, person_id: int, here: Here, now: datetime) -> tuple[Made | None, Tick]:
        """What the handler says to whoever sent it, and what else it has said; None where it is no longer theirs."""
        tick = self._tick(db, now)
        person = await store.person(db, person_id)
        if person is None or not person.may(here.action.tag):
            return None, tick
        return await self._routes.files[here.action.tag].do(tick, person, here.action, here.read), tick

    def _tick(self, db: AsyncConnection, now: datetime) -> Tick:
        return Tick(now, db, self._settings.zone, self._routes.subscribers, settings=self._settings)

    def _action(self, packed: str) -> Action | None:
        kind = self._routes.actions.get(tag_of(packed))
        action = kind.unpack(packed) if kind else None
        return action if action is not None and action.tag in self._routes.files else None
