"""A young person's own plan: what they want in their words, the goals that were agreed to, and steps to tick."""

from bot.people.screens import with_help
from bot.programme import store as programme
from bot.programme.keepers import mentor_of
from bot.programme.planning import cards_plan, goals, store_approvals, store_goals
from bot.programme.planning.actions_plan import OpenGoals, OpenMyGoal, OpenMyProfile, TickStep
from bot.programme.planning.goals import Goal, Step, StepState
from bot.programme.profile import profiling, store_profiles
from bot.programme.rules import Case
from bot.programme.screens import OpenPlan, case_button
from bot.routes import Routes
from bot.turn import Button, Keyboard, Turn, button
from bot.words import Phrase, phrase

routes = Routes()


async def agreed(turn: Turn, case: Case) -> tuple[Goal, ...]:
    """The goals of their plan as the lead agreed to it, without what was dropped since."""
    return goals.meant(await store_approvals.approved_goals(turn.db, case.id))


async def shown(turn: Turn, case: Case, top: Phrase) -> tuple[Phrase, Keyboard]:
    """The page of their plan: below what `top` says of mentor, dates and talks, their words and goals, where there are
    any; with the buttons to each."""
    mine = await agreed(turn, case)
    words = (await store_profiles.profile(turn.db, case.id)).shared_words
    rows: Keyboard = tuple(
        (
            button(
                "programme.any.button.goal",
                OpenMyGoal(goal.id),
                number=number,
                goal=cards_plan.label(cards_plan.goal_words(goal)),
            ),
        )
        for number, goal in enumerate(mine, start=1)
    )
    if profiling.may_write_own_words(case):
        rows = (*rows, (button("programme.youth.button.my_profile", OpenMyProfile()),))
    if words is not None:
        top = phrase("programme.youth.plan.with_words", top=top, words=words)
    return (phrase("programme.youth.plan.with_goals", top=top, goals=cards_plan.overview(mine)) if mine else top), rows


@routes.press(OpenMyGoal)
async def open_my_goal(turn: Turn, action: OpenMyGoal) -> None:
    case = await programme.case_of_youth(turn.db, turn.person.id)
    goal = None if case is None else _of(await agreed(turn, case), action.goal)
    if goal is None:
        await turn.forbidden()
        return
    _show(turn, goal)


def _of(mine: tuple[Goal, ...], goal_id: int) -> Goal | None:
    return next((goal for goal in mine if goal.id == goal_id), None)


def _show(turn: Turn, goal: Goal) -> None:
    rows: Keyboard = tuple((_tick_button(step),) for step in goal.steps)
    turn.replace(
        "programme.youth.goal",
        goal=cards_plan.goal_words(goal),
        steps=cards_plan.steps_of(goal),
        keyboard=with_help((*rows, (button("programme.youth.button.back_to_plan", OpenPlan()),))),
    )


def _tick_button(step: Step) -> Button:
    done = step.state is StepState.DONE
    key = "programme.youth.button.untick" if done else "programme.youth.button.tick"
    return button(key, TickStep(step.id, done=not done), step=cards_plan.step_label(step))


@routes.press(TickStep)
async def tick(turn: Turn, action: TickStep) -> None:
    """Done, or not yet after all. The mentor hears of it once a day at most, and sees each on their own page."""
    case = await programme.case_of_youth(turn.db, turn.person.id)
    mine = () if case is None or not case.is_open else await agreed(turn, case)
    found = next(((goal, step) for goal in mine for step in goal.steps if step.id == action.step), None)
    if case is None or found is None:
        await turn.forbidden()
        return
    goal, step = found
    state = StepState.DONE if action.done else StepState.OPEN
    if await store_goals.set_state(turn.db, step, state, turn.person.id, turn.now):
        await turn.note("plan.step_done" if action.done else "plan.step_not_done", "case", case.id)
        if action.done:
            await _tell_mentor(turn, case)
    anew = _of(await agreed(turn, case), goal.id)
    assert anew is not None
    _show(turn, anew)


async def _tell_mentor(turn: Turn, case: Case) -> None:
    if (mentor := await mentor_of(turn.db, case)) is None:
        return
    today = turn.now.astimezone(turn.zone).date()
    turn.tell(
        mentor.id,
        phrase("programme.staff.goals.ticked", code_name=turn.person.code_name),
        keyboard=((button("programme.staff.button.open_goals", OpenGoals(case.id)),), (case_button(case.id),)),
        about=turn.person.id,
        once=f"tick:{case.id}:{today}:{mentor.id}",
    )
