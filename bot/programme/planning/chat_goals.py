"""A mentor writes the individual programme with the young person: goals, typed or from a template, in their order."""

from dataclasses import dataclass

from bot.programme import store
from bot.programme.keepers import youth_of
from bot.programme.planning import approvals, cards_plan, goals, store_approvals, store_goals, templates
from bot.programme.planning.actions_plan import (
    AddGoal,
    ChooseMeasure,
    ChooseTemplate,
    DropGoal,
    LayPlan,
    MoveGoal,
    OpenGoal,
    OpenGoals,
    OpenStep,
    ReadPlan,
    TakeTemplate,
    WordGoal,
)
from bot.programme.planning.approvals import Laid, Standing
from bot.programme.planning.goals import MOST_WORDS, Goal, NoWords, StepState, TooLong
from bot.programme.rules import Case
from bot.programme.screens import back_to
from bot.routes import Routes
from bot.turn import Keyboard, Row, Turn, button
from bot.words import Phrase, phrase

routes = Routes()


@dataclass(frozen=True, slots=True)
class OfCase:
    """A goal with its case and the other goals."""

    case: Case
    goals: list[Goal]
    goal: Goal


async def writable(turn: Turn, case_id: int) -> Case | None:
    """The case whose plan this person may write now."""
    case = await store.case(turn.db, case_id)
    return case if case is not None and goals.may_write(turn.person, case) else None


async def goal_to_write(turn: Turn, goal_id: int) -> OfCase | None:
    """The goal, where this person may write the plan that it stands in."""
    goal = await store_goals.goal(turn.db, goal_id)
    case = None if goal is None else await writable(turn, goal.case_id)
    if goal is None or case is None:
        return None
    return OfCase(case, await store_goals.goals_of(turn.db, case.id), goal)


# --- the plan ---------------------------------------------------------------------------------------------------


@routes.press(OpenGoals)
async def open_goals(turn: Turn, action: OpenGoals) -> None:
    case = await store.case(turn.db, action.case)
    if case is None or not goals.may_read(turn.person, case):
        await turn.forbidden()
        return
    await show_goals(turn, case)


async def show_goals(turn: Turn, case: Case) -> None:
    """The plan as it is written now, and where it stands with the lead."""
    written = await store_goals.goals_of(turn.db, case.id)
    latest = await store_approvals.latest(turn.db, case.id)
    stands = approvals.standing(written, latest, await store_approvals.approved(turn.db, case.id))
    youth = await youth_of(turn.db, case)
    turn.replace(
        "programme.staff.goals.page" if written else "programme.staff.goals.none",
        code_name=youth.code_name,
        standing=_standing(stands, latest),
        **({"goals": cards_plan.overview(written)} if written else {}),
        keyboard=(*_keyboard(turn, case, written, stands, latest), back_to(case.id)),
        about=youth.id,
    )


def _standing(stands: Standing, latest: Laid | None) -> Phrase:
    said = f"programme.staff.goals.standing.{stands.value}"
    if stands is Standing.SENT_BACK and latest is not None and latest.comment is not None:
        return phrase(said, comment=latest.comment)
    return phrase(said)


def _keyboard(turn: Turn, case: Case, written: list[Goal], stands: Standing, latest: Laid | None) -> Keyboard:
    opened: Keyboard = tuple(
        (
            button(
                "programme.any.button.goal",
                OpenGoal(goal.id),
                number=number,
                goal=cards_plan.label(cards_plan.goal_words(goal)),
            ),
        )
        for number, goal in enumerate(written, start=1)
    )
    waits = latest is not None and stands in (Standing.WAITS, Standing.WAITS_OLDER)
    read: Keyboard = ((button("programme.staff.button.read_plan", ReadPlan(latest.id)),),) if latest and waits else ()
    if not goals.may_write(turn.person, case):
        return (*opened, *read)
    more: Row = ()
    if goals.has_room(written):
        more = (
            button("programme.staff.button.add_goal", AddGoal(case.id)),
            button("programme.staff.button.templates", ChooseTemplate(case.id)),
        )
    lay: Row = ()
    if stands not in (Standing.EMPTY, Standing.WAITS, Standing.APPROVED):
        lay = (button("programme.staff.button.lay", LayPlan(case.id)),)
    return (*opened, *(row for row in (more, lay) if row), *read)


