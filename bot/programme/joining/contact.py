"""A new contact: somebody may write to a young person, so those in charge of the municipality are told."""

from dataclasses import dataclass

from bot.outreach import funnel, store_reached
from bot.people import consenting
from bot.people import store as people
from bot.programme import cards, rules, store
from bot.programme.keepers import Keepers, Level, in_charge
from bot.programme.rules import Case, CasePlaced, Contact
from bot.programme.screens import contact_keyboard, with_plan_and_help
from bot.safety.alerts import DRILL_EVERY
from bot.safety.store_reminders import expect_drill
from bot.turn import Tick, Turn
from bot.words import phrase


@dataclass(frozen=True, slots=True)
class Notice:
    """One telling of a contact: its text, and the occasion, so that nobody is told twice of the same."""

    key: str
    occasion: str


NEW = Notice("programme.staff.contact.new", "contact")
PLACED = Notice("programme.staff.contact.placed", "placed")
REMINDED = Notice("programme.staff.contact.reminder", "reminder")
ESCALATED = Notice("programme.staff.contact.escalated", "escalated")
ASKED_AGAIN = Notice("programme.staff.contact.asked_again", "asked_again")
_FOR_ADMINS = "programme.staff.contact.for_admins"


async def open_contact(turn: Turn, contact: Contact) -> None:
    """Open a case and tell who is in charge and the young person; an open case is not doubled, its contact stands."""
    existing = await store.case_of_youth(turn.db, contact.youth_id)
    if existing is not None and existing.is_open:
        turn.say("programme.youth.contact.stands", keyboard=with_plan_and_help())
        return
    case_id = await store.open_case(turn.db, contact, turn.now, rules.remind_at(turn.now, await turn.hours()))
    await turn.note("case.opened", "case", case_id)
    if contact.municipality is not None:  # from the first young person on, the line of help there has to hold
        await expect_drill(turn.db, contact.municipality, turn.now + DRILL_EVERY)
        await turn.happened(CasePlaced(case_id))
    await store_reached.reached(turn.db, contact.youth_id, funnel.Stage.CONTACT, turn.now)
    opened = await store.case(turn.db, case_id)
    assert opened is not None
    keepers = await in_charge(turn.db, contact.municipality)
    await tell_keepers(turn, opened, keepers, NEW)
    turn.say(_YOUTH_IS_TOLD[keepers.level], keyboard=with_plan_and_help(await consenting.events_row(turn)))


_YOUTH_IS_TOLD = {
    Level.LEADS: "programme.youth.contact.with_leads",
    Level.COORDINATORS: "programme.youth.contact.with_coordinators",
    Level.NATIONAL: "programme.youth.contact.with_coordinators",
    Level.ADMINS: "programme.youth.contact.nobody_yet",
    Level.NOBODY: "programme.youth.contact.nobody_yet",
}


async def tell_keepers(tick: Tick, case: Case, keepers: Keepers, notice: Notice) -> None:
    """Send the case's card to those in charge. Administrators guide no cases: they learn that somebody is missing."""
    youth = await people.person(tick.db, case.youth_id)
    if youth is None:
        return
    for keeper in keepers.people:
        for_admin = keepers.level is Level.ADMINS
        tick.tell(
            keeper.id,
            phrase(_FOR_ADMINS if for_admin else notice.key, details=cards.details(case, youth)),
            keyboard=() if for_admin else contact_keyboard(keeper, case),
            about=case.youth_id,
            once=f"case:{case.id}:{notice.occasion}:{keeper.id}",
        )
