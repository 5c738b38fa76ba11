"""What each side may do with a referral: who, in which state, and what it leads to."""

from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest

from bot.programme.rules import Case, Stage
from bot.referrals import rules
from bot.referrals.closed.closing import Settling, settle
from bot.referrals.referral import (
    OPEN,
    Choice,
    Ending,
    Kind,
    Line,
    PassedOn,
    Proposals,
    Referral,
    Said,
    Side,
    State,
    hash_of,
)
from bot.referrals.rules import InThePast, Moved, MovedOn, TooEarly, TooFar
from bot.roles import Grant, Person, Role
from bot.words import Language
from tests.rules.referral_cast import AFTER, BY_ILZE, MONDAY, OTHER, PASSED_ON, PROPOSED, TEXT, referral

YOUTH = frozenset({Side.YOUTH})
REFERRER = frozenset({Side.REFERRER})
RECEIVER = frozenset({Side.RECEIVER})


def moved(answer: Moved | rules.Refusal) -> Referral:
    assert isinstance(answer, Moved), answer
    return answer.after


# --- consent ----------------------------------------------------------------------------------------------------


@pytest.mark.feature("H3", "O2")
def test_a_yes_is_bound_to_the_very_text_that_was_shown() -> None:
    agreed = moved(rules.agree(referral(State.DRAFT), YOUTH, MONDAY, hash_of(TEXT)[:12]))
    assert agreed.text_hash == hash_of(agreed.text)
    assert agreed.state is State.REQUESTED


@pytest.mark.feature("H4", "O2")
@pytest.mark.parametrize("shown", ["", "0" * 12, hash_of(TEXT + " ")[:12]])
def test_a_yes_to_another_text_changes_nothing(shown: str) -> None:
    assert rules.agree(referral(State.DRAFT), YOUTH, MONDAY, shown) == MovedOn()


@pytest.mark.feature("H4")
def test_a_struck_line_is_gone_and_comes_back_when_struck_again() -> None:
    struck = moved(rules.strike(referral(State.DRAFT), YOUTH, MONDAY, Line.NOTE))
    assert Line.NOTE not in struck.passed_on.lines
    assert moved(rules.strike(struck, YOUTH, MONDAY, Line.NOTE)).passed_on == PASSED_ON


@pytest.mark.feature("H4")
@pytest.mark.parametrize("line", [Line.CODE_NAME, Line.LANGUAGE])
def test_what_to_call_somebody_and_in_which_language_cannot_be_struck(line: Line) -> None:
    assert rules.strike(referral(State.DRAFT), YOUTH, MONDAY, line) == MovedOn()


@pytest.mark.feature("H4")
def test_nothing_can_be_struck_once_it_was_agreed_to() -> None:
    for state in set(State) - {State.DRAFT}:
        assert rules.strike(referral(state), YOUTH, MONDAY, Line.NOTE) == MovedOn()


def test_what_is_passed_on_survives_being_stored() -> None:
    struck = replace(PASSED_ON, struck=frozenset({Line.WISH, Line.AGE}))
    assert PassedOn.from_json(struck.as_json()) == struck


@pytest.mark.feature("H3")
def test_only_for_a_child_and_with_a_reason_is_anything_passed_on_without_a_yes() -> None:
    stands = referral(State.DRAFT)
    assert rules.override(stands, REFERRER, MONDAY, "apdraudēts", is_child=False) == MovedOn()
    assert rules.override(stands, REFERRER, MONDAY, "", is_child=True) == MovedOn()
    passed = moved(rules.override(stands, REFERRER, MONDAY, "apdraudēts", is_child=True))
    assert (passed.state, passed.text_hash, passed.override_reason) == (State.REQUESTED, None, "apdraudēts")


# --- appointments -----------------------------------------------------------------------------------------------


def test_an_answer_to_an_older_proposal_changes_nothing() -> None:
    older = rules.minute_of(PROPOSED - timedelta(hours=1))
    for choice in Choice:
        stands = referral(State.ACCEPTED, proposals=BY_ILZE)
        assert rules.choose(stands, YOUTH, MONDAY, Side.YOUTH, older, choice) == MovedOn()


def test_a_proposed_time_that_is_over_cannot_be_agreed_to() -> None:
    stands = referral(State.ACCEPTED, proposals=BY_ILZE)
    minute = rules.minute_of(PROPOSED)
    assert rules.choose(stands, YOUTH, PROPOSED, Side.YOUTH, minute, Choice.YES) == InThePast()


def test_nobody_answers_their_own_proposal() -> None:
    stands = referral(State.ACCEPTED, proposals=BY_ILZE)
    minute = rules.minute_of(PROPOSED)
    assert rules.choose(stands, RECEIVER, MONDAY, Side.RECEIVER, minute, Choice.YES) == MovedOn()


