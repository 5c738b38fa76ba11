"""Who fits a case, how a leaving mentor's cases are shared out, and who may know of a wish for another mentor."""

from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.calendar import Hours, is_working_day
from bot.programme import rules
from bot.programme.mentors import handing_over, wishes
from bot.programme.mentors.handing_over import Choice
from bot.programme.mentors.wishes import Step, Wish
from bot.programme.rules import Candidate, Case, Load, Stage
from bot.roles import Grant, Person, Role
from bot.words import Language

OGRE, DOBELE = "LV-067", "LV-026"
NOW: Final = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
HOURS: Final = Hours.latvia(ZoneInfo("Europe/Riga"), ())


def somebody(number: int, *grants: Grant, language: Language = Language.LV) -> Person:
    return Person(number, language, f"Bura-{number}", grants=frozenset(grants))


def mentor(number: int, place: str | None = OGRE, language: Language = Language.LV) -> Person:
    return somebody(number, Grant(Role.MENTOR, place), language=language)


def lead(number: int) -> Person:
    return somebody(number, Grant(Role.LEAD, OGRE))


def coordinator(number: int, place: str | None = OGRE) -> Person:
    return somebody(number, Grant(Role.COORDINATOR, place))


def case(number: int = 1, *, guide: int | None = 10, deputy: int | None = None, stage: Stage = Stage.PROGRAMME) -> Case:
    return Case(
        number, 100 + number, OGRE, stage, "likely", "18_28", None, False, False, guide, None, NOW, None, None,
        deputy_id=deputy,
    )  # fmt: skip


def wish(step: Step = Step.ASKED) -> Wish:
    return Wish(1, 1, None, NOW, NOW, step, None, None)


# --- who fits ---------------------------------------------------------------------------------------------------


@pytest.mark.feature("E3")
def test_room_then_language_then_municipality_then_the_smallest_load() -> None:
    far, here, other, busy, full = (
        mentor(1, None, Language.UK),
        mentor(2, OGRE, Language.UK),
        mentor(3, OGRE, Language.LV),
        mentor(4, OGRE, Language.UK),
        mentor(5, OGRE, Language.UK),
    )
    loads = {4: Load(5), 5: Load(6)}
    ordered = rules.by_fit([full, other, far, busy, here], loads, OGRE, Language.UK, 6)
    assert [one.mentor.id for one in ordered] == [2, 4, 1, 3, 5]


@pytest.mark.feature("E3")
@pytest.mark.parametrize(("load", "full"), [(Load(6), True), (Load(4, 1, 1), True), (Load(3, 1, 1), False)])
def test_a_pause_and_the_time_after_take_up_a_place_too(load: Load, full: bool) -> None:
    assert Candidate(mentor(1), load, 6).is_full is full


@pytest.mark.feature("E3")
def test_how_many_is_a_setting() -> None:
    assert not Candidate(mentor(1), Load(6), 7).is_full
    assert Candidate(mentor(1), Load(3), 3).is_full


# --- sharing out --------------------------------------------------------------------------------------------------


@pytest.mark.feature("E5", "X52")
@given(st.lists(st.integers(0, 8), min_size=1, max_size=6), st.integers(1, 8), st.integers(1, 12))
def test_nobody_is_proposed_more_than_one_may_guide_and_nobody_waits_while_there_is_room(
    loads: list[int], most: int, number: int
) -> None:
    candidates = [Candidate(mentor(20 + index), Load(load), most) for index, load in enumerate(loads)]
    found = handing_over.propose([Choice(case(one), Language.LV, candidates) for one in range(1, number + 1)])
    given_to = [one.mentor.id for one in found if one.mentor is not None]
    for one in candidates:
        assert given_to.count(one.mentor.id) <= max(most - one.load.total, 0)
    room = sum(max(most - load, 0) for load in loads)
    assert len(given_to) == min(room, number)


@pytest.mark.feature("X52")
def test_a_confirmation_holds_for_what_was_shown_alone() -> None:
    one = handing_over.propose([Choice(case(), Language.LV, [Candidate(mentor(20), Load(), 6)])])
    other = handing_over.propose([Choice(case(), Language.LV, [Candidate(mentor(21), Load(), 6)])])
    assert handing_over.digest(one) == handing_over.digest(list(one))
    assert handing_over.digest(one) != handing_over.digest(other)


