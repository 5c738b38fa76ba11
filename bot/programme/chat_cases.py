"""The list of cases and the page of one, for whoever mentors, leads or coordinates them."""

from typing import Final

from bot.people import store as people
from bot.programme import cards, rules, store
from bot.programme.keepers import mentor_of, youth_of
from bot.programme.rules import OPEN, Case
from bot.programme.screens import OpenCase, OpenCases, case_keyboard
from bot.roles import Role
from bot.routes import Routes
from bot.turn import Button, Keyboard, Row, Turn, button
from bot.words import Lines, phrase

routes = Routes()

A_PAGE: Final = 8


@routes.command("cases")
async def cases(turn: Turn, argument: str) -> None:
    await _list(turn, 0)


@routes.press(OpenCases)
async def open_cases(turn: Turn, action: OpenCases) -> None:
    await _list(turn, max(action.page, 0))


async def _list(turn: Turn, page: int) -> None:
    found = await store.cases_in_sight(turn.db, turn.person, *OPEN, offset=page * A_PAGE, limit=A_PAGE + 1)
    if not found:
        turn.replace("programme.staff.no_cases", keyboard=turn.home)
        return
    here = found[:A_PAGE]
    youths = await people.persons(turn.db, [case.youth_id for case in here])
    names = {case.id: youths[case.youth_id].code_name for case in here}
    lines = tuple(
        phrase(
            "programme.staff.line.case",
            code_name=names[case.id],
            stage=phrase(f"programme.any.stage.{case.stage.value}"),
        )
        for case in here
    )
    rows = tuple((_case_button(case, names[case.id]),) for case in here)
    turn.replace(
        "programme.staff.cases", cases=Lines(lines), keyboard=(*rows, *_paging(page, more=len(found) > A_PAGE))
    )


def _case_button(case: Case, code_name: str) -> Button:
    return button("programme.staff.button.case", OpenCase(case.id), code_name=cards.shortened(code_name))


def _paging(page: int, *, more: bool) -> Keyboard:
    row: Row = ()
    if page > 0:
        row = (*row, button("programme.staff.button.earlier", OpenCases(page - 1)))
    if more:
        row = (*row, button("programme.staff.button.later", OpenCases(page + 1)))
    return (row,) if row else ()


@routes.press(OpenCase)
async def open_case(turn: Turn, action: OpenCase) -> None:
    case = await store.case(turn.db, action.case)
    if case is None or turn.person.id == case.youth_id or not rules.may_see(turn.person, case):
        await turn.forbidden()
        return
    await show(turn, case)


async def show(turn: Turn, case: Case) -> None:
    """The case's page, in place of the pressed message."""
    mentor = await mentor_of(turn.db, case)
    youth = await youth_of(turn.db, case)
    turn.replace(
        "programme.staff.case",
        about=case.youth_id,
        keyboard=case_keyboard(turn.person, case),
        details=cards.details(case, youth),
        standing=cards.standing(case, mentor),
    )


routes.offer({Role.MENTOR, Role.LEAD, Role.COORDINATOR}, 20, button("programme.staff.button.cases", OpenCases()))
