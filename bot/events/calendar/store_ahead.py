"""What events make the bot write to somebody by itself: the reminders still to come, and the question afterwards."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, case, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.events.door.store_attendance import CAME
from bot.events.places.store_seats import COMES
from bot.events.store import STILL_ON
from bot.events.whom.store_sparing import agreed
from bot.storage.tables import events, invitations, people


@dataclass(frozen=True, slots=True)
class Ahead:
    """What one event still makes the bot write, each at a moment (UTC), the soonest first."""

    event_id: int
    reminders: tuple[datetime, ...]
    question_at: datetime | None


async def ahead_of(db: AsyncConnection, person_id: int, now: datetime) -> list[Ahead]:
    """For each event that this young person comes to or came to, what is still to be written to them.

    The same choice as in `due_reminding` and in `after.due_after`, which write it."""
    found = []
    for row in await db.execute(_still_to_write(person_id)):
        reminders = [at for at in (row.remind_at, row.remind_soon_at) if at is not None and at > now]
        question_at = row.ask_at if row.ask_at is not None and row.ask_at > now else None
        if reminders or question_at is not None:
            found.append(Ahead(row.id, tuple(sorted(reminders)), question_at))
    return found


def _still_to_write(person_id: int) -> Select[tuple[int, datetime | None, datetime | None, datetime | None]]:
    noted = invitations.alias("noted")
    anybody_noted = exists().where(noted.c.event_id == events.c.id, noted.c.came_at.is_not(None))
    reminded = {
        "remind_at": (events.c.remind_at, COMES, invitations.c.reminded_at),
        "remind_soon_at": (events.c.remind_soon_at, COMES, invitations.c.reminded_soon_at),
        "ask_at": (events.c.ask_at, or_(CAME, COMES & ~anybody_noted), invitations.c.asked_at),
    }
    moments = [case((who & done.is_(None), at)).label(name) for name, (at, who, done) in reminded.items()]
    return (
        select(events.c.id, *moments)
        .join(invitations, invitations.c.event_id == events.c.id)
        .join(people, people.c.id == invitations.c.person_id)
        .where(people.c.id == person_id, STILL_ON, agreed())
    )
