"""Events in whose pictures somebody may be seen."""

from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.events.event import OFF, Event
from bot.events.places.store_seats import COMES
from bot.events.store_rows import event_from
from bot.storage.tables import events, invitations


async def of(db: AsyncConnection, person_id: int, since: datetime) -> list[Event]:
    """Those they came to since then, or have a place at, the latest first."""
    query = (
        select(events)
        .join(invitations, invitations.c.event_id == events.c.id)
        .where(
            invitations.c.person_id == person_id,
            or_(COMES, invitations.c.came_at.is_not(None)),
            events.c.starts_at >= since,
            events.c.state.not_in([state.value for state in OFF]),
        )
        .order_by(events.c.starts_at.desc(), events.c.id)
    )
    return [event_from(row) for row in await db.execute(query)]
