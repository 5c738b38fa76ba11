"""A programme lead takes up a case again that was closed, directed elsewhere or put off."""

from typing import assert_never

from bot.people import store as people
from bot.people.rules import Purpose
from bot.programme import cards, rules, store, store_cases
from bot.programme.afterwards import reopening
from bot.programme.afterwards.reopening import Comeback, HasNewerCase, IsOpen, MustAgreeAnew, Reopened
from bot.programme.chat_cases import show
from bot.programme.keepers import youth_of
from bot.programme.rules import Candidate, Case, Load
from bot.programme.screens import Reopen, back_to, case_button, with_plan_and_help
from bot.routes import Routes
from bot.turn import Keyboard, Turn, button
from bot.words import phrase

routes = Routes()


@routes.press(Reopen)
async def reopen(turn: Turn, action: Reopen) -> None:
    """Why, if it may be at all; with a reason it goes on where it can."""
    case = await store.case(turn.db, action.case)
    if case is None or not rules.may_decide(turn.person, case):
        await turn.forbidden()
        return
    newest = await store.case_of_youth(turn.db, case.youth_id)
    way = reopening.reopen(
        case,
        is_newest=newest is not None and newest.id == case.id,
        may_be_written_to=await people.agreed(turn.db, case.youth_id, Purpose.CONTACT),
        mentor=await _mentor(turn, case),
    )
    match way:
        case Reopened() if action.reason is not None:
            await _go_on(turn, case, way, action.reason)
        case Reopened():
            reasons = tuple((button(f"programme.any.reason.{why.value}", Reopen(case.id, why)),) for why in Comeback)
            await _say(turn, case, "programme.staff.reopen.why", reasons)
        case MustAgreeAnew():
            await _say(turn, case, "programme.staff.reopen.must_agree")
        case HasNewerCase():
            assert newest is not None
            await _say(turn, case, "programme.staff.reopen.newer", ((case_button(newest.id),),))
        case IsOpen():
            await show(turn, case)
        case never:
            assert_never(never)


async def _say(turn: Turn, case: Case, key: str, keyboard: Keyboard = ()) -> None:
    youth = await youth_of(turn.db, case)
    turn.replace(key, keyboard=(*keyboard, back_to(case.id)), about=youth.id, code_name=youth.code_name)


async def _mentor(turn: Turn, case: Case) -> Candidate | None:
    """Whoever guided it before, with what they guide now."""
    mentor = None if case.mentor_id is None else await people.person(turn.db, case.mentor_id)
    if mentor is None:
        return None
    loads = await store.loads(turn.db, [mentor.id])
    return Candidate(mentor, loads.get(mentor.id, Load()), turn.settings.most_cases)


async def _go_on(turn: Turn, case: Case, way: Reopened, reason: Comeback) -> None:
    """The young person reads that the door is open again, and its mentor that they go on."""
    remind_at = rules.remind_at(turn.now, await turn.hours()) if way.mentor_id is None else None
    if await store_cases.reopen(turn.db, case, way, reason, turn.person.id, turn.now, remind_at):
        await turn.note("case.reopened", "case", case.id)
        youth = await youth_of(turn.db, case)
        mentor = None if way.mentor_id is None else await people.person(turn.db, way.mentor_id)
        if mentor is None:
            told = phrase("programme.youth.reopened")
        else:
            told = phrase("programme.youth.reopened_with", mentor=cards.shown(mentor))
        turn.tell(youth.id, told, keyboard=with_plan_and_help())
        if mentor is not None and mentor.id != turn.person.id:
            turn.tell(
                mentor.id,
                phrase("programme.staff.reopen.told", code_name=youth.code_name, by=cards.shown(turn.person)),
                keyboard=((case_button(case.id),),),
                about=youth.id,
            )
    again = await store.case(turn.db, case.id)
    assert again is not None
    await show(turn, again)
