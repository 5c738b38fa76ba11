"""Somebody goes or cannot be reached: whoever works with them learns that, and no more."""

from bot.people import store as people
from bot.people.rules import Leaving, Purpose, Unreachable, Withdrew
from bot.programme import store
from bot.programme.cards import shown
from bot.programme.keepers import in_charge, keepers_of, working_with
from bot.programme.rules import OPEN, CaseEnded, Outcome, Stage
from bot.programme.screens import OpenCases, case_button
from bot.roles import Person, Role
from bot.routes import Routes
from bot.turn import Tick, button
from bot.words import phrase

routes = Routes()


@routes.on(Leaving)
async def left(tick: Tick, happened: Leaving) -> None:
    """A young person's mentor and leads are told "left"; when a mentor goes, the leads have to find another."""
    case = await store.case_of_youth(tick.db, happened.person_id)
    if case is not None and case.is_open:
        for staff in await working_with(tick.db, case):
            tick.tell(staff.id, phrase("programme.staff.youth_left", code_name=happened.code_name))
    for mentored in await store.cases_of_mentor(tick.db, happened.person_id, *OPEN):
        youth = await people.person(tick.db, mentored.youth_id)
        for keeper in await keepers_of(tick.db, mentored):
            if youth is not None and keeper.id != happened.person_id:
                tick.tell(
                    keeper.id,
                    phrase("programme.staff.mentor_left", code_name=youth.code_name),
                    keyboard=((case_button(mentored.id),),),
                    about=youth.id,
                )


@routes.on(Withdrew)
async def withdrew(tick: Tick, happened: Withdrew) -> None:
    """Who may not be written to, or will not be in it any more, is in no programme: what was planned ends too."""
    if happened.purpose not in (Purpose.CONTACT, Purpose.PROGRAMME):
        return
    case = await store.case_of_youth(tick.db, happened.person_id)
    youth = await people.person(tick.db, happened.person_id)
    if case is None or youth is None or not case.is_open:
        return
    running = case.stage is Stage.PROGRAMME
    stage, outcome = (Stage.CLOSED, Outcome.LEFT_EARLY) if running else (Stage.NOT_NOW, None)
    staff = await working_with(tick.db, case)
    if await store.end(tick.db, case, stage, outcome, None, tick.now):
        await tick.record("case.ended", actor=youth.id, subject="case", subject_id=case.id)
        await tick.happened(CaseEnded(case.id, youth.id))
        for one in staff:
            tick.tell(
                one.id,
                phrase("programme.staff.youth_withdrew", code_name=youth.code_name),
                keyboard=((case_button(case.id),),),
                about=youth.id,
            )


@routes.on(Unreachable)
async def unreachable(tick: Tick, happened: Unreachable) -> None:
    """Somebody closed the chat with the bot: whoever works with them would otherwise wait for answers."""
    person = await people.person(tick.db, happened.person_id)
    if person is None:
        return
    if Role.MENTOR in person.roles:
        await _mentor_unreachable(tick, person)
    case = await store.case_of_youth(tick.db, person.id)
    if case is None or not case.is_open:
        return
    for staff in await working_with(tick.db, case):
        tick.tell(
            staff.id,
            phrase("programme.staff.youth_unreachable", code_name=person.code_name),
            keyboard=((case_button(case.id),),),
            about=person.id,
        )


async def _mentor_unreachable(tick: Tick, mentor: Person) -> None:
    """Nothing reaches this mentor any more: who leads where they work learns it, and how many it touches."""
    mentored = await store.cases_of_mentor(tick.db, mentor.id, *OPEN)
    places = {grant.municipality for grant in mentor.grants if grant.role is Role.MENTOR}
    told = [one for place in places for one in (await in_charge(tick.db, place)).people]
    told += [one for case in mentored for one in await keepers_of(tick.db, case)]
    for one in {one.id: one for one in told if one.id != mentor.id}.values():
        tick.tell(
            one.id,
            phrase("programme.staff.mentor_unreachable", mentor=shown(mentor), number=len(mentored)),
            keyboard=((button("programme.staff.button.cases", OpenCases()),),) if one.may(OpenCases.tag) else (),
        )
