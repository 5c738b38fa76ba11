"""A mentor's hours: the month with each young person against the goal, one's own lines, and the team's totals."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from bot.people import store as people
from bot.people.menu import ShowMenu
from bot.programme import rules, store
from bot.programme.cards import shortened, shown
from bot.programme.rules import OPEN, Case
from bot.programme.worked import hours, hours_sheet, store_hours
from bot.programme.worked.hours_actions import (
    MonthSheet,
    OpenHours,
    OpenHoursOf,
    TeamHours,
)
from bot.roles import Role
from bot.routes import Routes
from bot.turn import Button, Keyboard, Row, Turn, button
from bot.words import Fact, Lines, Phrase, phrase

routes = Routes()

_MENU: Final[Row] = (button("people.any.button.menu", ShowMenu()),)

# --- a month ----------------------------------------------------------------------------------------------------


@routes.command("hours")
async def hours_asked(turn: Turn, argument: str) -> None:
    await open_hours(turn, OpenHours())


@routes.press(OpenHours)
async def open_hours(turn: Turn, action: OpenHours) -> None:
    """Every young person with their total; who only leads sees the mentors'."""
    month = month_asked(turn, action.month)
    found = await store_hours.lines(turn.db, turn.person.id, month, turn.zone)
    mine = await store.cases_of_mentor(turn.db, turn.person.id, *OPEN)
    guided = {case.id: case for case in mine if rules.mentors(turn.person, case)}
    others = {line.case_id for line in found} - guided.keys()
    guided |= await store.cases_by_id(turn.db, others)
    if not guided and Role.LEAD in turn.person.roles:
        await team(turn, TeamHours(month))
        return
    names = await _code_names(turn, list(guided.values()))
    listed = [sum_line(turn, names[number], hours.total(found, number)) for number in guided]
    turn.replace(
        "programme.staff.hours.month" if listed else "programme.staff.hours.nobody",
        month=named(month),
        lines=Lines(tuple(listed)),
        total=hours.clock(hours.total(found)),
        keyboard=(
            *(
                (button("programme.staff.button.hours_youth", OpenHoursOf(number, month), code_name=shortened(name)),)
                for number, name in names.items()
                if rules.may_guide(turn.person, guided[number])  # whom they guided before is in the sum alone
            ),
            months_row(turn, month),
            *(((button("programme.staff.button.month_sheet", MonthSheet(month)),),) if found else ()),
            *_team_row(turn, month),
            _MENU,
        ),
    )


def month_asked(turn: Turn, named: date | None) -> date:
    """A month that lies behind or runs; no button leads further."""
    present = hours.month_of(today(turn))
    return present if named is None else min(hours.month_of(named), present)


def today(turn: Turn) -> date:
    return turn.now.astimezone(turn.zone).date()


def named(month: date) -> Phrase:
    return phrase(f"programme.any.month.{month.month}", year=month.year)


async def _code_names(turn: Turn, cases: Sequence[Case]) -> dict[int, str]:
    """By case, in their order."""
    youths = await people.persons(turn.db, [case.youth_id for case in cases])
    return {case.id: youths[case.youth_id].code_name for case in cases}


def sum_line(turn: Turn, name: str, minutes: int) -> Phrase:
    goal = turn.settings.hours_a_month
    key = "programme.staff.hours.line_goal" if goal else "programme.staff.hours.line"
    return phrase(key, name=name, time=hours.clock(minutes), **({"goal": goal} if goal else {}))


def months_row(turn: Turn, month: date, case_id: int | None = None) -> Row:
    """The way to the month before and, where there is one, the month after."""

    def to(month: date) -> Button:
        where = OpenHours(month) if case_id is None else OpenHoursOf(case_id, month)
        return button("programme.staff.button.hours_month", where, month=named(month))

    later = hours.after(month)
    return (to(hours.before(month)), *((to(later),) if later <= hours.month_of(today(turn)) else ()))


def _team_row(turn: Turn, month: date) -> Keyboard:
    if Role.LEAD not in turn.person.roles:
        return ()
    return ((button("programme.staff.button.team_hours", TeamHours(month)),),)


@routes.press(TeamHours)
async def team(turn: Turn, action: TeamHours) -> None:
    """What each mentor's month comes to, and nothing of what it went into."""
    month = month_asked(turn, action.month)
    spent = await store_hours.of_mentors(turn.db, turn.person, month, turn.zone)
    staff = await people.persons(turn.db, [one.person_id for one in spent if one.person_id is not None])
    lines = []
    for one in spent:
        person = staff.get(one.person_id) if one.person_id is not None else None
        name: Fact = phrase("programme.staff.hours.somebody_gone") if person is None else shown(person)
        lines.append(
            phrase("programme.staff.hours.team_line", name=name, time=hours.clock(one.minutes), count=one.youths)
        )
    earlier = hours.before(month)
    turn.replace(
        "programme.staff.hours.team" if lines else "programme.staff.hours.team_nothing",
        month=named(month),
        lines=Lines(tuple(lines)),
        keyboard=(
            (button("programme.staff.button.hours_month", TeamHours(earlier), month=named(earlier)),),
            _MENU,
        ),
    )


# --- the sheet --------------------------------------------------------------------------------------------------


@routes.press(MonthSheet)
async def month_sheet(turn: Turn, action: MonthSheet) -> None:
    """Have the files made; the words below them follow from the workshop."""
    month = month_asked(turn, action.month)
    found = await store_hours.lines(turn.db, turn.person.id, month, turn.zone)
    if not found:
        await open_hours(turn, OpenHours(month))
        return
    cases = await store.cases_by_id(turn.db, {line.case_id for line in found})
    names = await _code_names(turn, list(cases.values()))
    places = sorted({case.municipality or "" for case in cases.values()})
    turn.make(
        hours_sheet.KIND,
        hours_sheet.facts(month, named(month), shown(turn.person), places, found, names, turn.settings.publicity_line),
    )
    await turn.note("hours.sheet", "person", turn.person.id)
    turn.replace("programme.staff.hours.sheet_coming", month=named(month), keyboard=(_MENU,))


routes.offer({Role.MENTOR, Role.LEAD}, 45, button("programme.staff.button.hours", OpenHours()))
