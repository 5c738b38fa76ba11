"""Events that were sent before, for whoever writes the next one."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import or_
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.events.event import Event, Kind
from bot.events.store import SENT
from bot.events.store_rows import event_from
from bot.storage.tables import events

_LIMIT: Final = 12
"""As many as one looks through on a phone."""


async def events_of(db: AsyncConnection, places: Sequence[str | None], *, answered: bool) -> list[Event]:
    """The latest events of these municipalities, None for those of the whole country; those that people sign up for
    alone where only the `answered` ones are wanted."""
    here = [events.c.municipality == one if one is not None else events.c.municipality.is_(None) for one in places]
    query = SENT.where(or_(*here)).order_by(events.c.starts_at.desc(), events.c.id.desc()).limit(_LIMIT)
    if answered:
        query = query.where(events.c.kind != Kind.ANNOUNCEMENT.value)
    return [event_from(row) for row in await db.execute(query)]
