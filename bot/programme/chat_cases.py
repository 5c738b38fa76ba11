"""The list of cases and the page of one, for whoever mentors, leads or coordinates them."""

from typing import Final

from bot.people import store as people
from bot.programme import cards, onward, rules, store, store_cases
from bot.programme.keepers import deputy_of, mentor_of, youth_of
from bot.programme.mentors import deputies, wishing
from bot.programme.rules import ENDED, OPEN, Case
from bot.programme.screens import EndedCases, OpenCase, OpenCases, case_keyboard
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


@routes.press(EndedCases)
async def ended_cases(turn: Turn, action: EndedCases) -> None:
    """Closed, directed elsewhere or put off: to look at, and for a programme lead to take up again."""
    await _list(turn, max(action.page, 0), ended=True)


async def _list(turn: Turn, page: int, *, ended: bool = False) -> None:
    stages = ENDED if ended else OPEN
    found = await store.cases_in_sight(turn.db, turn.person, *stages, offset=page * A_PAGE, limit=A_PAGE + 1)
    if not found:
        key = "programme.staff.no_ended_cases" if ended else "programme.staff.no_cases"
        turn.replace(key, keyboard=(*_other_list(turn, ended=ended), *turn.home))
        return
    here = found[:A_PAGE]
    youths = await people.persons(turn.db, [case.youth_id for case in here])
    names = {case.id: youths[case.youth_id].code_name for case in here}
    lines = tuple(
        phrase(
            "programme.staff.line.case",
            code_name=deputies.marked(turn.person, case, names[case.id]),
            stage=phrase(f"programme.any.stage.{case.stage.value}"),
        )
        for case in here
    )
    rows = tuple((_case_button(case, names[case.id]),) for case in here)
    turn.replace(
        "programme.staff.ended_cases" if ended else "programme.staff.cases",
        cases=Lines(lines),
        keyboard=(*rows, *_paging(page, ended=ended, more=len(found) > A_PAGE), *_other_list(turn, ended=ended)),
    )


def _case_button(case: Case, code_name: str) -> Button:
    return button("programme.staff.button.case", OpenCase(case.id), code_name=cards.shortened(code_name))


def _paging(page: int, *, ended: bool, more: bool) -> Keyboard:
    to = EndedCases if ended else OpenCases
    row: Row = ()
    if page > 0:
        row = (*row, button("programme.staff.button.earlier", to(page - 1)))
    if more:
        row = (*row, button("programme.staff.button.later", to(page + 1)))
    return (row,) if row else ()


def _other_list(turn: Turn, *, ended: bool) -> Keyboard:
    """From the cases that run to those that have ended, for whoever answers for a municipality, and back."""
    if ended:
        return ((button("programme.staff.button.cases", OpenCases()),),)
    return ((button("programme.staff.button.ended_cases", EndedCases()),),) if turn.person.may(EndedCases.tag) else ()


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
    next_line, next_row = await onward.offer(turn, case)
    again = (phrase("programme.staff.line.repeat"),) if await store_cases.earlier_cases(turn.db, case) else ()
    turn.replace(
        "programme.staff.case",
        about=case.youth_id,
        keyboard=(*await wishing.rows(turn, case), *next_row, *case_keyboard(turn.person, case)),
        details=cards.details(case, youth),
        standing=Lines((*cards.standing(case, mentor, await deputy_of(turn.db, case)).phrases, *again, *next_line)),
    )


routes.offer({Role.MENTOR, Role.LEAD, Role.COORDINATOR}, 20, button("programme.staff.button.cases", OpenCases()))
