"""Questions about events, in rows. A shared answer is a row of whoever answered: nothing in it leads to who asked."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, exists, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.columns import NOW
from bot.storage.tables import event_questions, grants

WAITING: Final = select(event_questions.c.id).where(event_questions.c.next_at <= NOW)

_IS_SHARED: Final = event_questions.c.shared_at.is_not(None)


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody asked the organiser."""

    id: int
    event_id: int
    person_id: int
    question: str
    asked_at: datetime
    answer: str | None
    answered_by: int | None
    bring_to: int | None
    next_at: datetime | None
    by_youth: bool


async def ask(db: AsyncConnection, event_id: int, person_id: int, text: str, now: datetime, next_at: datetime) -> int:
    """Keep it until it is answered; its number."""
    asked = await db.execute(
        insert(event_questions)
        .values(event_id=event_id, person_id=person_id, question=text, asked_at=now, next_at=next_at)
        .returning(event_questions.c.id)
    )
    return int(asked.scalar_one())


async def open_of(db: AsyncConnection, event_id: int, person_id: int) -> int:
    """How many questions of this person about that event wait."""
    mine = select(func.count()).where(
        event_questions.c.event_id == event_id,
        event_questions.c.person_id == person_id,
        event_questions.c.answered_at.is_(None),
    )
    return await db.scalar(mine) or 0


async def question(db: AsyncConnection, question_id: int) -> Question | None:
    """The one with that number."""
    found = await _several(db, event_questions.c.id == question_id, 1)
    return found[0] if found else None


async def of_event(db: AsyncConnection, event_id: int, limit: int) -> list[Question]:
    """Those about an event and those brought to it, without what is shared: the unanswered first."""
    theirs = or_(event_questions.c.event_id == event_id, event_questions.c.bring_to == event_id)
    return await _several(db, theirs & ~_IS_SHARED, limit)


async def answer(db: AsyncConnection, question_id: int, by: int, text: str, now: datetime) -> bool:
    """True for the first who answered."""
    answered = await db.execute(
        update(event_questions)
        .where(event_questions.c.id == question_id, event_questions.c.answered_at.is_(None))
        .values(answer=text, answered_by=by, answered_at=now, next_at=None)
    )
    return answered.rowcount == 1


async def bring_to(db: AsyncConnection, question_id: int, event_id: int) -> bool:
    """It is talked about there; nobody is reminded of it any more. False where it is answered, or comes there."""
    brought = await db.execute(
        update(event_questions)
        .where(
            event_questions.c.id == question_id,
            event_questions.c.answered_at.is_(None),
            or_(event_questions.c.bring_to.is_(None), event_questions.c.bring_to != event_id),
        )
        .values(bring_to=event_id, next_at=None)
    )
    return brought.rowcount == 1


# --- what everybody may read ------------------------------------------------------------------------------------


async def share(db: AsyncConnection, was: Question, words: str, by: int, now: datetime) -> bool:
    """The answer below these words, as the organiser's own; False where that answer is shared already."""
    same = select(event_questions.c.id).where(
        _IS_SHARED, event_questions.c.event_id == was.event_id, event_questions.c.answer == was.answer
    )
    if await db.scalar(same.limit(1)) is not None:
        return False
    await db.execute(
        insert(event_questions).values(
            event_id=was.event_id,
            person_id=by,
            question=words,
            asked_at=now,
            answer=was.answer,
            answered_by=by,
            answered_at=now,
            shared_at=now,
        )
    )
    return True


async def shared(db: AsyncConnection, event_id: int | None, skip: int, most: int) -> list[tuple[str, str]]:
    """Questions with their answers, the newest first: of one event, or of all."""
    query = select(event_questions.c.question, event_questions.c.answer).where(_IS_SHARED)
    if event_id is not None:
        query = query.where(event_questions.c.event_id == event_id)
    rows = await db.execute(query.order_by(event_questions.c.id.desc()).offset(skip).limit(most))
    return [(row.question, row.answer) for row in rows]


# --- what waits too long ----------------------------------------------------------------------------------------


async def waiting(db: AsyncConnection, now: datetime, limit: int) -> list[Question]:
    """Those of which somebody has to be reminded."""
    return await _several(db, event_questions.c.next_at <= now, limit)


async def remind_next(db: AsyncConnection, was: Question, next_at: datetime | None) -> bool:
    """True for the one who reminds of it now."""
    moved = await db.execute(
        update(event_questions)
        .where(event_questions.c.id == was.id, event_questions.c.next_at == was.next_at)
        .values(next_at=next_at)
    )
    return moved.rowcount == 1


async def _several(db: AsyncConnection, which: ColumnElement[bool], limit: int) -> list[Question]:
    by_staff = exists().where(grants.c.person_id == event_questions.c.person_id)
    query = select(event_questions, by_staff.label("by_staff")).where(which)
    ordered = query.order_by(event_questions.c.answered_at.is_not(None), event_questions.c.id)
    return [_question(row) for row in await db.execute(ordered.limit(limit))]


def _question(row: Any) -> Question:
    return Question(
        row.id,
        row.event_id,
        row.person_id,
        row.question,
        row.asked_at,
        row.answer,
        row.answered_by,
        row.bring_to,
        row.next_at,
        not row.by_staff,
    )
