"""What a run of the questions adds to the figures: which questions somebody saw, and whether they came to the end."""

from typing import Final

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.outreach.funnel import ASKED, Stage
from bot.outreach.store_reached import add, further
from bot.screening.questionnaire import Outcome
from bot.storage.tables import screenings

LIKELY: Final = (Outcome.LIKELY, Outcome.LIKELY_MINOR, Outcome.MAYBE)
"""See `bot.outreach.funnel.Stage.LIKELY`."""

# Asked at almost every press, so put together once.
_THEIRS: Final = further(select(screenings.c.person_id).where(screenings.c.id == bindparam("run")).scalar_subquery())


async def asked(db: AsyncConnection, run_id: int, question: str) -> None:
    """Whoever this run is of saw this question."""
    await add(db, _THEIRS, {"run": run_id, "reached": ASKED + question})


async def finished(db: AsyncConnection, run_id: int, outcome: Outcome) -> None:
    """Whoever this run is of came to the end, perhaps to where the programme may be for them."""
    await add(db, _THEIRS, {"run": run_id, "reached": Stage.SCREENED.value})
    if outcome in LIKELY:
        await add(db, _THEIRS, {"run": run_id, "reached": Stage.LIKELY.value})
