"""An appointment's reminders: at most two, when people may be written to, before it begins, whatever the clocks do."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.calendar import Kind, allowed, wall
from bot.referrals import ladder, rules
from bot.referrals.ladder import REMINDERS, Fell, Step
from bot.referrals.referral import Meeting, Referral, Side, State
from bot.referrals.rules import Moved, MovedOn
from tests.rules.referral_cast import HOURS, RIGA, TERMS, referral

MINUTE = timedelta(minutes=1)


def agreed(at: datetime, on: datetime) -> Referral:
    """An appointment at that time, agreed at that moment; both UTC."""
    stands = replace(referral(State.IN_PROGRESS), meeting=Meeting(at=at), changed_at=on)
    return ladder.planned(stands, HOURS, TERMS)


def reminders(stands: Referral, late: timedelta = timedelta(0)) -> list[tuple[Step, datetime]]:
    """What goes out until it begins, when the clock is looked at that much late."""
    found = []
    at = stands.meeting.at
    assert at is not None
    while stands.next_at is not None and stands.next_at < at:
        now = stands.next_at + late
        fell = ladder.fell_due(stands, now, HOURS, TERMS)
        assert fell is not None
        if fell.step in REMINDERS:
            found.append((fell.step, now))
        stands = fell.after
        if now >= at:
            break
    return found


def minutes_of(first: datetime, last: datetime) -> st.SearchStrategy[datetime]:
    whole = st.integers(int(first.timestamp()) // 60, int(last.timestamp()) // 60)
    return whole.map(lambda minute: datetime.fromtimestamp(minute * 60, UTC))


TWO_YEARS = minutes_of(datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 12, 31, 23, 59, tzinfo=UTC))


@pytest.mark.feature("H7")
@settings(max_examples=400)
@example(datetime(2026, 3, 29, 8, 0, tzinfo=UTC), timedelta(days=20))  # the clocks go forward that night
@example(datetime(2026, 10, 25, 8, 0, tzinfo=UTC), timedelta(days=20))  # and back
@example(datetime(2026, 3, 29, 0, 30, tzinfo=UTC), timedelta(days=2))
@given(TWO_YEARS, st.timedeltas(MINUTE, timedelta(days=90)))
def test_every_reminder_is_in_allowed_hours_before_the_start_and_there_are_at_most_two(
    at: datetime, before: timedelta
) -> None:
    on = at - before
    found = reminders(agreed(at, on))
    assert len(found) <= 2
    assert [step for step, _ in found] == sorted({step for step, _ in found}, key=list(Step).index)
    for _, moment in found:
        assert on < moment < at
        assert allowed(moment, HOURS, Kind.MESSAGE).at == moment


def every_hour(year: int) -> list[datetime]:
    first = datetime(year, 1, 1, tzinfo=UTC)
    hours = int((datetime(year + 1, 1, 1, tzinfo=UTC) - first) / timedelta(hours=1))
    return [first + timedelta(hours=number) for number in range(hours)]


@pytest.mark.slow
@pytest.mark.parametrize("year", [2026, 2027])
def test_of_every_hour_of_two_years_the_reminders_are_where_they_should_be(year: int) -> None:
    """Agreed ten days ahead: the eve at ten, and two hours before where nobody sleeps."""
    for at in every_hour(year):
        local = at.astimezone(RIGA)
        eve = wall(local.date() - timedelta(days=1), time(10), RIGA)
        soon = allowed(at - timedelta(hours=2), HOURS, Kind.MESSAGE).at
        expected = [(Step.APPOINTMENT_NEAR, eve)] + ([(Step.APPOINTMENT_SOON, soon)] if soon < at else [])
        assert reminders(agreed(at, at - timedelta(days=10))) == expected, at


def test_what_is_agreed_on_the_same_day_is_recalled_once_and_at_the_last_minute_not_at_all() -> None:
    noon = datetime(2026, 3, 4, 10, 0, tzinfo=UTC)
    assert reminders(agreed(noon, noon - timedelta(hours=3))) == [(Step.APPOINTMENT_SOON, noon - timedelta(hours=2))]
    assert reminders(agreed(noon, noon - timedelta(hours=1))) == []


@pytest.mark.feature("G11")
def test_after_an_outage_two_reminders_become_one_and_none_comes_once_it_has_begun() -> None:
    at = datetime(2026, 3, 4, 10, 0, tzinfo=UTC)
    stands = agreed(at, at - timedelta(days=5))
    late = _fallen(stands, at - timedelta(minutes=30))
    assert (late.step, late.unreminded) == (Step.APPOINTMENT_SOON, False)
    assert late.after.reminded == 2
    over = _fallen(stands, at + MINUTE)
    assert over.unreminded
    assert over.step is Step.APPOINTMENT_MISSED


def _fallen(stands: Referral, now: datetime) -> Fell:
    fell = ladder.fell_due(stands, now, HOURS, TERMS)
    assert fell is not None
    return fell


def test_a_place_that_is_told_later_leaves_the_reminders_where_they_were() -> None:
    at = datetime(2026, 3, 4, 10, 0, tzinfo=UTC)
    stands = agreed(at, at - timedelta(days=5))
    told = replace(stands, meeting=replace(stands.meeting, place="Skolas iela 4"), changed_at=at - timedelta(days=2))
    assert reminders(ladder.planned(told, HOURS, TERMS)) == reminders(stands)
    once = _fallen(stands, at - timedelta(days=1, hours=2)).after
    told = replace(once, meeting=replace(stands.meeting, place="Skolas iela 4"), changed_at=at - timedelta(hours=20))
    assert [step for step, _ in reminders(ladder.planned(told, HOURS, TERMS))] == [Step.APPOINTMENT_SOON]


def test_of_an_appointment_that_has_begun_nothing_is_said_in_advance() -> None:
    at = datetime(2026, 3, 4, 10, 0, tzinfo=UTC)
    stands, by = agreed(at, at - timedelta(days=5)), frozenset({Side.RECEIVER})
    place = Meeting(place="Skolas iela 4")
    assert isinstance(rules.describe(stands, by, at - MINUTE, place), Moved)
    assert rules.describe(stands, by, at, place) == MovedOn()
