"""Noticing that it has grown quiet, one warm message, and the pause that follows silence; done with what happened."""

from datetime import timedelta

from bot.calendar import Kind, add_working_days, allowed
from bot.checkins import drift, store_drift, store_plan
from bot.checkins.drift import RESTING, Silence, SilenceState
from bot.checkins.rules import CheckInRecorded, Way
from bot.checkins.screens import PULSES_BATCH
from bot.checkins.screens_drift import RestQuietly, answers
from bot.people import store as people
from bot.programme import store as programme
from bot.programme import store_tasks
from bot.programme.keepers import keepers_of, mentor_of
from bot.programme.period.pauses import stage_behind
from bot.programme.rules import QUIET, Case, CaseEnded, HeardFrom, MentorChanged, RhythmChanged, Stage, may_guide
from bot.programme.screens import case_button
from bot.programme.tasks import Audience, TaskKind
from bot.roles import Person
from bot.routes import Routes
from bot.turn import Keyboard, Tick, Turn, button
from bot.words import phrase

routes = Routes()


# --- noticing ---------------------------------------------------------------------------------------------------


@routes.on(CheckInRecorded)
async def recorded(tick: Tick, happened: CheckInRecorded) -> None:
    """Looked at where something was written down: the moment at which a mentor thinks of this young person anyway."""
    case = await programme.case(tick.db, happened.case_id)
    if case is None:
        return
    if happened.way in (Way.MET, Way.CALLED):
        await goes_on(tick, case, None)
    elif case.stage in (Stage.PROGRAMME, Stage.AFTERCARE):
        talks = await store_drift.talks(tick.db, case.id)
        around = await store_drift.around(tick.db, case.id, case.youth_id)
        if drift.is_quiet(talks, around, tick.now, timedelta(hours=tick.settings.pulse_useful_hours)):
            await _notice(tick, case)


async def _notice(tick: Tick, case: Case) -> None:
    hours = await tick.hours()
    pauses_at = allowed(add_working_days(tick.now, tick.settings.quiet_pause_days, hours), hours, Kind.WORK).at
    number = await store_drift.notice(tick.db, case.id, tick.now, pauses_at)
    youth = await people.person(tick.db, case.youth_id)
    if number is None or youth is None:
        return
    await tick.record("silence.noticed", subject="case", subject_id=case.id)
    await store_tasks.open_task(tick.db, case.id, Audience.MENTOR, TaskKind.QUIET, tick.now, due_at=pauses_at)
    tick.tell(
        youth.id,
        phrase("checkins.youth.silence"),
        keyboard=answers(number),
        once=f"silence:{number}:warm",
        expires_at=pauses_at,
        batch=PULSES_BATCH,
    )
    rest = (button("checkins.staff.button.rest", RestQuietly(number)),)
    for one in await _staff(tick, case):
        keyboard: Keyboard = ((case_button(case.id),),)
        tick.tell(
            one.id,
            phrase("checkins.staff.silence", code_name=youth.code_name, at=pauses_at),
            keyboard=(rest, *keyboard) if may_guide(one, case) else keyboard,
            about=youth.id,
            once=f"silence:{number}:{one.id}",
        )


async def _staff(tick: Tick, case: Case) -> list[Person]:
    """The mentor; without one, whoever answers for the case."""
    mentor = await mentor_of(tick.db, case)
    return [mentor] if mentor is not None else list(await keepers_of(tick.db, case))


# --- nobody answered --------------------------------------------------------------------------------------------


@routes.at_tick(store_drift.FELL_DUE)
async def due(tick: Tick) -> bool:
    """Nobody answered: everything rests, in working time, so that who works with them can react."""
    found = await store_drift.fell_due(tick.db, tick.now)
    hours = await tick.hours() if found else None
    for one in found:
        async with tick.apart(one.id):
            if hours is not None and (opens := allowed(tick.now, hours, Kind.WORK).at) > tick.now:
                await store_drift.put_off(tick.db, one, opens)
                continue
            case = await programme.case(tick.db, one.case_id)
            if case is None or case.stage not in (Stage.PROGRAMME, Stage.AFTERCARE):
                if await store_drift.advance(tick.db, one, SilenceState.BACK, tick.now):
                    await store_tasks.finish_of_case(tick.db, one.case_id, TaskKind.QUIET, None, tick.now)
            elif await let_rest(tick, case, one, SilenceState.PAUSED, None):
                await tell_staff(tick, case, "checkins.staff.rests")
    return len(found) == store_drift.AT_ONCE


