"""The steps to a goal: of what kind, in what order, dropped or done."""

from dataclasses import dataclass
from typing import assert_never

from bot.programme import store
from bot.programme.planning import cards_plan, goals, store_approvals, store_goals
from bot.programme.planning.actions_plan import (
    AddStep,
    ChooseDay,
    ChooseHelper,
    ChooseMeasure,
    DropStep,
    MarkStep,
    MoveStep,
    OpenGoal,
    OpenStep,
    TakeUpStep,
    WordStep,
)
from bot.programme.planning.chat_goals import goal_to_write, show_goal
from bot.programme.planning.goals import Goal, Measure, Step, StepState
from bot.programme.planning.templates import usual_helper
from bot.programme.rules import Case
from bot.routes import Routes
from bot.turn import Keyboard, Row, Turn, button

routes = Routes()


@dataclass(frozen=True, slots=True)
class FoundStep:
    """A step with its goal and case, and its place among the steps of the goal."""

    case: Case
    goal: Goal
    step: Step
    place: int


async def _found(turn: Turn, step_id: int) -> FoundStep | None:
    """The step, where this person may read the plan that it stands in."""
    goal = await store_goals.goal_of_step(turn.db, step_id)
    case = None if goal is None else await store.case(turn.db, goal.case_id)
    if goal is None or case is None or not goals.may_read(turn.person, case):
        return None
    place, step = next((at, one) for at, one in enumerate(goal.steps) if one.id == step_id)
    return FoundStep(case, goal, step, place)


async def step_to_write(turn: Turn, step_id: int) -> FoundStep | None:
    found = await _found(turn, step_id)
    return found if found is not None and goals.may_write(turn.person, found.case) else None


# --- one step ---------------------------------------------------------------------------------------------------


@routes.press(OpenStep)
async def open_step(turn: Turn, action: OpenStep) -> None:
    if (found := await _found(turn, action.step)) is None:
        await turn.forbidden()
        return
    _show(turn, found)


def _show(turn: Turn, found: FoundStep) -> None:
    turn.replace(
        "programme.staff.goals.step",
        goal=cards_plan.goal_words(found.goal),
        step=cards_plan.step_line(found.step),
        keyboard=(
            *(_changing(found) if goals.may_write(turn.person, found.case) else ()),
            back_to_goal(found.goal.id),
        ),
        about=found.case.youth_id,
    )


def _changing(found: FoundStep) -> Keyboard:
    step = found.step
    match step.state:
        case StepState.DROPPED:
            return ((button("programme.staff.button.take_up", TakeUpStep(step.id)),),)
        case StepState.DONE:
            return ((button("programme.staff.button.not_done", MarkStep(step.id, done=False)),), _moves(found))
        case StepState.OPEN:
            return (
                (button("programme.staff.button.done", MarkStep(step.id, done=True)),),
                (
                    button("programme.staff.button.word_step", WordStep(step.id)),
                    button("programme.staff.button.day", ChooseDay(step.id)),
                ),
                (
                    button("programme.staff.button.helper", ChooseHelper(step.id)),
                    button("programme.staff.button.drop_step", DropStep(step.id)),
                ),
                *(row for row in (_moves(found),) if row),
            )
        case never:
            assert_never(never)


def _moves(found: FoundStep) -> Row:
    row: Row = ()
    if found.place > 0:
        row = (*row, button("programme.staff.button.up", MoveStep(found.step.id, found.place - 1)))
    if found.place < len(found.goal.steps) - 1:
        row = (*row, button("programme.staff.button.down", MoveStep(found.step.id, found.place + 1)))
    return row


def back_to_goal(goal_id: int) -> Row:
    return (button("programme.staff.button.back_to_goal", OpenGoal(goal_id)),)


async def show_again(turn: Turn, found: FoundStep) -> None:
    """The step as it is now; its goal where it is gone."""
    anew = await _found(turn, found.step.id)
    if anew is None:
        await show_goal(turn, found.case, found.goal.id)
    else:
        _show(turn, anew)


