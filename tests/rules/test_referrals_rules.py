"""Referrals cannot get lost: every state, act and side is defined, and whatever stands still falls due once more."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from itertools import product
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.calendar import Hours, is_working_day, wall
from bot.programme.rules import Case, Stage
from bot.referrals import ladder, rules, times
from bot.referrals.ladder import Step
from bot.referrals.referral import (
    CLOSED,
    OPEN,
    Choice,
    Decline,
    Ending,
    Kind,
    Outcome,
    PassedOn,
    Referral,
    Side,
    State,
)
from bot.referrals.rules import InThePast, Moved, MovedOn, NotTheirs, Refusal, Sides, TooEarly, TooFar
from bot.roles import Grant, Person, Role
from bot.words import Language

RIGA = ZoneInfo("Europe/Riga")
HOURS = Hours.latvia(RIGA, {})
MONDAY = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
"""10:00 in Rīga."""
PROPOSED = MONDAY + timedelta(days=3)
NOTHING: Sides = frozenset()

PASSED_ON = PassedOn("Kompass-101", "18_28", "LV-067", Language.LV, "talk", "Labprāt pēc pusdienām.", "Marta")

Act = Callable[[Referral, Sides, datetime], Moved | Refusal]


def referral(state: State, *, proposed: bool = False, reminded: int = 0) -> Referral:
    """A referral in that state as it would stand on Monday."""
    agreed = state is not State.DRAFT
    return Referral(
        id=1,
        case_id=1,
        kind=Kind.PSYCHOLOGIST,
        state=state,
        requested_by=2,
        receiver_id=3,
        passed_on=PASSED_ON,
        text_hash=PASSED_ON.digest() if agreed else None,
        proposed_at=PROPOSED if proposed else None,
        appointment_at=PROPOSED if state is State.IN_PROGRESS else None,
        reason=None,
        outcome=None,
        opened_at=MONDAY,
        changed_at=MONDAY,
        next_at=None,
        reminded=reminded,
    )


ACTS: dict[str, Act] = {
    "agree": rules.agree,
    "refuse": rules.refuse,
    "receive": rules.receive,
    "accept": rules.accept,
    "decline": partial(rules.decline, reason=Decline.AGE),
    "propose": partial(rules.propose, at=PROPOSED + timedelta(days=1)),
    "say yes": partial(rules.choose, minute=rules.minute_of(PROPOSED), choice=Choice.YES),
    "ask another": partial(rules.choose, minute=rules.minute_of(PROPOSED), choice=Choice.ANOTHER),
    "say no": partial(rules.choose, minute=rules.minute_of(PROPOSED), choice=Choice.NO),
    "call off": rules.call_off,
    "complete": partial(rules.complete, outcome=Outcome.DONE),
    "withdraw": rules.withdraw,
    "give up": partial(rules.give_up, silent=True),
}

ALLOWED: dict[tuple[str, Side, State], State] = {
    ("agree", Side.YOUTH, State.DRAFT): State.REQUESTED,
    ("refuse", Side.YOUTH, State.DRAFT): State.CANCELLED,
    ("receive", Side.RECEIVER, State.REQUESTED): State.RECEIVED,
    ("accept", Side.RECEIVER, State.RECEIVED): State.ACCEPTED,
    ("decline", Side.RECEIVER, State.RECEIVED): State.REJECTED,
    ("decline", Side.RECEIVER, State.ACCEPTED): State.REJECTED,
    ("propose", Side.RECEIVER, State.RECEIVED): State.ACCEPTED,
    ("propose", Side.RECEIVER, State.ACCEPTED): State.ACCEPTED,
    ("propose", Side.RECEIVER, State.IN_PROGRESS): State.ACCEPTED,
    ("say yes", Side.YOUTH, State.ACCEPTED): State.IN_PROGRESS,
    ("ask another", Side.YOUTH, State.ACCEPTED): State.ACCEPTED,
    ("say no", Side.YOUTH, State.ACCEPTED): State.CANCELLED,
    ("call off", Side.RECEIVER, State.IN_PROGRESS): State.ACCEPTED,
    ("complete", Side.RECEIVER, State.IN_PROGRESS): State.COMPLETED,
    **{("withdraw", Side.YOUTH, state): State.CANCELLED for state in OPEN},
    **{("withdraw", Side.REFERRER, state): State.CANCELLED for state in OPEN},
    **{("give up", Side.REFERRER, state): State.FAILED for state in OPEN},
}
"""Every act that does anything; all the other cells of states, acts and sides change nothing."""

ACTORS: dict[str, set[Side]] = {}
for _act, _side, _ in ALLOWED:
    ACTORS.setdefault(_act, set()).add(_side)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("side", [*Side, None])
def test_every_state_act_and_side_has_one_defined_answer(state: State, act: str, side: Side | None) -> None:
    by = NOTHING if side is None else frozenset({side})
    stands = referral(state, proposed=state is State.ACCEPTED)
    now = PROPOSED if act == "complete" else MONDAY
    answer = ACTS[act](stands, by, now)
    if side is not None and (act, side, state) in ALLOWED:
        assert isinstance(answer, Moved)
        assert answer.after.state is ALLOWED[act, side, state]
        assert answer.after.changed_at == now
    elif side is None or side not in ACTORS[act]:
        assert answer == NotTheirs()
    else:
        assert answer == MovedOn()


@pytest.mark.parametrize("act", ACTS)
def test_the_same_press_twice_has_one_effect(act: str) -> None:
    everybody = frozenset(Side)
    now = PROPOSED if act == "complete" else MONDAY
    for state in OPEN:
        first = ACTS[act](referral(state, proposed=state is State.ACCEPTED), everybody, now)
        if isinstance(first, Moved):
            assert ACTS[act](first.after, everybody, now) == MovedOn()


def test_a_closed_referral_never_moves_again() -> None:
    for state, act in product(CLOSED, ACTS.values()):
        assert act(referral(state), frozenset(Side), MONDAY) == MovedOn()
        assert rules.end_with_case(referral(state), MONDAY) == MovedOn()


@pytest.mark.feature("H3")
def test_an_agreement_is_bound_to_every_part_of_what_was_shown() -> None:
    agreed = rules.agree(referral(State.DRAFT), frozenset({Side.YOUTH}), MONDAY)
    assert isinstance(agreed, Moved)
    assert agreed.after.text_hash == PASSED_ON.digest()
    for changed in (
        replace(PASSED_ON, code_name="Bura-102"),
        replace(PASSED_ON, age_band="15_17"),
        replace(PASSED_ON, municipality=None),
        replace(PASSED_ON, language=Language.UK),
        replace(PASSED_ON, wish=None),
        replace(PASSED_ON, note=None),
        replace(PASSED_ON, referrer="Oksana"),
    ):
        assert changed.digest() != agreed.after.text_hash


def test_what_is_passed_on_survives_being_stored() -> None:
    assert PassedOn.from_json(PASSED_ON.as_json()) == PASSED_ON


def test_an_answer_to_an_older_proposal_changes_nothing() -> None:
    older = rules.minute_of(PROPOSED - timedelta(hours=1))
    for choice in Choice:
        stands = referral(State.ACCEPTED, proposed=True)
        assert rules.choose(stands, frozenset({Side.YOUTH}), MONDAY, older, choice) == MovedOn()


def test_a_proposed_time_that_is_over_cannot_be_agreed_to() -> None:
    stands = referral(State.ACCEPTED, proposed=True)
    answer = rules.choose(stands, frozenset({Side.YOUTH}), PROPOSED, rules.minute_of(PROPOSED), Choice.YES)
    assert answer == InThePast()


def test_only_times_from_now_to_three_months_ahead_are_proposed() -> None:
    receiver = frozenset({Side.RECEIVER})
    assert rules.propose(referral(State.RECEIVED), receiver, MONDAY, MONDAY) == InThePast()
    assert isinstance(rules.propose(referral(State.RECEIVED), receiver, MONDAY, MONDAY + rules.FARTHEST), Moved)
    too_far = MONDAY + rules.FARTHEST + timedelta(minutes=1)
    assert rules.propose(referral(State.RECEIVED), receiver, MONDAY, too_far) == TooFar()


def test_an_appointment_ahead_has_no_result_yet() -> None:
    stands = referral(State.IN_PROGRESS)
    before = PROPOSED - timedelta(minutes=1)
    assert rules.complete(stands, frozenset({Side.RECEIVER}), before, Outcome.DONE) == TooEarly()


def test_each_ending_says_who_ended_it() -> None:
    stands = referral(State.REQUESTED)
    by_youth = rules.withdraw(stands, frozenset({Side.YOUTH}), MONDAY)
    by_referrer = rules.withdraw(stands, frozenset({Side.REFERRER}), MONDAY)
    by_case = rules.end_with_case(stands, MONDAY)
    assert isinstance(by_youth, Moved)
    assert isinstance(by_referrer, Moved)
    assert isinstance(by_case, Moved)
    assert by_youth.after.reason is Ending.YOUTH_WITHDREW
    assert by_referrer.after.reason is Ending.REFERRER_WITHDREW
    assert by_case.after.reason is Ending.CASE_ENDED


def test_a_receiver_who_may_still_answer_is_not_given_up() -> None:
    answer = rules.give_up(referral(State.REQUESTED), frozenset({Side.REFERRER}), MONDAY, silent=False)
    assert answer == MovedOn()


# --- whose it is ------------------------------------------------------------------------------------------------

CASE = Case(1, 10, "LV-067", Stage.PROFILING, "likely", "18_28", "talk", False, False, 2, None, MONDAY, None, None)


def person(number: int, *grants: Grant) -> Person:
    return Person(number, Language.LV, f"Bura-{number}", None, None, frozenset(grants))


@pytest.mark.feature("X35")
def test_nobody_is_a_side_of_what_is_not_theirs() -> None:
    psychologist = Grant(Role.SPECIALIST, "LV-067", "psychologist")
    stands = referral(State.REQUESTED)
    assert rules.sides(person(10), stands, CASE) == {Side.YOUTH}
    assert rules.sides(person(2, Grant(Role.MENTOR, "LV-067")), stands, CASE) == {Side.REFERRER}
    assert rules.sides(person(5, Grant(Role.LEAD, "LV-067")), stands, CASE) == {Side.REFERRER}
    assert rules.sides(person(3, psychologist), stands, CASE) == {Side.RECEIVER}
    for stranger in (
        person(11),
        person(6, Grant(Role.MENTOR, "LV-067")),
        person(7, Grant(Role.LEAD, "LV-041")),
        person(8, psychologist),
        person(9, Grant(Role.COORDINATOR, "LV-067")),
        person(3, Grant(Role.SPECIALIST, "LV-041", "psychologist")),
        person(3, Grant(Role.SPECIALIST, "LV-067", "coach")),
    ):
        assert rules.sides(stranger, stands, CASE) == NOTHING


def test_a_receiver_is_no_side_of_it_before_the_young_person_agrees() -> None:
    receiver = person(3, Grant(Role.SPECIALIST, None, "psychologist"))
    assert rules.sides(receiver, referral(State.DRAFT), CASE) == NOTHING


def test_a_partner_receives_partner_referrals_whatever_else_they_do() -> None:
    partner = person(4, Grant(Role.PARTNER, "LV-067"))
    assert rules.receives(partner, Kind.PARTNER, "LV-067")
    assert not rules.receives(partner, Kind.COACH, "LV-067")
    assert not rules.receives(partner, Kind.PARTNER, "LV-041")


# --- when nobody acts -------------------------------------------------------------------------------------------


def steps_of(stands: Referral) -> list[tuple[Step, str]]:
    """Everything that happens while nobody answers, with the local time of each step."""
    found = []
    waiting = ladder.planned(stands, HOURS)
    while (at := waiting.next_at) is not None:
        assert ladder.fell_due(waiting, at - timedelta(seconds=1), HOURS) is None
        fell = ladder.fell_due(waiting, at, HOURS)
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


def test_a_silent_young_person_is_asked_once_more_then_the_mentor_is_told_and_it_ends() -> None:
    assert steps_of(referral(State.DRAFT)) == [
        (Step.ASK_YOUTH_AGAIN, "03-04 10:00"),
        (Step.TELL_YOUTH_SILENT, "03-06 10:00"),
        (Step.CLOSE_UNDECIDED, "03-13 10:00"),
    ]


def test_a_proposal_that_passes_unanswered_comes_back_to_the_receiver() -> None:
    assert steps_of(referral(State.ACCEPTED, proposed=True)) == [
        (Step.REMIND_OF_PROPOSAL, "03-04 10:00"),
        (Step.PROPOSAL_LAPSED, "03-05 10:00"),
        (Step.REMIND_RECEIVER, "03-09 10:00"),
        (Step.TELL_RECEIVER_SILENT, "03-11 10:00"),
        (Step.TELL_LEADS_SILENT, "03-13 10:00"),
        (Step.CLOSE_UNANSWERED, "03-20 10:00"),
    ]


def test_an_appointment_is_announced_the_day_before_and_asked_about_afterwards() -> None:
    assert steps_of(referral(State.IN_PROGRESS)) == [
        (Step.APPOINTMENT_NEAR, "03-04 10:00"),
        (Step.ASK_OUTCOME, "03-05 12:00"),
        (Step.ASK_OUTCOME_AGAIN, "03-09 12:00"),
        (Step.TELL_RECEIVER_SILENT, "03-11 12:00"),
        (Step.TELL_LEADS_NO_OUTCOME, "03-13 12:00"),
        (Step.CLOSE_NO_OUTCOME, "03-20 12:00"),
    ]


def test_an_appointment_agreed_on_its_eve_is_not_announced_at_once() -> None:
    agreed = replace(referral(State.IN_PROGRESS), changed_at=PROPOSED - timedelta(hours=20))
    assert steps_of(agreed)[0] == (Step.ASK_OUTCOME, "03-05 12:00")


def test_the_reminder_of_an_appointment_that_is_over_is_left_out() -> None:
    waiting = ladder.planned(referral(State.IN_PROGRESS), HOURS)
    too_late = ladder.fell_due(waiting, PROPOSED, HOURS)
    assert too_late is not None
    assert too_late.step is Step.APPOINTMENT_MISSED
    later_still = ladder.fell_due(waiting, PROPOSED + timedelta(days=1), HOURS)
    assert later_still is not None
    assert later_still.step is Step.ASK_OUTCOME


@pytest.mark.parametrize("state", State)
def test_a_receiver_is_silent_from_the_step_that_says_so(state: State) -> None:
    first = next((number for number in range(9) if ladder.is_silent(referral(state, reminded=number))), None)
    expected = {State.REQUESTED: 2, State.RECEIVED: 2, State.ACCEPTED: 2, State.IN_PROGRESS: 4}
    assert first == expected.get(state)


@given(
    st.sampled_from(sorted(OPEN)),
    st.booleans(),
    st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - the zone follows
    st.integers(min_value=1, max_value=90 * 24 * 60),
)
@pytest.mark.feature("H6")
def test_whatever_stands_still_falls_due_in_working_hours_and_ends(
    state: State, proposed: bool, changed_at: datetime, minutes: int
) -> None:
    at = changed_at + timedelta(minutes=minutes)
    stands = replace(
        referral(state),
        changed_at=changed_at,
        proposed_at=at if proposed and state is State.ACCEPTED else None,
        appointment_at=at if state is State.IN_PROGRESS else None,
    )
    waiting = ladder.planned(stands, HOURS)
    steps = 0
    while (due := waiting.next_at) is not None:
        fell = ladder.fell_due(waiting, due, HOURS)
        assert fell is not None
        assert fell.after.next_at is None or fell.after.next_at > due
        if fell.step is not Step.PROPOSAL_LAPSED:
            assert time(9) <= due.astimezone(RIGA).time() < time(21)
        if fell.step not in (Step.PROPOSAL_LAPSED, Step.APPOINTMENT_NEAR, Step.APPOINTMENT_MISSED):
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
def test_nothing_stays_open_for_ever_from_wherever_it_stands_and_however_late_the_bell_rings(
    state: State, proposed: bool, late: list[int]
) -> None:
    stands = referral(state, proposed=proposed and state is State.ACCEPTED)
    waiting = ladder.planned(stands, HOURS)
    for minutes in [*late, *([0] * 8)]:
        if waiting.next_at is None:
            break
        fell = ladder.fell_due(waiting, waiting.next_at + timedelta(minutes=minutes), HOURS)
        assert fell is not None
        assert (fell.after.next_at is None) == (fell.after.state in CLOSED)
        waiting = fell.after
    assert waiting.state is State.FAILED
    assert waiting.next_at is None


@pytest.mark.parametrize("state", sorted(CLOSED))
def test_nothing_is_due_for_a_closed_referral(state: State) -> None:
    assert ladder.planned(referral(state), HOURS).next_at is None


# --- times ------------------------------------------------------------------------------------------------------


def test_three_times_are_suggested_on_working_days_with_one_free_to_answer() -> None:
    assert times.suggested(MONDAY, HOURS) == (
        (date(2026, 3, 4), times.Hour.TEN),
        (date(2026, 3, 5), times.Hour.ONE),
        (date(2026, 3, 6), times.Hour.FOUR),
    )
    friday = MONDAY + timedelta(days=4)
    assert [day.day for day, _ in times.suggested(friday, HOURS)] == [10, 11, 12]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("03.03. 14:30", (date(2026, 3, 3), time(14, 30))),
        ("3.3 9:05", (date(2026, 3, 3), time(9, 5))),
        ("  03.03., 14.30 ", (date(2026, 3, 3), time(14, 30))),
        ("02.03. 18:00", (date(2026, 3, 2), time(18))),
        ("01.03. 10:00", (date(2027, 3, 1), time(10))),
        ("29.03. 03:30", (date(2026, 3, 29), time(4))),
    ],
)
def test_a_typed_time_is_the_next_day_of_that_name(typed: str, expected: tuple[date, time]) -> None:
    assert times.typed(typed, MONDAY, RIGA) == wall(*expected, RIGA)


@pytest.mark.parametrize(
    "typed", ["", "rīt", "31.04. 10:00", "03.03. 25:00", "03.03.", "14:30", "٠٣.٠٣. ١٤:٣٠", "0" * 4096]
)
def test_what_is_no_time_is_not_guessed_at(typed: str) -> None:
    assert times.typed(typed, MONDAY, RIGA) is None


@given(st.text(max_size=40))
def test_no_text_breaks_the_reading_of_times(text: str) -> None:
    found = times.typed(text, MONDAY, RIGA)
    assert found is None or found >= wall(date(2026, 3, 2), time.min, RIGA)
