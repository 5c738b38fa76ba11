"""Answers to the one warm message, whenever they come; and the mentor's own "let it rest"."""

from datetime import timedelta
from typing import Final, assert_never

from bot.checkins import store_drift
from bot.checkins.drift import Silence, SilenceState
from bot.checkins.due_drift import came_back, goes_on, let_rest, tell_staff
from bot.checkins.screens_drift import AnswerSilence, Reply, RestQuietly, back
from bot.people.rules import SignOfLife
from bot.programme import store as programme
from bot.programme.rules import Case, Stage, may_guide
from bot.programme.screens import WakeUp, case_button, talk_row, with_plan_and_help
from bot.routes import Routes
from bot.safety import store_alerts
from bot.turn import Priority, Tick, Turn
from bot.words import phrase

routes = Routes()

OFFERED_AFTER: Final = timedelta(days=1)
"""Whoever has just chosen to rest is not asked in the same breath whether they really want to."""


@routes.press(AnswerSilence)
async def answer(turn: Turn, action: AnswerSilence) -> None:
    """No answer is wrong or too late: each can be changed by another press, under an old message too."""
    silence = await store_drift.silence(turn.db, action.silence)
    case = await programme.case(turn.db, silence.case_id) if silence is not None else None
    if silence is None or case is None or case.youth_id != turn.person.id:
        await turn.forbidden()
        return
    if not case.is_open:
        await turn.carry_on()
        return
    match action.reply:
        case Reply.HERE:
            await came_back(turn, case)
            turn.replace("checkins.youth.silence_here", keyboard=with_plan_and_help((talk_row(),)))
        case Reply.PAUSE:
            await _rest(turn, case, silence, SilenceState.PAUSED)
        case Reply.NOT_NOW:
            await _rest(turn, case, silence, SilenceState.NOT_NOW)
        case never:
            assert_never(never)


async def _rest(turn: Turn, case: Case, silence: Silence, state: SilenceState) -> None:
    if silence.state is SilenceState.ASKED and case.stage in (Stage.PROGRAMME, Stage.AFTERCARE):
        if await let_rest(turn, case, silence, state, turn.person.id):
            await tell_staff(turn, case, f"checkins.staff.silence_{state.value}")
    elif silence.ended_at is not None:  # an old message; they have been here since
        turn.replace("checkins.youth.silence_here", keyboard=with_plan_and_help((talk_row(),)))
        return
    turn.replace(f"checkins.youth.silence_{state.value}", keyboard=back(silence.id))


@routes.on(SignOfLife)
async def is_here(tick: Tick, happened: SignOfLife) -> None:
    """They did something, of whatever kind: a question that is still open is answered by that; where everything rests,
    the way back lies before them again, a day later at the soonest and once a week at most; never below the help that
    they are looking for or wait for. It goes on only if they say so, and nobody hears that they were here."""
    case = await programme.case_of_youth(tick.db, happened.person_id)
    silence = None if case is None else await store_drift.open_of_case(tick.db, case.id)
    if case is None or silence is None:
        return
    if silence.state is SilenceState.ASKED:
        await came_back(tick, case)
    elif happened.needs_help or await store_alerts.unfinished_of(tick.db, case.youth_id) is not None:
        return
    elif case.stage is Stage.PAUSED and tick.now >= (case.stage_at or case.opened_at) + OFFERED_AFTER:
        week = f"{tick.now.astimezone(tick.zone):%G%V}"
        tick.tell(
            case.youth_id,
            phrase("checkins.youth.silence_offer"),
            keyboard=back(silence.id),
            priority=Priority.REPLY,
            at_night=True,
            once=f"silence:{silence.id}:offer:{week}",
        )


@routes.press(RestQuietly)
async def rest(turn: Turn, action: RestQuietly) -> None:
    """The mentor's or lead's press; the young person is not written to again, the first message keeps its buttons."""
    silence = await store_drift.silence(turn.db, action.silence)
    case = await programme.case(turn.db, silence.case_id) if silence is not None else None
    if silence is None or case is None or not may_guide(turn.person, case):
        await turn.forbidden()
        return
    rested = (
        silence.state is SilenceState.ASKED
        and case.stage in (Stage.PROGRAMME, Stage.AFTERCARE)
        and await let_rest(turn, case, silence, SilenceState.PAUSED, turn.person.id)
    )
    key = "checkins.staff.rests_now" if rested else "checkins.staff.silence_over"
    turn.replace(key, keyboard=((case_button(case.id),),), about=case.youth_id)


@routes.press(WakeUp)
async def wake_up(turn: Turn, action: WakeUp) -> None:
    """They met elsewhere: what was planned is planned anew from today."""
    case = await programme.case(turn.db, action.case)
    if case is None or not may_guide(turn.person, case):
        await turn.forbidden()
        return
    await goes_on(turn, case, turn.person.id)
    turn.replace("checkins.staff.silence_over", keyboard=((case_button(case.id),),), about=case.youth_id)
