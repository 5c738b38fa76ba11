"""Answers to the one warm message, whenever they come; and the mentor's own "let it rest"."""

from typing import assert_never

from bot.checkins import store_drift
from bot.checkins.drift import Silence, SilenceState
from bot.checkins.due_drift import came_back, goes_on, let_rest, tell_staff
from bot.checkins.screens_drift import AnswerSilence, Reply, RestQuietly, back
from bot.programme import store as programme
from bot.programme.rules import Case, Stage, may_guide
from bot.programme.screens import WakeUp, case_button, talk_row, with_plan_and_help
from bot.routes import Routes
from bot.turn import Turn

routes = Routes()


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
