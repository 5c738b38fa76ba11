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
    "change": "change", "instead": "event", "earlier": "event", "session": "event",
    "cycle": "cycle", "run": "run", "mentor": "person", "receiver": "person", "municipality": "place",
    "source": "source", "person": "person", "youth": "person", "alert": "alert", "report": "report", "line": "line",
    "goal": "goal", "step": "step", "decision": "decision", "before": "person", "deputy": "person", "grant": "grant",
    "keeps": "case", "other": "case", "extension": "extension", "handover": "handover", "offer": "offer",
    "request": "request", "organization": "organization", "service": "service", "agreement": "agreement",
    "network": "network", "member": "member", "topic": "topic", "opinion": "opinion", "paper": "paper",
    "question": "question", "file": "file", "event_file": "event_file", "organiser": "organiser",
    "pause": "pause", "result": "result", "partner_wish": "partner_wish", "hours_offer": "hours_offer",
    "match": "match", "expert_slot": "expert_slot", "practice_note": "practice_note", "silence": "silence",
    "task": "task", "wish": "wish",
}  # fmt: skip
"""The fields of actions that name a record, and what it is."""

PUBLIC: Final = frozenset(
    {
        "directory.region",
        "directory.place",
        "directory.map",
        "directory.ask",
        "directory.ask_by_name",
        "networks.region",
        "networks.place",
        "networks.history",
        "networks.paper",
        "networks.get_paper",
        "networks.stand",
        "directory.found",
        "events.by_partner",
        "events.cycle",
        "partnerships.note",
        "events.nearby",
        "events.keep_place",
    }
)
"""Whose municipality is no record of anybody's: whoever likes may look at the contacts of any place."""

NUMBERS: Final = frozenset(
    {
        "page",
        "how_many",
        "minute",
        "minutes",
        "months",
        "weekday",
        "hour",
        "meeting",
        "seconds",
        "pulse",
        "version",
        "stated",
        "there",
        "place",
        "first",
        "second",
        "third",
        "which",
        "mood",
        "shortest",
        "longest",
        "youngest",
        "oldest",
        "was",
        "most",
    }
)
"""The fields that are numbers of nothing kept."""

_NO_EFFECT: Final = frozenset({"handled", "outbox", "alembic_version", "sqlite_sequence", "expected"})
"""Marks of delivery; what waits to be said to others is looked at by itself, as is what others are expected to type."""

OWNERS: Final[Mapping[str, tuple[str, ...]]] = {
    "people": ("id",), "consents": ("person_id",), "screenings": ("person_id",), "help_card_shown": ("person_id",),
    "wrong_invites": ("person_id",), "invitations": ("person_id",), "events": ("created_by",),
    "invites": ("invited_by",), "audit": ("actor_id",), "grants": ("person_id",),
    "makings": ("person_id",), "accesses": ("viewer_id",),
}  # fmt: skip
"""Whose a row is, by table."""

_OF_A_CASE: Final[Mapping[str, str]] = {
    "checkin": "SELECT t.id FROM checkins t JOIN cases c ON c.id = t.case_id",
    "goal": "SELECT t.id FROM goals t JOIN cases c ON c.id = t.case_id",
    "step": "SELECT t.id FROM steps t JOIN goals g ON g.id = t.goal_id JOIN cases c ON c.id = g.case_id",
    "decision": "SELECT t.id FROM plan_decisions t JOIN cases c ON c.id = t.case_id",
    "extension": "SELECT t.id FROM extensions t JOIN cases c ON c.id = t.case_id",
    "handover": "SELECT t.id FROM handovers t JOIN cases c ON c.id = t.case_id",
    "offer": "SELECT t.id FROM slot_offers t JOIN checkins k ON k.id = t.checkin_id JOIN cases c ON c.id = k.case_id",
    "pause": "SELECT t.id FROM pauses t JOIN cases c ON c.id = t.case_id",
    "result": "SELECT t.id FROM results t JOIN cases c ON c.id = t.case_id",
    "silence": "SELECT t.id FROM silences t JOIN cases c ON c.id = t.case_id",
    "task": "SELECT t.id FROM tasks t JOIN cases c ON c.id = t.case_id",
}
"""What hangs on a case, and is in reach of whoever guides it."""

_OF_A_NETWORK: Final = ("network", "member", "topic", "opinion")
_OF_THE_REGISTER: Final = ("organization", "service", "agreement")

IN_REACH: Final[Mapping[Role, frozenset[str]]] = {
    Role.MENTOR: frozenset(_OF_A_CASE),
    Role.LEAD: frozenset(
        {
            *_OF_A_CASE,
            "case",
            "referral",
            "person",
            "place",
            "report",
            "request",
            "wish",
            "grant",
            "source",
            "organization",
            "service",
        }
    ),
    Role.COORDINATOR: frozenset(
        {
            "case",
            "person",
            "event",
            "event_file",
            "question",
            "place",
            "source",
            "line",
            "practice_note",
            "request",
            "wish",
            "grant",
            *_OF_THE_REGISTER,
            *_OF_A_NETWORK,
        }
    ),
    Role.DATA_OFFICER: frozenset({"person"}),
}
"""Of what kinds everything in their municipality, or of those whom they guide, is theirs to look after."""

REACHED_WITH_THE_REST: Final[Mapping[str, str]] = {"events.permission": "event"}
"""The kind of record that an action names beside the one that matters: whoever works with a young person notes their
guardian's yes for any event they are invited to."""

