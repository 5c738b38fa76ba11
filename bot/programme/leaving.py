"""Somebody goes or cannot be reached: whoever works with them learns that, and no more."""

from collections import Counter
from dataclasses import replace

from bot.people import store as people
from bot.people.rules import Leaving, Purpose, Unreachable, Withdrew
from bot.programme import store
from bot.programme.cards import shown
from bot.programme.keepers import in_charge, keepers_of, working_with
from bot.programme.mentors import store_deputies, store_handovers, wish_ends
from bot.programme.mentors.deputies import no_longer
from bot.programme.mentors.screens_mentors import HandAll
from bot.programme.mentors.store_handovers import NOTHING
from bot.programme.mentors.wishes import Ending
from bot.programme.rules import (
    JOINED,
    OPEN,
    CaseEnded,
    MentorChanged,
    NotNow,
    Outcome,
    Stage,
    deputises,
    may_see,
    mentors,
)
from bot.programme.screens import OpenCases, case_button
from bot.roles import Person, Role
from bot.routes import Routes
from bot.safety import store_alerts
from bot.safety.alerts import may_answer
from bot.safety.due import pass_over
from bot.staff.rules import RoleTaken
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
    gone = await people.person(tick.db, happened.person_id)
    if gone is not None:
        await _lose_cases(tick, replace(gone, grants=frozenset()), shown(gone))


@routes.on(RoleTaken)
async def role_taken(tick: Tick, happened: RoleTaken) -> None:
    """What the role opened is closed; notices that were on their way to them about whom they see no more stay here."""
    person = await people.person(tick.db, happened.person_id)
    if person is None:
        return
    if happened.grant.role is Role.MENTOR:
        await _lose_cases(tick, person, happened.name)
    for alert in await store_alerts.told_to(tick.db, person.id):
        if not may_answer(alert, person):  # somebody waits, and must not write to who can do nothing
            await pass_over(tick, alert, person.id)
    hidden = []
    for youth_id in await store_handovers.waiting_about(tick.db, person.id):
        case = await store.case_of_youth(tick.db, youth_id)
        if case is None or not may_see(person, case):
            hidden.append(youth_id)
    referred = {Role.SPECIALIST, Role.PARTNER} & person.roles
    but_not = "referrals." if referred else NOTHING
    await store_handovers.withhold(tick.db, person.id, hidden, tick.now, but_not=but_not)


async def _lose_cases(tick: Tick, person: Person, name: str) -> None:
    """Whom they guide without being a mentor there has nobody for now, and who answers for it gets one message with the
    way to hand all of them over; what they stood in for goes back to the mentor."""
    for case in await store_deputies.cases_of_deputy(tick.db, person.id):
        if not deputises(person, case):
            await no_longer(tick, case, person.id)
    told: Counter[int] = Counter()
    for case in await store.cases_of_mentor(tick.db, person.id, *OPEN):
        if mentors(person, case) or not await store_handovers.let_go(tick.db, case, person.id):
            continue
        await wish_ends.ended(tick, case.id, Ending.CHANGED, None)
        told.update(one.id for one in await keepers_of(tick.db, case) if one.id != person.id)
        await tick.happened(MentorChanged(case.id, person.id, None))
    for keeper_id, number in told.items():
        keeper = await people.person(tick.db, keeper_id)
        may_hand = keeper is not None and keeper.may(HandAll.tag)
        tick.tell(
            keeper_id,
            phrase("programme.staff.mentor_gone", mentor=name, number=number),
            keyboard=((button("programme.staff.button.hand_over_all", HandAll(None)),),) if may_hand else (),
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
    joined = case.stage in JOINED
    stage, outcome = (Stage.CLOSED, Outcome.LEFT_EARLY) if joined else (Stage.NOT_NOW, None)
    staff = await working_with(tick.db, case)
    if await store.end(tick.db, case, stage, outcome, None, tick.now, NotNow.OWN_WISH):
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
