"""What guests need, in rows, and what of it those who run the event see: the words, never whose they are."""

from sqlalchemy import and_, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.events.places.store_seats import COMES
from bot.storage.tables import invitations


async def keep(db: AsyncConnection, event_id: int, person_id: int, needs: str | None) -> None:
    """In place of anything before; None: nothing is needed."""
    mine = and_(invitations.c.event_id == event_id, invitations.c.person_id == person_id)
    await db.execute(update(invitations).where(mine).values(needs=needs))


async def want_travel(db: AsyncConnection, event_id: int, person_id: int, *, wanted: bool) -> None:
    """Whether they want help with the way."""
    mine = and_(invitations.c.event_id == event_id, invitations.c.person_id == person_id)
    await db.execute(update(invitations).where(mine).values(travel=wanted))


async def page(db: AsyncConnection, event_id: int, skip: int, most: int) -> list[str]:
    """What those who come wrote, ordered by the words themselves, so that the order tells nothing of who it was."""
    wrote = select(invitations.c.needs).where(
        invitations.c.event_id == event_id, COMES, invitations.c.needs.is_not(None)
    )
    return list(await db.scalars(wrote.order_by(func.lower(invitations.c.needs)).offset(skip).limit(most)))
