"""What a coordinator can choose an audience from: networks they run or lead, and events of theirs that took place."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, exists, select, true
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.events.event import OFF, State
from bot.events.store_rows import texts_of
from bot.networks import store as networks_store
from bot.roles import Person
from bot.storage.tables import events, invitations, networks
from bot.words import InLanguages, Language


@dataclass(frozen=True, slots=True)
class Earlier:
    """An event that people came to."""

    id: int
    title: InLanguages
    starts_at: datetime


async def networks_for(db: AsyncConnection, person: Person) -> dict[int, str]:
    """The names of the open networks that this coordinator may address, by their numbers, in the order of names."""
    run = await networks_store.choosable(db, person)
    led = await networks_store.led_by(db, person.id)
    return {one.id: one.name for one in sorted({*run, *led}, key=lambda one: (one.name, one.id))}


async def out_of_reach(db: AsyncConnection, ids: Collection[int], *answer: Person | None) -> list[str]:
    """What those of these networks are called that none of those who `answer` for it may address, or not any more."""
    if not ids:
        return []
    within: set[int] = set()
    for one in answer:
        if one is not None:
            within |= set(await networks_for(db, one))
    return await network_names(db, frozenset(ids) - within)


async def network_names(db: AsyncConnection, ids: Collection[int]) -> list[str]:
    """What these networks are called."""
    query = select(networks.c.name).where(networks.c.id.in_(ids)).order_by(networks.c.name, networks.c.id)
    return list(await db.scalars(query)) if ids else []


async def earlier(
    db: AsyncConnection, places: Sequence[str | None], now: datetime, first: int, limit: int
) -> list[Earlier]:
    """Events of these municipalities (None among them: of all) to which somebody came, the latest first."""
    query = _EARLIER.where(_took_place(places, now)).order_by(events.c.starts_at.desc(), events.c.id.desc())
    return await _read(db, query.offset(first).limit(limit))


async def is_earlier(db: AsyncConnection, event_id: int, places: Sequence[str | None], now: datetime) -> bool:
    """Whether that is one of them."""
    return bool(await _read(db, _EARLIER.where(_took_place(places, now), events.c.id == event_id)))


async def titled(db: AsyncConnection, ids: Collection[int]) -> list[Earlier]:
    """These events, the latest first."""
    query = _EARLIER.where(events.c.id.in_(ids)).order_by(events.c.starts_at.desc(), events.c.id.desc())
    return await _read(db, query) if ids else []


_EARLIER = select(events.c.id, events.c.titles, events.c.language, events.c.starts_at)


def _took_place(places: Sequence[str | None], now: datetime) -> ColumnElement[bool]:
    off = [one.value for one in (*OFF, State.DISCARDED)]
    came = exists().where(invitations.c.event_id == events.c.id, invitations.c.came_at.is_not(None))
    theirs = true() if None in places else events.c.municipality.in_([one for one in places if one])
    return (events.c.starts_at <= now) & events.c.state.not_in(off) & theirs & came


async def _read(db: AsyncConnection, query: Select[tuple[int, dict[str, str], str, datetime]]) -> list[Earlier]:
    rows = await db.execute(query)
    return [Earlier(row.id, InLanguages(texts_of(row.titles), Language(row.language)), row.starts_at) for row in rows]
