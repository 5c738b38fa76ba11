"""Discreet mode, and the numbers of the messages that can still be taken from somebody's chat."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.people.rules import DELETABLE_FOR
from bot.storage.tables import heard, outbox, people

_TIME_TO_GET_THERE: Final = timedelta(minutes=10)
"""A message so close to its last moment is left alone: Telegram refuses the whole page for the sake of one too old."""


@dataclass(frozen=True, slots=True)
class Deletable:
    """Numbers of messages in somebody's chat with the bot."""

    ours: tuple[int, ...]
    theirs: tuple[int, ...]


async def set_discreet(db: AsyncConnection, person_id: int, *, discreet: bool) -> None:
    """Turn it on or off; with it off nothing has to be known of what they wrote."""
    await db.execute(update(people).where(people.c.id == person_id).values(discreet=discreet))
    if not discreet:
        await db.execute(delete(heard).where(heard.c.person_id == person_id))


async def take_deletable(db: AsyncConnection, person_id: int, now: datetime) -> Deletable:
    """What Telegram still lets the bot delete; each message is given out once.

    An edit does not make a message any younger, so only rows that brought a new message count.
    """
    since = now - DELETABLE_FOR + _TIME_TO_GET_THERE
    ours = (
        outbox.c.person_id == person_id,
        outbox.c.message_id > 0,
        outbox.c.edits.is_(None),
        outbox.c.done_at > since,
    )
    said = (await db.scalars(select(outbox.c.message_id).where(*ours).order_by(outbox.c.message_id))).all()
    await db.execute(update(outbox).where(*ours).values(message_id=None))
    theirs = (heard.c.person_id == person_id, heard.c.at > since)
    wrote = (await db.scalars(select(heard.c.message_id).where(*theirs).order_by(heard.c.message_id))).all()
    await db.execute(delete(heard).where(heard.c.person_id == person_id))
    return Deletable(tuple(said), tuple(wrote))
