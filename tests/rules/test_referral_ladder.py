"""What happens to a referral when nobody acts: each step, when, and that there is always an end."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.calendar import is_working_day
from bot.referrals import ladder
from bot.referrals.ladder import REMINDERS, Step
from bot.referrals.referral import CLOSED, OPEN, Ending, Meeting, Proposals, Referral, Said, Side, State
from bot.referrals.terms import Terms
from tests.rules.referral_cast import BY_ANNA, BY_ILZE, HOURS, MONDAY, PROPOSED, RIGA, TERMS, referral


def steps_of(stands: Referral, terms: Terms = TERMS) -> list[tuple[Step, str]]:
    """Everything that happens while nobody answers, with the local time of each step."""
    found = []
    waiting = ladder.planned(stands, HOURS, terms)
    while (at := waiting.next_at) is not None:
        assert ladder.fell_due(waiting, at - timedelta(seconds=1), HOURS, terms) is None
        fell = ladder.fell_due(waiting, at, HOURS, terms)
        assert fell is not None
        found.append((fell.step, f"{at.astimezone(RIGA):%m-%d %H:%M}"))
        waiting = fell.after
        assert len(found) < 20
    return found


@pytest.mark.feature("H6")
@pytest.mark.parametrize("state", [State.REQUESTED, State.RECEIVED, State.ACCEPTED])
def test_a_silent_receiver_is_reminded_once_then_others_are_told_and_it_ends(state: State) -> None:
    assert steps_of(referral(state)) == [
        (Step.REMIND_RECEIVER, "03-04 10:00"),
        (Step.TELL_RECEIVER_SILENT, "03-06 10:00"),
        (Step.TELL_LEADS_SILENT, "03-10 10:00"),
        (Step.CLOSE_UNANSWERED, "03-17 10:00"),
    ]


@pytest.mark.feature("H6")
def test_how_long_somebody_is_waited_for_goes_by_the_kind_of_help() -> None:
    assert steps_of(referral(State.REQUESTED), Terms(patience=1))[0] == (Step.REMIND_RECEIVER, "03-03 10:00")
    assert steps_of(referral(State.REQUESTED), Terms(patience=4))[0] == (Step.REMIND_RECEIVER, "03-06 10:00")


def test_a_silent_young_person_is_asked_once_more_then_the_mentor_is_told_and_it_ends() -> None:
    assert steps_of(referral(State.DRAFT)) == [
        (Step.ASK_YOUTH_AGAIN, "03-04 10:00"),
        (Step.TELL_YOUTH_SILENT, "03-06 10:00"),
        (Step.CLOSE_UNDECIDED, "03-13 10:00"),
    ]


def test_a_proposal_that_passes_unanswered_comes_back_to_the_receiver() -> None:
    assert steps_of(referral(State.ACCEPTED, proposals=BY_ILZE)) == [
        (Step.REMIND_OF_PROPOSAL, "03-04 10:00"),
        (Step.PROPOSAL_LAPSED, "03-05 10:00"),
        (Step.REMIND_RECEIVER, "03-09 10:00"),
        (Step.TELL_RECEIVER_SILENT, "03-11 10:00"),
        (Step.TELL_LEADS_SILENT, "03-13 10:00"),
        (Step.CLOSE_UNANSWERED, "03-20 10:00"),
    ]


def test_times_that_the_young_person_offered_are_the_receivers_to_answer() -> None:
    assert steps_of(referral(State.ACCEPTED, proposals=BY_ANNA))[0] == (Step.REMIND_RECEIVER, "03-04 10:00")


@pytest.mark.feature("H6", "H11")
def test_an_appointment_is_announced_the_day_before_and_on_the_day_and_asked_about_afterwards() -> None:
    assert steps_of(referral(State.IN_PROGRESS, at=PROPOSED + timedelta(hours=4))) == [
        (Step.APPOINTMENT_NEAR, "03-04 10:00"),
        (Step.APPOINTMENT_SOON, "03-05 12:00"),
        (Step.ASK_OUTCOME, "03-05 16:00"),
        (Step.ASK_OUTCOME_AGAIN, "03-09 16:00"),
        (Step.TELL_NO_OUTCOME, "03-11 16:00"),
        (Step.TELL_LEADS_NO_OUTCOME, "03-13 16:00"),
        (Step.CLOSE_NO_OUTCOME, "03-20 16:00"),
    ]


def test_an_early_appointment_is_not_announced_when_it_has_begun() -> None:
    nine = datetime(2026, 3, 5, 7, tzinfo=UTC)
    assert [step for step, _ in steps_of(referral(State.IN_PROGRESS, at=nine))][:2] == [
        Step.APPOINTMENT_NEAR,
        Step.ASK_OUTCOME,
    ]


def test_an_appointment_agreed_on_its_eve_is_announced_on_the_day_alone() -> None:
    agreed = replace(referral(State.IN_PROGRESS), changed_at=PROPOSED - timedelta(hours=20))
    assert [step for step, _ in steps_of(agreed)][:2] == [Step.APPOINTMENT_SOON, Step.ASK_OUTCOME]


def test_after_an_outage_an_appointment_is_announced_once() -> None:
    waiting = ladder.planned(referral(State.IN_PROGRESS), HOURS, TERMS)
    late = ladder.fell_due(waiting, PROPOSED - timedelta(minutes=30), HOURS, TERMS)
    assert late is not None
    assert (late.step, late.unreminded) == (Step.APPOINTMENT_SOON, False)
    assert late.after.next_at is not None
    assert late.after.next_at > PROPOSED


def test_the_reminder_of_an_appointment_that_is_over_is_left_out_and_said_so() -> None:
    waiting = ladder.planned(referral(State.IN_PROGRESS), HOURS, TERMS)
    too_late = ladder.fell_due(waiting, PROPOSED, HOURS, TERMS)
    assert too_late is not None
    assert (too_late.step, too_late.unreminded) == (Step.APPOINTMENT_MISSED, True)
    later_still = ladder.fell_due(waiting, PROPOSED + timedelta(days=1), HOURS, TERMS)
    assert later_still is not None
    assert (later_still.step, later_still.unreminded) == (Step.ASK_OUTCOME, True)


@pytest.mark.feature("O1")
def test_where_the_sides_differ_the_mentor_is_reminded_then_the_lead_and_it_ends() -> None:
    differs = referral(State.IN_PROGRESS, at=MONDAY - timedelta(hours=3), provider=Said.HELPED, youth=Said.DID_NOT)
    assert steps_of(differs) == [
        (Step.REMIND_OF_MISMATCH, "03-04 10:00"),
        (Step.TELL_LEADS_MISMATCH, "03-06 10:00"),
        (Step.CLOSE_UNCLEAR, "03-13 10:00"),
    ]


@pytest.mark.parametrize("state", State)
def test_a_receiver_is_silent_from_the_step_that_says_so(state: State) -> None:
    first = next((number for number in range(9) if ladder.is_silent(referral(state, reminded=number))), None)
    expected = {State.REQUESTED: 2, State.RECEIVED: 2, State.ACCEPTED: 2, State.IN_PROGRESS: 5}
    assert first == expected.get(state)


@given(
    st.sampled_from(sorted(OPEN)),
    st.booleans(),
    st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - the zone follows
    st.integers(min_value=1, max_value=90 * 24 * 60),
    st.integers(min_value=1, max_value=30),
)
@pytest.mark.feature("H6")
def test_whatever_stands_still_falls_due_in_working_hours_and_ends(
    state: State, proposed: bool, changed_at: datetime, minutes: int, patience: int
) -> None:
    at, terms = changed_at + timedelta(minutes=minutes), Terms(patience)
    offered = Proposals(Side.RECEIVER, (at,)) if proposed and state is State.ACCEPTED else None
    stands = replace(referral(state, proposals=offered), changed_at=changed_at)
    if state is State.IN_PROGRESS:
        stands = replace(stands, meeting=Meeting(at))
    waiting = ladder.planned(stands, HOURS, terms)
    steps = 0
    while (due := waiting.next_at) is not None:
        fell = ladder.fell_due(waiting, due, HOURS, terms)
        assert fell is not None
        assert fell.after.next_at is None or fell.after.next_at > due
        if fell.step is not Step.PROPOSAL_LAPSED:
            assert time(9) <= due.astimezone(RIGA).time() < time(21)
        if fell.step in REMINDERS:
            assert due < at
        elif fell.step not in (Step.PROPOSAL_LAPSED, Step.APPOINTMENT_MISSED):
            assert is_working_day(due.astimezone(RIGA).date(), HOURS)
        waiting, steps = fell.after, steps + 1
    assert waiting.state is State.FAILED
    assert waiting.reason is Ending.NOBODY_ANSWERED
    assert 3 <= steps <= 7


@given(
    st.sampled_from(sorted(OPEN)),
    st.booleans(),
    st.lists(st.integers(min_value=0, max_value=60 * 24 * 60), max_size=8),
)
def test_nothing_stays_open_for_ever_however_late_the_bell_rings(state: State, proposed: bool, late: list[int]) -> None:
    stands = referral(state, proposals=BY_ILZE if proposed and state is State.ACCEPTED else None)
    waiting = ladder.planned(stands, HOURS, TERMS)
    for minutes in [*late, *([0] * 8)]:
        if waiting.next_at is None:
            break
        fell = ladder.fell_due(waiting, waiting.next_at + timedelta(minutes=minutes), HOURS, TERMS)
        assert fell is not None
        assert (fell.after.next_at is None) == (fell.after.state in CLOSED)
        waiting = fell.after
    assert waiting.state is State.FAILED
    assert waiting.next_at is None


@pytest.mark.parametrize("state", sorted(CLOSED))
def test_nothing_is_due_for_a_closed_referral(state: State) -> None:
    assert ladder.planned(referral(state), HOURS, TERMS).next_at is None
