"""The screenings table, typed: each row is one run of the questions."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.screening.questionnaire import Answers, Outcome
from bot.screening.rules import KEEP_UNFINISHED_FOR, Run
from bot.storage.columns import before_now
from bot.storage.tables import screenings

_RUN: Final = select(
    screenings.c.id,
    screenings.c.person_id,
    screenings.c.version,
    screenings.c.answers,
    screenings.c.shown,
    screenings.c.outcome,
)
_LATEST: Final = _RUN.where(screenings.c.person_id == bindparam("person")).order_by(screenings.c.id.desc()).limit(1)
UNFINISHED: Final = select(screenings.c.id).where(
    screenings.c.finished_at.is_(None), screenings.c.changed_at < before_now(KEEP_UNFINISHED_FOR)
)
_SAVE: Final = update(screenings).where(screenings.c.id == bindparam("run"))


def _run(row: Any) -> Run:
    outcome = Outcome(row.outcome) if row.outcome else None
    return Run(row.id, row.person_id, row.version, row.answers, row.shown, outcome)


async def latest(db: AsyncConnection, person_id: int) -> Run | None:
    """This person's newest run."""
    row = (await db.execute(_LATEST, {"person": person_id})).one_or_none()
    return _run(row) if row else None


async def start(db: AsyncConnection, person_id: int, version: str, answers: Answers, at: datetime) -> int:
    """A new run; its number."""
    new = insert(screenings).values(
        person_id=person_id, version=version, answers=dict(answers), started_at=at, changed_at=at
    )
    run_id: int = (await db.execute(new.returning(screenings.c.id))).scalar_one()
    return run_id


async def save(db: AsyncConnection, run_id: int, answers: Answers, shown: str, at: datetime) -> None:
    """Keep the answers so far; a finished run is open again."""
    kept = {"answers": dict(answers), "shown": shown, "outcome": None, "finished_at": None, "changed_at": at}
    await db.execute(_SAVE, {"run": run_id, **kept})


async def finish(db: AsyncConnection, run_id: int, answers: Answers, outcome: Outcome, at: datetime) -> bool:
    """Close the run; False where another press has just done it."""
    done = await db.execute(
        update(screenings)
        .where(screenings.c.id == run_id, screenings.c.finished_at.is_(None))
        .values(answers=dict(answers), shown=None, outcome=outcome.value, finished_at=at, changed_at=at)
    )
    return done.rowcount == 1


async def remove(db: AsyncConnection, run_id: int) -> None:
    await db.execute(delete(screenings).where(screenings.c.id == run_id))


async def remove_unfinished(db: AsyncConnection, before: datetime, most: int) -> int:
    """Delete up to `most` runs that were left unfinished and untouched since `before`; how many went."""
    old = (
        select(screenings.c.id)
        .where(screenings.c.finished_at.is_(None), screenings.c.changed_at < before)
        .order_by(screenings.c.id)
        .limit(most)
    )
    ids = list(await db.scalars(old))
    if ids:
        await db.execute(delete(screenings).where(screenings.c.id.in_(ids)))
    return len(ids)
