"""The end of a period, of a programme or of aftercare: announced, asked about, asked again; said to all it concerns."""

from enum import StrEnum
from typing import assert_never

from bot.programme import rules, store, store_tasks
from bot.programme.keepers import mentor_of, working_with, youth_of
from bot.programme.period import periods, store_extensions
from bot.programme.period.periods import Announce, AskToClose
from bot.programme.period.screens_time import BeginAftercare, KeepOpen, OpenClosingTalk, OpenEnding
from bot.programme.rules import JOINED, Case, PeriodOver
from bot.programme.screens import ChooseOutcome, case_button, talk_row, with_plan_and_help
from bot.programme.tasks import Audience, TaskKind
from bot.roles import Person
from bot.routes import Routes
from bot.turn import Keyboard, Tick, button
from bot.words import Fact, phrase

routes = Routes()


class Occasion(StrEnum):
    """What is said of the end; the lead, who decides on it, and everybody else each read their own words."""

    NEARS = "nears"
    """In about a month."""
    NEARS_SOON = "nears_soon"
    """Sooner, as the whole of it is short."""
    PASSED = "passed"
    STILL_OPEN = "still_open"


@routes.at_tick(store.END_NEARS)
async def end_nears_or_passed(tick: Tick) -> bool:
    """Before the end of a programme or of aftercare, and on the first working morning after it."""
    waiting = await store.to_remind(tick.db, tick.now, *JOINED)
    if not waiting:
        return False
    hours = await tick.hours()
    for one in waiting:
        async with tick.apart(one.case.id):
            ends_on = one.case.aftercare_until or one.case.ends_on
            assert ends_on is not None
            match periods.step(ends_on, tick.now, hours):
                case Announce(ask_at):
                    if await store.postpone_reminder(tick.db, one, ask_at):
                        await _announce(tick, one.case)
                case AskToClose(again_at):
                    if await store.claim_reminder(tick.db, one, again_at):
                        await _say_that_it_passed(tick, one.case)
                case never:
                    assert_never(never)
    return len(waiting) == store.AT_ONCE


@routes.at_tick(store.STILL_OPEN)
async def still_open(tick: Tick) -> bool:
    """One reminder; with it everything that was planned in the period and never recorded leaves the lists. After
    aftercare nobody is reminded: the case may stay open until the last question, which comes by itself."""
    waiting = await store.to_escalate(tick.db, tick.now, *JOINED)
    for one in waiting:
        async with tick.apart(one.case.id):
            if await store.claim_escalation(tick.db, one):
                await tick.happened(PeriodOver(one.case.id))
                if one.case.aftercare_until is None:
                    await _tell_staff(tick, one.case, Occasion.STILL_OPEN)
                else:
                    await store_tasks.finish_of_case(tick.db, one.case.id, TaskKind.CLOSING_TALK, None, tick.now)
    return len(waiting) == store.AT_ONCE


async def _announce(tick: Tick, case: Case) -> None:
    if case.aftercare_until is not None:
        await _announce_closing_talk(tick, case)
        return
    assert case.starts_on is not None
    assert case.ends_on is not None
    in_a_month = periods.is_long(case.starts_on, case.ends_on)
    await _tell_staff(tick, case, Occasion.NEARS if in_a_month else Occasion.NEARS_SOON)
    youth = await youth_of(tick.db, case)
    tick.tell(
        youth.id,
        phrase(f"programme.youth.ending.{'nears' if in_a_month else 'nears_soon'}", ends_on=case.ends_on),
        keyboard=with_plan_and_help((talk_row(),)),
        once=f"case:{case.id}:nears:{youth.id}:{case.ends_on}",
    )


async def _say_that_it_passed(tick: Tick, case: Case) -> None:
    if case.aftercare_until is None:
        await _tell_staff(tick, case, Occasion.PASSED)
        return
    youth = await youth_of(tick.db, case)
    for one in await working_with(tick.db, case):
        if not rules.may_decide(one, case):
            continue
        tick.tell(
            one.id,
            phrase("programme.staff.aftercare.passed", code_name=youth.code_name, until=case.aftercare_until),
            keyboard=(
                (button("programme.staff.button.keep_open", KeepOpen(case.id)),),
                (button("programme.staff.button.close", ChooseOutcome(case.id)),),
                (case_button(case.id),),
            ),
            about=youth.id,
            once=f"case:{case.id}:aftercare_passed:{one.id}:{case.aftercare_until}",
        )


async def _announce_closing_talk(tick: Tick, case: Case) -> None:
    """The mentor gets the task and what the talk is for, the young person when it is; where a pause or a move left no
    talk planned, that it has to be agreed."""
    assert case.aftercare_until is not None
    until = case.aftercare_until
    await store_tasks.open_task(tick.db, case.id, Audience.MENTOR, TaskKind.CLOSING_TALK, tick.now)
    youth = await youth_of(tick.db, case)
    due = await store_extensions.last_talk_at(tick.db, case.id, tick.now)
    which = "closing_talk" if due is not None else "to_agree"
    when: dict[str, Fact] = {} if due is None else {"due": due}
    tick.tell(
        youth.id,
        phrase(f"programme.youth.aftercare.{which}", until=until, **when),
        keyboard=with_plan_and_help((talk_row(),)),
        once=f"case:{case.id}:closing_talk:{youth.id}:{until}",
    )
    mentor = await mentor_of(tick.db, case)
    if mentor is not None:
        tick.tell(
            mentor.id,
            phrase(f"programme.staff.aftercare.{which}_nears", code_name=youth.code_name, until=until, **when),
            keyboard=(
                (button("programme.staff.button.closing_talk", OpenClosingTalk(case.id)),),
                (case_button(case.id),),
            ),
            about=youth.id,
            once=f"case:{case.id}:closing_talk:{mentor.id}:{until}",
        )


async def _tell_staff(tick: Tick, case: Case, occasion: Occasion) -> None:
    assert case.ends_on is not None
    youth = await youth_of(tick.db, case)
    for one in await working_with(tick.db, case):
        if not rules.may_see(one, case):
            continue
        reader = "lead" if rules.may_decide(one, case) else "others"
        tick.tell(
            one.id,
            phrase(
                f"programme.staff.period.{occasion.value}.{reader}", code_name=youth.code_name, ends_on=case.ends_on
            ),
            keyboard=(*_ways_to_end(one, case, occasion), (case_button(case.id),)),
            about=youth.id,
            once=f"case:{case.id}:{occasion.value}:{one.id}:{case.ends_on}",
        )


def _ways_to_end(person: Person, case: Case, occasion: Occasion) -> Keyboard:
    """For who decides: before the end all that is possible, after it aftercare first, then closing."""
    if not rules.may_decide(person, case):
        return ()
    if occasion in (Occasion.NEARS, Occasion.NEARS_SOON):
        return ((button("programme.staff.button.ending", OpenEnding(case.id)),),)
    return (
        (button("programme.staff.button.aftercare", BeginAftercare(case.id)),),
        (button("programme.staff.button.close", ChooseOutcome(case.id)),),
    )
