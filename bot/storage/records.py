"""The audit trail: who did what to which record and when, by numbers alone."""

from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.tables import audit


async def write(
    db: AsyncConnection, at: datetime, actor: int | None, action: str, subject: str, subject_id: int
) -> None:
    await db.execute(
        insert(audit).values(
            at=at, actor_id=actor, action=action, subject=subject or None, subject_id=subject_id or None
        )
    )
