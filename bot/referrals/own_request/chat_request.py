"""A young person asks for help themselves: which kind, and whether the mentor may know; whoever was asked answers."""

from typing import assert_never

from bot.people.screens import with_help
from bot.programme import keepers
from bot.programme import store as programme
from bot.programme.keepers import youth_of
from bot.programme.mentors import wishing
from bot.programme.rules import Case
from bot.programme.screens import case_button, with_plan_and_help
from bot.referrals import screens
from bot.referrals.own_request import asked_people, request_notices, requests, store_requests
from bot.referrals.own_request.actions_request import AskFor, AskHelp, AskWith, DropRequest, TalkFirst
from bot.referrals.own_request.requests import MayAsk, NobodyYet, RequestState, Resting
from bot.referrals.own_request.screens_request import ask_button, drop_rows, line
from bot.referrals.referral import Kind
from bot.roles import Role
from bot.routes import Routes
from bot.turn import Turn, button
from bot.words import Lines

routes = Routes()


routes.offer({Role.YOUTH}, 41, ask_button())

# --- the young person -------------------------------------------------------------------------------------------


@routes.press(AskFor)
async def ask_for(turn: Turn, _: AskFor) -> None:
    """In plain words; what was asked for already stands above."""
    case = await _mine(turn)
    if case is None:
        return
    standing = await store_requests.open_of_case(turn.db, case.id)
    asked = {one.kind for one in standing}
    kinds = tuple(
        (button(f"referrals.youth.button.kind_{kind.value}", AskWith(kind)),) for kind in Kind if kind not in asked
    )
    turn.replace(
        "referrals.youth.ask_for_more" if standing else "referrals.youth.ask_for",
        keyboard=with_plan_and_help((*kinds, *drop_rows(standing))),
        lines=Lines(tuple(line(one, turn.zone) for one in standing)),
    )


@routes.press(AskWith)
async def ask_with(turn: Turn, action: AskWith) -> None:
    """Who would see it and who would not, before anything is sent."""
    case = await _mine(turn)
    if case is None:
        return
    mentor = await keepers.mentor_of(turn.db, case)
    apart = await asked_people.line(turn.db, case, apart=True)
    if mentor is None:
        await _ask(turn, case, AskHelp(action.kind, apart=False))
        return
    with_mentor = (button("referrals.youth.button.with_mentor", AskHelp(action.kind, apart=False)),)
    without = (button("referrals.youth.button.without_mentor", AskHelp(action.kind, apart=True)),)
    back = (button("referrals.youth.button.back", AskFor()),)
    if apart:
        who = wishing.who(case, apart[0])
        both = with_help((with_mentor, without, back))
        turn.replace("referrals.youth.ask_with", keyboard=both, mentor=screens.shown(mentor), who=who)
    else:
        only = with_help((with_mentor, back))
        turn.replace("referrals.youth.ask_with_mentor", keyboard=only, mentor=screens.shown(mentor))


@routes.press(AskHelp)
async def ask_help(turn: Turn, action: AskHelp) -> None:
    case = await _mine(turn)
    if case is not None:
        await _ask(turn, case, action)


async def _ask(turn: Turn, case: Case, action: AskHelp) -> None:
    line_ = await asked_people.line(turn.db, case, apart=action.apart)
    if not line_:
        turn.replace("referrals.youth.ask_nobody_there", keyboard=with_plan_and_help())
        return
    first = requests.first_step_at(turn.now, await turn.hours())
    made = await store_requests.add(turn.db, case.id, action.kind, turn.now, first, apart=action.apart)
    if made is None:
        turn.replace("referrals.youth.ask_stands", keyboard=with_plan_and_help(((ask_button(),),)))
        return
    await turn.note("referral_request.asked", "referral_request", made.id)
    await request_notices.tell_staff(turn, case, made, line_[0], "asked")
    drop = drop_rows([made])
    if action.apart:
        who = wishing.who(case, line_[0])
        turn.replace("referrals.youth.ask_sent_apart", keyboard=with_plan_and_help(drop), who=who)
    else:
        turn.replace("referrals.youth.ask_sent", keyboard=with_plan_and_help(drop), who=screens.shown(line_[0][0]))


@routes.press(DropRequest)
async def drop(turn: Turn, action: DropRequest) -> None:
    """Taken back: whoever was asked is told that there is nothing to do."""
    found = await store_requests.request(turn.db, action.request)
    case = None if found is None else await programme.case(turn.db, found.case_id)
    if found is None or case is None or case.youth_id != turn.person.id:
        await turn.forbidden()
        return
    if await store_requests.close(turn.db, found.id, RequestState.DROPPED, turn.now):
        await turn.note("referral_request.dropped", "referral_request", found.id)
        told = (await asked_people.line(turn.db, case, apart=found.without_mentor))[:1]
        await request_notices.tell_dropped(turn, case, found, told[0] if told else ())
    turn.replace("referrals.youth.request_dropped", keyboard=with_plan_and_help(((ask_button(),),)))


async def _mine(turn: Turn) -> Case | None:
    """Their case, where somebody can be asked; otherwise they have been answered with the way on."""
    case = await programme.case_of_youth(turn.db, turn.person.id)
    match requests.may_ask(case):
        case MayAsk():
            return case
        case NobodyYet(contacted=True):
            turn.replace("referrals.youth.ask_contacted", keyboard=with_help(turn.home))
        case NobodyYet():
            turn.replace("referrals.youth.ask_nobody_yet", keyboard=with_help(turn.home))
        case Resting():
            turn.replace("referrals.youth.ask_resting", keyboard=with_help(turn.home))
        case never:
            assert_never(never)
    return None


# --- whoever was asked ------------------------------------------------------------------------------------------


@routes.press(TalkFirst)
async def talk_first(turn: Turn, action: TalkFirst) -> None:
    """No booking yet: the young person is told that somebody will talk about it with them."""
    found = await store_requests.request(turn.db, action.request)
    case = None if found is None else await programme.case(turn.db, found.case_id)
    if found is None or case is None or not asked_people.may_answer(turn.person, case, found):
        await turn.forbidden()
        return
    youth = await youth_of(turn.db, case)
    if await store_requests.close(turn.db, found.id, RequestState.TALK, turn.now):
        await turn.note("referral_request.talk", "referral_request", found.id)
        await request_notices.tell_youth(turn, case, found, "talk", who=screens.shown(turn.person))
        key = "referrals.staff.request_talk"
    else:
        key = "referrals.staff.request_moved_on"
    turn.replace(key, keyboard=((case_button(case.id),),), about=youth.id, youth=youth.code_name)
