"""When an event's reminders are due, and who is still to be reminded."""

from datetime import datetime
from typing import Final

from sqlalchemy import Column, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.events.calendar.reminders import Reminder
from bot.events.event import Event
from bot.events.places.store_seats import COMES
from bot.events.signup.store_guests import guests_of
from bot.events.store import SENT, STILL_ON
from bot.events.store_rows import event_from
from bot.events.whom.store_audience import Guest
from bot.storage.columns import NOW
from bot.storage.tables import events, invitations, people

_DUE: Final[dict[Reminder, Column[datetime]]] = {
    Reminder.DAY_BEFORE: events.c.remind_at,
    Reminder.SOON: events.c.remind_soon_at,
}
_DONE: Final[dict[Reminder, Column[datetime]]] = {
    Reminder.DAY_BEFORE: invitations.c.reminded_at,
    Reminder.SOON: invitations.c.reminded_soon_at,
}

REMINDERS_DUE: Final = select(events.c.id).where(events.c.remind_at <= NOW, STILL_ON)
SOON_DUE: Final = select(events.c.id).where(events.c.remind_soon_at <= NOW, STILL_ON)


async def next_due(db: AsyncConnection, which: Reminder, now: datetime) -> Event | None:
    """The event of which that reminder has been due longest."""
    due = _DUE[which]
    row = (await db.execute(SENT.where(due <= now, STILL_ON).order_by(due, events.c.id).limit(1))).one_or_none()
    return event_from(row) if row else None


async def claim(db: AsyncConnection, which: Reminder, event_id: int, now: datetime, limit: int) -> list[Guest]:
    """Some of those who come and have not been reminded: from now on they count as reminded."""
    done = _DONE[which]
    query = guests_of(event_id).where(COMES, done.is_(None))
    rows = (await db.execute(query.order_by(people.c.id).limit(limit))).all()
    claimed = await db.execute(
        update(invitations)
        .where(
            invitations.c.event_id == event_id, invitations.c.person_id.in_([row.id for row in rows]), done.is_(None)
        )
        .values({done: now})
        .returning(invitations.c.person_id)
    )
    mine = set(claimed.scalars())
    return [Guest(row.id, not row.is_staff) for row in rows if row.id in mine]


async def anybody_left(db: AsyncConnection, which: Reminder, event_id: int) -> bool:
    """Whether somebody who comes has not been reminded."""
    query = guests_of(event_id).where(COMES, _DONE[which].is_(None))
    return (await db.execute(query.limit(1))).first() is not None


async def end(db: AsyncConnection, which: Reminder, event_id: int) -> None:
    """Nobody is left to remind, or it is too late for it."""
    await db.execute(update(events).where(events.c.id == event_id).values({_DUE[which]: None}))


async def plan(
    db: AsyncConnection, event_id: int, day_before: datetime | None, soon: datetime | None, ask_at: datetime | None
) -> None:
    """From now on these moments (UTC) are when its guests hear from us."""
    planned = {"remind_at": day_before, "remind_soon_at": soon, "ask_at": ask_at}
    await db.execute(update(events).where(events.c.id == event_id).values(**planned))


async def begin_anew(db: AsyncConnection, event_id: int) -> None:
    """It begins at another time: whoever was reminded of the old one is reminded of the new one as well."""
    nobody = {"reminded_at": None, "reminded_soon_at": None}
    await db.execute(update(invitations).where(invitations.c.event_id == event_id).values(**nobody))
