"""What will I receive and why: every talk and message to come, each of which can be moved, paused or stopped."""

from bot.checkins import coming, store, store_plans
from bot.checkins.ahead import ahead, line
from bot.checkins.coming import PAGE, Coming, What
from bot.checkins.due_drift import back_from_silence
from bot.checkins.rules import CheckIn, TimeChanged
from bot.checkins.screens_youth import (
    ChooseTalkTime,
    MoveTalk,
    OpenPlans,
    OpenStops,
    OpenTalk,
    SetPulses,
    plans,
    plans_row,
    stops,
    talk,
    talk_times,
)
from bot.checkins.terms import hours_of
from bot.checkins.why import why_of
from bot.people.screens import with_help
from bot.programme import store as programme
from bot.programme.cards import rhythm
from bot.programme.keepers import keepers_of, mentor_of
from bot.programme.rules import JOINED, Case, Stage
from bot.programme.screens import case_button
from bot.routes import Routes
from bot.turn import Turn
from bot.words import Lines, Phrase, phrase

routes = Routes()


# --- the list ---------------------------------------------------------------------------------------------------


@routes.command("plans")
async def plans_typed(turn: Turn, _: str) -> None:
    await _show(turn, 0)


@routes.press(OpenPlans)
async def open_plans(turn: Turn, action: OpenPlans) -> None:
    await _show(turn, action.page)


async def _show(turn: Turn, page: int) -> None:
    case = await back_from_silence(turn)
    number = case.id if case is not None else None
    everything = await ahead(turn, number)
    page = max(0, min(page, (len(everything) - 1) // PAGE))
    here = everything[page * PAGE : (page + 1) * PAGE]
    lines = [line(one) for one in here]
    if not lines:
        lines = [phrase("checkins.youth.coming.nothing")]
    turn.replace(
        "checkins.youth.plans",
        lines=Lines(tuple(lines)),
        why=Lines(tuple(await _why(turn, case, here))),
        keyboard=plans(page, everything),
    )


async def _why(turn: Turn, case: Case | None, here: list[Coming]) -> list[Phrase]:
    """Below the list: the promised rhythm, and why each kind of message on it comes."""
    why: list[Phrase] = []
    if case is not None and case.stage is Stage.PAUSED:
        why.append(phrase("checkins.youth.why.paused"))
    if case is not None and case.stage in JOINED and case.rhythm is not None:
        agreed = phrase("checkins.youth.why.rhythm", rhythm=rhythm(case.rhythm))
        why.append(agreed if case.aftercare_until is None else phrase("checkins.any.why.aftercare"))
        asks = await store_plans.asks_pulses(turn.db, case.id)
        why.append(phrase("checkins.youth.why.pulses" if asks else "checkins.youth.why.no_pulses"))
    kinds = {one.what for one in here}
    why += [phrase(f"checkins.youth.why.{what.value}") for what in What if what in kinds and what is not What.TALK]
    if case is not None and case.stage in (Stage.PROGRAMME, Stage.PAUSED) and What.RESULT not in kinds:
        why.append(phrase("checkins.youth.why.later"))
    return why or [phrase("checkins.youth.why.nothing")]


# --- one talk ---------------------------------------------------------------------------------------------------


async def _mine(turn: Turn, checkin_id: int) -> tuple[CheckIn, Case] | None:
    """A check-in of this young person's own case while that runs."""
    checkin = await store.checkin(turn.db, checkin_id)
    case = await programme.case(turn.db, checkin.case_id) if checkin is not None else None
    if checkin is None or case is None or case.youth_id != turn.person.id or not case.is_open:
        return None
    return checkin, case


@routes.press(OpenTalk)
async def open_talk(turn: Turn, action: OpenTalk) -> None:
    if (found := await _mine(turn, action.checkin)) is None:
        await turn.forbidden()
        return
    checkin, case = found
    if not coming.may_be_moved(checkin, turn.now):
        await _show(turn, 0)
        return
    if checkin.sequence and checkin.agreed_at is None:  # who moved it they know, or were told
        why = phrase("checkins.youth.talk_moved_before", planned_on=checkin.planned_on)
    else:
        why = await why_of(turn, checkin, case)
    turn.replace("checkins.youth.talk", at=checkin.due_at, why=why, keyboard=talk(checkin.id))


@routes.press(ChooseTalkTime)
async def choose_time(turn: Turn, action: ChooseTalkTime) -> None:
    if (found := await _mine(turn, action.checkin)) is None:
        await turn.forbidden()
        return
    checkin, case = found
    if not coming.may_be_moved(checkin, turn.now):
        await _show(turn, 0)
        return
    young, others = await hours_of(turn, case)
    moments = coming.places(checkin, turn.now, young, others, more=action.more)
    turn.replace(
        "checkins.youth.talk_times",
        at=checkin.due_at,
        keyboard=talk_times(checkin.id, moments, more=action.more),
    )


@routes.press(MoveTalk)
async def move(turn: Turn, action: MoveTalk) -> None:
    """Moved at once; the mentor hears of it, and can answer by moving it again."""
    if (found := await _mine(turn, action.checkin)) is None:
        await turn.forbidden()
        return
    checkin, case = found
    at = action.moment
    if at is not None and at == checkin.due_at:
        turn.replace("checkins.youth.talk_moved", at=at, keyboard=with_help((plans_row(),)))
        return
    young, others = await hours_of(turn, case)
    movable = at is not None and coming.may_put(checkin, at, turn.now, young, others)
    if not coming.may_be_moved(checkin, turn.now) or at is None or not movable:
        await choose_time(turn, ChooseTalkTime(checkin.id))
        return
    if await store.move(turn.db, checkin, at):
        await turn.note("checkin.moved", "checkin", checkin.id)
        await turn.happened(TimeChanged(checkin.id))
        told = phrase("checkins.staff.moved_by_youth", code_name=turn.person.code_name, due=checkin.due_at, at=at)
        await _tell_staff(turn, case, told)
    turn.replace("checkins.youth.talk_moved", at=at, keyboard=with_help((plans_row(),)))


async def _tell_staff(turn: Turn, case: Case, what: Phrase) -> None:
    """The mentor, or whoever answers for the case while there is none."""
    mentor = await mentor_of(turn.db, case)
    for one in [mentor] if mentor is not None else await keepers_of(turn.db, case):
        turn.tell(one.id, what, keyboard=((case_button(case.id),),), about=case.youth_id)


# --- stopping ---------------------------------------------------------------------------------------------------


@routes.press(OpenStops)
async def open_stops(turn: Turn, _: OpenStops) -> None:
    await _show_stops(turn)


async def _show_stops(turn: Turn) -> None:
    case = await programme.case_of_youth(turn.db, turn.person.id)
    if case is None or not case.is_open:
        await _show(turn, 0)
        return
    asks = await store_plans.asks_pulses(turn.db, case.id)
    state = phrase("checkins.youth.stops.asks" if asks else "checkins.youth.stops.asks_not")
    turn.replace("checkins.youth.stops", state=state, keyboard=stops(pulses=asks))


@routes.press(SetPulses)
async def set_pulses(turn: Turn, action: SetPulses) -> None:
    """Only the questions: talks, the mentor and the programme stay as they are, and nobody is told."""
    case = await programme.case_of_youth(turn.db, turn.person.id)
    if case is None or not case.is_open:
        await turn.forbidden()
        return
    if await store_plans.set_pulses(turn.db, case.id, on=action.on):
        await turn.note("pulses.on" if action.on else "pulses.off", "case", case.id)
    await _show_stops(turn)