# --- one goal ---------------------------------------------------------------------------------------------------


@routes.press(OpenGoal)
async def open_goal(turn: Turn, action: OpenGoal) -> None:
    goal = await store_goals.goal(turn.db, action.goal)
    case = None if goal is None else await store.case(turn.db, goal.case_id)
    if goal is None or case is None or not goals.may_read(turn.person, case):
        await turn.forbidden()
        return
    await show_goal(turn, case, goal.id)


async def show_goal(turn: Turn, case: Case, goal_id: int) -> None:
    """A goal with its steps; the whole plan where it is gone."""
    written = await store_goals.goals_of(turn.db, case.id)
    place = next((at for at, one in enumerate(written) if one.id == goal_id), None)
    if place is None:
        await show_goals(turn, case)
        return
    goal = written[place]
    numbers: Keyboard = tuple(
        (button("programme.any.button.number", OpenStep(step.id), number=number),)
        for number, step in enumerate(goal.steps, start=1)
    )
    turn.replace(
        "programme.staff.goals.goal" if goal.steps else "programme.staff.goals.goal_bare",
        goal=cards_plan.heading(place + 1, goal),
        **({"steps": cards_plan.steps_of(goal)} if goal.steps else {}),
        keyboard=(
            *cards_plan.in_rows(numbers),
            *(_changing(goal, place, len(written)) if goals.may_write(turn.person, case) else ()),
            (button("programme.staff.button.back_to_goals", OpenGoals(case.id)),),
        ),
        about=case.youth_id,
    )


def _changing(goal: Goal, place: int, of: int) -> Keyboard:
    add: Row = ()
    if goals.has_room_for_step(goal):
        add = (button("programme.staff.button.add_step", ChooseMeasure(goal.id)),)
    words = (
        button("programme.staff.button.word_goal", WordGoal(goal.id)),
        button("programme.staff.button.drop_goal", DropGoal(goal.id)),
    )
    moves: Row = ()
    if place > 0:
        moves = (*moves, button("programme.staff.button.up", MoveGoal(goal.id, place - 1)))
    if place < of - 1:
        moves = (*moves, button("programme.staff.button.down", MoveGoal(goal.id, place + 1)))
    return tuple(row for row in (add, words, moves) if row)


@routes.press(AddGoal)
async def ask_goal(turn: Turn, action: AddGoal) -> None:
    if (case := await writable(turn, action.case)) is None:
        await turn.forbidden()
        return
    await _ask(turn, action, "programme.staff.goals.ask_goal", case)


@routes.text(AddGoal)
async def goal_typed(turn: Turn, action: AddGoal, text: str) -> None:
    if (case := await writable(turn, action.case)) is None:
        await turn.forbidden()
        return
    words = goals.worded(text)
    if isinstance(words, TooLong | NoWords):
        await _ask(turn, action, "programme.staff.goals.too_long", case)
    elif not goals.has_room(await store_goals.goals_of(turn.db, case.id)):
        await show_goals(turn, case)
    else:
        number = await store_goals.add_goal(turn.db, case.id, turn.person.id, turn.now, words=words)
        await turn.note("plan.goal_added", "case", case.id)
        await show_goal(turn, case, number)


@routes.press(WordGoal)
async def ask_words(turn: Turn, action: WordGoal) -> None:
    if (found := await goal_to_write(turn, action.goal)) is None:
        await turn.forbidden()
        return
    await _ask(turn, action, "programme.staff.goals.ask_words", found.case)