@pytest.mark.feature("H7")
def test_one_of_several_times_is_chosen_and_is_a_change_that_calendars_hear_of() -> None:
    stands = referral(State.ACCEPTED, proposals=Proposals(Side.RECEIVER, (PROPOSED, OTHER)))
    chosen = moved(rules.choose(stands, YOUTH, MONDAY, Side.YOUTH, rules.minute_of(OTHER), Choice.YES))
    assert (chosen.state, chosen.meeting.at, chosen.meeting.sequence) == (State.IN_PROGRESS, OTHER, 1)
    off = moved(rules.call_off(chosen, YOUTH, MONDAY, Side.YOUTH))
    assert (off.state, off.meeting.at, off.meeting.sequence) == (State.ACCEPTED, None, 2)


def test_only_times_from_now_to_three_months_ahead_are_proposed() -> None:
    stands = referral(State.RECEIVED)
    assert rules.propose(stands, RECEIVER, MONDAY, Side.RECEIVER, [MONDAY]) == InThePast()
    farthest = MONDAY + rules.FARTHEST
    moved(rules.propose(stands, RECEIVER, MONDAY, Side.RECEIVER, [farthest]))
    too_far = farthest + timedelta(minutes=1)
    assert rules.propose(stands, RECEIVER, MONDAY, Side.RECEIVER, [PROPOSED, too_far]) == TooFar()


# --- what happened ----------------------------------------------------------------------------------------------

WORDS = (*Said, None)
HAPPENED = (Said.HELPED, Said.TOOK_PLACE)
AGAIN = {(Said.NOT_YET, Said.DID_NOT), (Said.NOT_YET, Said.NOT_YET), (Said.DID_NOT, Said.NOT_YET), (Said.NOT_YET, None)}


@pytest.mark.feature("O1", "H9", "H10")
@pytest.mark.parametrize(("provider", "youth"), list(product(WORDS, WORDS)))
def test_every_two_words_lead_to_one_defined_end(provider: Said | None, youth: Said | None) -> None:
    now, final = settle(provider, youth, final=False), settle(provider, youth, final=True)
    both_said = provider is not None and youth is not None
    if both_said:
        assert now is final is not Settling.WAIT
    assert final is not Settling.WAIT
    happened = (provider in HAPPENED, youth in HAPPENED)
    if happened == (True, True):
        assert final is Settling.COMPLETED
    elif True in happened:
        assert final is (Settling.MISMATCH if both_said else Settling.UNCONFIRMED)
    elif provider is youth is None:
        assert final is Settling.NOBODY
    elif (provider, youth) in AGAIN | {(None, Said.NOT_YET)}:
        assert final is Settling.AGAIN
    else:
        assert final is Settling.NOT_HAPPENED
    assert (now is Settling.WAIT) == (not both_said and (provider, youth) != (Said.NOT_YET, None))


@pytest.mark.feature("O1")
def test_it_is_completed_only_when_both_have_said_that_it_took_place() -> None:
    stands = referral(State.IN_PROGRESS)
    one = moved(rules.say(stands, RECEIVER, AFTER, Side.RECEIVER, Said.HELPED))
    assert one.state is State.IN_PROGRESS
    both = moved(rules.say(one, YOUTH, AFTER, Side.YOUTH, Said.TOOK_PLACE))
    assert (both.state, both.session) == (State.COMPLETED, 1)


@pytest.mark.feature("O1")
def test_a_word_may_be_changed_until_the_other_has_spoken() -> None:
    first = moved(rules.say(referral(State.IN_PROGRESS), YOUTH, AFTER, Side.YOUTH, Said.DID_NOT))
    other = moved(rules.say(first, YOUTH, AFTER, Side.YOUTH, Said.HELPED))
    assert other.youth_said is Said.HELPED
    assert rules.say(other, YOUTH, AFTER, Side.YOUTH, Said.HELPED) == MovedOn()


@pytest.mark.feature("O1")
@pytest.mark.parametrize(("took_place", "state"), [(True, State.COMPLETED), (False, State.FAILED)])
def test_where_the_sides_differ_who_guides_the_young_person_finds_out(took_place: bool, state: State) -> None:
    differs = referral(State.IN_PROGRESS, provider=Said.HELPED, youth=Said.DID_NOT)
    assert rules.is_mismatch(differs)
    assert rules.say(differs, YOUTH, AFTER, Side.YOUTH, Said.NOT_YET) == MovedOn()
    assert moved(rules.resolve(differs, REFERRER, AFTER, took_place=took_place)).state is state