_OF_A_PLACE: Final[Mapping[str, str]] = {
    "case": "SELECT id FROM cases WHERE municipality = :place",
    "referral": "SELECT r.id FROM referrals r JOIN cases c ON c.id = r.case_id WHERE c.municipality = :place",
    "report": "SELECT r.id FROM child_reports r JOIN cases c ON c.youth_id = r.youth_id WHERE c.municipality = :place",
    "person": "SELECT youth_id FROM cases WHERE municipality = :place UNION SELECT id FROM people WHERE municipality = "
    ":place UNION SELECT person_id FROM grants WHERE municipality = :place",
    **{kind: f"{query} WHERE c.municipality = :place" for kind, query in _OF_A_CASE.items()},
    "request": "SELECT r.id FROM referral_requests r JOIN cases c ON c.id = r.case_id WHERE c.municipality = :place",
    "wish": "SELECT w.id FROM mentor_wishes w JOIN cases c ON c.id = w.case_id WHERE c.municipality = :place",
    "grant": "SELECT id FROM grants WHERE municipality = :place",
    "event": "SELECT id FROM events WHERE municipality = :place",
    "event_file": "SELECT f.id FROM event_files f JOIN events e ON e.id = f.event_id WHERE e.municipality = :place",
    "practice_note": "SELECT id FROM practice_notes WHERE municipality = :place",
    "question": "SELECT q.id FROM event_questions q JOIN events e ON e.id = q.event_id WHERE e.municipality = :place",
    "source": "SELECT id FROM sources WHERE municipality = :place",
    "line": "SELECT id FROM local_lines WHERE municipality = :place",
    "network": "SELECT id FROM networks WHERE municipality = :place",
    "member": "SELECT m.id FROM network_members m JOIN networks n ON n.id = m.network_id WHERE n.municipality = :place",
    "topic": "SELECT t.id FROM topics t JOIN networks n ON n.id = t.network_id WHERE n.municipality = :place",
    "opinion": "SELECT r.id FROM opinion_requests r JOIN networks n ON n.id = r.network_id "
    "WHERE n.municipality = :place",
    "organization": "SELECT id FROM organizations WHERE municipality = :place",
    "service": "SELECT s.id FROM services s JOIN organizations o ON o.id = s.organization_id "
    "WHERE o.municipality = :place",
    "agreement": "SELECT a.id FROM agreements a JOIN organizations o ON o.id = a.organization_id "
    "WHERE o.municipality = :place",
    "place": "SELECT :place",
}
"""The records of a municipality, by kind, whether or not a button has ever named them."""

_OF_A_MENTOR: Final[Mapping[str, str]] = {
    kind: f"{query} WHERE c.mentor_id = :mentor" for kind, query in _OF_A_CASE.items()
}
"""The same of those whom a mentor guides."""

_NAMELESS: Final = frozenset({"help_card_openings"})

_TAG: Final = re.compile("<[^>]+>")

_SAYING: Final = frozenset({"sendMessage", "editMessageText", "sendDocument", "sendPhoto"})

Record = tuple[str, object]


@dataclass(frozen=True, slots=True)
class Said:
    """One message as it left for somebody's phone: its text, and the label of each button with its data, if any."""

    chat: int
    text: str
    buttons: tuple[tuple[str, str], ...]

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(label for label, _ in self.buttons)

    @property
    def data(self) -> tuple[str, ...]:
        return tuple(data for _, data in self.buttons if data)

    @property
    def words(self) -> tuple[str, tuple[str, ...]]:
        return self.text, self.labels


def action_of(data: str) -> Action | None:
    """The action that this data means to the bot, if any."""
    kind = ROUTES.actions.get(tag_of(data))
    return kind.unpack(data) if kind else None


def records_in(action: Action) -> frozenset[Record]:
    """What this action names that is not public; a place that is missing is the whole country."""
    if action.tag in PUBLIC:
        return frozenset()
    found = {(RECORDS[name], getattr(action, name)) for name in _naming(action)}
    return frozenset(record for record in found if record[1] is not None or record[0] == "place")


def _naming(action: Action) -> list[str]:
    """The fields that name a record: `step` is a number in one action and the word for a question in another."""
    named = [one.name for one in fields(action) if one.name in RECORDS]
    return [name for name in named if name == "municipality" or not isinstance(getattr(action, name), str)]


def without_records(action: Action) -> Action:
    """The same with records that are not there."""
    names = [name for name in _naming(action) if getattr(action, name) is not None]
    changes: dict[str, Any] = {name: NO_PLACE if name == "municipality" else NOT_THERE for name in names}
    return replace(action, **changes)


def all_said(calls: Iterable[tuple[str, Mapping[str, Any]]]) -> list[Said]:
    """The messages among the calls, sent and rewritten, in their order."""
    return [_said(params) for method, params in calls if method in _SAYING]


def _said(params: Mapping[str, Any]) -> Said:
    markup = params.get("reply_markup") or {}
    markup = json.loads(markup) if isinstance(markup, str) else markup
    keys = [key for row in markup.get("inline_keyboard", ()) for key in row]
    text = unescape(_TAG.sub("", str(params.get("text") or params.get("caption") or "")))
    return Said(int(params["chat_id"]), text, tuple((key["text"], key.get("callback_data", "")) for key in keys))


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
        self._reach = {name: self._records(name, place) for place in places for name in place.cast.values()}
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

    def _records(self, name: str, place: Place) -> frozenset[Record]:
        """What is there in this person's municipality, for a mentor of those whom they guide alone."""
        person = self.known[name]
        whose, queries = {"place": place.code, "mentor": person.id}, _OF_A_PLACE
        if Role.MENTOR in person.roles:
            queries = _OF_A_MENTOR
        with closing(sqlite3.connect(self._file)) as live:
            return frozenset((kind, row[0]) for kind, query in queries.items() for row in live.execute(query, whose))

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
        if Role.LEAD in person.roles:
            named -= {one for one in named if one[0] == REACHED_WITH_THE_REST.get(action.tag)}
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
