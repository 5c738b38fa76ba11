"""What the demo's clock may jump to: the next moment at which any row falls due, and what kind of thing it is."""

from datetime import datetime

from sqlalchemy import func, select

from bot.delivery.packing import State
from bot.storage.database import Database
from bot.storage.due import DUE
from bot.storage.tables import outbox


async def next_due(database: Database, now: datetime) -> tuple[datetime, str] | None:
    """The soonest due moment after `now` with its kind, or None where nothing is planned."""
    found: list[tuple[datetime, str]] = []
    async with database.read() as db:
        for kind, column in DUE.items():
            at = await db.scalar(select(func.min(column)).where(column > now))
            if at is not None:
                found.append((at, kind))
        waiting = select(func.min(outbox.c.not_before)).where(
            outbox.c.not_before > now, outbox.c.state == State.WAITING.value
        )
        at = await db.scalar(waiting)
        if at is not None:
            found.append((at, "message that waits"))
    return min(found, default=None)
