"""Somebody goes or cannot be reached: whoever works with them learns that, and no more."""

from collections.abc import Sequence

from bot.people import store as people
from bot.people.rules import Leaving, Purpose, Unreachable, Withdrew
from bot.programme import store
from bot.programme.keepers import keepers_of
from bot.programme.rules import OPEN, Case, CaseEnded, Outcome, Stage
from bot.programme.screens import case_button
from bot.roles import Person
from bot.routes import Routes
from bot.turn import Tick
from bot.words import phrase

routes = Routes()


@routes.on(Leaving)
async def left(tick: Tick, happened: Leaving) -> None:
    """A young person's mentor and leads are told "left"; when a mentor goes, the leads have to find another."""
    case = await store.case_of_youth(tick.db, happened.person_id)
    if case is not None and case.is_open:
        for staff in await _working_with(tick, case):
            tick.tell(staff, phrase("programme.staff.youth_left", code_name=happened.code_name))
    for mentored in await store.cases_of_mentor(tick.db, happened.person_id, *OPEN):
        youth = await people.person(tick.db, mentored.youth_id)
        for keeper in await keepers_of(tick.db, mentored):
            if youth is not None and keeper.id != happened.person_id:
                tick.tell(
                    keeper.id, phrase("programme.staff.mentor_left", code_name=youth.code_name),
                    keyboard=((case_button(mentored.id),),), about=youth.id,
                )


@routes.on(Withdrew)
async def withdrew(tick: Tick, happened: Withdrew) -> None:
    """Who may not be written to cannot be in the programme: the case ends, and with it all that was planned."""
    case = await store.case_of_youth(tick.db, happened.person_id)
    youth = await people.person(tick.db, happened.person_id)
    if happened.purpose is not Purpose.CONTACT or case is None or youth is None or not case.is_open:
        return
    running = case.stage is Stage.PROGRAMME
    stage, outcome = (Stage.CLOSED, Outcome.LEFT_EARLY) if running else (Stage.NOT_NOW, None)
    staff = await _working_with(tick, case)
    if await store.end(tick.db, case, stage, outcome, None, tick.now):
        await tick.record("case.ended", actor=youth.id, subject="case", subject_id=case.id)
        await tick.happened(CaseEnded(case.id, youth.id))
        for one in staff:
            tick.tell(
                one, phrase("programme.staff.youth_withdrew", code_name=youth.code_name),
                keyboard=((case_button(case.id),),), about=youth.id,
            )


@routes.on(Unreachable)
async def unreachable(tick: Tick, happened: Unreachable) -> None:
    """The young person closed the chat with the bot: the mentor would otherwise wait for answers."""
    case = await store.case_of_youth(tick.db, happened.person_id)
    youth: Person | None = await people.person(tick.db, happened.person_id)
    if case is None or youth is None or not case.is_open:
        return
    for staff in await _working_with(tick, case):
        tick.tell(
            staff, phrase("programme.staff.youth_unreachable", code_name=youth.code_name),
            keyboard=((case_button(case.id),),), about=youth.id,
        )


async def _working_with(tick: Tick, case: Case) -> Sequence[int]:
    """The mentor and whoever answers for the case, each once."""
    keepers = [keeper.id for keeper in await keepers_of(tick.db, case)]
    mentor = [] if case.mentor_id is None else [case.mentor_id]
    return list(dict.fromkeys(mentor + keepers))
