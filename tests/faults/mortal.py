"""A bot in process that can die at any moment: before or after any call to Telegram, before or after any commit."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.app import App, put_together
from bot.delivery.limits import Rates
from bot.people import arrivals, store
from bot.roles import Grant, Role
from bot.storage.database import Database
from tests.faults.chatter import ORDER
from tests.faults.every_state import AsOverHttp
from tests.faults.story_model import Stage
from tests.town.database import TownDatabase
from tests.town.town import TOKEN, Town

SETTLES_WITHIN: Final = 60
"""Rounds of two seconds until everything that waits must be out, whatever had to be tried again."""


_THEIRS: Final = "person_id IN (SELECT id FROM people WHERE telegram_id = :phone)"
_THEIRS_AS_YOUTH: Final = _THEIRS.replace("person_id", "youth_id", 1)


class Fate:
    """Counts the moments at which a process can end between two things that others see."""

    def __init__(self) -> None:
        self.left: int | None = None
        self.met = asyncio.Event()

    async def moment(self) -> None:
        """Goes on, or never does: what has died takes no further step."""
        if self.left is None:
            return
        self.left -= 1
        if self.left <= 0:
            self.met.set()
            await asyncio.Event().wait()


class MortalRequest(AsOverHttp):
    """The bot may die before Telegram hears of a call, and after Telegram has done it."""

    fate: Fate

    async def do_request(self, *arguments: Any, **named: Any) -> tuple[int, bytes]:
        await self.fate.moment()
        answer = await super().do_request(*arguments, **named)
        await self.fate.moment()
        return answer


class MortalDatabase(TownDatabase):
    """The bot may die before a commit, and after it."""

    fate: Fate

    @asynccontextmanager
    async def write(self, **how: Any) -> AsyncIterator[AsyncConnection]:
        async with super().write(**how) as db:
            yield db
            await self.fate.moment()
        await self.fate.moment()


class MortalTown(Town):
    """The town whose bot lives until it is killed, and is started again when there is work; `deaths` counts."""

    def __init__(self, database: Path) -> None:
        super().__init__(database)
        self.fate = Fate()
        self.deaths = 0
        self.database = MortalDatabase(self.settings.database_url)
        self.database.fate = self.fate
        self._app: App | None = None

    async def kill(self) -> None:
        """Everything in memory is gone: no task ends what it began, no connection is closed in order."""
        self._app = None
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
        await self.database.close()
        self.deaths += 1

    async def works(self) -> None:
        """The bot takes what waits and says what is to be said, and is started anew as often as it dies."""
        while True:
            work = asyncio.ensure_future(self._work())
            death = asyncio.ensure_future(self.fate.met.wait())
            await asyncio.wait({work, death}, return_when=asyncio.FIRST_COMPLETED)
            if work.done():
                death.cancel()
                return work.result()
            self.fate.left = None
            self.fate.met.clear()
            await self.kill()

    async def _work(self) -> None:
        if self._app is None:
            app = put_together(
                self.settings, TOKEN, self.clock, request=self._request, rates=Rates(), database=self.database
            )
            await app.begin()
            self._app = app
        for _ in range(SETTLES_WITHIN):
            while self.telegram.updates_waiting:
                await self._app.polling.once()
            await self._app.tasks.settled()
            await self._app.schedule.ring()
            await self._app.workshop.drain()
            await self._app.gate.drain()
            if not await self._waiting():
                return
            self.clock.advance(timedelta(seconds=2))
        raise AssertionError("something waits for ever")

    def _request(self) -> MortalRequest:
        request = MortalRequest(self.telegram)
        request.fate = self.fate
        return request

    async def _waiting(self) -> bool:
        rows = await self.rows("SELECT count(*) FROM outbox WHERE state IN ('waiting', 'in_flight')")
        return bool(rows[0][0])

    @asynccontextmanager
    async def open_database(self) -> AsyncIterator[Database]:
        yield self.database

    async def grant(self, name: str, role: Role) -> None:
        """They hold that role in Ogre, and have not written yet."""
        one = self.people[name]
        async with self.database.write() as db:
            known = await arrivals.known(db, one.phone.id, one.language.value, frozenset(), self.clock.now())
            await store.set_language(db, known.person.id, one.language)
            await store.set_name(db, known.person.id, name.capitalize())
            await store.grant(db, known.person.id, Grant(role, "LV-067"), self.clock.now())

    async def kept(self, name: str) -> tuple[Any, ...]:
        """Of a young person: answers, whether they are through, the question shown, the case's stage, what is recorded
        of check-ins, and what they replied to invitations."""
        who = {"phone": self.people[name].phone.id}
        run = await self.rows(f"SELECT answers, shown, outcome FROM screenings WHERE {_THEIRS} ORDER BY id DESC", **who)
        case = await self.rows(f"SELECT id, stage FROM cases WHERE {_THEIRS_AS_YOUTH} ORDER BY id DESC", **who)
        recorded = await self.rows(
            f"SELECT id, way, minutes FROM checkins WHERE state = 'recorded' AND case_id IN "
            f"(SELECT id FROM cases WHERE {_THEIRS_AS_YOUTH})",
            **who,
        )
        replies = await self.rows(f"SELECT event_id, answer FROM invitations WHERE {_THEIRS}", **who)
        answers = json.loads(run[0].answers) if run else {}
        answers.pop("link", None)
        shown = None
        if run and run[0].outcome is None:
            shown = run[0].shown or next((one for one in ORDER if one not in answers), None)
        return (
            answers,
            bool(run and run[0].outcome),
            shown,
            Stage(case[0].stage) if case else Stage.NONE,
            {row.id: (row.way, row.minutes) for row in recorded},
            {row.event_id: row.answer for row in replies},
        )

    async def close(self) -> None:
        if self._app is not None:
            await self._app.end()
        await self.database.close()
