"""How a wish for another mentor ends without having been decided on: the mentor changed, or the case is over."""

from bot.programme.mentors import store_wishes
from bot.programme.mentors.wishes import Ending
from bot.programme.rules import CaseEnded
from bot.routes import Routes
from bot.turn import Tick

routes = Routes()


async def ended(tick: Tick, case_id: int, outcome: Ending, by: int | None) -> None:
    """Nothing more is asked about it, if there was one."""
    wish = await store_wishes.open_wish(tick.db, case_id)
    if wish is not None and await store_wishes.decide(tick.db, wish, outcome, by, tick.now):
        await tick.record(f"another.{outcome.value}", actor=by, subject="case", subject_id=case_id)


@routes.on(CaseEnded)
async def case_ended(tick: Tick, happened: CaseEnded) -> None:
    await ended(tick, happened.case_id, Ending.CASE_ENDED, None)