@pytest.mark.feature("E5")
@pytest.mark.parametrize(
    ("found", "before", "to", "load", "may"),
    [
        (case(), 10, mentor(20), 0, True),
        (case(guide=None), None, mentor(20), 0, True),
        (case(), 11, mentor(20), 0, False),
        (case(), 10, mentor(10), 0, False),
        (case(), 10, mentor(20, DOBELE), 0, False),
        (case(), 10, mentor(20), 6, False),
        (case(), 10, lead(20), 0, False),
        (case(), 10, mentor(101), 0, False),
        (case(stage=Stage.CLOSED), 10, mentor(20), 0, False),
    ],
)
def test_a_case_goes_to_a_mentor_of_its_municipality_with_room_and_from_whom_it_was_with(
    found: Case, before: int | None, to: Person, load: int, may: bool
) -> None:
    assert handing_over.may_take(found, before, Candidate(to, Load(load), 6)) is may


# --- a deputy -----------------------------------------------------------------------------------------------------


@pytest.mark.feature("E3")
def test_a_deputy_sees_and_guides_while_they_are_a_mentor_there() -> None:
    stood_in = case(deputy=20)
    assert rules.may_see(mentor(20), stood_in)
    assert rules.may_guide(mentor(20), stood_in)
    assert not rules.mentors(mentor(20), stood_in)
    assert not rules.may_see(mentor(20), case())
    assert not rules.may_see(mentor(20, DOBELE), stood_in)
    assert not rules.may_name_deputy(mentor(20), stood_in)
    assert rules.may_name_deputy(mentor(10), stood_in)
    assert rules.may_name_deputy(lead(30), stood_in)


# --- the wish -----------------------------------------------------------------------------------------------------


@pytest.mark.feature("O16", "S4.4")
@pytest.mark.parametrize("step", Step)
@given(
    st.lists(st.sampled_from([10, 20, 30, 31]), unique=True),
    st.lists(st.sampled_from([10, 20, 40, 41]), unique=True),
    st.lists(st.sampled_from([10, 20, 50]), unique=True),
)
def test_whoever_guides_the_case_never_knows_whatever_else_they_are(
    step: Step, leads: list[int], coordinators: list[int], national: list[int]
) -> None:
    """10 is the mentor and 20 the deputy; each may hold every other role as well."""
    stood_in = case(deputy=20)
    line = wishes.line(
        stood_in,
        [somebody(one, Grant(Role.LEAD, OGRE), Grant(Role.MENTOR, OGRE)) for one in leads],
        [somebody(one, Grant(Role.COORDINATOR, OGRE), Grant(Role.MENTOR, OGRE)) for one in coordinators],
        [coordinator(one, None) for one in national],
    )
    told = {one.id for one in wishes.knowing(wish(step), line)}
    assert not told & {10, 20}
    everything = (Grant(Role.MENTOR, OGRE), Grant(Role.LEAD, OGRE), Grant(Role.COORDINATOR, None), Grant(Role.ADMIN))
    for guide in (10, 20):
        assert not wishes.may_know(somebody(guide, *everything), stood_in, wish(step), line)
    others = {*leads, *coordinators, *national} - {10, 20}
    assert bool(told) is bool(others)


@pytest.mark.feature("O16")
def test_the_next_in_line_know_only_once_they_are_told() -> None:
    line = wishes.line(case(), [lead(30)], [coordinator(40)], [coordinator(50, None)])
    assert [one.id for one in wishes.knowing(wish(Step.REMINDED), line)] == [30]
    assert [one.id for one in wishes.knowing(wish(Step.PASSED_ON), line)] == [30, 40]
    assert not wishes.may_know(coordinator(40), case(), wish(), line)
    assert not wishes.may_know(somebody(30), case(), wish(), line)


@pytest.mark.feature("S4.4")
def test_where_the_mentor_is_the_only_lead_the_coordinators_come_first() -> None:
    both = somebody(10, Grant(Role.LEAD, OGRE), Grant(Role.MENTOR, OGRE))
    assert [one.id for one in wishes.line(case(), [both], [coordinator(40)], [])[0]] == [40]


@pytest.mark.feature("O16")
@given(st.integers(0, 400 * 24))
def test_the_ladder_falls_due_in_working_time_only(hours_on: int) -> None:
    now = NOW + timedelta(hours=hours_on)
    for at in (wishes.remind_at(now, HOURS), wishes.pass_on_at(now, HOURS), wishes.after_talk_at(now, HOURS)):
        local = at.astimezone(HOURS.zone)
        assert at > now
        assert is_working_day(local.date(), HOURS)
