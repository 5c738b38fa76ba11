"""Who stands in for a mentor, typed: at most one for each case."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.programme import store
from bot.programme.rules import Case
from bot.storage.inserting import upsert
from bot.storage.tables import deputies


async def name(db: AsyncConnection, case_id: int, person_id: int, now: datetime) -> None:
    """Have this person stand in, in place of whoever did before."""
    await upsert(db, deputies, [{"case_id": case_id, "person_id": person_id, "named_at": now}], "case_id")


async def end(db: AsyncConnection, case_id: int, person_id: int) -> bool:
    """Whether this call ended it."""
    which = (deputies.c.case_id == case_id, deputies.c.person_id == person_id)
    return (await db.execute(delete(deputies).where(*which))).rowcount == 1


async def end_with_case(db: AsyncConnection, case_id: int) -> int | None:
    """Nobody stands in for a case that ended; who did."""
    ended = delete(deputies).where(deputies.c.case_id == case_id).returning(deputies.c.person_id)
    person_id: int | None = (await db.execute(ended)).scalar_one_or_none()
    return person_id


async def cases_of_deputy(db: AsyncConnection, person_id: int) -> Sequence[Case]:
    """The open cases this person stands in for, oldest first."""
    ids = (await db.scalars(select(deputies.c.case_id).where(deputies.c.person_id == person_id))).all()
    found = await store.cases_by_id(db, ids)
    return [found[one] for one in sorted(found) if found[one].is_open]
