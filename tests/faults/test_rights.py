"""Who may do what, cell by cell: `rights.csv` was written for people to read, and neither table nor bot says otherwise.

Reviewed against the roles of the programme: specialists and partners see referrals and nothing else of anybody, only a
programme lead says who joins and how it ends, a mentor may lay a plan before them, a coordinator stands in where a
case has nobody, an administrator brings in staff and guides no case.
"""

import csv
from pathlib import Path
from typing import Final

import pytest

from bot.actions import Action
from bot.arrival import Pressed, Typed
from bot.roles import Person, Role
from bot.storage.tables import expected, people
from tests.rules.test_roles import asked_for, somebody
from tests.town.gatekeeper import ROUTES, Gatekeeper, forged, says
from tests.town.town import START

RIGHTS: Final = Path(__file__).parent / "rights.csv"


def matrix() -> dict[str, dict[Role, bool]]:
    """Right -> role -> whether they have it."""
    with RIGHTS.open(newline="", encoding="utf-8") as file:
        return {
            row["right"]: {role: {"yes": True, "no": False}[row[role.value]] for role in Role}
            for row in csv.DictReader(file)
        }


_ERASE = ("people.forget", "screening.child")
"""After these there is nobody left to answer."""


@pytest.mark.feature("X34")
def test_every_command_button_and_awaited_text_stands_in_the_written_rights_once() -> None:
    lines = RIGHTS.read_text("utf-8").splitlines()[1:]
    assert sorted(line.split(",")[0] for line in lines) == sorted(asked_for())


@pytest.mark.feature("X34")
def test_every_cell_of_the_written_rights_is_what_the_table_of_roles_says() -> None:
    wrong = [
        (right, role.value)
        for right, cells in matrix().items()
        for role, may in cells.items()
        if _alone(role).may(right) is not may
    ]
    print(f"\nX34: {len(matrix()) * len(Role)} cells, {len(wrong)} otherwise")
    assert not wrong


SOONER = (Role.YOUTH, Role.MENTOR)
"""Tried in `make test`; the table of roles, which these lines are compared with, is tried there for every role."""


@pytest.mark.feature("X34")
@pytest.mark.parametrize(
    "role", [pytest.param(role, marks=() if role in SOONER else pytest.mark.slow) for role in Role]
)
async def test_the_bot_itself_refuses_what_is_not_in_the_column(gatekeeper: Gatekeeper, role: Role) -> None:
    """Presses, awaited texts and commands; where the right is there, the answer is another one."""
    if role is not Role.YOUTH:
        await gatekeeper.hire(1, role)
    else:
        await gatekeeper.answers_to(1, Pressed(1, "people.language:lv"))
    audience, cells = ("youth" if role is Role.YOUTH else "staff"), 0
    for right, may in ((right, cells[role]) for right, cells in matrix().items() if right not in _ERASE):
        ways: list[tuple[str, list[str]]] = []
        if right.startswith("/"):
            ways.append(("no_such_command", await gatekeeper.answers_to(1, Typed(f"{right} x"))))
        if right in ROUTES.presses:
            pressed = Pressed(1, forged(ROUTES.actions[right]).pack())
            ways.append(("not_available", await gatekeeper.answers_to(1, pressed)))
        if right in ROUTES.texts:
            await _awaits(gatekeeper, forged(ROUTES.actions[right]))
            ways.append(("not_available", await gatekeeper.answers_to(1, Typed("12.12. 10:00 Ogre"))))
        for refusal, answers in ways:
            cells += 1
            assert answers, (role, right)
            assert not says(answers, f"people.{audience}.broken"), (role, right)
            if not may:
                assert len(answers) == 1, (role, right)
                assert says(answers, f"people.{audience}.{refusal}"), (role, right)
            elif right.startswith("/"):
                assert not says(answers, "no_such_command"), (role, right)
    print(f"\nX34 {role.value}: {cells} ways tried")


def _alone(role: Role) -> Person:
    return somebody() if role is Role.YOUTH else somebody(role)


async def _awaits(gatekeeper: Gatekeeper, action: Action) -> None:
    """The bot waits for a text of theirs that means this."""
    async with gatekeeper.database.write() as db:
        await db.execute(expected.delete())
        number = await db.scalar(people.select().with_only_columns(people.c.id))
        row = {"person_id": number, "data": action.pack(), "lapses_at": START.replace(year=2027)}
        await db.execute(expected.insert().values(row))
