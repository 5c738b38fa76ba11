"""That the card was opened (never by whom), and when somebody saw it last, so that it does not come on every line."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.inserting import upsert
from bot.storage.tables import help_card_openings, help_card_shown, screenings

SHOWN_AGAIN_AFTER: Final = timedelta(hours=4)
"""The card once per some hours for the same kind of danger; another kind shows it again (screening.md section 5)."""


async def opened(db: AsyncConnection, at: datetime, way: str) -> None:
    await db.execute(insert(help_card_openings).values(at=at, way=way))


async def first_in_a_while(db: AsyncConnection, person_id: int, kind: str, now: datetime) -> bool:
    """Whether the card is due for this kind of danger; if so, it counts as shown from now."""
    query = select(help_card_shown.c.at).where(help_card_shown.c.person_id == person_id, help_card_shown.c.kind == kind)
    last: datetime | None = await db.scalar(query)
    if last is not None and now - last < SHOWN_AGAIN_AFTER:
        return False
    await upsert(db, help_card_shown, [{"person_id": person_id, "kind": kind, "at": now}], "person_id", "kind")
    return True


async def age_answer(db: AsyncConnection, person_id: int) -> str | None:
    """The age they gave in their newest questions, as its code."""
    query = (
        select(screenings.c.answers)
        .where(screenings.c.person_id == person_id)
        .order_by(screenings.c.id.desc())
        .limit(1)
    )
    answers = await db.scalar(query)
    return answers.get("age") if answers else None
