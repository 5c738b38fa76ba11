"""Events as rows, for conversations that begin when one is already sent: who was invited, and what they answered."""

from datetime import datetime
from io import BytesIO
from typing import Any

import zxingcpp
from PIL import Image
from sqlalchemy import insert, update

from bot.demo.emulator.model import Message
from bot.events.event import Kind, Reply, Seat, State
from bot.storage.tables import events, invitations
from tests.chats.events_talk import DAY, OGRE, at
from tests.town.town import Town

STARTS = at(DAY, 17)
TITLES = {"lv": "Picas vakars", "uk": "Піца-вечір", "en": "Pizza evening"}


async def held(town: Town, author: str | None = None, **changes: Any) -> int:
    """The number of an event that has been sent: on Thursday at five, in Ogre, for young people, unless changed."""
    by = None if author is None else (await town.person(author)).id
    values = {
        "created_by": by,
        "municipality": OGRE,
        "state": State.SENT.value,
        "kind": Kind.YOUTH_EVENT.value,
        "language": "lv",
        "titles": TITLES,
        "details": {"lv": "Cepsim picu.", "uk": "Спечемо піцу.", "en": "We bake pizza."},
        "place": "Jauniešu centrs",
        "starts_at": STARTS,
        "audience": {"groups": ["youth"]},
        "particulars": {},
        "terms": {},
        "created_at": town.clock.now(),
        "sent_at": town.clock.now(),
        **changes,
    }
    async with town.open_database() as database, database.write() as db:
        made = await db.execute(insert(events).values(**values).returning(events.c.id))
        return int(made.scalar_one())


async def invited(town: Town, event_id: int, name: str, reply: Reply | None = Reply.YES, **changes: Any) -> int:
    """Somebody is invited and has answered; who says yes has a place. Their number."""
    person_id = (await town.person(name)).id
    values = {
        "event_id": event_id,
        "person_id": person_id,
        "audience_group": "youth",
        "invited_at": town.clock.now(),
        "answer": None if reply is None else reply.value,
        "answered_at": None if reply is None else town.clock.now(),
        "answered_sequence": None if reply is None else 0,
        "seat": Seat.HELD.value if reply is Reply.YES else None,
        **changes,
    }
    async with town.open_database() as database, database.write() as db:
        await db.execute(insert(invitations).values(**values))
    return person_id


async def change(town: Town, event_id: int, **values: Any) -> None:
    """Set columns of an event."""
    async with town.open_database() as database, database.write() as db:
        await db.execute(update(events).where(events.c.id == event_id).values(**values))


async def came(town: Town, event_id: int, name: str, at_moment: datetime = STARTS) -> None:
    """Somebody was noted at the door."""
    person_id = (await town.person(name)).id
    async with town.open_database() as database, database.write() as db:
        mine = (invitations.c.event_id == event_id) & (invitations.c.person_id == person_id)
        await db.execute(update(invitations).where(mine).values(came_at=at_moment))


def payload_in(message: Message) -> str:
    """What a phone's camera reads from the picture: the payload of the link."""
    assert message.attachment is not None
    picture = Image.open(BytesIO(message.attachment.content))
    (code,) = zxingcpp.read_barcodes(picture, zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
    return str(code.text).split("?start=")[1]
