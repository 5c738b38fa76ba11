"""What falls due while nobody reacts to a new contact: one reminder, then the next in line, once each."""

from bot.programme import rules, store
from bot.programme.contact import ESCALATED, REMINDED, tell_keepers
from bot.programme.keepers import in_charge
from bot.programme.screens import with_plan_and_help
from bot.routes import Routes
from bot.turn import Tick
from bot.words import phrase

routes = Routes()


@routes.at_tick
async def remind(tick: Tick) -> bool:
    """Remind those in charge; what they do not answer goes on to the next in line."""
    waiting = await store.to_remind(tick.db, tick.now)
    if not waiting:
        return False
    hours = await tick.hours()
    for one in waiting:
        if await store.claim_reminder(tick.db, one, rules.escalate_at(tick.now, hours)):
            keepers = await in_charge(tick.db, one.case.municipality)
            await tell_keepers(tick, one.case, keepers, REMINDED)
    return len(waiting) == store.AT_ONCE


@routes.at_tick
async def escalate(tick: Tick) -> bool:
    """Tell the next in line, and the young person that they are not forgotten."""
    waiting = await store.to_escalate(tick.db, tick.now)
    for one in waiting:
        if await store.claim_escalation(tick.db, one):
            keepers = await in_charge(tick.db, one.case.municipality)
            next_in_line = await in_charge(tick.db, one.case.municipality, above=keepers.level)
            await tell_keepers(tick, one.case, next_in_line, ESCALATED)
            tick.tell(
                one.case.youth_id, phrase("programme.youth.contact.takes_longer"), keyboard=with_plan_and_help(),
                once=f"case:{one.case.id}:takes_longer",
            )
    return len(waiting) == store.AT_ONCE
