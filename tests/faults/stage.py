"""The whole town as a stage for those who attack or err: what a press was answered with, what it changed, and back.

Everything is read from the outside: the calls that reached Telegram, and the rows in the file.
"""

import json
import random
import re
import sqlite3
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, fields, replace
from html import unescape
from pathlib import Path
from typing import Any, Final

from bot.actions import Action, tag_of
from bot.app import all_routes
from bot.roles import Person, Role
from tests.town.inhabitant import Inhabitant
from tests.town.whole_town import Place, RunningTown, build

ROUTES: Final = all_routes()
NOT_THERE: Final = 424_242
NO_PLACE: Final = "LV-999"

RECORDS: Final = {
    "case": "case", "checkin": "checkin", "referral": "referral", "event": "event", "draft": "event",
    "instead": "event", "run": "run", "mentor": "person", "receiver": "person", "municipality": "place",
}  # fmt: skip
"""The fields of actions that name a record, and what it is."""

NUMBERS: Final = frozenset(
    {"page", "minute", "minutes", "months", "weekday", "hour", "meeting", "seconds", "pulse", "stated"}
)
"""The fields that are numbers of nothing kept."""

_NO_EFFECT: Final = frozenset({"handled", "outbox", "alembic_version", "sqlite_sequence", "expected"})
"""Marks of delivery; what waits to be said to others is looked at by itself, as is what others are expected to type."""

OWNERS: Final[Mapping[str, tuple[str, ...]]] = {
    "people": ("id",), "consents": ("person_id",), "screenings": ("person_id",), "help_card_shown": ("person_id",),
    "wrong_invites": ("person_id",), "invitations": ("person_id",), "events": ("created_by",),
    "invites": ("invited_by",), "audit": ("actor_id",), "grants": ("person_id",),
}  # fmt: skip
"""Whose a row is, by table."""

IN_REACH: Final[Mapping[Role, frozenset[str]]] = {
    Role.LEAD: frozenset({"case", "checkin", "referral", "person"}),
    Role.COORDINATOR: frozenset({"case", "person", "event", "place"}),
}
"""Of what kinds everything in their municipality is theirs to look after."""

_NAMELESS: Final = frozenset({"help_card_openings"})

_TAG: Final = re.compile("<[^>]+>")

Record = tuple[str, object]


@dataclass(frozen=True, slots=True)
class Said:
    """One message as it left for somebody's phone: its text and the labels and data of its buttons."""

    chat: int
    text: str
    labels: tuple[str, ...]
    data: tuple[str, ...]

    @property
    def words(self) -> tuple[str, tuple[str, ...]]:
        return self.text, self.labels


def action_of(data: str) -> Action | None:
    """The action that this data means to the bot, if any."""
    kind = ROUTES.actions.get(tag_of(data))
    return kind.unpack(data) if kind else None


def records_in(action: Action) -> frozenset[Record]:
    """What this action names; a place that is missing is the whole country."""
    found = {(RECORDS[one.name], getattr(action, one.name)) for one in fields(action) if one.name in RECORDS}
    return frozenset(record for record in found if record[1] is not None or record[0] == "place")


def without_records(action: Action) -> Action:
    """The same with records that are not there."""
    names = [one.name for one in fields(action) if one.name in RECORDS and getattr(action, one.name) is not None]
    changes: dict[str, Any] = {name: NO_PLACE if name == "municipality" else NOT_THERE for name in names}
    return replace(action, **changes)


def all_said(calls: Iterable[tuple[str, Mapping[str, Any]]]) -> list[Said]:
    """The messages among the calls, sent and rewritten, in their order."""
    return [_said(params) for method, params in calls if method in ("sendMessage", "editMessageText", "sendDocument")]


def _said(params: Mapping[str, Any]) -> Said:
    markup = params.get("reply_markup") or {}
    markup = json.loads(markup) if isinstance(markup, str) else markup
    keys = [key for row in markup.get("inline_keyboard", ()) for key in row]
    text = unescape(_TAG.sub("", str(params.get("text") or params.get("caption") or "")))
    labels = tuple(key["text"] for key in keys)
    return Said(int(params["chat_id"]), text, labels, tuple(k["callback_data"] for k in keys if "callback_data" in k))