# --- a new one --------------------------------------------------------------------------------------------------


@routes.press(ChooseMeasure)
async def choose_measure(turn: Turn, action: ChooseMeasure) -> None:
    if (found := await goal_to_write(turn, action.goal)) is None:
        await turn.forbidden()
        return
    there = len(found.goal.steps)
    kinds: Keyboard = tuple(
        (button(f"programme.any.measure.{kind.value}", AddStep(found.goal.id, kind, there)),) for kind in Measure
    )
    turn.replace(
        "programme.staff.goals.ask_measure",
        goal=cards_plan.goal_words(found.goal),
        keyboard=(*cards_plan.in_rows(kinds, 2), back_to_goal(found.goal.id)),
        about=found.case.youth_id,
    )


@routes.press(AddStep)
async def add_step(turn: Turn, action: AddStep) -> None:
    """Written with who usually helps; words and a day are added on its own page, where they are wanted."""
    if (found := await goal_to_write(turn, action.goal)) is None:
        await turn.forbidden()
        return
    if len(found.goal.steps) != action.there or not goals.has_room_for_step(found.goal):
        await show_goal(turn, found.case, found.goal.id)
        return
    helper = usual_helper(action.kind)
    number = await store_goals.add_step(turn.db, found.goal.id, action.kind, helper, turn.person.id, turn.now)
    await turn.note("plan.step_added", "case", found.case.id)
    written = await _found(turn, number)
    assert written is not None
    _show(turn, written)


# --- order and state --------------------------------------------------------------------------------------------


@routes.press(MoveStep)
async def move_step(turn: Turn, action: MoveStep) -> None:
    if (found := await step_to_write(turn, action.step)) is None:
        await turn.forbidden()
        return
    order = [one.id for one in found.goal.steps]
    wanted = goals.moved(order, found.step.id, action.place)
    if wanted != order:
        await store_goals.order_steps(turn.db, wanted)
        await turn.note("plan.step_moved", "case", found.case.id)
    await show_again(turn, found)


@routes.press(DropStep)
async def drop_step(turn: Turn, action: DropStep) -> None:
    """What no lead has ever read is gone; what was agreed to once is kept as dropped."""
    if (found := await step_to_write(turn, action.step)) is None:
        await turn.forbidden()
        return
    if found.step.id in await store_approvals.steps_ever_laid(turn.db, found.case.id):
        await store_goals.set_state(turn.db, found.step, StepState.DROPPED, turn.person.id, turn.now)
    else:
        await store_goals.delete_step(turn.db, found.step.id)
    await turn.note("plan.step_dropped", "case", found.case.id)
    await show_goal(turn, found.case, found.goal.id)


@routes.press(TakeUpStep)
async def take_up(turn: Turn, action: TakeUpStep) -> None:
    if (found := await step_to_write(turn, action.step)) is None:
        await turn.forbidden()
        return
    dropped = found.step.state is StepState.DROPPED
    if (
        dropped
        and goals.has_room_for_step(found.goal)
        and await store_goals.set_state(turn.db, found.step, StepState.OPEN, turn.person.id, turn.now)
    ):
        await turn.note("plan.step_taken_up", "case", found.case.id)
    await show_again(turn, found)


@routes.press(MarkStep)
async def mark(turn: Turn, action: MarkStep) -> None:
    """Staff may tick too, for whoever told them so; it is no change of the plan."""
    if (found := await step_to_write(turn, action.step)) is None:
        await turn.forbidden()
        return
    state = StepState.DONE if action.done else StepState.OPEN
    if found.step.is_meant and await store_goals.set_state(turn.db, found.step, state, turn.person.id, turn.now):
        await turn.note("plan.step_done" if action.done else "plan.step_not_done", "case", found.case.id)
    await show_again(turn, found)
