"""How a case ends: elsewhere (school, NVA, a job), not now, or closed after the programme with what came of it."""

from dataclasses import replace
from typing import assert_never

from bot.outreach import funnel, store_reached
from bot.people.screens import with_help
from bot.programme import cards, rules, store
from bot.programme.chat_cases import show
from bot.programme.keepers import youth_of
from bot.programme.reasons import reason
from bot.programme.rules import (
    ELSEWHERE,
    OUTCOMES,
    CannotEndSo,
    Case,
    CaseEnded,
    IsEnded,
    MayEnd,
    NotNow,
    OutcomeGroup,
    Stage,
)
from bot.programme.screens import ChooseElsewhere, ChooseNotNow, ChooseOutcome, End, back_to, case_button
from bot.routes import Routes
from bot.turn import Turn, button
from bot.words import Phrase, phrase

routes = Routes()


async def _decidable(turn: Turn, case_id: int) -> Case | None:
    case = await store.case(turn.db, case_id)
    return case if case is not None and rules.may_decide(turn.person, case) else None


@routes.press(ChooseElsewhere)
async def choose_elsewhere(turn: Turn, action: ChooseElsewhere) -> None:
    if (case := await _decidable(turn, action.case)) is None:
        await turn.forbidden()
        return
    rows = [(button(f"programme.any.outcome.{way.value}", End(case.id, Stage.ELSEWHERE, way)),) for way in ELSEWHERE]
    turn.replace("programme.staff.end.where", keyboard=(*rows, back_to(case.id)), about=case.youth_id)


@routes.press(ChooseNotNow)
async def choose_not_now(turn: Turn, action: ChooseNotNow) -> None:
    if (case := await _decidable(turn, action.case)) is None:
        await turn.forbidden()
        return
    rows = [(button(f"programme.any.reason.{why.value}", End(case.id, Stage.NOT_NOW, reason=why)),) for why in NotNow]
    turn.replace("programme.staff.end.why", keyboard=(*rows, back_to(case.id)), about=case.youth_id)


@routes.press(ChooseOutcome)
async def choose_outcome(turn: Turn, action: ChooseOutcome) -> None:
    """What came of it, first by group, then precisely."""
    if (case := await _decidable(turn, action.case)) is None:
        await turn.forbidden()
        return
    if action.group is None:
        rows = [
            (button(f"programme.staff.button.outcomes.{group.value}", ChooseOutcome(case.id, group)),)
            for group in OutcomeGroup
        ]
        turn.replace("programme.staff.end.group", keyboard=(*rows, back_to(case.id)), about=case.youth_id)
        return
    rows = [
        (button(f"programme.any.outcome.{outcome.value}", End(case.id, Stage.CLOSED, outcome)),)
        for outcome in OUTCOMES[action.group]
    ]
    back = (button("programme.staff.button.back", ChooseOutcome(case.id)),)
    turn.replace("programme.staff.end.outcome", keyboard=(*rows, back, back_to(case.id)), about=case.youth_id)


@routes.press(End)
async def end(turn: Turn, action: End) -> None:
    if (case := await _decidable(turn, action.case)) is None:
        await turn.forbidden()
        return
    match rules.end(case, action.stage, action.outcome, action.reason):
        case MayEnd() if not action.sure:
            await _ask_once_more(turn, case, action)
        case MayEnd():
            await _end(turn, case, action)
        case IsEnded() | CannotEndSo():
            await show(turn, case)
        case never:
            assert_never(never)


async def _ask_once_more(turn: Turn, case: Case, action: End) -> None:
    youth = await youth_of(turn.db, case)
    turn.replace(
        "programme.staff.end.sure",
        code_name=youth.code_name,
        ending=_ending(action),
        about=youth.id,
        keyboard=((button("programme.staff.button.end_it", replace(action, sure=True)),), back_to(case.id)),
    )


def _ending(action: End) -> Phrase:
    stage = phrase(f"programme.any.stage.{action.stage.value}")
    why = action.outcome or action.reason
    words = reason(why.value) if why else None
    return stage if words is None else phrase("programme.staff.end.stage_with_outcome", stage=stage, outcome=words)


async def _end(turn: Turn, case: Case, action: End) -> None:
    """End it, let whoever planned something for it stop, and tell everybody; the young person always has a way back."""
    if not await store.end(turn.db, case, action.stage, action.outcome, turn.person.id, turn.now, action.reason):
        await show(turn, case)
        return
    await turn.note("case.ended", "case", case.id)
    await turn.happened(CaseEnded(case.id, case.youth_id))
    if action.stage is Stage.CLOSED and action.outcome not in OUTCOMES[OutcomeGroup.OTHER]:
        await store_reached.reached(turn.db, case.youth_id, funnel.Stage.GOAL, turn.now)
    youth = await youth_of(turn.db, case)
    turn.tell(youth.id, phrase(_for_youth(action)), keyboard=with_help())
    if case.mentor_id is not None and case.mentor_id != turn.person.id:
        turn.tell(
            case.mentor_id,
            phrase(
                "programme.staff.end.told",
                code_name=youth.code_name,
                ending=_ending(action),
                by=cards.shown(turn.person),
            ),
            keyboard=((case_button(case.id),),),
            about=youth.id,
        )
    turn.replace(
        "programme.staff.end.done",
        code_name=youth.code_name,
        ending=_ending(action),
        about=youth.id,
        keyboard=turn.home,
    )


def _for_youth(action: End) -> str:
    """Closing says nothing of what came of it: the young person knows that best."""
    if action.stage is Stage.ELSEWHERE and action.outcome is not None:
        return f"programme.youth.elsewhere.{action.outcome.value}"
    return f"programme.youth.{action.stage.value}"
