"""How the young person is: one answer from 1 to 5 after a check-in, or none, and the way to talk if it is hard."""

from typing import assert_never

from bot.checkins import store
from bot.checkins.rules import LOW_PULSE, CheckIn
from bot.checkins.screens import PULSES, Pulse, SkipPulse, WantTalk
from bot.programme import store as programme
from bot.programme.cards import shown
from bot.programme.keepers import keepers_of, mentor_of
from bot.programme.rules import Case
from bot.programme.screens import case_button, with_plan_and_help
from bot.routes import Routes
from bot.turn import Turn, button
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
        _thank(turn, checkin.id, action.pulse)
    else:
        _thank(turn, checkin.id, checkin.pulse)


@routes.press(SkipPulse)
async def skip(turn: Turn, action: SkipPulse) -> None:
    if (found := await _asked(turn, action.checkin)) is None:
        await turn.forbidden()
        return
    checkin, _ = found
    skipped = await store.answer_pulse(turn.db, checkin.id, None, turn.now)
    _thank(turn, checkin.id, None if skipped else checkin.pulse)


def _thank(turn: Turn, checkin_id: int, pulse: int | None) -> None:
    match pulse:
        case None:
            turn.replace("checkins.youth.pulse_skipped", keyboard=with_plan_and_help())
        case int() if pulse <= LOW_PULSE:
            talk = (button("checkins.youth.button.talk", WantTalk(checkin_id)),)
            turn.replace("checkins.youth.pulse_low", keyboard=with_plan_and_help((talk,)))
        case int():
            turn.replace("checkins.youth.pulse_thanks", keyboard=with_plan_and_help())
        case never:
            assert_never(never)


async def _tell_mentor(turn: Turn, case: Case, pulse: int) -> None:
    if case.mentor_id is not None:
        turn.tell(
            case.mentor_id, phrase("checkins.staff.pulse", code_name=turn.person.code_name, pulse=pulse),
            keyboard=((case_button(case.id),),), about=case.youth_id,
        )


@routes.press(WantTalk)
async def want_talk(turn: Turn, action: WantTalk) -> None:
    """The mentor is told, or without one whoever answers for the case: once for each check-in."""
    if (found := await _asked(turn, action.checkin)) is None:
        await turn.forbidden()
        return
    checkin, case = found
    mentor = await mentor_of(turn.db, case)
    listeners = [mentor] if mentor is not None else list(await keepers_of(turn.db, case))
    for listener in listeners:
        turn.tell(
            listener.id, phrase("checkins.staff.wants_talk", code_name=turn.person.code_name),
            keyboard=((case_button(case.id),),), about=case.youth_id,
            once=f"checkin:{checkin.id}:talk:{listener.id}",
        )
    if mentor is not None:
        turn.replace("checkins.youth.talk_told", mentor=shown(mentor), keyboard=with_plan_and_help())
    else:
        turn.replace("checkins.youth.talk_told_team", keyboard=with_plan_and_help())
