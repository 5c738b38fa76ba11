"""The screenings table, typed: each row is one run of the questions."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.screening import store_counted, store_versions
from bot.screening.questionnaire import Answers, Outcome
from bot.screening.rules import MOST_REMINDERS, Run
from bot.storage.columns import NOW
from bot.storage.tables import audit, screenings

_RUN: Final = select(
    screenings.c.id,
    screenings.c.person_id,
    screenings.c.version,
    screenings.c.answers,
    screenings.c.shown,
    screenings.c.outcome,
    screenings.c.reminded,
)
_LATEST: Final = _RUN.where(screenings.c.person_id == bindparam("person")).order_by(screenings.c.id.desc()).limit(1)
REMIND: Final = select(screenings.c.id).where(screenings.c.remind_at <= NOW)
_SAVE: Final = update(screenings).where(screenings.c.id == bindparam("run"))


async def _run(db: AsyncConnection, row: Any) -> Run:
    outcome = Outcome(row.outcome) if row.outcome else None
    form = await store_versions.form(db, row.version)
    return Run(row.id, row.person_id, form, row.answers, row.shown, outcome, row.reminded)


async def latest(db: AsyncConnection, person_id: int) -> Run | None:
    """This person's newest run."""
    row = (await db.execute(_LATEST, {"person": person_id})).one_or_none()
    return await _run(db, row) if row else None


async def start(db: AsyncConnection, run: Run, at: datetime, remind_at: datetime | None) -> int:
    """A new run with what the link told; its number."""
    new = insert(screenings).values(
        person_id=run.person_id,
        version=run.form.version,
        answers=dict(run.answers),
        started_at=at,
        changed_at=at,
        remind_at=remind_at,
        reminded=run.reminded,
    )
    run_id: int = (await db.execute(new.returning(screenings.c.id))).scalar_one()
    return run_id


async def save(
    db: AsyncConnection, run_id: int, answers: Answers, shown: str, at: datetime, remind_at: datetime | None
) -> None:
    """Keep the answers so far; a finished run is open again."""
    kept = {"answers": dict(answers), "shown": shown, "outcome": None, "finished_at": None, "changed_at": at}
    await db.execute(_SAVE, {"run": run_id, **kept, "remind_at": remind_at})
    await store_counted.asked(db, run_id, shown)


async def finish(db: AsyncConnection, run_id: int, answers: Answers, outcome: Outcome, at: datetime) -> bool:
    """Close the run; False where another press has just done it."""
    done = await db.execute(
        update(screenings)
        .where(screenings.c.id == run_id, screenings.c.finished_at.is_(None))
        .values(answers=dict(answers), shown=None, outcome=outcome.value, finished_at=at, changed_at=at, remind_at=None)
    )
    if done.rowcount == 1:
        await store_counted.finished(db, run_id, outcome)
    return done.rowcount == 1


async def remove(db: AsyncConnection, run_id: int) -> None:
    await db.execute(delete(screenings).where(screenings.c.id == run_id))


async def remove_all(db: AsyncConnection, person_id: int) -> None:
    """Delete every run of somebody who took back that their answers are kept."""
    await db.execute(delete(screenings).where(screenings.c.person_id == person_id))


async def strike_record(db: AsyncConnection, person_id: int) -> None:
    """Take from the record what somebody did, of whom nothing at all may be kept."""
    await db.execute(delete(audit).where(audit.c.actor_id == person_id))


# --- left in the middle -----------------------------------------------------------------------------------------


async def to_remind(db: AsyncConnection, now: datetime, most: int) -> list[tuple[Run, datetime, datetime]]:
    """Runs whose reminder fell due: each with its due moment, and when it was touched last."""
    due = _RUN.add_columns(screenings.c.remind_at, screenings.c.changed_at)
    rows = await db.execute(due.where(screenings.c.remind_at <= now).order_by(screenings.c.id).limit(most))
    return [(await _run(db, row), row.remind_at, row.changed_at) for row in rows.all()]


async def claim_reminder(
    db: AsyncConnection, run: Run, due: datetime, reminded: int, remind_at: datetime | None
) -> bool:
    """Set when the next one is due, and how many have been sent; False where somebody else just did."""
    claimed = await db.execute(
        update(screenings)
        .where(screenings.c.id == run.id, screenings.c.remind_at == due)
        .values(reminded=reminded, remind_at=remind_at)
    )
    return claimed.rowcount == 1


async def silence(db: AsyncConnection, run_id: int) -> None:
    """No reminder any more, for this run and those after it."""
    await db.execute(
        update(screenings).where(screenings.c.id == run_id).values(reminded=MOST_REMINDERS, remind_at=None)
    )
