"""What a step says beside its kind: words of its own, until when, and who helps."""

from bot.programme.joining import plans
from bot.programme.planning import cards_plan, goals, store_goals
from bot.programme.planning.actions_plan import ChooseDay, ChooseHelper, SetDay, SetHelper, UnwordStep, WordStep
from bot.programme.planning.chat_steps import FoundStep, back_to_goal, show_again, step_to_write
from bot.programme.planning.goals import MOST_WORDS, Helper, NoWords, Period, TooLong
from bot.programme.rules import Case
from bot.routes import Routes
from bot.turn import Button, Keyboard, Turn, button

routes = Routes()


def _period(turn: Turn, case: Case) -> Period:
    return goals.period(case, turn.now.astimezone(turn.zone).date())


@routes.press(WordStep)
async def ask_words(turn: Turn, action: WordStep) -> None:
    if (found := await step_to_write(turn, action.step)) is None:
        await turn.forbidden()
        return
    _ask_words(turn, action, found, "programme.staff.goals.ask_step_words")


def _ask_words(turn: Turn, action: WordStep, found: FoundStep, key: str) -> None:
    without: Keyboard = ()
    if found.step.words is not None:
        without = ((button("programme.staff.button.unword", UnwordStep(found.step.id)),),)
    turn.replace(key, most=MOST_WORDS, keyboard=(*without, back_to_goal(found.goal.id)), about=found.case.youth_id)
    turn.expect(action)


@routes.text(WordStep)
async def words_typed(turn: Turn, action: WordStep, text: str) -> None:
    if (found := await step_to_write(turn, action.step)) is None:
        await turn.forbidden()
        return
    words = goals.worded(text)
    if isinstance(words, TooLong | NoWords):
        _ask_words(turn, action, found, "programme.staff.goals.too_long")
        return
    await store_goals.word_step(turn.db, found.step.id, words, turn.person.id, turn.now)
    await _changed(turn, found)


@routes.press(UnwordStep)
async def unword(turn: Turn, action: UnwordStep) -> None:
    if (found := await step_to_write(turn, action.step)) is None:
        await turn.forbidden()
        return
    await store_goals.word_step(turn.db, found.step.id, None, turn.person.id, turn.now)
    await _changed(turn, found)


async def _changed(turn: Turn, found: FoundStep) -> None:
    await turn.note("plan.step_changed", "case", found.case.id)
    await show_again(turn, found)


@routes.press(ChooseDay)
async def choose_day(turn: Turn, action: ChooseDay) -> None:
    if (found := await step_to_write(turn, action.step)) is None:
        await turn.forbidden()
        return
    _ask_day(turn, action, found, "programme.staff.goals.ask_day")


def _ask_day(turn: Turn, action: ChooseDay, found: FoundStep, key: str) -> None:
    within = _period(turn, found.case)
    days: Keyboard = tuple(
        (button("programme.staff.button.until", SetDay(found.step.id, day), day=day),)
        for day in goals.offered_days(within)
    )
    turn.replace(
        key,
        first=within.first,
        last=within.last,
        keyboard=(
            *cards_plan.in_rows(days, 2),
            (button("programme.staff.button.no_day", SetDay(found.step.id)),),
            back_to_goal(found.goal.id),
        ),
        about=found.case.youth_id,
    )
    turn.expect(action)


@routes.text(ChooseDay)
async def day_typed(turn: Turn, action: ChooseDay, text: str) -> None:
    if (found := await step_to_write(turn, action.step)) is None:
        await turn.forbidden()
        return
    within = _period(turn, found.case)
    day = plans.typed_day(text, within.first)
    if day is None or day not in within:
        _ask_day(turn, action, found, "programme.staff.goals.day_unclear")
        return
    await _set_day(turn, found, SetDay(found.step.id, day))


@routes.press(SetDay)
async def set_day(turn: Turn, action: SetDay) -> None:
    if (found := await step_to_write(turn, action.step)) is None:
        await turn.forbidden()
    elif action.day is not None and action.day not in _period(turn, found.case):
        _ask_day(turn, ChooseDay(found.step.id), found, "programme.staff.goals.day_unclear")
    else:
        await _set_day(turn, found, action)


async def _set_day(turn: Turn, found: FoundStep, action: SetDay) -> None:
    await store_goals.set_day(turn.db, found.step.id, action.day, turn.person.id, turn.now)
    await _changed(turn, found)


@routes.press(ChooseHelper)
async def choose_helper(turn: Turn, action: ChooseHelper) -> None:
    if (found := await step_to_write(turn, action.step)) is None:
        await turn.forbidden()
        return
    helpers: list[tuple[Button]] = [
        (button(f"programme.any.helper.{one.value}", SetHelper(found.step.id, one)),) for one in Helper
    ]
    turn.replace(
        "programme.staff.goals.ask_helper",
        step=cards_plan.what(found.step),
        keyboard=(*helpers, back_to_goal(found.goal.id)),
        about=found.case.youth_id,
    )


@routes.press(SetHelper)
async def set_helper(turn: Turn, action: SetHelper) -> None:
    if (found := await step_to_write(turn, action.step)) is None:
        await turn.forbidden()
        return
    await store_goals.set_helper(turn.db, found.step.id, action.helper, turn.person.id, turn.now)
    await _changed(turn, found)
