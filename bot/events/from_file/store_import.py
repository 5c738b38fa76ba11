"""What taking over events from a file asks of the database: what is there already, and the drafts themselves."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.events.event import State
from bot.events.files import store_organisers
from bot.events.from_file.importing import Mark, Planned, mark_of
from bot.events.sessions import store_series
from bot.events.sessions.series import own
from bot.events.store_rows import draft_from
from bot.events.writing import store_drafts
from bot.events.writing.drafts import Draft
from bot.storage.tables import events, organizations


async def marks(db: AsyncConnection, author: int, now: datetime) -> frozenset[Mark]:
    """Of everything coming that this person has written, sent or not."""
    mine = select(events).where(
        events.c.created_by == author, events.c.state != State.DISCARDED.value, events.c.starts_at > now
    )
    return frozenset(mark_of(draft_from(row)) for row in await db.execute(mine))


async def organizations_by_name(db: AsyncConnection) -> Mapping[str, int]:
    """The organisations of the directory; where two have one name, the older."""
    query = select(organizations.c.name, organizations.c.id).where(organizations.c.retired_at.is_(None))
    found: dict[str, int] = {}
    for name, number in await db.execute(query.order_by(organizations.c.id)):
        found.setdefault(name.casefold(), number)
    return found


async def take_in(db: AsyncConnection, author: int, planned: Planned, now: datetime) -> Draft:
    """A draft with its organisers and the sessions of its series."""
    begun = await store_drafts.start_draft(db, author, planned.draft.language, planned.draft.kind, now)
    draft = replace(planned.draft, id=begun.id)
    await store_drafts.save(db, draft)
    if planned.sessions and (first := own(draft)) is not None:
        draft = await store_series.keep(db, draft, [first, *planned.sessions], now)
    for organiser in planned.organisers:
        await store_organisers.add(db, draft.id, organiser.name, organiser.organization)
    return draft


async def drafts_of(db: AsyncConnection, author: int, limit: int, skip: int = 0) -> tuple[list[Draft], int]:
    """The drafts with something in them, the newest first, and how many there are in all."""
    mine = (events.c.created_by == author, events.c.state == State.DRAFT.value)
    query = select(events).where(*mine).order_by(events.c.id.desc()).offset(skip).limit(limit)
    count = int((await db.execute(select(func.count()).select_from(events).where(*mine))).scalar_one())
    return [draft_from(row) for row in await db.execute(query)], count
