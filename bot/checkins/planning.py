"""The check-ins of a programme are planned when it begins and cancelled when it ends, in the same transaction."""

from bot.checkins import store
from bot.programme import plans
from bot.programme import store as programme
from bot.programme.rules import CaseEnded, PeriodOver, ProgrammeBegan
from bot.routes import Routes
from bot.turn import Tick

routes = Routes()


@routes.on(ProgrammeBegan)
async def plan(tick: Tick, happened: ProgrammeBegan) -> None:
    """All check-ins of the whole period stand as rows from the start."""
    case = await programme.case(tick.db, happened.case_id)
    if case is None or case.rhythm is None or case.starts_on is None or case.ends_on is None:
        raise ValueError("a programme that began has its dates and rhythm")
    ahead = plans.check_ins(case.rhythm, case.starts_on, case.ends_on, await tick.hours(), tick.now)
    await store.plan(tick.db, case.id, ahead)


@routes.on(CaseEnded)
async def cancel(tick: Tick, happened: CaseEnded) -> None:
    await store.cancel(tick.db, happened.case_id)


@routes.on(PeriodOver)
async def leave_behind(tick: Tick, happened: PeriodOver) -> None:
    """What lies behind in a period that is over is not asked for any more; what was moved ahead stays."""
    await store.cancel(tick.db, happened.case_id, before=tick.now)
