"""Two-sided closing: every combination of words leads to one defined state, whoever speaks first, and none is open for
ever."""

from datetime import timedelta
from itertools import permutations, product

import pytest

from bot.referrals import ladder, rules
from bot.referrals.closed.closing import Settling, settle
from bot.referrals.closed.sessions import Session, say_later
from bot.referrals.referral import CLOSED, Ending, Outcome, Referral, Said, Side, State
from bot.referrals.rules import Moved, MovedOn, TooEarly, Words
from tests.rules.referral_cast import AFTER, HOURS, PROPOSED, TERMS, referral

BOTH = frozenset({Side.YOUTH, Side.RECEIVER})
SPOKEN = (Said.HELPED, Said.TOOK_PLACE, Said.DID_NOT, Said.NOT_YET, None)

# What the provider says, then what the young person says: helped, took place, did not, not yet, nothing.
TABLE = {
    False: """
        COMPLETED  COMPLETED  MISMATCH      MISMATCH      WAIT
        COMPLETED  COMPLETED  MISMATCH      MISMATCH      WAIT
        MISMATCH   MISMATCH   NOT_HAPPENED  AGAIN         WAIT
        MISMATCH   MISMATCH   AGAIN         AGAIN         AGAIN
        WAIT       WAIT       WAIT          WAIT          WAIT
    """,
    True: """
        COMPLETED  COMPLETED  MISMATCH      MISMATCH      UNCONFIRMED
        COMPLETED  COMPLETED  MISMATCH      MISMATCH      UNCONFIRMED
        MISMATCH   MISMATCH   NOT_HAPPENED  AGAIN         NOT_HAPPENED
        MISMATCH   MISMATCH   AGAIN         AGAIN         AGAIN
        UNCONFIRMED UNCONFIRMED NOT_HAPPENED AGAIN        NOBODY
    """,
}

LEADS_TO = {
    Settling.WAIT: (State.IN_PROGRESS, None),
    Settling.MISMATCH: (State.IN_PROGRESS, None),
    Settling.COMPLETED: (State.COMPLETED, None),
    Settling.NOT_HAPPENED: (State.FAILED, Ending.DID_NOT_HAPPEN),
    Settling.AGAIN: (State.ACCEPTED, None),
    Settling.UNCONFIRMED: (State.FAILED, Ending.UNCONFIRMED),
    Settling.NOBODY: (State.FAILED, Ending.NOBODY_ANSWERED),
}


def over(provider: Said | None = None, youth: Said | None = None) -> Referral:
    """An appointment that has been."""
    return referral(State.IN_PROGRESS, provider=provider, youth=youth)


def says(before: Referral, side: Side, said: Said) -> Referral:
    answer = rules.say(before, BOTH, AFTER, side, said)
    assert isinstance(answer, Moved), (before, side, said)
    return answer.after


@pytest.mark.feature("O1", "H10")
@pytest.mark.parametrize("final", [False, True])
def test_all_twenty_five_combinations_lead_where_the_table_says(final: bool) -> None:
    table = dict(zip(product(SPOKEN, SPOKEN), TABLE[final].split(), strict=True))
    wrong = {words: found for words, found in table.items() if settle(*words, final=final) is not Settling[found]}
    assert wrong == {}
    assert len(table) == 25


@pytest.mark.feature("O1", "H9", "H10")
@pytest.mark.parametrize(("provider", "youth"), [one for one in product(SPOKEN, SPOKEN) if one != (None, None)])
def test_whoever_speaks_first_the_same_words_lead_to_the_same_state(provider: Said | None, youth: Said | None) -> None:
    """A provider's "not yet" waits for nobody: what the young person says then is of an earlier appointment."""
    spoken = [(side, said) for side, said in ((Side.RECEIVER, provider), (Side.YOUTH, youth)) if said is not None]
    expected = LEADS_TO[settle(provider, youth, final=False)]
    for order in permutations(spoken):
        after = over()
        for side, said in order:
            if after.state is State.IN_PROGRESS:
                after = says(after, side, said)
        if order[0] == (Side.RECEIVER, Said.NOT_YET):
            assert after.state is State.ACCEPTED
            assert Session(1, PROPOSED, provider, youth).is_disputed is (expected[0] is State.IN_PROGRESS)
        else:
            assert (after.state, after.reason) == expected, order


@pytest.mark.feature("O1")
@pytest.mark.parametrize(("provider", "youth"), list(product(SPOKEN, SPOKEN)))
def test_silence_ends_every_combination_that_nobody_settles(provider: Said | None, youth: Said | None) -> None:
    settling = settle(provider, youth, final=True)
    after = rules.left_unanswered(over(provider, youth), AFTER)
    expected = (State.FAILED, Ending.UNCLEAR) if settling is Settling.MISMATCH else LEADS_TO[settling]
    assert (after.state, after.reason) == expected
    assert after.state in CLOSED | {State.ACCEPTED}


