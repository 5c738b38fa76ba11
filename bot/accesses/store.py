"""The accesses table, typed."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.accesses.rules import Access
from bot.people import store as people
from bot.storage.tables import accesses


async def accesses_of(db: AsyncConnection, youth_id: int, *, offset: int, limit: int) -> list[Access]:
    """Who looked at what of this young person, newest first."""
    query = (
        select(accesses)
        .where(accesses.c.youth_id == youth_id)
        .order_by(accesses.c.at.desc(), accesses.c.id.desc())
        .offset(offset)
        .limit(limit)
    )
    rows = (await db.execute(query)).all()
    viewers = await people.persons(db, list({row.viewer_id for row in rows if row.viewer_id is not None}))
    found = []
    for row in rows:
        viewer = viewers.get(row.viewer_id)
        name = None if viewer is None else viewer.name or viewer.code_name
        roles = () if viewer is None or viewer.is_youth else tuple(sorted(viewer.roles))
        found.append(Access(row.at, name, roles, row.what))
    return found
