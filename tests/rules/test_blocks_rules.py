"""The rules of blocks: how long, who may, and who looks at an objection."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.arrival import ALWAYS_THEIRS, LEADS_ON
from bot.blocks import rules
from bot.blocks.rules import Block, Reason, Term
from bot.roles import EVERYBODY, MAY, Grant, Person, Role
from bot.words import Language
from tests.town.gatekeeper import ROUTES

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
NUMBERS = st.integers(1, 5)


def person(number: int, *grants: Grant) -> Person:
    return Person(number, Language.LV, f"Bura-{number}", grants=frozenset(grants))


def block(by: int | None = 1, until: datetime | None = None, appealed_at: datetime | None = None) -> Block:
    return Block(99, NOW, by, Reason.THREATS, until, appealed_at, None)


@pytest.mark.feature("A7")
@given(st.sampled_from(Term), st.timedeltas(timedelta(0), timedelta(days=400)))
def test_a_block_holds_until_its_end_and_not_a_moment_longer(term: Term, later: timedelta) -> None:
    ends = rules.ends(term, NOW)
    assert block(until=ends).holds_at(NOW + later) is (ends is None or NOW + later < ends)


@pytest.mark.feature("A7")
@given(st.one_of(st.none(), NUMBERS), st.sets(NUMBERS), st.sets(NUMBERS), st.sets(NUMBERS))
def test_nobody_decides_about_their_own_block_while_anybody_else_is_there(
    by: int | None, coordinators: set[int], admins: set[int], leads: set[int]
) -> None:
    chosen = rules.deciders(block(by), *([person(one) for one in ids] for ids in (coordinators, admins, leads)))
    ids = {one.id for one in chosen}
    others = (coordinators | admins | leads) - {by}
    assert bool(ids) is bool(coordinators | admins | leads)
    assert by not in ids or not others
    assert ids <= coordinators or not coordinators - {by}
    assert ids <= coordinators | admins or not (coordinators | admins) - {by}


@pytest.mark.feature("A7", "X33")
@given(st.sampled_from(Role), st.sampled_from(["LV-067", "LV-022", None]), st.sampled_from(["LV-067", None]))
def test_only_leads_and_coordinators_of_the_place_block_and_only_young_people(
    role: Role, holds: str | None, place: str | None
) -> None:
    staff, youth = person(1, Grant(role, holds)), person(2)
    covers = holds is None or holds == place
    assert rules.may_block(staff, youth, place) is (role in (Role.LEAD, Role.COORDINATOR) and covers)
    assert not rules.may_block(staff, person(3, Grant(Role.MENTOR, "LV-067")), place)
    assert not rules.may_block(staff, staff, place)


@pytest.mark.feature("A7")
def test_one_objects_once_and_only_while_it_holds() -> None:
    assert rules.may_object(block(), NOW)
    assert not rules.may_object(block(appealed_at=NOW), NOW)
    assert not rules.may_object(block(until=NOW), NOW)


@pytest.mark.feature("A7")
def test_what_a_block_never_takes_exists_and_is_a_young_persons() -> None:
    known = {*ROUTES.presses, *ROUTES.texts, *ROUTES.commands}
    assert (ALWAYS_THEIRS | LEADS_ON) - known == set()
    assert ALWAYS_THEIRS - EVERYBODY - MAY[Role.YOUTH] == set()
