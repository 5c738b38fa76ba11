"""The bot's own routes behind a dispatcher, without Telegram: what one update is answered with, by key."""

import typing
from dataclasses import fields
from datetime import date
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, select

from bot.actions import Action
from bot.app import all_routes
from bot.arrival import Arrival, Typed, What
from bot.demo.clock import TownClock
from bot.dispatch import Dispatcher
from bot.people import store
from bot.roles import Grant, Role
from bot.storage.database import Database
from bot.storage.tables import outbox, people
from tests.town.town import START

ROUTES = all_routes()


def forged(action: type[Action]) -> Action:
    """The action with made-up contents: records that are not there, codes that exist."""
    hints = typing.get_type_hints(action)
    return action(*(_made_up(hints[one.name]) for one in fields(action)))


def _made_up(kind: Any) -> Any:
    kind = next((one for one in typing.get_args(kind) if one is not type(None)), kind)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return next(iter(kind))
    return {bool: True, int: 4242, date: date(2026, 3, 9), str: "LV-067"}[kind]


def says(answers: list[str], key: str) -> bool:
    """Whether one of the answers is or holds that phrase."""
    return any(key in answer for answer in answers)


# Asked some thousand times, and put together once.
_ANSWERS = select(outbox.c.key, outbox.c.facts).where(
    outbox.c.person_id == select(people.c.id).where(people.c.telegram_id == bindparam("telegram_id")).scalar_subquery()
)
_ALL = outbox.delete()


class Gatekeeper:
    """The real routes behind a real dispatcher; tells what one update was answered with."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._number = 0
        self.dispatcher = Dispatcher(
            database,
            ROUTES,
            TownClock(START),
            zone=ZoneInfo("Europe/Riga"),
            admins=frozenset(),
            deep_link=lambda payload: payload,
            wake=lambda: None,
        )

    async def answers_to(self, telegram_id: int, what: What) -> list[str]:
        """The keys of what this person is told, each with its facts: a remark may stand within a screen."""
        self._number += 1
        await self.dispatcher.handle([Arrival(self._number, telegram_id, "lv", what)])
        async with self.database.write() as db:
            found = [f"{row.key} {row.facts}" for row in await db.execute(_ANSWERS, {"telegram_id": telegram_id})]
            await db.execute(_ALL)
        return found

    async def hire(self, telegram_id: int, role: Role) -> None:
        await self.answers_to(telegram_id, Typed("/menu"))
        async with self.database.write() as db:
            number = await db.scalar(select(people.c.id).where(people.c.telegram_id == telegram_id))
            assert number is not None
            await store.grant(db, number, Grant(role, "LV-067"), START)
