"""The safety plan: how closely staff look, and the steps that mentor and young person wrote down together."""

from bot.people.menu import ShowMenu
from bot.routes import Routes
from bot.safety import plans, store_plans
from bot.safety.actions import OpenReport, OpenSafetyPlan, SetLevel, WritePlan
from bot.safety.plans import MOST_STEPS, Guided, Level, Plan
from bot.turn import Keyboard, Turn, button
from bot.words import Lines, phrase

routes = Routes()


async def _guided(turn: Turn, youth_id: int) -> Guided | None:
    guided = await store_plans.guided(turn.db, youth_id)
    return guided if guided is not None and plans.may_guide(turn.person, guided) else None


@routes.press(OpenSafetyPlan)
async def open_plan(turn: Turn, action: OpenSafetyPlan) -> None:
    guided = await _guided(turn, action.youth)
    if guided is None:
        await turn.forbidden()
        return
    await _show(turn, guided)


async def _show(turn: Turn, guided: Guided) -> None:
    plan = await store_plans.plan(turn.db, guided.youth_id)
    lines = [phrase("safety.staff.plan_level", level=phrase(f"safety.staff.level.{_level(plan).value}"))]
    if plan is not None:
        lines.append(phrase("safety.staff.plan_changed", at=plan.changed_at))
    steps = phrase("safety.staff.plan_steps", steps=plan.steps) if plan and plan.steps else _NO_STEPS
    turn.replace(
        "safety.staff.plan",
        code_name=guided.code_name,
        lines=Lines(tuple(lines)),
        steps=steps,
        keyboard=_keyboard(guided.youth_id, _level(plan)),
        about=guided.youth_id,
    )


_NO_STEPS = phrase("safety.staff.plan_no_steps")


def _level(plan: Plan | None) -> Level:
    return plan.level if plan is not None else Level.NONE


def _keyboard(youth_id: int, stands: Level) -> Keyboard:
    levels = tuple(
        (button(f"safety.staff.button.level.{one.value}", SetLevel(youth_id, one)),)
        for one in Level
        if one is not stands
    )
    return (
        (button("safety.staff.button.write_plan", WritePlan(youth_id)),),
        *levels,
        (button("safety.staff.button.report", OpenReport(youth_id)),),
        (button("people.any.button.menu", ShowMenu()),),
    )


@routes.press(SetLevel)
async def set_level(turn: Turn, action: SetLevel) -> None:
    guided = await _guided(turn, action.youth)
    if guided is None:
        await turn.forbidden()
        return
    before = await store_plans.plan(turn.db, guided.youth_id)
    if _level(before) is not action.level:  # else it was pressed twice
        steps = before.steps if before is not None else ""
        await store_plans.save(turn.db, guided.youth_id, Plan(action.level, steps, turn.now), turn.person.id)
        await turn.note(f"safety_plan.{action.level.value}", "person", guided.youth_id)
    await _show(turn, guided)


@routes.press(WritePlan)
async def ask_steps(turn: Turn, action: WritePlan) -> None:
    guided = await _guided(turn, action.youth)
    if guided is None:
        await turn.forbidden()
        return
    turn.say(
        "safety.staff.ask_steps",
        most=MOST_STEPS,
        keyboard=((button("safety.staff.button.back_to_plan", OpenSafetyPlan(guided.youth_id)),),),
        about=guided.youth_id,
    )
    turn.expect(action)


@routes.text(WritePlan)
async def steps_given(turn: Turn, action: WritePlan, text: str) -> None:
    guided = await _guided(turn, action.youth)
    if guided is None:
        await turn.forbidden()
        return
    steps = text.strip()
    if len(steps) > MOST_STEPS:
        turn.say(
            "safety.staff.steps_too_long",
            most=MOST_STEPS,
            keyboard=((button("safety.staff.button.back_to_plan", OpenSafetyPlan(guided.youth_id)),),),
            about=guided.youth_id,
        )
        turn.expect(action)
        return
    before = await store_plans.plan(turn.db, guided.youth_id)
    await store_plans.save(turn.db, guided.youth_id, Plan(_level(before), steps, turn.now), turn.person.id)
    await turn.note("safety_plan.changed", "person", guided.youth_id)
    await _show(turn, guided)
