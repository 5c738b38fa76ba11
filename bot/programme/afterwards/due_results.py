"""The questions 4 weeks and 6 months after the programme: planned when somebody leaves, asked on their day, then until
somebody has recorded the outcome."""

from typing import Final, assert_never

from bot.programme import rules, store, store_tasks
from bot.programme.afterwards import results, store_results
from bot.programme.afterwards.results import Answer, Ask, LeaveOut, Remind, Result, ResultKind, ResultState, TellLead
from bot.programme.keepers import keepers_of, mentor_of, youth_of
from bot.programme.period.screens_time import AnswerResult, ChooseResult
from bot.programme.rules import AftercareBegan, Case, CaseEnded, Stage
from bot.programme.screens import case_button, with_plan_and_help
from bot.programme.tasks import Audience, TaskKind
from bot.routes import Routes
from bot.turn import Keyboard, Tick, button
from bot.words import phrase

routes = Routes()

BATCH: Final = "result"
"""What these questions are called in the outbox, which holds them back from whoever has asked for help."""


@routes.on(AftercareBegan)
async def plan_with_aftercare(tick: Tick, happened: AftercareBegan) -> None:
    await _plan(tick, happened.case_id)


@routes.on(CaseEnded)
async def plan_with_closing(tick: Tick, happened: CaseEnded) -> None:
    """Who was never in the programme is not asked how it is after it."""
    await _plan(tick, happened.case_id)


async def _plan(tick: Tick, case_id: int) -> None:
    """Both rows; those that stand for the same day stay as they are."""
    case = await store.case(tick.db, case_id)
    if case is None or case.stage not in (Stage.CLOSED, Stage.AFTERCARE, Stage.PAUSED):
        return
    left = results.left_on(case, tick.now.astimezone(tick.zone).date())
    if left is None:
        return
    hours = await tick.hours()
    days = {kind: results.due_on(kind, left) for kind in ResultKind}
    await store_results.plan(
        tick.db, case.id, {kind: (day, results.first_step_at(day, hours)) for kind, day in days.items()}
    )


@routes.at_tick(store_results.FELL_DUE)
async def due(tick: Tick) -> bool:
    """Take the next step of every result that waits for one."""
    found = await store_results.fell_due(tick.db, tick.now)
    if not found:
        return False
    hours = await tick.hours()
    cases = await store.cases_by_id(tick.db, {one.case_id for one in found})
    for one in found:
        async with tick.apart(one.id):
            await _take(tick, one, cases[one.case_id], results.step(one, cases[one.case_id], tick.now, hours))
    return len(found) == store_results.AT_ONCE


async def _take(
    tick: Tick, one: Result, case: Case, step: results.Ask | results.Remind | results.TellLead | results.LeaveOut
) -> None:
    match step:
        case Ask(next_at, youth_too):
            if await store_results.advance(tick.db, one, ResultState.ASKED, next_at):
                audience = Audience.MENTOR if await mentor_of(tick.db, case) is not None else Audience.LEAD
                await store_tasks.open_task(tick.db, case.id, audience, TaskKind.RESULT, tick.now, subject_id=one.id)
                await _tell_staff(tick, one, case, "ask")
                if youth_too:
                    await _ask_youth(tick, one, case)
        case Remind(state, next_at):
            if await store_results.advance(tick.db, one, state, next_at):
                await _tell_staff(tick, one, case, state.value)
        case TellLead():
            if await store_results.advance(tick.db, one, ResultState.WITH_LEAD, None):
                await _tell_lead(tick, one, case)
        case LeaveOut():
            if await store_results.advance(tick.db, one, ResultState.OFF, None):
                await store_tasks.finish_of_subject(tick.db, TaskKind.RESULT, one.id, None, tick.now)
        case never:
            assert_never(never)


async def _ask_youth(tick: Tick, one: Result, case: Case) -> None:
    youth = await youth_of(tick.db, case)
    answers = tuple(
        (button(f"programme.youth.button.result.{answer.value}", AnswerResult(one.id, answer)),) for answer in Answer
    )
    tick.tell(
        youth.id,
        phrase(f"programme.youth.result.{one.kind.value}"),
        keyboard=with_plan_and_help(answers),
        once=f"result:{one.id}:{one.due_on}:{youth.id}",
        batch=BATCH,
    )


async def _tell_staff(tick: Tick, one: Result, case: Case, what: str) -> None:
    """The mentor, or where there is none whoever answers for the case."""
    mentor = await mentor_of(tick.db, case)
    youth = await youth_of(tick.db, case)
    for staff in [mentor] if mentor is not None else await keepers_of(tick.db, case):
        tick.tell(
            staff.id,
            phrase(f"programme.staff.result.{what}.{one.kind.value}", code_name=youth.code_name, due_on=one.due_on),
            keyboard=_recording(one, case, may=rules.may_guide(staff, case)),
            about=youth.id,
            once=f"result:{one.id}:{one.due_on}:{what}:{staff.id}",
        )


async def _tell_lead(tick: Tick, one: Result, case: Case) -> None:
    """Two reminders went by: now it stands on the lead's list."""
    await store_tasks.finish_of_subject(tick.db, TaskKind.RESULT, one.id, None, tick.now)
    await store_tasks.open_task(tick.db, case.id, Audience.LEAD, TaskKind.RESULT, tick.now, subject_id=one.id)
    youth = await youth_of(tick.db, case)
    for keeper in await keepers_of(tick.db, case):
        tick.tell(
            keeper.id,
            phrase(f"programme.staff.result.with_lead.{one.kind.value}", code_name=youth.code_name, due_on=one.due_on),
            keyboard=_recording(one, case, may=rules.may_guide(keeper, case)),
            about=youth.id,
            once=f"result:{one.id}:{one.due_on}:with_lead:{keeper.id}",
        )


def _recording(one: Result, case: Case, *, may: bool) -> Keyboard:
    record = ((button("programme.staff.button.record_result", ChooseResult(one.id)),),)
    return (*(record if may else ()), (case_button(case.id),))