@pytest.mark.feature("O1", "H6")
@pytest.mark.parametrize(("provider", "youth"), list(product(SPOKEN, SPOKEN)))
def test_with_nobody_acting_any_more_the_timers_close_it(provider: Said | None, youth: Said | None) -> None:
    now = AFTER
    standing = ladder.planned(rules.settled(over(provider, youth), now, final=False), HOURS, TERMS)
    for _ in range(20):
        if standing.next_at is None:
            break
        now = standing.next_at
        fell = ladder.fell_due(standing, now, HOURS, TERMS)
        assert fell is not None
        standing = fell.after
    assert standing.state in CLOSED
    assert now < AFTER + timedelta(days=60)


@pytest.mark.feature("O1")
def test_each_may_change_their_word_until_it_is_settled() -> None:
    first = says(over(), Side.YOUTH, Said.DID_NOT)
    second = says(first, Side.YOUTH, Said.TOOK_PLACE)
    assert second.youth_said is Said.TOOK_PLACE
    assert says(second, Side.RECEIVER, Said.HELPED).state is State.COMPLETED


@pytest.mark.feature("H10")
def test_of_a_mismatch_only_a_word_that_ends_it_is_taken() -> None:
    differs = over(Said.HELPED, Said.DID_NOT)
    assert rules.say(differs, BOTH, AFTER, Side.RECEIVER, Said.TOOK_PLACE) == MovedOn()
    assert rules.say(differs, BOTH, AFTER, Side.YOUTH, Said.NOT_YET) == MovedOn()
    assert rules.goes_on(differs, BOTH, AFTER, Said.TOOK_PLACE) == MovedOn()
    assert says(differs, Side.RECEIVER, Said.DID_NOT).state is State.FAILED
    assert says(differs, Side.YOUTH, Said.TOOK_PLACE).outcome is Outcome.BOTH_SAID


def test_before_the_appointment_nothing_can_be_said_of_it() -> None:
    for side in (Side.YOUTH, Side.RECEIVER):
        assert rules.say(over(), BOTH, PROPOSED - timedelta(minutes=1), side, Said.HELPED) == TooEarly()
    assert rules.goes_on(over(), BOTH, PROPOSED - timedelta(minutes=1), Said.HELPED) == TooEarly()


# --- more than one appointment ----------------------------------------------------------------------------------


@pytest.mark.feature("S4.13")
def test_one_that_goes_on_counts_and_looks_for_the_next_time_with_its_words_kept() -> None:
    answer = rules.goes_on(over(youth=Said.TOOK_PLACE), BOTH, AFTER, Said.HELPED)
    assert isinstance(answer, Moved)
    assert (answer.after.state, answer.after.session, answer.after.meeting.at) == (State.ACCEPTED, 1, None)
    assert (answer.after.provider_said, answer.after.youth_said) == (None, None)
    assert answer.words == Words(PROPOSED, Said.HELPED, Said.TOOK_PLACE)


@pytest.mark.feature("H10")
@pytest.mark.parametrize("youth", [Said.DID_NOT, Said.NOT_YET])
def test_going_on_against_the_young_persons_word_is_a_mismatch(youth: Said) -> None:
    answer = rules.goes_on(over(youth=youth), BOTH, AFTER, Said.HELPED)
    assert isinstance(answer, Moved)
    assert rules.is_mismatch(answer.after)
    assert answer.after.session == 0


def test_only_one_that_took_place_goes_on() -> None:
    for said in (Said.DID_NOT, Said.NOT_YET):
        assert rules.goes_on(over(), BOTH, AFTER, said) == MovedOn()


@pytest.mark.feature("H10")
def test_a_later_word_on_an_earlier_appointment_may_dispute_it_and_may_be_taken_back() -> None:
    held = Session(1, PROPOSED, Said.HELPED, None)
    denied = say_later(held, Said.DID_NOT)
    assert isinstance(denied, Session)
    assert denied.is_disputed
    again = say_later(denied, Said.TOOK_PLACE)
    assert isinstance(again, Session)
    assert not again.is_disputed
    assert say_later(again, Said.TOOK_PLACE) == MovedOn()
    assert say_later(again, Said.NOT_YET) == MovedOn()


# --- who guides the young person --------------------------------------------------------------------------------


@pytest.mark.feature("H10")
@pytest.mark.parametrize(("provider", "youth"), list(product(SPOKEN, SPOKEN)))
def test_whoever_guides_finds_out_once_one_side_has_spoken(provider: Said | None, youth: Said | None) -> None:
    guide = frozenset({Side.REFERRER})
    for took_place in (True, False):
        answer = rules.resolve(over(provider, youth), guide, AFTER, took_place=took_place)
        if provider is None and youth is None:
            assert answer == MovedOn()
            continue
        assert isinstance(answer, Moved)
        done = (State.COMPLETED, Outcome.SETTLED, 1) if took_place else (State.FAILED, None, 0)
        assert (answer.after.state, answer.after.outcome, answer.after.session) == done
