"""The ladder of a check-in, recording, moving, days off and the list of the day."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.calendar import Hours, is_working_day
from bot.checkins import rules
from bot.checkins.rules import (
    WANTED,
    AlreadyRecorded,
    Ask,
    Cancelled,
    CheckIn,
    FreeAlready,
    MayBeOff,
    Miss,
    NotAhead,
    Recorded,
    Remind,
    State,
    TellLead,
    Wait,
    Way,
)
from bot.programme.rules import Case, Stage

RIGA = ZoneInfo("Europe/Riga")
HOURS = Hours.latvia(RIGA, {})
TUESDAY = datetime(2026, 3, 3, 8, 0, tzinfo=UTC)
"""10:00 in Rīga."""
MARTA = 2


def checkin(state: State = State.PLANNED, due: datetime = TUESDAY, number: int = 1) -> CheckIn:
    planned = due.astimezone(RIGA).date()
    return CheckIn(number, 1, number, planned, due, state, due, None, None, False, None, None, None)


def case(mentor: int | None = MARTA) -> Case:
    return Case(
        1, 1, "LV-067", Stage.PROGRAMME, "likely", "18_28", None, False, False, mentor, None, TUESDAY, None, None
    )


def after(**span: float) -> datetime:
    return TUESDAY + timedelta(**span)


# --- the ladder -------------------------------------------------------------------------------------------------


@pytest.mark.feature("G9", "G11")
@pytest.mark.parametrize(
    ("state", "now", "step"),
    [
        (State.PLANNED, after(seconds=7), Ask(after(days=1))),
        (State.PLANNED, after(hours=9), Ask(after(days=1))),
        (State.PLANNED, after(days=1, hours=2), Ask(after(days=2, hours=2))),
        (State.PLANNED, after(days=2), Miss()),
        (State.PLANNED, after(hours=12), Wait(after(hours=23))),
        (State.ASKED, after(days=1), Remind(after(days=2))),
        (State.ASKED, after(days=3), Remind(after(days=6))),  # Friday: the next working day is Monday
        (State.REMINDED, after(days=2), TellLead()),
        (State.REMINDED, after(days=4), Wait(after(days=5, hours=23))),
    ],
)
def test_asked_reminded_then_the_lead_and_only_in_working_time(state: State, now: datetime, step: rules.Step) -> None:
    assert rules.step(checkin(state), case(), now, HOURS) == step


def test_without_a_mentor_the_lead_is_told_at_once() -> None:
    assert rules.step(checkin(), case(mentor=None), TUESDAY, HOURS) == TellLead()


@pytest.mark.feature("G6")
@given(minutes=st.integers(0, 60 * 24 * 400), state=st.sampled_from([State.PLANNED, State.ASKED, State.REMINDED]))
def test_nobody_is_asked_to_work_at_night_or_on_a_free_day(minutes: int, state: State) -> None:
    now = TUESDAY + timedelta(minutes=minutes)
    step = rules.step(checkin(state, due=now - timedelta(minutes=5)), case(), now, HOURS)
    local = now.astimezone(RIGA)
    working = is_working_day(local.date(), HOURS) and time(9) <= local.time() < time(21)
    assert isinstance(step, Wait) is not working
    match step:
        case Ask(next_at) | Remind(next_at) | Wait(next_at):
            assert next_at > now
        case Miss() | TellLead():
            pass


# --- recording --------------------------------------------------------------------------------------------------


@pytest.mark.feature("G10")
@pytest.mark.parametrize(
    ("now", "late"),
    [
        (after(hours=-3), False),
        (after(minutes=1), False),
        (after(hours=23), False),
        (after(days=1), True),
        (after(days=200), True),
    ],
)
def test_late_is_recorded_as_late_and_never_refused(now: datetime, late: bool) -> None:
    for state in WANTED:
        assert rules.record(checkin(state), now, HOURS) == Recorded(late)


def test_what_is_recorded_or_cancelled_stays_so() -> None:
    assert rules.record(checkin(State.RECORDED), TUESDAY, HOURS) == AlreadyRecorded()
    assert rules.record(checkin(State.CANCELLED), TUESDAY, HOURS) == Cancelled()


def test_the_pulse_is_asked_once_and_only_after_contact() -> None:
    assert [way for way in Way if rules.asks_pulse(checkin(), way)] == [Way.MET, Way.CALLED, Way.WROTE]
    asked = CheckIn(1, 1, 1, TUESDAY.date(), TUESDAY, State.RECORDED, None, None, None, False, None, TUESDAY, None)
    assert not rules.asks_pulse(asked, Way.MET)


# --- moving -----------------------------------------------------------------------------------------------------


@pytest.mark.feature("G8")
def test_it_can_go_to_later_today_or_one_of_three_working_days_at_its_hour() -> None:
    now = after(minutes=3)
    assert rules.places_to_move(checkin(), now, HOURS) == [after(hours=2), after(days=1), after(days=2), after(days=3)]


def test_in_the_evening_two_hours_later_is_not_offered() -> None:
    assert len(rules.places_to_move(checkin(), after(hours=10), HOURS)) == 3


@pytest.mark.feature("G4")
@given(minutes=st.integers(0, 60 * 24 * 400), hour=st.integers(9, 18))
def test_every_place_offered_is_one_it_may_go_to(minutes: int, hour: int) -> None:
    now = TUESDAY + timedelta(minutes=minutes)
    due = datetime.combine(now.astimezone(RIGA).date(), time(hour), RIGA).astimezone(UTC)
    offered = rules.places_to_move(checkin(due=due), now, HOURS)
    assert len(offered) >= 3
    assert all(rules.may_move_to(at, now, HOURS) for at in offered)
    assert sorted(offered) == offered
    assert {at.astimezone(RIGA).hour for at in offered[-2:]} == {hour}


@pytest.mark.parametrize("at", [after(seconds=-1), TUESDAY, after(days=4), after(hours=13), after(days=15)])
def test_a_moment_behind_too_far_free_or_at_night_is_no_place_to_go(at: datetime) -> None:
    assert not rules.may_move_to(at, TUESDAY, HOURS)


# --- days off ---------------------------------------------------------------------------------------------------


@pytest.mark.feature("G7")
def test_only_a_working_day_ahead_can_become_a_day_off() -> None:
    today = TUESDAY.astimezone(RIGA).date()
    assert rules.day_off(today, TUESDAY, HOURS) == MayBeOff()
    assert rules.day_off(today + timedelta(days=4), TUESDAY, HOURS) == FreeAlready()
    assert rules.day_off(date(2026, 5, 1), TUESDAY, HOURS) == FreeAlready()
    assert rules.day_off(today - timedelta(days=1), TUESDAY, HOURS) == NotAhead()
    assert rules.day_off(today + timedelta(days=400), TUESDAY, HOURS) == NotAhead()
    added = Hours.latvia(RIGA, {today: "Novada svētki"})
    assert rules.day_off(today, TUESDAY, added) == FreeAlready()


@pytest.mark.feature("G7", "O5")
def test_the_days_to_choose_from_are_working_days_from_today_on() -> None:
    days = rules.working_days_ahead(TUESDAY, HOURS, 5)
    assert days == [date(2026, 3, day) for day in (3, 4, 5, 6, 9)]


# --- the list of the day ----------------------------------------------------------------------------------------


@pytest.mark.feature("G15")
@given(st.lists(st.integers(-60 * 24 * 30, 60 * 24 * 30), max_size=20))
def test_the_agenda_has_each_check_in_once_and_in_its_part(minutes: list[int]) -> None:
    found = [checkin(due=after(minutes=span), number=number) for number, span in enumerate(minutes)]
    agenda = rules.agenda(found, TUESDAY, HOURS)
    parts = [*agenda.overdue, *agenda.today, *agenda.soon]
    assert sorted(one.id for one in parts) == [one.id for one in found if one.due_at <= TUESDAY + rules.SOON]
    assert [one.due_at for one in parts] == sorted(one.due_at for one in parts)
    assert all(one.due_at <= TUESDAY for one in agenda.overdue)
    assert all(one.due_at.astimezone(RIGA).date() == date(2026, 3, 3) for one in agenda.today)
