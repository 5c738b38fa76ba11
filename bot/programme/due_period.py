"""A programme's period nears its end or has passed it: its lead and mentor are told, asked to close it, asked again."""

from enum import StrEnum
from typing import assert_never

from bot.programme import periods, rules, store
from bot.programme.keepers import working_with, youth_of
from bot.programme.periods import Announce, AskToClose
from bot.programme.rules import Case, PeriodOver, Stage
from bot.programme.screens import ChooseOutcome, case_button
from bot.routes import Routes
from bot.turn import Tick, button
from bot.words import phrase

routes = Routes()


class Occasion(StrEnum):
    """What is said of the end; the lead, who closes it, and everybody else each read their own words."""

    NEARS = "nears"
    PASSED = "passed"
    STILL_OPEN = "still_open"


@routes.at_tick(store.END_NEARS)
async def end_nears_or_passed(tick: Tick) -> bool:
    """A month before the end of a long programme, and on the first working morning after the end of any."""
    waiting = await store.to_remind(tick.db, tick.now, Stage.PROGRAMME)
    if not waiting:
        return False
    hours = await tick.hours()
    for one in waiting:
        assert one.case.ends_on is not None
        match periods.step(one.case.ends_on, tick.now, hours):
            case Announce(ask_at):
                if await store.postpone_reminder(tick.db, one, ask_at):
                    await _tell(tick, one.case, Occasion.NEARS)
            case AskToClose(again_at):
                if await store.claim_reminder(tick.db, one, again_at):
                    await _tell(tick, one.case, Occasion.PASSED)
            case never:
                assert_never(never)
    return len(waiting) == store.AT_ONCE


@routes.at_tick(store.STILL_OPEN)
async def still_open(tick: Tick) -> bool:
    """One reminder; with it everything that was planned in the period and never recorded leaves the lists."""
    waiting = await store.to_escalate(tick.db, tick.now, Stage.PROGRAMME)
    for one in waiting:
        if await store.claim_escalation(tick.db, one):
            await tick.happened(PeriodOver(one.case.id))
            await _tell(tick, one.case, Occasion.STILL_OPEN)
    return len(waiting) == store.AT_ONCE


async def _tell(tick: Tick, case: Case, occasion: Occasion) -> None:
    assert case.ends_on is not None
    youth = await youth_of(tick.db, case)
    for one in await working_with(tick.db, case):
        if not rules.may_see(one, case):
            continue
        decides = rules.may_decide(one, case)
        closing = ((button("programme.staff.button.close", ChooseOutcome(case.id)),),) if decides else ()
        tick.tell(
            one.id,
            phrase(
                f"programme.staff.period.{occasion.value}.{'lead' if decides else 'others'}",
                code_name=youth.code_name,
                ends_on=case.ends_on,
            ),
            keyboard=(*(closing if occasion is not Occasion.NEARS else ()), (case_button(case.id),)),
            about=youth.id,
            once=f"case:{case.id}:{occasion.value}:{one.id}:{case.ends_on}",
        )
