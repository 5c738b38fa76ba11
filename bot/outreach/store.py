"""The sources people come from, and who came from which."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, false, func, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.outreach.rules import Kind, Source
from bot.storage.inserting import insert_new, keep_new
from bot.storage.tables import people, sources
from bot.words import Language

_SOURCE: Final = select(
    sources.c.id,
    sources.c.code,
    sources.c.municipality,
    sources.c.name,
    sources.c.kind,
    sources.c.language,
    sources.c.disabled_at,
)


def _source(row: Any) -> Source:
    return Source(
        row.id,
        row.code,
        row.municipality,
        row.name,
        Kind(row.kind) if row.kind else Kind.OTHER,
        Language(row.language) if row.language else None,
        row.disabled_at is None,
    )


async def source(db: AsyncConnection, code: str) -> Source | None:
    """The source with that code."""
    row = (await db.execute(_SOURCE.where(sources.c.code == code))).one_or_none()
    return _source(row) if row else None


async def source_by_id(db: AsyncConnection, source_id: int) -> Source | None:
    """The source with that number."""
    row = (await db.execute(_SOURCE.where(sources.c.id == source_id))).one_or_none()
    return _source(row) if row else None


async def listed(db: AsyncConnection, reach: frozenset[str] | None, *, skip: int, most: int) -> Sequence[Source]:
    """The sources of these municipalities (None: all there are): those in use first, the newest of them on top."""
    query = _SOURCE.where(_within(reach)).order_by(sources.c.disabled_at.is_not(None), sources.c.id.desc())
    return [_source(row) for row in await db.execute(query.offset(skip).limit(most))]


async def count(db: AsyncConnection, reach: frozenset[str] | None) -> int:
    """How many there are of them."""
    return await db.scalar(select(func.count()).select_from(sources).where(_within(reach))) or 0


def _within(reach: frozenset[str] | None) -> ColumnElement[bool]:
    if reach is None:
        return true()
    return sources.c.municipality.in_(sorted(reach)) if reach else false()


async def add_source(
    db: AsyncConnection, code: str, municipality: str | None, at: datetime, kind: Kind | None = None
) -> None:
    """Make the source of a link that was always there, unless somebody has just made it."""
    row = {"code": code, "municipality": municipality, "created_at": at, "kind": kind.value if kind else None}
    await insert_new(db, sources, [row], "code")


async def make_source(
    db: AsyncConnection,
    code: str,
    municipality: str | None,
    name: str,
    kind: Kind,
    language: Language | None,
    at: datetime,
) -> Source | None:
    """A coordinator's new source; None where its code is taken."""
    row = {
        "code": code,
        "municipality": municipality,
        "name": name,
        "kind": kind.value,
        "language": language.value if language else None,
        "created_at": at,
    }
    return await source(db, code) if await keep_new(db, sources, [row], "code") else None


async def rename(db: AsyncConnection, source_id: int, name: str) -> None:
    await db.execute(update(sources).where(sources.c.id == source_id).values(name=name))


async def switch(db: AsyncConnection, source_id: int, *, on: bool, at: datetime) -> None:
    """Mark it as in use again, or as no longer since `at`."""
    await db.execute(update(sources).where(sources.c.id == source_id).values(disabled_at=None if on else at))


async def keep_first_source(db: AsyncConnection, person_id: int, source_id: int) -> None:
    """Remember where this person came from; the first source stays, whatever links they open later."""
    here = people.c.id == person_id
    await db.execute(update(people).where(here, people.c.source_id.is_(None)).values(source_id=source_id))


async def suggest_language(db: AsyncConnection, person_id: int, language: Language) -> bool:
    """Begin in that language with somebody who has not chosen one; whether that is so."""
    begun = await db.execute(
        update(people)
        .where(people.c.id == person_id, people.c.language_chosen.is_(False))
        .values(language=language.value)
    )
    return begun.rowcount == 1
