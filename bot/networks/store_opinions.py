"""Requests for opinions and their answers, typed; each step from one stage to the next is taken by one caller only."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.networks.network import Answer, Opinion, Stage
from bot.storage.columns import NOW
from bot.storage.tables import opinion_answers, opinion_requests

DUE: Final = select(opinion_requests.c.id).where(opinion_requests.c.next_at <= NOW)
AT_ONCE: Final = 20


def _opinion(row: Any) -> Opinion:
    return Opinion(
        row.id, row.network_id, row.asked_by, row.question, row.deadline, Stage(row.state), row.cursor, row.next_at
    )


async def opinion(db: AsyncConnection, opinion_id: int) -> Opinion | None:
    row = (await db.execute(select(opinion_requests).where(opinion_requests.c.id == opinion_id))).one_or_none()
    return _opinion(row) if row else None


async def of(db: AsyncConnection, network_id: int, limit: int) -> list[Opinion]:
    """What the network was asked, the newest first; drafts are shown to nobody but in their own course."""
    hidden = (Stage.DRAFT.value, Stage.DISCARDED.value)
    rows = await db.execute(
        select(opinion_requests)
        .where(opinion_requests.c.network_id == network_id, opinion_requests.c.state.not_in(hidden))
        .order_by(opinion_requests.c.id.desc())
        .limit(limit)
    )
    return [_opinion(row) for row in rows]


async def due(db: AsyncConnection, now: datetime) -> list[Opinion]:
    """Those in which something is to be done."""
    rows = await db.execute(
        select(opinion_requests)
        .where(opinion_requests.c.next_at <= now)
        .order_by(opinion_requests.c.next_at, opinion_requests.c.id)
        .limit(AT_ONCE)
    )
    return [_opinion(row) for row in rows]


async def draft(db: AsyncConnection, network_id: int, by: int, question: str, deadline: datetime, now: datetime) -> int:
    """A request that nobody has been asked yet; its number."""
    made = await db.execute(
        insert(opinion_requests)
        .values(
            network_id=network_id,
            asked_by=by,
            question=question,
            deadline=deadline,
            state=Stage.DRAFT.value,
            cursor=0,
            created_at=now,
        )
        .returning(opinion_requests.c.id)
    )
    return int(made.scalar_one())


async def set_deadline(db: AsyncConnection, opinion_id: int, deadline: datetime) -> None:
    """Of a draft."""
    await db.execute(
        update(opinion_requests)
        .where(opinion_requests.c.id == opinion_id, opinion_requests.c.state == Stage.DRAFT.value)
        .values(deadline=deadline)
    )


async def step(db: AsyncConnection, was: Opinion, to: Stage, next_at: datetime | None, cursor: int = 0) -> bool:
    """True for the one caller that found it as it was."""
    moved = await db.execute(
        update(opinion_requests)
        .where(
            opinion_requests.c.id == was.id,
            opinion_requests.c.state == was.stage.value,
            opinion_requests.c.cursor == was.cursor,
            opinion_requests.c.next_at.is_not_distinct_from(was.next_at),
        )
        .values(state=to.value, next_at=next_at, cursor=cursor)
    )
    return moved.rowcount == 1


async def discard(db: AsyncConnection, opinion_id: int) -> None:
    """A draft thrown away keeps its number and nothing else."""
    await db.execute(
        update(opinion_requests)
        .where(opinion_requests.c.id == opinion_id, opinion_requests.c.state == Stage.DRAFT.value)
        .values(state=Stage.DISCARDED.value, question="")
    )


# --- answers ----------------------------------------------------------------------------------------------------


async def answers(db: AsyncConnection, opinion_id: int) -> list[Answer]:
    """All that were written, in their order."""
    rows = await db.execute(
        select(opinion_answers).where(opinion_answers.c.request_id == opinion_id).order_by(opinion_answers.c.id)
    )
    return [Answer(row.person_id, row.text, row.answered_at) for row in rows]


async def answer_of(db: AsyncConnection, opinion_id: int, person_id: int) -> str | None:
    query = select(opinion_answers.c.text).where(
        opinion_answers.c.request_id == opinion_id, opinion_answers.c.person_id == person_id
    )
    found: str | None = await db.scalar(query)
    return found


async def answer(db: AsyncConnection, opinion_id: int, person_id: int, text: str, now: datetime) -> None:
    """Write it, in place of what they wrote before."""
    mine = (opinion_answers.c.request_id == opinion_id, opinion_answers.c.person_id == person_id)
    changed = await db.execute(update(opinion_answers).where(*mine).values(text=text, answered_at=now))
    if changed.rowcount == 0:
        await db.execute(
            insert(opinion_answers).values(request_id=opinion_id, person_id=person_id, text=text, answered_at=now)
        )


async def answered(db: AsyncConnection, opinion_id: int, persons: Sequence[int]) -> frozenset[int]:
    """Who of these has written something."""
    query = select(opinion_answers.c.person_id).where(
        opinion_answers.c.request_id == opinion_id, opinion_answers.c.person_id.in_(persons)
    )
    return frozenset(await db.scalars(query))
