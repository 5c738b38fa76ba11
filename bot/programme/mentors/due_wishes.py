"""A wish for another mentor that nobody decides on: one reminder, then the next in line; whoever asked is told."""

from bot.programme import store
from bot.programme.mentors import store_wishes, wishes, wishing
from bot.programme.mentors.wishes import Step, Wish
from bot.programme.rules import Case
from bot.programme.screens import with_plan_and_help
from bot.routes import Routes
from bot.turn import Tick
from bot.words import phrase

routes = Routes()


@routes.at_tick(store_wishes.FELL_DUE)
async def fell_due(tick: Tick) -> bool:
    """Take the next step of each wish that waits too long."""
    found = await store_wishes.fell_due(tick.db, tick.now)
    for wish in found:
        async with tick.apart(wish.id):
            case = await store.case(tick.db, wish.case_id)
            if case is not None:
                await _step(tick, case, wish)
    return len(found) == store_wishes.AT_ONCE


async def _step(tick: Tick, case: Case, wish: Wish) -> None:
    line, hours = await wishing.deciding(tick.db, case), await tick.hours()
    if not line:
        await store_wishes.move_on(tick.db, wish, Step.ASKED, wishes.look_again_at(tick.now, hours))
    elif wish.step is Step.ASKED:
        if await store_wishes.move_on(tick.db, wish, Step.REMINDED, wishes.pass_on_at(tick.now, hours)):
            await wishing.tell(tick, case, wish, line[0], "reminder")
    elif await store_wishes.move_on(tick.db, wish, Step.PASSED_ON, None):
        await _pass_on(tick, case, wish, line)


async def _pass_on(tick: Tick, case: Case, wish: Wish, line: wishes.Line) -> None:
    """Where nobody stands above those who decide they are asked once more, and nothing untrue is said."""
    above = line[1] if len(line) > 1 else ()
    await wishing.tell(tick, case, wish, above or line[0], "passed_on" if above else "reminder")
    key = "programme.youth.wish.takes_longer" if above else "programme.youth.wish.still_open"
    tick.tell(case.youth_id, phrase(key), keyboard=with_plan_and_help(), once=f"wish:{wish.id}:longer")