class Stage:
    """The town after `build`, with all that was ever shown to anybody; `reset` brings this state back."""

    def __init__(self, town: RunningTown, places: tuple[Place, Place], known: Mapping[str, Person]) -> None:
        self.town = town
        self.places = places
        self.known = known
        self.shown: dict[str, set[str]] = defaultdict(set)
        self.told: dict[str, list[Said]] = defaultdict(list)
        self._names = {one.phone.id: name for name, one in town.people.items()}
        self._file = town.database_file
        self._copy = sqlite3.connect(":memory:")
        with closing(sqlite3.connect(self._file)) as live:
            live.backup(self._copy)
        self._columns = self._read_columns()
        self.harvest()
        self.before = self.rows()
        states = self._columns["events"].index("state")
        self._reach = {
            name: frozenset(record for other in place.cast.values() for record in self.records_shown(other))
            for place in places
            for name in place.cast.values()
        }
        self._drafts = frozenset(("event", row[0]) for row in self.before["events"] if row[states] == "draft")

    def person(self, name: str) -> Inhabitant:
        return self.town.people[name]

    def harvest(self) -> list[Said]:
        """What was said since the last time; every button of it counts as shown."""
        said = all_said(self.town.telegram.ledger.calls)
        self.town.telegram.ledger.calls.clear()
        for one in said:
            name = self._names[one.chat]
            self.shown[name].update(one.data)
            self.told[name].append(one)
        return said

    def rows(self) -> dict[str, list[Any]]:
        """Every row but the marks of delivery, by table."""
        with closing(sqlite3.connect(self._file)) as live:
            names = [name for (name,) in live.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            return {name: live.execute(f"SELECT * FROM {name}").fetchall() for name in names if name not in _NO_EFFECT}

    def _read_columns(self) -> dict[str, list[str]]:
        with closing(sqlite3.connect(self._file)) as live:
            names = [name for (name,) in live.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            return {name: [row[1] for row in live.execute(f"PRAGMA table_info({name})")] for name in names}

    def waiting_for_others(self, name: str) -> int:
        """How many messages were queued for anybody but this person."""
        with closing(sqlite3.connect(self._file)) as live:
            number = self.known[name].id
            return int(live.execute("SELECT count(*) FROM outbox WHERE person_id <> ?", (number,)).fetchone()[0])

    def changes(self, by: str | None = None) -> list[tuple[str, Any]]:
        """The rows that came, went or changed, with their table; without those that are `by`'s own."""
        now = self.rows()
        found: list[tuple[str, Any]] = []
        for table, before in self.before.items():
            if now[table] != before:
                found += [(table, row) for row in set(now[table]) ^ set(before)]
        own = None if by is None else self.known[by].id
        return [(table, row) for table, row in found if own is None or not self._belongs(table, row, own)]

    def _belongs(self, table: str, row: Any, to: int) -> bool:
        """Whether the row is about this person alone, or counts without a name."""
        columns = self._columns[table]
        owners = [row[columns.index(one)] for one in OWNERS.get(table, ()) if one in columns]
        return to in owners or table in _NAMELESS

    def reset(self) -> None:
        """Put every row back."""
        with closing(sqlite3.connect(self._file)) as live:
            self._copy.backup(live)

    async def press(self, name: str, data: Sequence[str]) -> list[Said]:
        """This person sends the data of their own making; everything said since, to whomever."""
        self.harvest()
        for one in data:
            await self.person(name).phone.forge_press(one)
        await self.town.answer()
        return self.harvest()

    def is_theirs(self, name: str, action: Action, shown: frozenset[Record]) -> bool:
        """Whether the table of rights lets them, and all it names was shown to them before.

        Who leads or coordinates a municipality, or the whole country, need not have been shown what is in their reach;
        what others are still writing is in nobody's.
        """
        person, named = self.known[name], records_in(action)
        for role in person.roles:
            reach = self._reach.get(name, frozenset())
            if person.holds(role, None):
                reach = named
            named -= {one for one in reach if one[0] in IN_REACH.get(role, ())} - self._drafts
        return person.may(action.tag) and named <= shown

    def records_shown(self, name: str) -> frozenset[Record]:
        """Every record that a button of theirs has ever named."""
        actions = (action_of(data) for data in self.shown[name])
        return frozenset(record for action in actions if action is not None for record in records_in(action))


@asynccontextmanager
async def open_stage(database: Path) -> AsyncIterator[Stage]:
    """The whole town walked, with its bot running."""
    town = RunningTown(database)
    async with town.running():
        places = await build(town)
        yield Stage(town, places, {name: await town.person(name) for name in town.people})
    await town.database.close()


def check(stage: Stage) -> None:
    """Telegram has nothing to complain of, nobody waits for anything, and the file is whole."""
    telegram = stage.town.telegram
    assert not telegram.problems, telegram.problems[:5]
    assert not telegram.unanswered()
    assert not [name for name, one in stage.town.people.items() if one.phone.spinners]
    with closing(sqlite3.connect(stage.town.database_file)) as live:
        stuck = live.execute("SELECT key, state, fault FROM outbox WHERE state IN ('in_flight', 'rejected')").fetchall()
        assert not stuck, stuck[:5]
        assert live.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert live.execute("PRAGMA foreign_key_check").fetchall() == []


def sampled(dice: random.Random, items: Iterable[Any], most: int) -> list[Any]:
    """At most so many of them, by these dice, in an order that depends on nothing else."""
    found = sorted(items, key=repr)
    return found if len(found) <= most else dice.sample(found, most)
