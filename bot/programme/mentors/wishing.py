"""Whom a wish for another mentor concerns: who decides, found anew each time, and how they are told."""

from collections.abc import Sequence

from bot.people import store as people
from bot.programme.keepers import youth_of
from bot.programme.mentors import store_wishes, wishes
from bot.programme.mentors.screens_mentors import OpenWish
from bot.programme.mentors.wishes import Line, Wish
from bot.programme.rules import Case
from bot.roles import Person, Role
from bot.turn import Connection, Keyboard, Tick, Turn, button
from bot.words import Phrase, phrase


async def deciding(db: Connection, case: Case) -> Line:
    """Leads of the municipality, its coordinators, the national ones; without whoever guides the case (S4.4)."""
    leads = await people.holders(db, Role.LEAD, case.municipality)
    coordinators = await people.holders(db, Role.COORDINATOR, case.municipality)
    national = await people.holders(db, Role.COORDINATOR, None)
    return wishes.line(case, leads, coordinators, national if case.municipality is not None else ())


async def tell(tick: Tick, case: Case, wish: Wish, those: Sequence[Person], what: str) -> None:
    """Tell those who decide; what the young person wrote is read on the bot's own page alone."""
    youth = await youth_of(tick.db, case)
    for one in those:
        tick.tell(
            one.id,
            phrase(f"programme.staff.wish.{what}", code_name=youth.code_name),
            keyboard=((button("programme.staff.button.wish", OpenWish(wish.id)),),),
            about=youth.id,
            once=f"wish:{wish.id}:{what}:{int(wish.step)}:{tick.now:%Y%m%d%H%M}:{one.id}",
        )


def who(case: Case, those: Sequence[Person]) -> Phrase:
    """Who that is, as the young person reads it."""
    leads = all(one.holds(Role.LEAD, case.municipality) for one in those)
    return phrase("programme.youth.wish_who.leads" if leads else "programme.youth.wish_who.coordinators")


async def rows(turn: Turn, case: Case) -> Keyboard:
    """On the page of a case, for those who decide and nobody else."""
    if not {Role.LEAD, Role.COORDINATOR} & turn.person.roles:
        return ()
    wish = await store_wishes.open_wish(turn.db, case.id)
    if wish is None or not wishes.may_know(turn.person, case, wish, await deciding(turn.db, case)):
        return ()
    return ((button("programme.staff.button.wish", OpenWish(wish.id)),),)
