"""Pauses that begin, are about to end and end: by themselves, on the days that were agreed, both sides told before."""

from datetime import date, timedelta
from typing import assert_never

from bot.programme import rules, store, store_tasks
from bot.programme.keepers import working_with, youth_of
from bot.programme.period import pauses, periods, store_extensions, store_pauses
from bot.programme.period.pauses import Begins, Eve, GoesOn, Pause, PauseState
from bot.programme.period.screens_time import ChangePause, MyPauses, OpenPauses
from bot.programme.rules import JOINED, Case, CaseEnded, RhythmChanged, Stage
from bot.programme.screens import case_button, talk_row, with_plan_and_help
from bot.programme.tasks import TaskKind
from bot.routes import Routes
from bot.turn import Tick, button
from bot.words import phrase

routes = Routes()


@routes.at_tick(store_pauses.FELL_DUE)
async def due(tick: Tick) -> bool:
    """Take the next step of every pause that waits for one."""
    found = await store_pauses.fell_due(tick.db, tick.now)
    if not found:
        return False
    hours = await tick.hours()
    cases = await store.cases_by_id(tick.db, {one.case_id for one in found})
    for one in found:
        async with tick.apart(one.id):
            case = cases[one.case_id]
            if case.stage not in JOINED:
                await store_pauses.advance(tick.db, one, PauseState.STOPPED, None, due=tick.now)
                continue
            match pauses.step(one, tick.now, hours):
                case Begins(next_at):
                    if await store_pauses.advance(tick.db, one, PauseState.RUNNING, next_at, due=tick.now):
                        await begin(tick, case, one, None)
                case Eve(next_at):
                    if await store_pauses.advance(tick.db, one, one.state, next_at, due=tick.now):
                        await _tell_that_it_goes_on(tick, case, one)
                case GoesOn():
                    await _end(tick, case, one)
                case never:
                    assert_never(never)
    return len(found) == store_pauses.AT_ONCE


async def _end(tick: Tick, case: Case, one: Pause) -> None:
    """The morning has come. Who missed the eve through an outage hears it now; a pause that an outage swallowed whole
    is over as well."""
    if not await store_pauses.advance(tick.db, one, PauseState.OVER, None, due=tick.now):
        return
    if one.state is PauseState.RUNNING:
        await go_on(tick, case, None)
        await _tell_that_it_goes_on(tick, case, one)


@routes.on(CaseEnded)
async def stop(tick: Tick, happened: CaseEnded) -> None:
    """Nothing more begins or goes on, and nobody decides on more time, for a case that ended."""
    await store_pauses.stop_all(tick.db, happened.case_id)
    await store_extensions.leave(tick.db, happened.case_id)
    for kind in (TaskKind.EXTENSION, TaskKind.CLOSING_TALK):
        await store_tasks.finish_of_case(tick.db, happened.case_id, kind, None, tick.now)


# --- what chats do as well --------------------------------------------------------------------------------------


async def begin(tick: Tick, case: Case, one: Pause, by: int | None) -> None:
    """The case rests from now on."""
    if case.stage is Stage.PAUSED or not await store.enter(tick.db, case, Stage.PAUSED, one.reason.value, by, tick.now):
        return
    await tick.record("case.paused", actor=by, subject="case", subject_id=case.id)
    await lengthen(tick, case.id, (one.resumes_on - one.starts_on).days)
    await tick.happened(RhythmChanged(case.id))


async def go_on(tick: Tick, case: Case, by: int | None) -> None:
    """The case is again where it was; one that rests because nothing was heard for long goes on resting."""
    agreed = case.stage_reason in {reason.value for reason in pauses.PauseReason}
    if (
        case.stage is Stage.PAUSED
        and agreed
        and await store.enter(tick.db, case, pauses.stage_behind(case), None, by, tick.now)
    ):
        await tick.record("case.resumed", actor=by, subject="case", subject_id=case.id)
        await tick.happened(RhythmChanged(case.id))


async def lengthen(tick: Tick, case_id: int, days: int) -> None:
    """Move the end of the programme by the days of a pause, where the settings say that pauses do so."""
    case = await store.case(tick.db, case_id)
    if not tick.settings.pause_extends or days == 0 or case is None or case.aftercare_until is not None:
        return
    if case.starts_on is None or case.ends_on is None:
        return
    ends_on = case.ends_on + timedelta(days=days)
    remind_at = periods.next_step_at(case.starts_on, ends_on, tick.now, await tick.hours())
    await store_extensions.move_end(tick.db, case, ends_on, remind_at)


async def _tell_that_it_goes_on(tick: Tick, case: Case, one: Pause) -> None:
    """Both sides, once for that day, on its eve or by its morning."""
    occasion = f"pause:{one.id}:{one.resumes_on}"
    useful_until = pauses.resumes_at(one.resumes_on, await tick.hours()) + timedelta(days=1)
    week_later = ChangePause(one.id, one.resumes_on + pauses.ONE_WEEK)
    youth = await youth_of(tick.db, case)
    longer = (button("programme.youth.button.pause_longer", week_later),)
    tick.tell(
        youth.id,
        phrase("programme.youth.pause.eve", resumes_on=one.resumes_on),
        keyboard=with_plan_and_help((longer, (button("programme.youth.button.pauses", MyPauses()),), talk_row())),
        expires_at=useful_until,
        once=f"{occasion}:{youth.id}",
    )
    for staff in await working_with(tick.db, case):
        if not rules.may_guide(staff, case):
            continue
        tick.tell(
            staff.id,
            phrase("programme.staff.pause.eve", code_name=youth.code_name, resumes_on=one.resumes_on),
            keyboard=(
                (button("programme.staff.button.pause_longer", week_later),),
                (button("programme.staff.button.pauses", OpenPauses(case.id)),),
                (case_button(case.id),),
            ),
            about=youth.id,
            expires_at=useful_until,
            once=f"{occasion}:{staff.id}",
        )


def today(tick: Tick) -> date:
    return tick.now.astimezone(tick.zone).date()
