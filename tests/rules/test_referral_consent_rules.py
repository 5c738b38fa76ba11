"""Who may know of a referral, what a yes is bound to, and what becomes of a young person's own request."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.programme.rules import Case, Stage
from bot.referrals import rules
from bot.referrals.own_request import requests
from bot.referrals.own_request.requests import MayAsk, NobodyYet, Request, RequestState, RequestStep, Resting
from bot.referrals.referral import Guardianship, Kind, Line, Referral, Side, State, hash_of
from bot.referrals.rules import Moved, MovedOn
from bot.roles import Grant, Person, Role
from bot.words import Language
from tests.rules.referral_cast import HOURS, MONDAY, TEXT, referral

YOUTH, MENTOR, DEPUTY, LEAD, COORDINATOR = range(1, 6)
BY_YOUTH = frozenset({Side.YOUTH})
BY_REFERRER = frozenset({Side.REFERRER})


def case(stage: Stage = Stage.PROGRAMME) -> Case:
    return Case(
        1, YOUTH, "LV-067", stage, "likely", "18_28", "talk", False, False, MENTOR, None, MONDAY, None, None,
        deputy_id=DEPUTY,
    )  # fmt: skip


def person(number: int, *roles: Role, place: str | None = "LV-067") -> Person:
    return Person(number, Language.LV, f"Tilts-{number}", grants=frozenset(Grant(role, place) for role in roles))


# --- apart from the mentor ----------------------------------------------------------------------------------------


@pytest.mark.feature("X35")
@pytest.mark.parametrize(
    ("who", "ordinary", "apart"),
    [
        (person(MENTOR, Role.MENTOR), True, False),
        (person(MENTOR, Role.MENTOR, Role.LEAD), True, False),
        (person(MENTOR, Role.MENTOR, Role.COORDINATOR), True, False),
        (person(DEPUTY, Role.MENTOR), True, False),
        (person(DEPUTY, Role.MENTOR, Role.LEAD), True, False),
        (person(LEAD, Role.LEAD), True, True),
        (person(LEAD, Role.LEAD, place="LV-022"), False, False),
        (person(LEAD, Role.LEAD, place=None), True, True),
        (person(COORDINATOR, Role.COORDINATOR), False, True),
        (person(COORDINATOR, Role.COORDINATOR, place=None), False, True),
        (person(COORDINATOR, Role.COORDINATOR, place="LV-022"), False, False),
        (person(COORDINATOR, Role.ADMIN, place=None), False, False),
        (person(COORDINATOR, Role.SPECIALIST), False, False),
        (person(YOUTH), False, False),
    ],
)
def test_who_refers_and_who_may_know_what_is_asked_apart(who: Person, ordinary: bool, apart: bool) -> None:
    stands = referral(State.REQUESTED)
    assert rules.refers(who, stands, case()) is ordinary
    assert rules.refers(who, replace(stands, without_mentor=True), case()) is apart


# --- the yes ------------------------------------------------------------------------------------------------------


@given(st.text(max_size=64))
def test_no_other_hash_agrees(shown: str) -> None:
    agreed = rules.agree(referral(State.DRAFT), BY_YOUTH, MONDAY, shown)
    assert isinstance(agreed, Moved) is (shown != "" and hash_of(TEXT).startswith(shown))


@pytest.mark.parametrize("line", Line)
def test_a_line_struck_twice_is_there_again_and_some_cannot_be_struck(line: Line) -> None:
    before = referral(State.DRAFT)
    struck = rules.strike(before, BY_YOUTH, MONDAY, line)
    if line in (Line.CODE_NAME, Line.LANGUAGE):
        assert struck == MovedOn()
        return
    assert isinstance(struck, Moved)
    assert line not in struck.after.passed_on.lines
    again = rules.strike(struck.after, BY_YOUTH, MONDAY, line)
    assert isinstance(again, Moved)
    assert again.after.passed_on == before.passed_on


# --- a guardian ---------------------------------------------------------------------------------------------------


def _awaiting() -> Referral:
    wanted = replace(referral(State.DRAFT), guardian=Guardianship.WANTED)
    agreed = rules.agree(wanted, BY_YOUTH, MONDAY, hash_of(TEXT)[:12], guardian_missing=True)
    assert isinstance(agreed, Moved)
    return agreed.after


@pytest.mark.feature("C7")
def test_while_a_guardians_yes_is_missing_nothing_is_passed_on_and_nothing_is_changed() -> None:
    awaits = _awaiting()
    assert (awaits.state, awaits.awaits_guardian, rules.is_passed_on(awaits)) == (State.DRAFT, True, False)
    assert rules.strike(awaits, BY_YOUTH, MONDAY, Line.NOTE) == MovedOn()
    assert rules.agree(awaits, BY_YOUTH, MONDAY, hash_of(TEXT)[:12]) == MovedOn()
    released = rules.release(awaits, BY_REFERRER, MONDAY)
    assert isinstance(released, Moved)
    assert (released.after.state, released.after.text_hash) == (State.REQUESTED, hash_of(TEXT))


@pytest.mark.feature("C7")
def test_whose_yes_is_there_already_is_not_awaited() -> None:
    wanted = replace(referral(State.DRAFT), guardian=Guardianship.WANTED)
    agreed = rules.agree(wanted, BY_YOUTH, MONDAY, hash_of(TEXT)[:12], guardian_missing=False)
    assert isinstance(agreed, Moved)
    assert agreed.after.state is State.REQUESTED
    assert rules.release(referral(State.DRAFT), BY_REFERRER, MONDAY) == MovedOn()


@pytest.mark.feature("H3")
@pytest.mark.parametrize(("is_child", "reason"), [(False, "briesmās"), (True, "")])
def test_nothing_is_passed_on_without_a_yes_of_somebody_of_age_or_without_a_reason(is_child: bool, reason: str) -> None:
    assert rules.override(referral(State.DRAFT), BY_REFERRER, MONDAY, reason, is_child=is_child) == MovedOn()


# --- asking for oneself -------------------------------------------------------------------------------------------


def test_who_may_ask_here() -> None:
    assert requests.may_ask(None) == NobodyYet(contacted=False)
    answers = {stage: requests.may_ask(case(stage)) for stage in Stage}
    assert {stage for stage, answer in answers.items() if answer == MayAsk()} == {Stage.PROFILING, Stage.PROGRAMME}
    assert {stage for stage, answer in answers.items() if answer == Resting()} == {Stage.PAUSED, Stage.AFTERCARE}
    assert answers[Stage.CONTACT] == NobodyYet(contacted=True)
    assert answers[Stage.CLOSED] == NobodyYet(contacted=False)


@pytest.mark.feature("H6")
@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)).map(lambda at: at.replace(tzinfo=UTC)))  # noqa: DTZ001  # naive bounds
def test_a_request_nobody_answers_is_reminded_of_passed_on_and_closed_in_working_time(asked_at: datetime) -> None:
    due = requests.first_step_at(asked_at, HOURS)
    stands = Request(1, 1, Kind.COACH, False, RequestState.OPEN, asked_at, due, 0)
    steps = []
    while stands.next_at is not None:
        assert stands.next_at > asked_at
        step, after = requests.take_step(stands, stands.next_at, HOURS)
        assert after.next_at is None or after.next_at > stands.next_at
        steps.append(step)
        stands = after
    assert steps == list(RequestStep)
    assert stands.state is RequestState.UNANSWERED
    assert due - asked_at < timedelta(days=12)
