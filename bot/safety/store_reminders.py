"""What is to be thought of once a month: a drill in each municipality, and the help lines.

Each is a row among the alerts that concerns nobody: its `next_at` is when it is to be thought of.
"""

from datetime import datetime
from typing import Final

from sqlalchemy import and_, exists, insert, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.roles import Role
from bot.storage.columns import NOW
from bot.storage.tables import alerts, grants

_DRILL: Final = "drill_due"
_LINES: Final = "lines_due"
_STATE: Final = "reminder"

DRILLS_DUE: Final = select(alerts.c.id).where(alerts.c.next_at <= NOW, alerts.c.kind == _DRILL)
"""Municipalities that had no drill for so long."""

LINES_DUE: Final = select(literal(1)).where(
    and_(
        exists().where(grants.c.role == Role.ADMIN.value),
        ~exists().where(alerts.c.kind == _LINES, alerts.c.next_at > NOW),
    )
)
"""There is somebody to tell, and the lines were not thought of for a month."""


async def expect_drill(db: AsyncConnection, municipality: str, at: datetime, *, anew: bool = False) -> None:
    """From now on that municipality's coordinators are reminded; `anew` where a drill was just done, or thought of."""
    mine = (alerts.c.kind == _DRILL, alerts.c.municipality == municipality)
    if await db.scalar(select(alerts.c.id).where(*mine)) is None:
        await _insert(db, _DRILL, municipality, at)
    elif anew:
        await db.execute(update(alerts).where(*mine).values(next_at=at))


async def drills_due(db: AsyncConnection, now: datetime) -> list[str]:
    """The municipalities where one is due."""
    due = (alerts.c.kind == _DRILL, alerts.c.next_at <= now)
    return list(await db.scalars(select(alerts.c.municipality).where(*due).order_by(alerts.c.id).limit(100)))


async def think_of_lines(db: AsyncConnection, at: datetime) -> bool:
    """Think of the lines next at that moment; False where nobody ever has: that month has only begun."""
    thought = await db.execute(update(alerts).where(alerts.c.kind == _LINES).values(next_at=at))
    if thought.rowcount:
        return True
    await _insert(db, _LINES, None, at)
    return False


async def _insert(db: AsyncConnection, kind: str, municipality: str | None, at: datetime) -> None:
    values = {"kind": kind, "drill": False, "state": _STATE, "step": 0, "opened_at": at, "next_at": at}
    await db.execute(insert(alerts).values(municipality=municipality, **values))
