"""Who is asked how it was, and what they said, in rows."""

from datetime import datetime
from typing import Final

from sqlalchemy import func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.events.after.ratings import Rating
from bot.events.door.store_attendance import CAME
from bot.events.event import Event
from bot.events.places.store_seats import COMES
from bot.events.signup.store_guests import guests_of
from bot.events.store import STILL_ON
from bot.events.store_rows import event_from
from bot.events.whom.store_audience import Guest
from bot.storage.columns import NOW
from bot.storage.tables import events, invitations, people

QUESTIONS_DUE: Final = select(events.c.id).where(events.c.ask_at <= NOW, STILL_ON)


async def next_to_ask(db: AsyncConnection, now: datetime) -> Event | None:
    """The event after which people have waited longest to be asked."""
    due = select(events).where(events.c.ask_at <= now, STILL_ON).order_by(events.c.ask_at, events.c.id).limit(1)
    row = (await db.execute(due)).one_or_none()
    return event_from(row) if row else None


async def claim_to_ask(db: AsyncConnection, event_id: int, *, recorded: bool, now: datetime, limit: int) -> list[Guest]:
    """Some of those who came and were not asked yet; where nobody noted who came, of those who said yes."""
    there = CAME if recorded else COMES
    query = guests_of(event_id).where(there, invitations.c.asked_at.is_(None))
    rows = (await db.execute(query.order_by(people.c.id).limit(limit))).all()
    claimed = await db.execute(
        update(invitations)
        .where(
            invitations.c.event_id == event_id,
            invitations.c.person_id.in_([row.id for row in rows]),
            invitations.c.asked_at.is_(None),
        )
        .values(asked_at=now)
        .returning(invitations.c.person_id)
    )
    mine = set(claimed.scalars())
    return [Guest(row.id, not row.is_staff) for row in rows if row.id in mine]


async def end_asking(db: AsyncConnection, was: Event) -> None:
    """Nobody is left to ask, or it is too late for it."""
    await db.execute(update(events).where(events.c.id == was.id, events.c.ask_at == was.ask_at).values(ask_at=None))


async def rate(db: AsyncConnection, event_id: int, person_id: int, rating: Rating) -> bool:
    """Keep what they said in place of what they said before; False where it is the same."""
    kept = await db.execute(
        update(invitations)
        .where(
            invitations.c.event_id == event_id,
            invitations.c.person_id == person_id,
            or_(invitations.c.rating.is_(None), invitations.c.rating != rating.value),
        )
        .values(rating=rating.value)
    )
    return kept.rowcount == 1


async def ratings(db: AsyncConnection, event_id: int) -> dict[Rating, int]:
    """How often each answer was given."""
    rows = await db.execute(
        select(invitations.c.rating, func.count().label("people"))
        .where(invitations.c.event_id == event_id, invitations.c.rating.is_not(None))
        .group_by(invitations.c.rating)
    )
    return {Rating(row.rating): row.people for row in rows}