@routes.text(WordGoal)
async def words_typed(turn: Turn, action: WordGoal, text: str) -> None:
    if (found := await goal_to_write(turn, action.goal)) is None:
        await turn.forbidden()
        return
    words = goals.worded(text)
    if isinstance(words, TooLong | NoWords):
        await _ask(turn, action, "programme.staff.goals.too_long", found.case)
        return
    await store_goals.word_goal(turn.db, found.goal.id, words)
    await turn.note("plan.goal_worded", "case", found.case.id)
    await show_goal(turn, found.case, found.goal.id)


async def _ask(turn: Turn, action: AddGoal | WordGoal, key: str, case: Case) -> None:
    turn.replace(
        key,
        most=MOST_WORDS,
        keyboard=((button("programme.staff.button.back_to_goals", OpenGoals(case.id)),),),
        about=case.youth_id,
    )
    turn.expect(action)


@routes.press(MoveGoal)
async def move_goal(turn: Turn, action: MoveGoal) -> None:
    if (found := await goal_to_write(turn, action.goal)) is None:
        await turn.forbidden()
        return
    order = [one.id for one in found.goals]
    wanted = goals.moved(order, found.goal.id, action.place)
    if wanted != order:
        await store_goals.order_goals(turn.db, wanted)
        await turn.note("plan.goal_moved", "case", found.case.id)
    await show_goal(turn, found.case, found.goal.id)


@routes.press(DropGoal)
async def drop_goal(turn: Turn, action: DropGoal) -> None:
    """What no lead has ever read is gone; what was agreed to once is kept as dropped."""
    if (found := await goal_to_write(turn, action.goal)) is None:
        await turn.forbidden()
        return
    ever = await store_approvals.steps_ever_laid(turn.db, found.case.id)
    if not any(step.id in ever for step in found.goal.steps):
        await store_goals.delete_goal(turn.db, found.goal.id)
    else:
        for step in found.goal.steps:
            if step.id in ever:
                await store_goals.set_state(turn.db, step, StepState.DROPPED, turn.person.id, turn.now)
            else:
                await store_goals.delete_step(turn.db, step.id)
    await turn.note("plan.goal_dropped", "case", found.case.id)
    await show_goals(turn, found.case)


# --- templates --------------------------------------------------------------------------------------------------


@routes.press(ChooseTemplate)
async def choose_template(turn: Turn, action: ChooseTemplate) -> None:
    """Those that suit the young person's language stand first, and say so."""
    if (case := await writable(turn, action.case)) is None:
        await turn.forbidden()
        return
    youth = await youth_of(turn.db, case)
    there = len(await store_goals.goals_of(turn.db, case.id))
    offered = templates.offered(youth.language)
    suggested = [one for one in offered if youth.language in one.for_languages]
    turn.replace(
        "programme.staff.goals.templates_suggested" if suggested else "programme.staff.goals.templates",
        **({"name": phrase(f"programme.staff.template.{suggested[0].name.value}")} if suggested else {}),
        keyboard=(
            *((button(f"programme.staff.template.{one.name.value}", TakeTemplate(case.id, one.name, there)),)
              for one in offered),
            (button("programme.staff.button.back_to_goals", OpenGoals(case.id)),),
        ),
        about=youth.id,
    )  # fmt: skip


@routes.press(TakeTemplate)
async def take_template(turn: Turn, action: TakeTemplate) -> None:
    """Its goals become rows like any other, as many as there is room for."""
    if (case := await writable(turn, action.case)) is None:
        await turn.forbidden()
        return
    written = await store_goals.goals_of(turn.db, case.id)
    if len(written) == action.there:
        room = goals.MOST_GOALS - len(goals.meant(written))
        for goal in templates.templates()[action.name].goals[:room]:
            number = await store_goals.add_goal(turn.db, case.id, turn.person.id, turn.now, template=goal.name)
            for step in goal.steps:
                await store_goals.add_step(turn.db, number, step.kind, step.helper, turn.person.id, turn.now)
        await turn.note("plan.template_taken", "case", case.id)
    await show_goals(turn, case)
