"""The way of one case so far, for whoever may look at it."""

from typing import Final

from bot.programme import history, rules, store, store_cases
from bot.programme.history import Event
from bot.programme.joining import eligibility
from bot.programme.joining.eligibility_screens import TakeBack
from bot.programme.keepers import youth_of
from bot.programme.planning.approvals import State
from bot.programme.rules import Case
from bot.programme.screens import OpenHistory, back_to
from bot.routes import Routes
from bot.turn import Keyboard, Turn, button
from bot.words import phrase

routes = Routes()

_DECIDED: Final = frozenset({State.APPROVED.value, State.SENT_BACK.value})


@routes.press(OpenHistory)
async def open_history(turn: Turn, action: OpenHistory) -> None:
    case = await store.case(turn.db, action.case)
    if case is None or turn.person.id == case.youth_id or not rules.may_see(turn.person, case):
        await turn.forbidden()
        return
    youth = await youth_of(turn.db, case)
    events = [one for earlier in await store_cases.earlier_cases(turn.db, case) for one in await _moves(turn, earlier)]
    turn.replace(
        "programme.staff.history",
        keyboard=(*_taking_back(turn, case), back_to(case.id)),
        about=youth.id,
        code_name=youth.code_name,
        events=history.shown([*events, *await _moves(turn, case), *await _beside(turn, case)]),
    )


def _taking_back(turn: Turn, case: Case) -> Keyboard:
    """A programme lead may take the decision to let somebody join back, until the joining day."""
    today = turn.now.astimezone(turn.zone).date()
    if not rules.may_decide(turn.person, case) or not eligibility.may_take_back(case, today):
        return ()
    return ((button("programme.staff.button.take_decision_back", TakeBack(case.id)),),)


async def _moves(turn: Turn, case: Case) -> list[Event]:
    moves = await store_cases.moves(turn.db, case.id)
    return [history.moved(one.stage, one.reason, one.at, turn.zone) for one in moves]


async def _beside(turn: Turn, case: Case) -> list[Event]:
    """Hand-overs by their dates alone, what was decided of the individual programme, and pauses."""
    found = [
        history.happened(at, turn.zone, phrase("programme.staff.history.handed_over"))
        for at in await store_cases.handed_over(turn.db, case.id)
    ]
    for plan in await store_cases.plans_laid(turn.db, case.id):
        found.append(history.happened(plan.laid_at, turn.zone, phrase("programme.staff.history.plan_laid")))
        if plan.state in _DECIDED and plan.decided_at is not None:
            decided = phrase(f"programme.staff.history.plan.{plan.state}")
            found.append(history.happened(plan.decided_at, turn.zone, decided))
    for pause in await store_cases.paused(turn.db, case.id):
        until = phrase("programme.staff.history.pause", until=pause.resumes_on)
        found.append(Event(pause.starts_on, until))
    return found
