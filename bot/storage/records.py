"""Who did what to which record (the audit trail), and who looked at what of whom (the access log): by numbers alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import bindparam, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.tables import accesses, audit, people

ONE_VISIT: Final = timedelta(minutes=15)
"""Looks of one person at the same of the same young person within that time are one: a check-in has four screens."""


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody of the staff was shown something of a young person; `what` is a code, at most 40 letters."""

    viewer_id: int
    youth_id: int
    what: str


# What nearly every step of staff writes is put together once: that costs more than running it.
_WRITE: Final = insert(audit)
_LOOKED: Final = insert(accesses)
_THERE: Final = select(people.c.id).where(people.c.id.in_(bindparam("ids", expanding=True)))
_LATELY: Final = select(accesses.c.viewer_id, accesses.c.youth_id, accesses.c.what).where(
    accesses.c.youth_id.in_(bindparam("ids", expanding=True)), accesses.c.at > bindparam("since")
)


async def write(
    db: AsyncConnection, at: datetime, actor: int | None, action: str, subject: str, subject_id: int
) -> None:
    values = {"actor_id": actor, "action": action, "subject": subject or None, "subject_id": subject_id or None}
    await db.execute(_WRITE, {"at": at, **values})


async def looked(db: AsyncConnection, at: datetime, looks: Sequence[Look]) -> None:
    """Write the looks that begin a visit, at people who are not erased meanwhile."""
    if not looks:
        return
    ids = {number for look in looks for number in (look.viewer_id, look.youth_id)}
    there = set(await db.scalars(_THERE, {"ids": list(ids)}))
    seen = {Look(*row) for row in await db.execute(_LATELY, {"ids": list(ids), "since": at - ONE_VISIT})}
    new = [look for look in dict.fromkeys(looks) if look not in seen and {look.viewer_id, look.youth_id} <= there]
    for look in new:
        values = {"viewer_id": look.viewer_id, "youth_id": look.youth_id, "what": look.what, "at": at}
        await db.execute(_LOOKED, values)
