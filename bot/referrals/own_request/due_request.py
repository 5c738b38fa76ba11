"""What a young person asked for and nobody answered: reminded, then the next in line, then closed and said so."""

from bot.programme import store as programme
from bot.programme.rules import CaseEnded
from bot.referrals.own_request import asked_people, request_notices, requests, store_requests
from bot.referrals.own_request.requests import RequestStep
from bot.routes import Routes
from bot.turn import Tick

routes = Routes()


@routes.at_tick(store_requests.FELL_DUE)
async def due(tick: Tick) -> bool:
    """Take the step that fell due for each; whoever finds it taken already tells nobody."""
    hours = await tick.hours()
    found = await store_requests.due(tick.db, tick.now)
    for request in found:
        async with tick.apart(request.id):
            step, after = requests.take_step(request, tick.now, hours)
            case = await programme.case(tick.db, request.case_id)
            if case is None or not await store_requests.save_step(tick.db, request, after, tick.now):
                continue
            await tick.record(f"referral_request.{step.value}", subject="referral_request", subject_id=request.id)
            line = await asked_people.line(tick.db, case, apart=request.without_mentor)
            told = line[:1] if step is RequestStep.REMIND else line[:2]
            those = list({one.id: one for step_of in told for one in step_of}.values())
            await request_notices.tell_staff(tick, case, request, those, step.value)
            if step is not RequestStep.REMIND:
                await request_notices.tell_youth(tick, case, request, step.value)
    return len(found) == store_requests.A_TICK


@routes.on(CaseEnded)
async def end_with_case(tick: Tick, ended: CaseEnded) -> None:
    """What was asked for ends with the case; who was asked hears of the end of the case itself."""
    await store_requests.end_with_case(tick.db, ended.case_id, tick.now)
