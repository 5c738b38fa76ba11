"""An event with few places that is already out: what the conversations about places begin with."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert

from bot.events.audience import Audience, Group
from bot.events.event import Event, Kind, State, Terms
from bot.events.kept import terms_as_json
from bot.people import arrivals
from bot.people import store as people
from bot.storage.tables import event_series, events, invitations
from bot.words import InLanguages, Language
from tests.chats.events_talk import DAY, OGRE, agree_to, at
from tests.town.inhabitant import Inhabitant
from tests.town.town import Town
from tests.town.walked_once import walked_once

TITLE = "Laivu brauciens"
FAR: datetime = at(DAY, 17)
"""Ten days after the town's start."""


async def goes_out(
    town: Town,
    terms: Terms,
    *,
    starts_at: datetime = FAR,
    reply_by: datetime | None = None,
    listed: bool = False,
    series_id: int | None = None,
    groups: frozenset[Group] = frozenset({Group.YOUTH}),
    quietly: bool = False,
    kind: Kind = Kind.YOUTH_EVENT,
) -> int:
    """A boat trip by the coordinator of Ogre; everybody of the audience is invited, unless `quietly` nobody is."""
    state = State.SENT if quietly else State.SENDING
    author = (await town.person("kaspars")).id
    title = InLanguages({Language.LV: TITLE}, Language.LV)
    event = Event(0, author, state, title, title, "Daugavas krasts", starts_at, Audience(OGRE, groups))
    event = replace(event, terms=terms, listed=listed, kind=kind)
    async with town.open_database() as database, database.write() as db:
        made = await db.execute(
            insert(events).values(
                created_by=author,
                municipality=OGRE,
                state=state.value,
                kind=event.kind.value,
                series_id=series_id,
                language="lv",
                titles={"lv": TITLE},
                details={"lv": "Dosimies ar laivām pa Daugavu."},
                place=event.place,
                starts_at=starts_at,
                terms=terms_as_json(terms),
                reply_by=reply_by,
                listed=listed,
                audience=event.audience.as_json(),
                created_at=town.clock.now(),
                sent_at=town.clock.now(),
                particulars={},
            )
        )
    if not quietly:
        await town.tick()
    assert made.inserted_primary_key is not None
    return int(made.inserted_primary_key[0])


async def sessions(town: Town) -> int:
    """A series of which everybody has a place in one."""
    now = town.clock.now()
    async with town.open_database() as database, database.write() as db:
        row = {"kind": "sessions", "titles": {"lv": TITLE}, "language": "lv", "countries": []}
        made = await db.execute(insert(event_series).values(**row, version=1, created_at=now, changed_at=now))
    assert made.inserted_primary_key is not None
    return int(made.inserted_primary_key[0])


async def took_part(town: Town, event_id: int, name: str) -> None:
    """They came to that one."""
    person = (await town.person(name)).id
    async with town.open_database() as database, database.write() as db:
        await db.execute(insert(invitations).values(event_id=event_id, person_id=person, came_at=town.clock.now()))


@walked_once
async def friends(town: Town, *names: str, municipality: str = OGRE) -> list[Inhabitant]:
    """Young people of that place who may be invited; all of them arrived within one look of the bot."""
    found = [town.newcomer(name) for name in names]
    for one in found:
        await one.phone.send("/menu")
    await town.settle()
    async with town.open_database() as database, database.write() as db:
        for one in found:
            known = await arrivals.known(db, one.phone.id, one.language.value, frozenset(), town.clock.now())
            await people.set_language(db, known.person.id, one.language)
            await people.set_municipality(db, known.person.id, municipality)
            await agree_to(db, known.person.id, one.language, town)
    for one in found:
        one.reads_rest()
    return found


async def seats(town: Town, event_id: int) -> dict[str, str | None]:
    """What everybody has at the event, by name."""
    rows = await town.rows(
        "SELECT p.telegram_id AS chat, i.seat AS seat FROM invitations i JOIN people p ON p.id = i.person_id "
        "WHERE i.event_id = :event",
        event=event_id,
    )
    names = {one.phone.id: name for name, one in town.people.items()}
    return {names[row.chat]: row.seat for row in rows}


async def come(*people: Inhabitant) -> None:
    """Each of them says yes."""
    for one in people:
        one.reads_rest()
        await one.taps("events.any.button.yes")
        one.reads_rest()


async def waits(*people: Inhabitant) -> None:
    """Each of them says yes to a full event, and joins the list."""
    for one in people:
        one.reads_rest()
        await one.taps("events.any.button.yes")
        await one.taps("events.youth.button.join_list")
        one.reads_rest()


async def one_place(town: Town, first: str, *others: str) -> tuple[Any, ...]:
    """The number of an event with one place; the first of these friends, who has it, and the others, who wait for it in
    this order."""
    found = await friends(town, first, *others)
    event = await goes_out(town, Terms(capacity=1))
    await come(found[0])
    await waits(*found[1:])
    return (event, *found)


def hours(number: float) -> timedelta:
    return timedelta(hours=number)
