"""Cycles of events and their versions."""

from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.events.event import Event, Reply
from bot.events.sessions.cycles import Cycle
from bot.events.sessions.series import Series
from bot.events.store import SENT, STILL_ON
from bot.events.store_rows import event_from
from bot.storage.tables import event_series, events, invitations
from bot.words import InLanguages, Language

_LIMIT: Final = 20


async def begin(db: AsyncConnection, title: str, language: Language, by: int, now: datetime) -> int:
    """A new cycle, its dates and countries still open."""
    made = await db.execute(
        insert(event_series)
        .values(
            kind=Series.CYCLE.value,
            titles={language.value: title},
            language=language.value,
            created_by=by,
            countries=[],
            created_at=now,
            changed_at=now,
        )
        .returning(event_series.c.id)
    )
    return int(made.scalar_one())


async def cycle(db: AsyncConnection, cycle_id: int) -> Cycle | None:
    """The cycle with that number; None if there is none."""
    row = (await db.execute(_CYCLES.where(event_series.c.id == cycle_id))).one_or_none()
    return _cycle(row) if row else None


async def cycles(db: AsyncConnection) -> list[Cycle]:
    """Those that go on first, the newest before the others."""
    order = (event_series.c.ended_at.is_not(None), event_series.c.id.desc())
    return [_cycle(row) for row in await db.execute(_CYCLES.order_by(*order).limit(_LIMIT))]


async def rename(db: AsyncConnection, cycle_id: int, title: str, language: Language) -> None:
    """It is called that from now on, in every language: it names nothing that somebody comes to."""
    await db.execute(
        update(event_series)
        .where(event_series.c.id == cycle_id)
        .values(titles={language.value: title}, language=language.value)
    )


async def end(db: AsyncConnection, cycle_id: int, at: datetime | None) -> bool:
    """True for the one press that ended it, or with None made it go on."""
    was_ended = event_series.c.ended_at.is_(None) if at is not None else event_series.c.ended_at.is_not(None)
    ended = await db.execute(update(event_series).where(event_series.c.id == cycle_id, was_ended).values(ended_at=at))
    return ended.rowcount == 1


async def change(db: AsyncConnection, was: Cycle, to: Cycle, now: datetime) -> Cycle | None:
    """The next version, for the one press that found the cycle as it was shown; None for any other."""
    changed = await db.execute(
        update(event_series)
        .where(event_series.c.id == was.id, event_series.c.version == was.version)
        .values(
            from_on=to.from_on,
            until_on=to.until_on,
            countries=list(to.countries),
            version=was.version + 1,
            changed_at=now,
        )
    )
    return replace(to, version=was.version + 1) if changed.rowcount == 1 else None


async def events_of(db: AsyncConnection, cycle_id: int) -> list[Event]:
    """Its events that were sent, the first one first."""
    query = SENT.where(events.c.series_id == cycle_id).order_by(events.c.starts_at, events.c.id)
    return [event_from(row) for row in await db.execute(query)]


async def coming(db: AsyncConnection, cycle_id: int, now: datetime) -> list[Event]:
    """Its events that are still ahead and on."""
    query = SENT.where(events.c.series_id == cycle_id, STILL_ON, events.c.starts_at > now).order_by(events.c.id)
    return [event_from(row) for row in await db.execute(query)]


async def count_coming(db: AsyncConnection, cycle_id: int, now: datetime) -> int:
    """How many people said yes or maybe to any of them."""
    found = (
        select(func.count(invitations.c.person_id.distinct()))
        .join(events, events.c.id == invitations.c.event_id)
        .where(events.c.series_id == cycle_id, STILL_ON, events.c.starts_at > now)
        .where(invitations.c.answer.in_([Reply.YES.value, Reply.MAYBE.value]))
    )
    return await db.scalar(found) or 0


def _cycle(row: Any) -> Cycle:
    title = InLanguages({Language(one): text for one, text in row.titles.items()}, Language(row.language))
    return Cycle(row.id, title, row.from_on, row.until_on, tuple(row.countries), row.version, row.ended_at is not None)


_CYCLES: Final = select(event_series).where(event_series.c.kind == Series.CYCLE.value)
