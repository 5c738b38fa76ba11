"""A mentor lays the individual programme before the programme lead, and what happens to it when the case ends."""

from typing import assert_never

from bot.people import store as people
from bot.programme import cards, store_tasks
from bot.programme.keepers import youth_of
from bot.programme.planning import approvals, cards_plan, goals, store_approvals, store_goals
from bot.programme.planning.actions_plan import LayPlan, OpenGoal, OpenGoals, OpenStep, ReadPlan
from bot.programme.planning.approvals import MayLay, NothingNew, NothingWritten, OutsidePeriod, WithoutSteps
from bot.programme.planning.chat_goals import show_goals, writable
from bot.programme.profile import store_profiles
from bot.programme.rules import Case, CaseEnded
from bot.programme.screens import back_to, case_button
from bot.programme.tasks import Audience, TaskKind
from bot.roles import Role
from bot.routes import Routes
from bot.turn import Keyboard, Row, Tick, Turn, button
from bot.words import phrase

routes = Routes()


@routes.press(LayPlan)
async def lay(turn: Turn, action: LayPlan) -> None:
    if (case := await writable(turn, action.case)) is None:
        await turn.forbidden()
        return
    written = await store_goals.goals_of(turn.db, case.id)
    latest = await store_approvals.latest(turn.db, case.id)
    today = turn.now.astimezone(turn.zone).date()
    match approvals.lay(case, written, latest, await store_approvals.approved(turn.db, case.id), today):
        case MayLay(content):
            await _lay(turn, case, content)
        case WithoutSteps(goal):
            turn.replace(
                "programme.staff.lay.without_steps",
                goal=cards_plan.goal_words(goal),
                keyboard=((button("programme.staff.button.open_goal", OpenGoal(goal.id)),), back_to_goals(case)),
                about=case.youth_id,
            )
        case OutsidePeriod(step):
            turn.replace(
                "programme.staff.lay.outside",
                step=cards_plan.what(step),
                last=goals.period(case, today).last,
                keyboard=((button("programme.staff.button.open_step", OpenStep(step.id)),), back_to_goals(case)),
                about=case.youth_id,
            )
        case NothingWritten() | NothingNew():
            await show_goals(turn, case)
        case never:
            assert_never(never)


def back_to_goals(case: Case) -> Row:
    return (button("programme.staff.button.back_to_goals", OpenGoals(case.id)),)


async def _lay(turn: Turn, case: Case, content: goals.Content) -> None:
    """All leads with other eyes get it; where there is none, the one lead who wrote it decides."""
    remind_at = approvals.remind_at(turn.now, await turn.hours())
    number = await store_approvals.lay(turn.db, case.id, content, turn.person.id, turn.now, remind_at)
    await turn.note("plan.laid", "case", case.id)
    await store_tasks.finish_of_case(turn.db, case.id, TaskKind.REFILL_PLAN, turn.person.id, turn.now)
    await store_tasks.finish_of_case(turn.db, case.id, TaskKind.APPROVE_PLAN, turn.person.id, turn.now)
    await store_tasks.open_task(
        turn.db, case.id, Audience.LEAD, TaskKind.APPROVE_PLAN, turn.now, subject_id=number, due_at=remind_at
    )
    youth = await youth_of(turn.db, case)
    leads = await people.holders_for(turn.db, Role.LEAD, case.municipality)
    asked = approvals.others(leads, turn.person.id, case) or [lead for lead in leads if lead.id != turn.person.id]
    for lead in asked:
        turn.tell(
            lead.id,
            phrase("programme.staff.lay.asked", mentor=cards.shown(turn.person), code_name=youth.code_name),
            keyboard=((button("programme.staff.button.read_plan", ReadPlan(number)),), (case_button(case.id),)),
            about=youth.id,
            once=f"plan:{number}:laid:{lead.id}",
        )
    alone = bool(leads) and not asked
    own: Keyboard = ((button("programme.staff.button.read_plan", ReadPlan(number)),),) if alone else ()
    key = "sent" if asked else "alone" if alone else "nobody"
    turn.replace(f"programme.staff.lay.{key}", keyboard=(*own, back_to_goals(case), back_to(case.id)), about=youth.id)


@routes.on(CaseEnded)
async def nothing_waits_any_more(tick: Tick, ended: CaseEnded) -> None:
    await store_approvals.take_back(tick.db, ended.case_id)
    await store_profiles.drop_unanswered(tick.db, ended.case_id)
    for kind in (TaskKind.APPROVE_PLAN, TaskKind.REFILL_PLAN):
        await store_tasks.finish_of_case(tick.db, ended.case_id, kind, None, tick.now)