async def let_rest(tick: Tick, case: Case, silence: Silence, state: SilenceState, by: int | None) -> bool:
    """Pause the case without an end; whether this call did it."""
    if not await store_drift.advance(tick.db, silence, state):
        return False
    if not await programme.enter(tick.db, case, Stage.PAUSED, QUIET, by, tick.now):
        return False
    await tick.record("case.paused", actor=by, subject="case", subject_id=case.id)
    await store_drift.rest(tick.db, case.id)
    await store_tasks.finish_of_case(tick.db, case.id, TaskKind.QUIET, by, tick.now)
    return True


async def tell_staff(tick: Tick, case: Case, key: str) -> None:
    """Say what became of it to whoever works with them."""
    youth = await people.person(tick.db, case.youth_id)
    for one in await _staff(tick, case) if youth is not None else ():
        tick.tell(
            one.id,
            phrase(key, code_name=youth.code_name if youth is not None else ""),
            keyboard=((case_button(case.id),),),
            about=case.youth_id,
        )


# --- a sign of life ---------------------------------------------------------------------------------------------


async def came_back(tick: Tick, case: Case) -> bool:
    """Whatever the young person did: a quiet spell is over, a case that rested goes on, and the mentor hears of it."""
    silence = await store_drift.open_of_case(tick.db, case.id)
    if silence is None:
        return False
    state = SilenceState.BACK if silence.state in RESTING else SilenceState.HERE
    if not await _end(tick, case, silence, state, case.youth_id):
        return False
    await tell_staff(tick, case, f"checkins.staff.silence_{state.value}")
    return True


async def back_from_silence(turn: Turn) -> Case | None:
    """The case of whoever looks at their plan, which is a sign of life, as it stands after that."""
    case = await programme.case_of_youth(turn.db, turn.person.id)
    if case is None or not await came_back(turn, case):
        return case
    return await programme.case(turn.db, case.id)


async def goes_on(tick: Tick, case: Case, by: int | None) -> None:
    """They met or spoke: that is an answer too, and the mentor need not be told of it."""
    silence = await store_drift.open_of_case(tick.db, case.id)
    if silence is not None:
        await _end(tick, case, silence, SilenceState.BACK, by)


async def _end(tick: Tick, case: Case, silence: Silence, state: SilenceState, by: int | None) -> bool:
    if not await store_drift.advance(tick.db, silence, state, tick.now):
        return False
    await store_tasks.finish_of_case(tick.db, case.id, TaskKind.QUIET, by, tick.now)
    rests = case.stage is Stage.PAUSED and case.stage_reason == QUIET
    if rests and await programme.enter(tick.db, case, stage_behind(case), None, by, tick.now):
        await tick.record("case.resumed", actor=by, subject="case", subject_id=case.id)
        await store_plan.set_timing(tick.db, case.id, None)
        await tick.happened(RhythmChanged(case.id))
    return True


@routes.on(HeardFrom)
async def heard(tick: Tick, happened: HeardFrom) -> None:
    if (case := await programme.case(tick.db, happened.case_id)) is not None:
        await came_back(tick, case)


@routes.on(CaseEnded)
async def ended(tick: Tick, happened: CaseEnded) -> None:
    await _close(tick, happened.case_id)


@routes.on(MentorChanged)
async def another_mentor(tick: Tick, happened: MentorChanged) -> None:
    """A new person begins anew; a case that rests goes on resting."""
    silence = await store_drift.open_of_case(tick.db, happened.case_id)
    if silence is not None and silence.state is SilenceState.ASKED:
        await _close(tick, happened.case_id)


async def _close(tick: Tick, case_id: int) -> None:
    silence = await store_drift.open_of_case(tick.db, case_id)
    if silence is not None:
        await store_drift.advance(tick.db, silence, SilenceState.BACK, tick.now)
        await store_tasks.finish_of_case(tick.db, case_id, TaskKind.QUIET, None, tick.now)
