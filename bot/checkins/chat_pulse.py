"""How the young person is: one answer from 1 to 5 after a check-in, or none, and the way to talk if it is hard."""

from typing import assert_never

from bot.checkins import store
from bot.checkins.rules import LOW_PULSE, CheckIn
from bot.checkins.screens import PULSES, Pulse, SkipPulse
from bot.programme import store as programme
from bot.programme.keepers import mentor_of
from bot.programme.rules import Case
from bot.programme.screens import case_button, talk_row, with_plan_and_help
from bot.routes import Routes
from bot.turn import Turn
from bot.words import phrase

routes = Routes()


async def _asked(turn: Turn, checkin_id: int) -> tuple[CheckIn, Case] | None:
    """The check-in after which this young person was asked."""
    checkin = await store.checkin(turn.db, checkin_id)
    case = await programme.case(turn.db, checkin.case_id) if checkin is not None else None
    if checkin is None or case is None or case.youth_id != turn.person.id or checkin.pulse_asked_at is None:
        return None
    return checkin, case


@routes.press(Pulse)
async def answer(turn: Turn, action: Pulse) -> None:
    """The first answer counts; the mentor sees its number, the young person what they can do with it."""
    found = await _asked(turn, action.checkin)
    if found is None or action.pulse not in PULSES:
        await turn.forbidden()
        return
    checkin, case = found
    if await store.answer_pulse(turn.db, checkin.id, action.pulse, turn.now):
        await turn.note("checkin.pulse", "checkin", checkin.id)
        await _tell_mentor(turn, case, action.pulse)
        _thank(turn, action.pulse)
    else:
        _thank(turn, checkin.pulse)


@routes.press(SkipPulse)
async def skip(turn: Turn, action: SkipPulse) -> None:
    if (found := await _asked(turn, action.checkin)) is None:
        await turn.forbidden()
        return
    checkin, _ = found
    skipped = await store.answer_pulse(turn.db, checkin.id, None, turn.now)
    _thank(turn, None if skipped else checkin.pulse)


def _thank(turn: Turn, pulse: int | None) -> None:
    match pulse:
        case None:
            turn.replace("checkins.youth.pulse_skipped", keyboard=with_plan_and_help())
        case int() if pulse <= LOW_PULSE:
            turn.replace("checkins.youth.pulse_low", keyboard=with_plan_and_help((talk_row(),)))
        case int():
            turn.replace("checkins.youth.pulse_thanks", keyboard=with_plan_and_help())
        case never:
            assert_never(never)


async def _tell_mentor(turn: Turn, case: Case, pulse: int) -> None:
    mentor = await mentor_of(turn.db, case)
    if mentor is not None:
        turn.tell(
            mentor.id,
            phrase("checkins.staff.pulse", code_name=turn.person.code_name, pulse=pulse),
            keyboard=((case_button(case.id),),),
            about=case.youth_id,
        )
