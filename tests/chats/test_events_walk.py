"""A young person presses every button of every screen about events: each leads somewhere, and help is always there."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert

from bot.demo.emulator.model import Message
from bot.events.event import Kind, Reply
from bot.events.files import store_files
from bot.events.files.actions_files import Purpose
from bot.roles import Role
from bot.storage.tables import event_organisers, event_series, organizations
from bot.words import Language
from tests.chats.events_held import came
from tests.chats.events_sent import is_invited, is_out
from tests.chats.events_talk import CESIS, DAY, OGRE, agrees, at
from tests.town.inhabitant import Inhabitant
from tests.town.reading import pattern
from tests.town.town import Town

PDF = b"%PDF-1.7\nprogramme"
HELP = "safety.card"
MOST = 200
ALIKE = {"events.nearby": 4, "events.keep_place": 2, "events.open_places": 2}
"""Buttons that differ by the place alone: some of them tell of all."""
SPOT = {"latitude": 56.8153, "longitude": 24.6042}
OTHERS = [pytest.param(one, marks=pytest.mark.slow) for one in (Language.UK, Language.EN)]
REFUSALS = ("not_available", "broken", "old_button")


@dataclass
class Walk:
    """What has been pressed, and what is to be: the message and the data of each button."""

    one: Inhabitant
    pressed: set[str] = field(default_factory=set)
    waiting: list[tuple[int, str]] = field(default_factory=list)
    dead_ends: list[str] = field(default_factory=list)

    def looks_at(self, message: Message, after: str) -> None:
        """Is there a way on, for young people a way to help as well, and no refusal?"""
        ways = [one.data or one.url or "" for one in message.buttons]
        to = "staff" if self.one.is_staff else "youth"
        refused = any(pattern(f"people.{to}.{name}", self.one.language).search(message.text) for name in REFUSALS)
        helps = self.one.is_staff or HELP in ways
        if refused or not helps or not {*ways} - {HELP}:
            self.dead_ends.append(f"{after} -> {message.text!r} {ways}")
        for data in ways:
            tag = data.partition(":")[0]
            alike = sum(one.startswith(f"{tag}:") for one in self.pressed)
            if tag.startswith("events.") and data not in self.pressed and alike < ALIKE.get(tag, MOST):
                self.pressed.add(data)
                self.waiting.append((message.id, data))

    async def begins(self, town: Town, *ways: str) -> None:
        """With these buttons, as they stand under older messages."""
        self.waiting += [(self.one.phone.messages[-1].id, data) for data in ways if data not in self.pressed]
        self.pressed.update(ways)
        await self.goes_on(town)

    async def goes_on(self, town: Town) -> None:
        """Until nothing is left that was not pressed."""
        async with town.bot() as bot:
            while self.waiting:
                message, data = self.waiting.pop(0)
                self.one.reads_rest()
                town.clock.advance(timedelta(seconds=5))
                await self.one.phone.forge_press(data, message)
                await town.work(bot)
                said = self.one.reads_rest() or [one for one in self.one.phone.messages if one.id == message]
                self.looks_at(said[-1], data)  # where nothing came, the pressed screen shows it already
                assert len(self.pressed) < MOST


async def all_there_is(town: Town) -> dict[str, int]:
    """Events of every kind that a young person meets: few places, files, a map, ages, sessions, news, one over."""
    partner = await a_partner(town)
    terms: dict[str, Any] = {"capacity": 1, "asks_needs": True, "guardian": True, "minimum_age": 16}
    there = {
        "few": await is_out(town, listed=True, terms=terms, particulars=SPOT, reply_by=at(DAY, 12)),
        "plain": await is_out(town, listed=True, starts_at=at(DAY, 18)),
        "full": await is_out(town, terms={"capacity": 1}, starts_at=at(DAY, 19)),
        "found": await is_out(town, listed=True, terms={"asks_needs": True}, starts_at=at(DAY, 20)),
        "news": await is_out(town, kind=Kind.ANNOUNCEMENT.value, particulars={"news_of": "training"}),
        "over": await is_out(town, starts_at=town.later(hours=-30)),
    }
    now = town.clock.now()
    async with town.open_database() as database, database.write() as db:
        row = {"kind": "sessions", "titles": {"lv": "Picas vakars"}, "language": "lv", "countries": []}
        series = await db.execute(insert(event_series).values(**row, version=1, created_at=now, changed_at=now))
        for event in (there["few"], there["found"]):
            await db.execute(insert(event_organisers).values(event_id=event, organization_id=partner, name="Ceļš"))
    assert series.inserted_primary_key is not None
    for name, held_in in (("here", OGRE), ("there", CESIS)):
        told = {"series_id": series.inserted_primary_key[0], "particulars": {"held_in": held_in, **SPOT}}
        there[name] = await is_out(town, **told)
    await attached(town, there)
    return there


async def a_partner(town: Town) -> int:
    """Of the directory, holding more than one event."""
    row: dict[str, Any] = {"code": "path", "name": "Biedrība „Ceļš”", "kind": "ngo", "municipality": OGRE}
    row |= {"changed_at": town.clock.now()}
    async with town.open_database() as database, database.write() as db:
        made = await db.execute(insert(organizations).values(**row))
    assert made.inserted_primary_key is not None
    return int(made.inserted_primary_key[0])


async def attached(town: Town, there: dict[str, int]) -> None:
    """A file goes with one event, and one is material after another."""
    kaspars = town.people["kaspars"]
    sent = await kaspars.phone.send_document("Programma.pdf", PDF)
    await town.settle()
    kaspars.reads_rest()
    assert sent.attachment is not None
    file_id, now = sent.attachment.id, town.clock.now()
    async with town.open_database() as database, database.write() as db:
        for event, purpose in ((there["few"], Purpose.WITH), (there["over"], Purpose.AFTER)):
            await store_files.add_file(db, event, purpose, file_id, "Programma.pdf", "Programma", now)


def older_buttons(there: dict[str, int]) -> list[str]:
    """What somebody may press who scrolls up."""
    pages = [f"events.invitation:{there[name]}" for name in ("news", "here", "there", "full")]
    return ["events.mine", *pages, f"events.rate:{there['over']}:growth", f"events.cannot_come:{there['plain']}"]


@pytest.mark.feature("I13", "C2")
@pytest.mark.parametrize("language", [Language.LV, *OTHERS])
async def test_every_button_about_events_leads_a_young_person_somewhere_with_a_way_on_and_to_help(
    town: Town, language: Language
) -> None:
    await town.staff("kaspars", Role.COORDINATOR, OGRE)
    await town.staff("marta", Role.MENTOR, OGRE)
    anna = await agrees(town, "anna", language=language)
    there = await all_there_is(town)
    for name in ("few", "plain", "full", "news", "here"):
        await is_invited(town, there[name], "anna")
    await is_invited(town, there["full"], "marta", Reply.YES)
    await is_invited(town, there["over"], "anna", Reply.YES)
    await came(town, there["over"], "anna")
    anna.reads_rest()
    walk = Walk(anna)
    await anna.says("/events")
    walk.looks_at(anna.reads_rest()[-1], "/events")
    await walk.goes_on(town)
    await walk.begins(town, *older_buttons(there))
    assert not walk.dead_ends, "\n".join(walk.dead_ends)
    met = {data.partition(":")[0] for data in walk.pressed}
    assert met >= {f"events.{one}" for one in ("mine", "nearby", "map", "sessions", "get_file", "question")}
    for one in town.people.values():
        one.reads_rest()


@pytest.mark.slow
@pytest.mark.feature("I8")
async def test_every_button_below_an_invitation_leads_a_mentor_somewhere_with_a_way_on(town: Town) -> None:
    await town.staff("kaspars", Role.COORDINATOR, OGRE)
    marta = await town.staff("marta", Role.MENTOR, OGRE)
    await agrees(town, "anna")
    there = await all_there_is(town)
    for name in ("few", "plain", "full", "news", "here"):
        await is_invited(town, there[name], "marta")
    await is_invited(town, there["full"], "anna", Reply.YES)
    await is_invited(town, there["over"], "marta", Reply.YES)
    await came(town, there["over"], "marta")
    walk = Walk(marta)
    await walk.begins(town, *older_buttons(there))
    assert not walk.dead_ends, "\n".join(walk.dead_ends)
    for one in town.people.values():
        one.reads_rest()
