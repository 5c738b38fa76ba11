"""A deputy: named by the mentor before a holiday or by the programme lead, and taken away in one tap."""

from bot.people import store as people
from bot.programme import rules, store
from bot.programme.cards import candidate_label, details, shortened, shown
from bot.programme.chat_cases import show
from bot.programme.joining.candidates import MOST_SHOWN, candidates_for
from bot.programme.keepers import deputy_of, mentor_of, youth_of
from bot.programme.mentors import deputies, store_deputies, store_handovers
from bot.programme.mentors.screens_mentors import ChooseDeputy, EndDeputy, NameDeputy
from bot.programme.rules import Case, CaseEnded
from bot.programme.screens import back_to, case_keyboard, with_plan_and_help
from bot.roles import Person, Role
from bot.routes import Routes
from bot.turn import Button, Keyboard, Tick, Turn, button
from bot.words import phrase

routes = Routes()


async def _case(turn: Turn, case_id: int) -> Case | None:
    case = await store.case(turn.db, case_id)
    return case if case is not None and rules.may_name_deputy(turn.person, case) else None


@routes.press(ChooseDeputy)
async def choose(turn: Turn, action: ChooseDeputy) -> None:
    """Who stands in now, and everybody who could."""
    if (case := await _case(turn, action.case)) is None:
        await turn.forbidden()
        return
    youth, deputy = await youth_of(turn.db, case), await deputy_of(turn.db, case)
    # Room matters little here: a deputy's place is not taken up.
    found = await candidates_for(
        turn.db, case, turn.settings.most_cases, without=(case.mentor_id, case.deputy_id, turn.person.id)
    )
    rows: Keyboard = tuple(
        (Button(candidate_label(one), NameDeputy(case.id, one.mentor.id)),) for one in found[:MOST_SHOWN]
    )
    if deputy is not None:
        end = button("programme.staff.button.end_deputy", EndDeputy(case.id, deputy.id), name=shortened(shown(deputy)))
        rows = ((end,), *rows)
    stands = (
        phrase("programme.staff.deputy_is", deputy=shown(deputy)) if deputy else phrase("programme.staff.deputy_none")
    )
    turn.replace(
        "programme.staff.choose_deputy" if found else "programme.staff.no_deputies",
        about=case.youth_id,
        keyboard=(*rows, back_to(case.id)),
        code_name=youth.code_name,
        stands=stands,
    )


@routes.press(NameDeputy)
async def name(turn: Turn, action: NameDeputy) -> None:
    case = await _case(turn, action.case)
    deputy = await people.person(turn.db, action.deputy)
    if case is None or deputy is None or not _may_stand_in(deputy, case):
        await turn.forbidden()
        return
    if case.deputy_id == deputy.id:
        await show(turn, case)
        return
    if case.deputy_id is not None:
        await deputies.no_longer(turn, case, case.deputy_id, told=False)
    await store_deputies.name(turn.db, case.id, deputy.id, turn.now)
    await turn.note("case.deputy_named", "case", case.id)
    now_so = await store.case(turn.db, case.id)
    assert now_so is not None
    await deputies.hide_wish(turn, now_so, deputy.id)
    await _tell(turn, now_so, deputy)
    await show(turn, now_so)


def _may_stand_in(person: Person, case: Case) -> bool:
    """A mentor of the municipality who is not the case's own and not its young person."""
    return person.holds(Role.MENTOR, case.municipality) and person.id not in (case.mentor_id, case.youth_id)


async def _tell(turn: Turn, case: Case, deputy: Person) -> None:
    """The deputy, the young person, and the mentor where somebody else decided it."""
    youth, mentor = await youth_of(turn.db, case), await mentor_of(turn.db, case)
    named = shown(mentor) if mentor is not None else shown(turn.person)
    if deputy.id != turn.person.id:
        turn.tell(
            deputy.id,
            phrase("programme.staff.you_stand_in", mentor=named, details=details(case, youth), by=shown(turn.person)),
            keyboard=case_keyboard(deputy, case),
            about=youth.id,
        )
    turn.tell(
        youth.id,
        phrase("programme.youth.deputy", mentor=named, deputy=shown(deputy)),
        keyboard=with_plan_and_help(),
    )
    if mentor is not None and mentor.id != turn.person.id:
        turn.tell(
            mentor.id,
            phrase(
                "programme.staff.deputy_named", code_name=youth.code_name, deputy=shown(deputy), by=shown(turn.person)
            ),
            keyboard=(back_to(case.id),),
            about=youth.id,
        )


@routes.on(CaseEnded)
async def case_ended(tick: Tick, happened: CaseEnded) -> None:
    """Standing in ends with the case, and does not come back should that be taken up again."""
    deputy_id = await store_deputies.end_with_case(tick.db, happened.case_id)
    if deputy_id is not None:
        await store_handovers.withhold(tick.db, deputy_id, [happened.youth_id], tick.now)


@routes.press(EndDeputy)
async def end(turn: Turn, action: EndDeputy) -> None:
    """One tap, and the access is gone."""
    if (case := await _case(turn, action.case)) is None:
        await turn.forbidden()
        return
    if await deputies.no_longer(turn, case, action.deputy):
        await turn.note("case.deputy_ended", "case", case.id)
    now_so = await store.case(turn.db, case.id)
    assert now_so is not None
    await show(turn, now_so)
