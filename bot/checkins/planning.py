"""The check-ins of a programme: planned when it begins, planned anew when what they hang on changes, cancelled when it
ends; always in the transaction of what caused it."""

from bot.checkins import replanning, store, store_plan
from bot.checkins.replanning import Changes
from bot.checkins.terms import term_of
from bot.people.zones import ZoneChanged
from bot.programme import store as programme
from bot.programme.rules import (
    QUIET,
    AftercareBegan,
    Case,
    CaseEnded,
    MentorChanged,
    PeriodOver,
    ProgrammeBegan,
    RhythmChanged,
    Stage,
    TakenBack,
)
from bot.routes import Routes
from bot.turn import Tick

routes = Routes()


@routes.on(ProgrammeBegan)
async def plan(tick: Tick, happened: ProgrammeBegan) -> None:
    """All check-ins of the whole period stand as rows from the start."""
    case = await programme.case(tick.db, happened.case_id)
    if case is None or case.rhythm is None or case.starts_on is None or case.ends_on is None:
        raise ValueError("a programme that began has its dates and rhythm")
    await replan(tick, case)


@routes.on(RhythmChanged)
async def rhythm_changed(tick: Tick, happened: RhythmChanged) -> None:
    await _replan(tick, happened.case_id)


@routes.on(AftercareBegan)
async def aftercare_began(tick: Tick, happened: AftercareBegan) -> None:
    """What the programme still had ahead gives way to the days of mentoring after it."""
    await _replan(tick, happened.case_id)


@routes.on(MentorChanged)
async def mentor_changed(tick: Tick, happened: MentorChanged) -> None:
    """Another mentor may live by another clock; where not, nothing is touched."""
    await _replan(tick, happened.case_id)


@routes.on(ZoneChanged)
async def zone_changed(tick: Tick, happened: ZoneChanged) -> None:
    """Whoever has gone abroad, or come back, keeps the hour on the wall; a mentor is not asked at night."""
    for case_id in await store_plan.joined_of(tick.db, happened.person_id):
        await _replan(tick, case_id)


async def _replan(tick: Tick, case_id: int) -> None:
    if (case := await programme.case(tick.db, case_id)) is not None:
        await replan(tick, case)


async def replan(tick: Tick, case: Case) -> Changes:
    """Make what lies ahead what the case's rhythm, dates, pauses and clocks say now; what changed in the rows.

    The digest of all that tells whether there is anything to do: what is unchanged rewrites nothing, and is not read.
    """
    rests = case.stage is Stage.PAUSED and case.stage_reason == QUIET
    if rests or (term := await term_of(tick, case)) is None:
        return Changes()
    digest = replanning.digest(term)
    if await store_plan.timing(tick.db, case.id) == digest:
        return Changes()
    found = await store_plan.standing(tick.db, case.id)
    changes = replanning.changes(found, term, tick.now, await store_plan.last_number(tick.db, case.id))
    await store_plan.apply(tick.db, case.id, changes)
    await store_plan.set_timing(tick.db, case.id, digest)
    return changes


@routes.on(TakenBack)
async def take_back(tick: Tick, happened: TakenBack) -> None:
    """A programme that was to begin later does not."""
    await store.cancel(tick.db, happened.case_id)


@routes.on(CaseEnded)
async def cancel(tick: Tick, happened: CaseEnded) -> None:
    """Nothing is planned any more; should the case be taken up again, it is planned anew."""
    await store.cancel(tick.db, happened.case_id)
    await store_plan.set_timing(tick.db, happened.case_id, None)


@routes.on(PeriodOver)
async def leave_behind(tick: Tick, happened: PeriodOver) -> None:
    """What lies behind in a period that is over is not asked for any more; what was moved ahead stays."""
    await store.cancel(tick.db, happened.case_id, before=tick.now)
