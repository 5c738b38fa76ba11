"""Standing in for a mentor: whom to tell when it begins and ends, and how it is marked on somebody's own list."""

from bot.programme import rules
from bot.programme.cards import shown
from bot.programme.keepers import mentor_of, youth_of
from bot.programme.mentors import store_deputies, store_handovers, store_wishes
from bot.programme.rules import Case
from bot.programme.screens import with_plan_and_help
from bot.roles import Person
from bot.turn import Tick
from bot.words import Fact, phrase


def marked(person: Person, case: Case, code_name: str) -> Fact:
    """The code name as it stands on this person's list, marked where they only stand in."""
    if not rules.deputises(person, case):
        return code_name
    return phrase("programme.any.standing_in", code_name=code_name)


async def no_longer(tick: Tick, case: Case, deputy_id: int, *, told: bool = True) -> bool:
    """Nobody stands in from now on: what has not gone out to the deputy does not, and both sides learn it.

    False where it had ended already. Where another mentor takes over, the young person hears of that instead: `told`
    is False then.
    """
    if not await store_deputies.end(tick.db, case.id, deputy_id):
        return False
    youth = await youth_of(tick.db, case)
    await store_handovers.withhold(tick.db, deputy_id, [case.youth_id], tick.now)
    tick.tell(deputy_id, phrase("programme.staff.deputy_over", code_name=youth.code_name), about=youth.id)
    mentor = await mentor_of(tick.db, case)
    if told and mentor is not None:
        tick.tell(youth.id, phrase("programme.youth.deputy_over", mentor=shown(mentor)), keyboard=with_plan_and_help())
    return True


async def hide_wish(tick: Tick, case: Case, deputy_id: int) -> None:
    """Who stands in never learns that another mentor was asked for, also where they lead and were about to."""
    wish = await store_wishes.open_wish(tick.db, case.id)
    if wish is not None:
        await store_wishes.withhold(tick.db, wish.id, deputy_id)
