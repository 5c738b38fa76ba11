"""Who may do what: one table, deny by default, and the real bot holds every cell of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.arrival import Pressed, Typed
from bot.commands import COMMANDS, commands_for
from bot.roles import EVERYBODY, MAY, Grant, Person, Role
from bot.words import Language
from tests.town.gatekeeper import ROUTES, Gatekeeper, forged, says

STAFF = tuple(role for role in Role if role is not Role.YOUTH)


def somebody(*roles: Role) -> Person:
    return Person(1, Language.LV, "Bura-100", grants=frozenset(Grant(role, "LV-067") for role in roles))


def asked_for() -> set[str]:
    """Every right that dispatch can ask for."""
    return {*ROUTES.presses, *ROUTES.texts, *ROUTES.commands}


# --- the table --------------------------------------------------------------------------------------------------


@pytest.mark.feature("X34")
def test_every_button_text_and_command_is_somebodys() -> None:
    assert asked_for() - EVERYBODY - frozenset().union(*MAY.values()) == set()


def test_no_right_is_given_to_what_does_not_exist() -> None:
    assert EVERYBODY.union(*MAY.values()) - asked_for() == set()


def test_every_role_has_its_set() -> None:
    assert set(MAY) == set(Role)


@pytest.mark.feature("X34")
@given(st.text(max_size=30), st.sets(st.sampled_from(STAFF)))
def test_what_stands_nowhere_nobody_may(tag: str, roles: set[Role]) -> None:
    assert tag in asked_for() or not somebody(*roles).may(tag)


@pytest.mark.feature("L1")
def test_who_has_no_role_is_a_young_person_and_with_a_role_is_none() -> None:
    assert somebody().roles == {Role.YOUTH}
    assert somebody(Role.MENTOR, Role.LEAD).roles == {Role.MENTOR, Role.LEAD}
    assert not somebody(Role.MENTOR).may("screening.begin")


@pytest.mark.feature("X34")
@pytest.mark.parametrize("tag", ["/invite", "/event", "/today", "/cases", "/refer", "/dayoff"])
def test_a_young_person_has_no_command_of_staff(tag: str) -> None:
    assert not somebody().may(tag)


@pytest.mark.feature("L1")
@pytest.mark.parametrize("role", [Role.SPECIALIST, Role.PARTNER])
def test_a_specialist_has_nothing_of_cases_check_ins_or_invites(role: Role) -> None:
    others = {tag for tag in asked_for() if tag.split(".")[0] in ("programme", "checkins", "staff")}
    own_name = {"staff.name", "staff.rename"}
    assert {tag for tag in others - own_name - EVERYBODY if somebody(role).may(tag)} == set()


@pytest.mark.feature("L1")
def test_only_coordinators_and_administrators_invite() -> None:
    inviting = {role for role in STAFF if somebody(role).may("/invite")}
    assert inviting == {Role.COORDINATOR, Role.ADMIN}


@pytest.mark.parametrize("role", [None, *STAFF])
def test_the_menu_button_shows_what_may_be_used_and_nothing_else(role: Role | None) -> None:
    person = somebody(*([role] if role else []))
    assert all(person.may(f"/{one.name}") for one in commands_for(person))
    assert {f"/{one.name}" for one in COMMANDS} <= set(ROUTES.commands)


@pytest.mark.parametrize("role", Role)
def test_every_line_of_a_menu_may_be_pressed_by_whom_it_is_offered_to(role: Role) -> None:
    person = somebody(*([role] if role is not Role.YOUTH else []))
    offered = [item.button.action.tag for item in ROUTES.menu if role in item.roles]
    assert [tag for tag in offered if not person.may(tag)] == []


# --- the real bot -----------------------------------------------------------------------------------------------


@pytest.mark.feature("X34")
@pytest.mark.feature("X32")
@pytest.mark.parametrize("role", Role)
async def test_every_cell_of_the_table_holds_for_every_button_and_command(gatekeeper: Gatekeeper, role: Role) -> None:
    audience = "youth" if role is Role.YOUTH else "staff"
    if role is not Role.YOUTH:
        await gatekeeper.hire(1, role)
    person = somebody(*([role] if role is not Role.YOUTH else []))
    for tag in sorted({*ROUTES.presses, "no.such"} - {"people.forget", "screening.child"}):
        action = forged(ROUTES.actions[tag]).pack() if tag in ROUTES.actions else tag
        answers = await gatekeeper.answers_to(1, Pressed(1, action))
        assert answers, (role, tag)
        assert not says(answers, f"people.{audience}.broken"), (role, tag)
        if tag in ROUTES.actions and not person.may(tag):
            assert says(answers, f"people.{audience}.not_available"), (role, tag)
            assert len(answers) == 1, (role, tag)
    for command in sorted({*ROUTES.commands, "/no_such"}):
        answers = await gatekeeper.answers_to(1, Typed(command))
        assert answers, (role, command)
        assert not says(answers, f"people.{audience}.broken"), (role, command)
        if not person.may(command):
            assert says(answers, f"people.{audience}.no_such_command"), (role, command)
