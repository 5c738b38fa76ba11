"""A programme lead decides that somebody may join, and may take it back until the joining day."""

from typing import assert_never

from bot.programme import cards, rules, store, store_cases
from bot.programme.chat_cases import show
from bot.programme.joining import eligibility, eligibility_screens
from bot.programme.joining.chat_begin import step
from bot.programme.joining.eligibility import MayJoin, MayNotJoin, Missing, PersonDecides
from bot.programme.joining.eligibility_screens import Check, TakeBack
from bot.programme.keepers import mentor_of, youth_of
from bot.programme.rules import Case, MayBegin, Stage, TakenBack
from bot.programme.screens import Begin, back_to, case_button, proposal_of, with_plan_and_help
from bot.routes import Routes
from bot.turn import Turn, button
from bot.words import phrase

routes = Routes()


@routes.press(Check)
async def check(turn: Turn, action: Check) -> None:
    """Ask for the rule that is missing; with all four there, record what they come to or say what is in the way."""
    case = await store.case(turn.db, action.case)
    if case is None or not rules.may_decide(turn.person, case):
        await turn.forbidden()
        return
    if not isinstance(rules.begin(case), MayBegin):
        await show(turn, case)
        return
    answers = (action.age, action.study, action.work, action.nva)
    match eligibility.decide(answers, action.ground):
        case Missing(rule):
            await eligibility_screens.ask_rule(turn, case, action, rule)
        case PersonDecides(unsure):
            await eligibility_screens.ask_ground(turn, case, action, unsure)
        case MayNotJoin(broken):
            await eligibility_screens.say_why_not(turn, case, broken)
        case MayJoin(ground):
            if eligibility.stands(case) is not ground:
                await store.enter(turn.db, case, Stage.PROFILING, ground.value, turn.person.id, turn.now)
                await turn.note("case.may_join", "case", case.id)
            await step(turn, proposal_of(case) or Begin(case.id))
        case never:
            assert_never(never)


@routes.press(TakeBack)
async def take_back(turn: Turn, action: TakeBack) -> None:
    """Back to getting to know each other. A programme that was to begin later does not; whoever knew of it hears."""
    case = await store.case(turn.db, action.case)
    if case is None or not rules.may_decide(turn.person, case):
        await turn.forbidden()
        return
    if not eligibility.may_take_back(case, turn.now.astimezone(turn.zone).date()):
        await show(turn, case)
        return
    youth = await youth_of(turn.db, case)
    if not action.sure:
        turn.replace(
            "programme.staff.check.take_back",
            keyboard=((button("programme.staff.button.take_back", TakeBack(case.id, sure=True)),), back_to(case.id)),
            about=youth.id,
            code_name=youth.code_name,
        )
        return
    if await store_cases.take_back(turn.db, case, turn.person.id, turn.now):
        await turn.note("case.taken_back", "case", case.id)
        if case.stage is Stage.PROGRAMME:
            await turn.happened(TakenBack(case.id))
            await _tell(turn, case)
    again = await store.case(turn.db, case.id)
    assert again is not None
    await show(turn, again)


async def _tell(turn: Turn, case: Case) -> None:
    assert case.starts_on is not None
    youth, mentor = await youth_of(turn.db, case), await mentor_of(turn.db, case)
    turn.tell(
        youth.id,
        phrase("programme.youth.taken_back", starts_on=case.starts_on),
        keyboard=with_plan_and_help(),
    )
    if mentor is not None and mentor.id != turn.person.id:
        turn.tell(
            mentor.id,
            phrase("programme.staff.check.told", code_name=youth.code_name, by=cards.shown(turn.person)),
            keyboard=((case_button(case.id),),),
            about=youth.id,
        )
