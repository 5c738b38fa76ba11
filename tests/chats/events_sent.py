"""An event that is out, laid by the bot's own stores: for tests of what comes after the sending."""

from typing import Any

from sqlalchemy import insert

from bot.events import store
from bot.events.calendar import planning
from bot.events.event import Event, Kind, Reply, Seat, State
from bot.storage.tables import events, invitations
from bot.turn import Tick
from tests.chats.events_talk import DAY, OGRE, at
from tests.town.town import Town

TITLES = {"lv": "Picas vakars", "uk": "Піца-вечір"}
DETAILS = {"lv": "Cepsim picu un iepazīsimies.", "uk": "Спечемо піцу й познайомимося."}


async def is_out(town: Town, by: str = "kaspars", state: State = State.SENT, **told: Any) -> int:
    """An event of Ogre on `DAY` at 17:00 that this coordinator sent, with these columns as told; its number."""
    author, now = (await town.person(by)).id, town.clock.now()
    row: dict[str, Any] = {
        "created_by": author,
        "state": state.value,
        "kind": Kind.YOUTH_EVENT.value,
        "language": "lv",
        "titles": TITLES,
        "details": DETAILS,
        "place": "Jauniešu centrs",
        "starts_at": at(DAY, 17),
        "municipality": OGRE,
        "audience": {"groups": ["mentors", "youth"]},
        "created_at": now,
        "sent_at": now,
    }
    async with town.open_database() as database, database.write() as db:
        number = (await db.execute(insert(events).values(**(row | told)).returning(events.c.id))).scalar_one()
        event = await store.event(db, number)
        assert event is not None
        await planning.plan(Tick(now, db, town.settings.zone, settings=town.settings), event)
    return int(number)


async def is_invited(
    town: Town, event: int, name: str, reply: Reply | None = None, seat: Seat | None = None, **told: Any
) -> None:
    """They have the invitation and gave that answer; whoever said yes has a place unless told otherwise."""
    person, now = (await town.person(name)).id, town.clock.now()
    held = seat or (Seat.HELD if reply is Reply.YES else None)
    row: dict[str, Any] = {
        "event_id": event,
        "person_id": person,
        "invited_at": now,
        "answer": reply.value if reply else None,
        "answered_at": now if reply else None,
        "answered_sequence": 0 if reply else None,
        "seat": held.value if held else None,
    }
    async with town.open_database() as database, database.write() as db:
        await db.execute(insert(invitations).values(**(row | told)))


async def event_of(town: Town, number: int) -> Event:
    """The event as it is now."""
    async with town.open_database() as database, database.read() as db:
        found = await store.event(db, number)
    assert found is not None
    return found
