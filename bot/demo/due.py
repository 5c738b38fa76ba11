"""What the demo's clock may jump to: the next moment at which any row falls due, and what kind of thing it is."""

from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, func, select

from bot.delivery.outbox import State
from bot.storage.database import Database
from bot.storage.tables import cases, checkins, events, outbox, referrals

_DUE: Final[tuple[tuple[str, ColumnElement[datetime]], ...]] = (
    ("a check-in", checkins.c.next_at),
    ("a referral", referrals.c.next_at),
    ("a reminder about a new contact", cases.c.remind_at),
    ("a contact that waits too long", cases.c.escalate_at),
    ("an event's reminder", events.c.remind_at),
)


async def next_due(database: Database, now: datetime) -> tuple[datetime, str] | None:
    """The soonest due moment after `now` with its kind, or None where nothing is planned."""
    found: list[tuple[datetime, str]] = []
    async with database.read() as db:
        for kind, column in _DUE:
            at = await db.scalar(select(func.min(column)).where(column > now))
            if at is not None:
                found.append((at, kind))
        waiting = select(func.min(outbox.c.not_before)).where(
            outbox.c.not_before > now, outbox.c.state == State.WAITING.value
        )
        at = await db.scalar(waiting)
        if at is not None:
            found.append((at, "a message that waits"))
    return min(found, default=None)
