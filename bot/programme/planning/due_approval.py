"""A plan that no lead decides on: one reminder to them, then the next in line hear of it. And words that got no yes."""

from collections.abc import Sequence
from typing import assert_never

from bot.people import store as people
from bot.programme import store
from bot.programme.keepers import Level, in_charge, youth_of
from bot.programme.planning import approvals, store_approvals
from bot.programme.planning.actions_plan import ReadPlan
from bot.programme.planning.approvals import Laid, State
from bot.programme.profile import store_profiles
from bot.programme.rules import Case, may_see
from bot.programme.screens import case_button
from bot.roles import Person, Role
from bot.routes import Routes
from bot.turn import Tick, button
from bot.words import phrase

routes = Routes()


@routes.at_tick(store_approvals.STILL_WAITS)
async def still_waits(tick: Tick) -> bool:
    """The leads are reminded after two working days, and after two more the coordinators are told, each once; where
    nobody leads, they are told at once."""
    waiting = await store_approvals.still_waiting(tick.db, tick.now)
    if not waiting:
        return False
    again_at = approvals.remind_at(tick.now, await tick.hours())
    for laid, since in waiting:
        async with tick.apart(laid.id):
            case = await store.case(tick.db, laid.case_id)
            assert case is not None
            leads = await people.holders_for(tick.db, Role.LEAD, case.municipality)
            match laid.state:
                case State.LAID if leads:
                    if await store_approvals.claim(tick.db, laid, since, State.REMINDED, again_at):
                        await _remind(tick, case, laid, leads)
                case State.LAID | State.REMINDED:
                    if await store_approvals.claim(tick.db, laid, since, State.ESCALATED, None):
                        await _escalate(tick, case, laid)
                case State.ESCALATED | State.APPROVED | State.SENT_BACK | State.TAKEN_BACK:
                    raise AssertionError(f"nothing falls due for a plan that is {laid.state.value}")
                case never:
                    assert_never(never)
    return len(waiting) == store_approvals.AT_ONCE


async def _remind(tick: Tick, case: Case, laid: Laid, leads: Sequence[Person]) -> None:
    """Whoever may decide: the others where there are others, else the lead who wrote it."""
    author = laid.laid_by if laid.laid_by is not None else 0
    for lead in approvals.others(leads, author, case) or leads:
        await _tell(tick, case, laid, lead, "programme.staff.lay.reminder")


async def _escalate(tick: Tick, case: Case, laid: Laid) -> None:
    """The coordinators cannot decide, but they can see to it that somebody does; who leads nothing reads no plan."""
    above = await in_charge(tick.db, case.municipality, above=Level.LEADS)
    for one in above.people:
        if may_see(one, case):
            await _tell(tick, case, laid, one, "programme.staff.lay.escalated")


async def _tell(tick: Tick, case: Case, laid: Laid, person: Person, key: str) -> None:
    youth = await youth_of(tick.db, case)
    reads = person.holds(Role.LEAD, case.municipality)
    tick.tell(
        person.id,
        phrase(key, code_name=youth.code_name, laid_at=laid.laid_at),
        keyboard=(
            *(((button("programme.staff.button.read_plan", ReadPlan(laid.id)),),) if reads else ()),
            (case_button(case.id),),
        ),
        about=youth.id,
        once=f"plan:{laid.id}:{key.rpartition('.')[2]}:{person.id}",
    )


@routes.at_tick(store_profiles.NOT_AGREED_TO)
async def words_without_a_yes(tick: Tick) -> bool:
    """What a mentor wrote down of somebody's wishes is kept only if they agree."""
    waiting = await store_profiles.not_agreed_to(tick.db, tick.now)
    for profile in waiting:
        async with tick.apart(profile.case_id):
            await store_profiles.drop_unanswered(tick.db, profile.case_id)
            await tick.record("profile.words_dropped", subject="case", subject_id=profile.case_id)
    return len(waiting) == store_profiles.AT_ONCE