def test_where_nobody_has_said_anything_nobody_else_says_it_for_them() -> None:
    assert rules.resolve(referral(State.IN_PROGRESS), REFERRER, AFTER, took_place=True) == MovedOn()


@pytest.mark.feature("H9")
def test_a_session_that_is_not_the_last_leads_to_the_next_time() -> None:
    onwards = moved(rules.goes_on(referral(State.IN_PROGRESS), RECEIVER, AFTER, Said.HELPED))
    assert (onwards.state, onwards.session, onwards.meeting.at) == (State.ACCEPTED, 1, None)


def test_an_appointment_ahead_has_no_result_yet() -> None:
    before = PROPOSED - timedelta(minutes=1)
    assert rules.say(referral(State.IN_PROGRESS), RECEIVER, before, Side.RECEIVER, Said.HELPED) == TooEarly()


# --- ending it --------------------------------------------------------------------------------------------------


def test_each_ending_says_who_ended_it() -> None:
    stands = referral(State.REQUESTED)
    assert moved(rules.withdraw(stands, YOUTH, MONDAY)).reason is Ending.YOUTH_WITHDREW
    assert moved(rules.withdraw(stands, REFERRER, MONDAY)).reason is Ending.REFERRER_WITHDREW
    ended = rules.end_with_case(stands, MONDAY)
    lost = rules.undeliverable(stands, MONDAY)
    assert isinstance(ended, Moved)
    assert isinstance(lost, Moved)
    assert ended.after.reason is Ending.CASE_ENDED
    assert lost.after.reason is Ending.NOT_DELIVERED


@pytest.mark.feature("H12")
def test_it_can_be_taken_back_as_long_as_it_is_open() -> None:
    for state in OPEN:
        assert moved(rules.withdraw(referral(state), YOUTH, MONDAY)).state is State.CANCELLED


def test_a_receiver_who_may_still_answer_is_not_given_up() -> None:
    assert rules.give_up(referral(State.REQUESTED), REFERRER, MONDAY, silent=False) == MovedOn()


# --- whose it is ------------------------------------------------------------------------------------------------

CASE = Case(1, 10, "LV-067", Stage.PROFILING, "likely", "18_28", "talk", False, False, 2, None, MONDAY, None, None)


def person(number: int, *grants: Grant) -> Person:
    return Person(number, Language.LV, f"Bura-{number}", None, None, frozenset(grants))


@pytest.mark.feature("X35")
def test_nobody_is_a_side_of_what_is_not_theirs() -> None:
    psychologist = Grant(Role.SPECIALIST, "LV-067", "psychologist")
    stands = referral(State.REQUESTED)
    assert rules.sides(person(10), stands, CASE) == YOUTH
    assert rules.sides(person(2, Grant(Role.MENTOR, "LV-067")), stands, CASE) == REFERRER
    assert rules.sides(person(5, Grant(Role.LEAD, "LV-067")), stands, CASE) == REFERRER
    assert rules.sides(person(3, psychologist), stands, CASE) == RECEIVER
    for stranger in (
        person(11),
        person(6, Grant(Role.MENTOR, "LV-067")),
        person(7, Grant(Role.LEAD, "LV-041")),
        person(8, psychologist),
        person(9, Grant(Role.COORDINATOR, "LV-067")),
        person(3, Grant(Role.SPECIALIST, "LV-041", "psychologist")),
        person(3, Grant(Role.SPECIALIST, "LV-067", "coach")),
    ):
        assert rules.sides(stranger, stands, CASE) == frozenset()


def test_what_was_asked_for_apart_from_the_mentor_is_nothing_of_the_mentors_even_if_they_lead() -> None:
    apart = replace(referral(State.REQUESTED), without_mentor=True)
    mentor = Grant(Role.MENTOR, "LV-067")
    lead = Grant(Role.LEAD, "LV-067")
    assert rules.sides(person(2, mentor), apart, CASE) == frozenset()
    assert rules.sides(person(2, mentor, lead), apart, CASE) == frozenset()
    assert rules.sides(person(5, lead), apart, CASE) == REFERRER


@pytest.mark.feature("O2")
def test_a_receiver_is_no_side_of_it_before_the_young_person_agrees() -> None:
    receiver = person(3, Grant(Role.SPECIALIST, None, "psychologist"))
    assert rules.sides(receiver, referral(State.DRAFT), CASE) == frozenset()


def test_a_partner_receives_partner_referrals_whatever_else_they_do() -> None:
    partner = person(4, Grant(Role.PARTNER, "LV-067"))
    assert rules.receives(partner, Kind.PARTNER, "LV-067")
    assert not rules.receives(partner, Kind.COACH, "LV-067")
    assert not rules.receives(partner, Kind.PARTNER, "LV-041")
