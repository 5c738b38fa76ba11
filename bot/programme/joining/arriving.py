"""Somebody comes: a lead or coordinator learns who waits already, a mentor that a young person is back."""

from bot.people import store as people
from bot.people.rules import Back
from bot.programme import store
from bot.programme.keepers import keepers_of, mentor_of
from bot.programme.screens import OpenCases, case_button
from bot.roles import Role
from bot.routes import Routes
from bot.staff.rules import Joined
from bot.turn import Tick, button
from bot.words import phrase

routes = Routes()


@routes.on(Joined)
async def joined(tick: Tick, happened: Joined) -> None:
    """Who comes after a contact has told it to everybody else would otherwise never hear of it."""
    if happened.grant.role not in (Role.LEAD, Role.COORDINATOR):
        return
    number = await store.without_mentor(tick.db, happened.grant.municipality)
    if number:
        tick.tell(
            happened.person_id,
            phrase("programme.staff.some_wait", number=number),
            keyboard=((button("programme.staff.button.cases", OpenCases()),),),
        )


@routes.on(Back)
async def back(tick: Tick, happened: Back) -> None:
    """The mentor was told that the bot could not write, or without one whoever answers for the case."""
    case = await store.case_of_youth(tick.db, happened.person_id)
    youth = await people.person(tick.db, happened.person_id)
    if case is None or youth is None or not case.is_open:
        return
    mentor = await mentor_of(tick.db, case)
    for one in [mentor] if mentor is not None else await keepers_of(tick.db, case):
        tick.tell(
            one.id,
            phrase("programme.staff.youth_back", code_name=youth.code_name),
            keyboard=((case_button(case.id),),),
            about=youth.id,
        )
