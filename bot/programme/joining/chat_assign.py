"""Who guides a case: giving it a municipality where it has none, and a mentor; the first to choose decides."""

from typing import assert_never

from bot.directory.rules import place_key
from bot.people import store as people
from bot.programme import cards, rules, store
from bot.programme.chat_cases import show
from bot.programme.joining.candidates import MOST_SHOWN, candidates_for, reasons
from bot.programme.joining.contact import PLACED, tell_keepers
from bot.programme.keepers import in_charge, mentor_of, youth_of
from bot.programme.rules import (
    Assigned,
    Candidate,
    Case,
    CasePlaced,
    HasMentor,
    IsEnded,
    IsFull,
    Load,
    MentorChanged,
    NotAMentorHere,
    Stage,
)
from bot.programme.screens import (
    Assign,
    ChooseMentor,
    ChoosePlace,
    Place,
    back_to,
    case_button,
    case_keyboard,
    with_plan_and_help,
)
from bot.roles import Person
from bot.routes import Routes
from bot.turn import Button, Turn, button
from bot.words import phrase

routes = Routes()


async def _assignable(turn: Turn, case_id: int) -> Case | None:
    case = await store.case(turn.db, case_id)
    return case if case is not None and rules.may_assign(turn.person, case) else None


@routes.press(ChooseMentor)
async def choose_mentor(turn: Turn, action: ChooseMentor) -> None:
    """Everybody who could be the mentor, those who fit best first."""
    if (case := await _assignable(turn, action.case)) is None:
        await turn.forbidden()
        return
    if case.mentor_id is not None or not case.is_open:
        await _say_taken(turn, case)
        return
    youth = await youth_of(turn.db, case)
    found = await candidates_for(turn.db, case, turn.settings.most_cases)
    rows = [(Button(cards.candidate_label(one), Assign(case.id, one.mentor.id)),) for one in found[:MOST_SHOWN]]
    turn.replace(
        "programme.staff.choose_mentor" if rows else "programme.staff.no_mentors",
        about=case.youth_id,
        keyboard=(*rows, back_to(case.id)),
        code_name=youth.code_name,
        why=reasons(found, case, youth),
        most=turn.settings.most_cases,
    )


@routes.press(Assign)
async def assign(turn: Turn, action: Assign) -> None:
    case = await _assignable(turn, action.case)
    mentor = await people.person(turn.db, action.mentor)
    if case is None or mentor is None:
        await turn.forbidden()
        return
    load = (await store.loads(turn.db, [mentor.id])).get(mentor.id, Load())
    match rules.assign(case, Candidate(mentor, load, turn.settings.most_cases)):
        case Assigned(stage):
            await _assign(turn, case, mentor, stage)
        case HasMentor() | IsEnded():
            await _say_taken(turn, case)
        case IsFull():
            turn.replace(
                "programme.staff.mentor_full",
                mentor=cards.shown(mentor),
                most=turn.settings.most_cases,
                keyboard=((button("programme.staff.button.choose_mentor", ChooseMentor(case.id)),), back_to(case.id)),
            )
        case NotAMentorHere():
            await turn.forbidden()
        case never:
            assert_never(never)


async def _assign(turn: Turn, case: Case, mentor: Person, stage: Stage) -> None:
    won = await store.assign(turn.db, case, mentor.id, stage, turn.person.id, turn.now)
    now_so = await store.case(turn.db, case.id)
    assert now_so is not None
    if not won:
        await _say_taken(turn, now_so)
        return
    await turn.note("case.assigned", "case", case.id)
    await _tell_of_mentor(turn, now_so, mentor)
    if case.stage is not Stage.CONTACT:
        await turn.happened(MentorChanged(case.id, None, mentor.id))


async def _tell_of_mentor(turn: Turn, case: Case, mentor: Person) -> None:
    """Tell the young person who will write, the mentor whom to write to, and the other keepers that it is settled."""
    youth = await youth_of(turn.db, case)
    turn.tell(youth.id, phrase("programme.youth.assigned", mentor=cards.shown(mentor)), keyboard=with_plan_and_help())
    if mentor.id != turn.person.id:
        turn.tell(
            mentor.id,
            phrase(
                "programme.staff.assigned_to_you",
                details=cards.details(case, youth),
                by=cards.shown(turn.person),
            ),
            keyboard=case_keyboard(mentor, case),
            about=youth.id,
        )
    for keeper in (await in_charge(turn.db, case.municipality)).people:
        if keeper.id not in (turn.person.id, mentor.id):
            turn.tell(
                keeper.id,
                phrase(
                    "programme.staff.taken",
                    code_name=youth.code_name,
                    mentor=cards.shown(mentor),
                    by=cards.shown(turn.person),
                ),
                keyboard=((case_button(case.id),),),
                about=youth.id,
                once=_taken(case, mentor, keeper),
            )
    await show(turn, case)


def _taken(case: Case, mentor: Person, keeper: Person) -> str:
    """The occasion on which this keeper learns that there is nothing left to do."""
    return f"case:{case.id}:taken:{mentor.id}:{keeper.id}"


async def _say_taken(turn: Turn, case: Case) -> None:
    """Somebody was quicker: say who has the case now, in one message; whoever has been told already sees the card."""
    mentor = await mentor_of(turn.db, case)
    if mentor is None or not await store.take_back(turn.db, _taken(case, mentor, turn.person)):
        await show(turn, case)
        return
    turn.replace(
        "programme.staff.already_has_mentor",
        mentor=cards.shown(mentor),
        about=case.youth_id,
        keyboard=((case_button(case.id),),),
    )


@routes.press(ChoosePlace)
async def choose_place(turn: Turn, action: ChoosePlace) -> None:
    """Municipalities with a programme lead, for a case whose young person did not know theirs."""
    case = await store.case(turn.db, action.case)
    if case is None or not rules.may_assign(turn.person, case):
        await turn.forbidden()
        return
    if not rules.may_place(turn.person, case):
        await show(turn, case)
        return
    led = await store.led_municipalities(turn.db)
    rows = [(Button(phrase(place_key(code)), Place(case.id, code)),) for code in led[:MOST_SHOWN]]
    turn.replace(
        "programme.staff.choose_place" if rows else "programme.staff.no_places",
        about=case.youth_id,
        keyboard=(*rows, back_to(case.id)),
    )


@routes.press(Place)
async def place(turn: Turn, action: Place) -> None:
    """The case goes to that municipality's leads, whose time to react starts now."""
    case = await store.case(turn.db, action.case)
    if case is None or not rules.may_assign(turn.person, case):
        await turn.forbidden()
        return
    if not rules.may_place(turn.person, case) or action.municipality not in await store.led_municipalities(turn.db):
        await show(turn, case)
        return
    remind_at = rules.remind_at(turn.now, await turn.hours())
    won = await store.place(turn.db, case, action.municipality, remind_at)
    placed = await store.case(turn.db, case.id)
    assert placed is not None
    if won:
        await turn.note("case.placed", "case", case.id)
        await turn.happened(CasePlaced(case.id))
        await tell_keepers(turn, placed, await in_charge(turn.db, placed.municipality), PLACED)
    turn.replace(
        "programme.staff.placed", place=phrase(place_key(placed.municipality)), about=case.youth_id, keyboard=turn.home
    )
