"""What falls due while nobody reacts to a new contact: one reminder, then the next in line, once each."""

from bot.programme import rules, store
from bot.programme.joining.contact import ASKED_AGAIN, ESCALATED, REMINDED, tell_keepers
from bot.programme.keepers import Level, in_charge
from bot.programme.rules import Case, Stage
from bot.programme.screens import with_plan_and_help
from bot.routes import Routes
from bot.turn import Tick
from bot.words import phrase

routes = Routes()


@routes.at_tick(store.REMIND_CONTACT)
async def remind(tick: Tick) -> bool:
    """Remind those in charge; what they do not answer goes on to the next in line."""
    waiting = await store.to_remind(tick.db, tick.now, Stage.CONTACT)
    if not waiting:
        return False
    hours = await tick.hours()
    for one in waiting:
        async with tick.apart(one.case.id):
            if await store.claim_reminder(tick.db, one, rules.escalate_at(tick.now, hours)):
                keepers = await in_charge(tick.db, one.case.municipality)
                await tell_keepers(tick, one.case, keepers, REMINDED)
    return len(waiting) == store.AT_ONCE


@routes.at_tick(store.ESCALATE_CONTACT)
async def escalate(tick: Tick) -> bool:
    """Tell the next in line, and the young person that they are not forgotten."""
    waiting = await store.to_escalate(tick.db, tick.now, Stage.CONTACT)
    for one in waiting:
        async with tick.apart(one.case.id):
            if await store.claim_escalation(tick.db, one):
                await _escalate(tick, one.case)
    return len(waiting) == store.AT_ONCE


async def _escalate(tick: Tick, case: Case) -> None:
    """Where nobody stands above those in charge they are asked once more; nobody is promised help that is not there."""
    keepers = await in_charge(tick.db, case.municipality)
    above = await in_charge(tick.db, case.municipality, above=keepers.level)
    if above.people:
        await tell_keepers(tick, case, above, ESCALATED)
    else:
        await tell_keepers(tick, case, keepers, ASKED_AGAIN)
    others_help = above.level in (Level.COORDINATORS, Level.NATIONAL)
    tick.tell(
        case.youth_id,
        phrase("programme.youth.contact.takes_longer" if others_help else "programme.youth.contact.still_open"),
        keyboard=with_plan_and_help(),
        once=f"case:{case.id}:takes_longer",
    )
