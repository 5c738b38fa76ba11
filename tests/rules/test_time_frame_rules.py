"""The time frame of a case, on any date: limits, more time, pauses, aftercare that thins out, results each once."""

import itertools
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.calendar import Every, Hours, Rhythm, add_months, is_working_day, wall
from bot.programme.afterwards import aftercare, results
from bot.programme.afterwards.results import Ask, LeaveOut, Remind, Result, ResultKind, ResultState, TellLead
from bot.programme.period import extending, limits, pauses, periods
from bot.programme.period.extending import AtTheLimit, MayExtend
from bot.programme.period.limits import Limits, SetLimits
from bot.programme.period.pauses import (
    Begins,
    Eve,
    GoesOn,
    MayPause,
    NotRunning,
    Overlaps,
    Pause,
    PauseReason,
    PauseState,
)
from bot.programme.rules import Case, Stage

RIGA: Final = ZoneInfo("Europe/Riga")
HOURS: Final = Hours.latvia(RIGA, {})
NINE: Final = Limits(1, 9)
OPENED: Final = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)

any_day = st.dates(date(2025, 1, 1), date(2035, 12, 31))
around_clock_changes = st.sampled_from([date(2026, 3, 29), date(2026, 10, 25), date(2027, 3, 28), date(2031, 10, 26)])
any_date = st.one_of(
    any_day, st.builds(lambda day, by: day + timedelta(days=by), around_clock_changes, st.integers(-200, 200))
)


def a_case(
    starts_on: date, ends_on: date, stage: Stage = Stage.PROGRAMME, until: date | None = None, weekday: int = 1
) -> Case:
    rhythm = Rhythm(Every.WEEKLY, weekday, time(10))
    return Case(
        1, 2, "LV-067", stage, "likely", "18_28", None, False, False, 3, 4, OPENED, starts_on, ends_on, rhythm,
        aftercare_until=until,
    )  # fmt: skip


def a_pause(starts_on: date, resumes_on: date, state: PauseState = PauseState.PLANNED) -> Pause:
    return Pause(1, 1, PauseReason.EXAMS, starts_on, resumes_on, state)


# --- limits -----------------------------------------------------------------------------------------------------


@pytest.mark.feature("F4", "S1.6")
@given(day=any_date, froms=st.lists(any_date, unique=True, max_size=5))
def test_the_latest_limits_set_by_the_joining_day_hold(day: date, froms: list[date]) -> None:
    lines = [SetLimits(from_on, Limits(1, number)) for number, from_on in enumerate(froms, start=1)]
    holding = [line for line in lines if line.from_on <= day]
    found = limits.on(day, lines, NINE)
    assert found == (max(holding, key=lambda line: line.from_on).limits if holding else NINE)


@pytest.mark.feature("F4")
@given(starts_on=any_date, months=st.integers(1, 9), late=st.integers(0, 300))
def test_more_time_is_offered_up_to_the_longest_length_and_never_beyond(
    starts_on: date, months: int, late: int
) -> None:
    ends_on = add_months(starts_on, months) - timedelta(days=1)
    today = starts_on + timedelta(days=late)
    case = a_case(starts_on, ends_on)
    offered = extending.choices(case, today, NINE)
    latest = limits.latest_end(starts_on, NINE)
    for day in offered:
        assert ends_on < day <= latest
        assert day > today
        assert extending.extend(case, day, today, NINE) == MayExtend(day)
    assert (latest in offered) == (latest > max(ends_on, today))
    beyond = extending.extend(case, max(latest, ends_on, today) + timedelta(days=1), today, NINE)
    assert beyond == AtTheLimit(latest, 9)


# --- pauses -----------------------------------------------------------------------------------------------------


@pytest.mark.feature("G16")
@given(today=any_date, ahead=st.integers(0, 183), length=st.integers(1, 90))
def test_any_pause_begins_tells_on_the_eve_and_ends_once_on_a_working_morning(
    today: date, ahead: int, length: int
) -> None:
    starts_on = today + timedelta(days=ahead)
    case = a_case(today - timedelta(days=30), today + timedelta(days=240))
    allowed = pauses.pause(case, [], starts_on, starts_on + timedelta(days=length), today, 90, HOURS)
    assert isinstance(allowed, MayPause)
    assert is_working_day(allowed.resumes_on, HOURS)
    one = a_pause(starts_on, allowed.resumes_on)
    now = pauses.first_step_at(starts_on, HOURS)
    assert now.astimezone(RIGA).date() == starts_on
    steps: list[type] = []
    while True:
        step = pauses.step(one, now, HOURS)
        steps.append(type(step))
        if isinstance(step, GoesOn):
            break
        assert step.next_at > now
        now, one = step.next_at, a_pause(starts_on, one.resumes_on, PauseState.RUNNING)
    assert steps in ([Begins, Eve, GoesOn], [Begins, GoesOn])
    assert now == wall(allowed.resumes_on, time(9), RIGA)


@pytest.mark.feature("G11", "G16")
def test_a_pause_that_an_outage_swallowed_whole_is_over() -> None:
    one = a_pause(date(2026, 3, 2), date(2026, 3, 9))
    assert pauses.step(one, datetime(2026, 3, 9, 8, 0, tzinfo=UTC), HOURS) == GoesOn()


@pytest.mark.feature("G16")
def test_pauses_never_lie_over_each_other_and_need_a_programme() -> None:
    today = date(2026, 3, 2)
    case = a_case(today, date(2026, 6, 1))
    june = a_pause(date(2026, 5, 4), date(2026, 5, 18))
    assert pauses.pause(case, [june], date(2026, 5, 15), date(2026, 5, 29), today, 90, HOURS) == Overlaps(june)
    assert isinstance(pauses.pause(case, [june], date(2026, 5, 18), date(2026, 5, 25), today, 90, HOURS), MayPause)
    for stage in (Stage.CONTACT, Stage.PROFILING, Stage.CLOSED, Stage.NOT_NOW):
        waiting = a_case(today, date(2026, 6, 1), stage)
        assert pauses.pause(waiting, [], today, date(2026, 3, 9), today, 90, HOURS) == NotRunning()


# --- aftercare --------------------------------------------------------------------------------------------------


@pytest.mark.feature("O13")
@given(starts_on=any_date, months=st.sampled_from(aftercare.MONTHS), weekday=st.integers(0, 4))
def test_aftercare_thins_out_on_any_date_and_ends_with_its_closing_talk(
    starts_on: date, months: int, weekday: int
) -> None:
    until = add_months(starts_on, months) - timedelta(days=1)
    days = aftercare.aftercare_days(starts_on, until, weekday)
    assert all(day.weekday() == weekday for day in days)
    assert timedelta(0) <= until - days[-1] < timedelta(days=7)
    assert days[0] >= starts_on + timedelta(days=7)
    gaps = [(later - earlier).days for earlier, later in itertools.pairwise(days)]
    between = gaps[:-1]  # the last gap leads to the closing talk, wherever the other days fall
    assert between == sorted(between)
    assert set(between) <= {14, 28}
    assert not gaps or 14 <= gaps[-1] <= 41
    first_month = [day for day in days[:-1] if day < add_months(starts_on, 1)]
    assert len(first_month) in (1, 2)


@pytest.mark.feature("O13")
@given(starts_on=any_date, months=st.integers(1, 9), late=st.integers(-200, 200), care=st.sampled_from(range(8)))
def test_aftercare_follows_the_programme_and_is_never_over_before_it_begins(
    starts_on: date, months: int, late: int, care: int
) -> None:
    ends_on = add_months(starts_on, months) - timedelta(days=1)
    today = ends_on + timedelta(days=late)
    match aftercare.begin(a_case(starts_on, ends_on), care, today):
        case aftercare.MayFollow(last_day, until):
            assert starts_on <= last_day <= min(ends_on, today)
            assert today < until
            assert until == add_months(last_day + timedelta(days=1), care) - timedelta(days=1)
        case aftercare.NotInProgramme():
            assert today < starts_on
        case aftercare.OutsideLimits():
            assert care not in aftercare.MONTHS or add_months(ends_on + timedelta(days=1), care) <= today + timedelta(1)


@pytest.mark.feature("O13")
@given(until=any_date, hour=st.integers(0, 23))
def test_the_end_of_aftercare_is_announced_before_its_closing_talk(until: date, hour: int) -> None:
    now = wall(until - timedelta(days=40), time(hour), RIGA)
    at = periods.closing_talk_at(until, now, HOURS)
    assert at < wall(until - timedelta(days=6), time(9), RIGA) or at >= now
    assert at < periods.passed_at(until, HOURS)
    assert is_working_day(at.astimezone(RIGA).date(), HOURS)


# --- results ----------------------------------------------------------------------------------------------------


@pytest.mark.feature("O13", "S4.15")
@given(ends_on=any_date, closed_after=st.one_of(st.none(), st.integers(0, 400)))
def test_both_questions_come_once_on_working_mornings_and_none_to_the_young_person_after_closing(
    ends_on: date, closed_after: int | None
) -> None:
    until = add_months(ends_on + timedelta(days=1), 3) - timedelta(days=1)
    closed_on = None if closed_after is None else ends_on + timedelta(days=closed_after)
    for kind in ResultKind:
        due_on = results.due_on(kind, ends_on)
        at: datetime | None = results.first_step_at(due_on, HOURS)
        state = ResultState.PLANNED
        asked = reminded = told = 0
        while at is not None:
            local = at.astimezone(RIGA)
            assert is_working_day(local.date(), HOURS)
            assert time(9) <= local.time() < time(21)
            stage = Stage.CLOSED if closed_on is not None and closed_on <= local.date() else Stage.AFTERCARE
            case = a_case(ends_on - timedelta(days=90), ends_on, stage, until)
            match results.step(Result(1, 1, kind, due_on, state, at), case, at, HOURS):
                case Ask(next_at, youth_too):
                    assert local.date() >= due_on
                    assert youth_too == (stage is Stage.AFTERCARE)
                    asked, state, at = asked + 1, ResultState.ASKED, next_at
                case Remind(next_state, next_at):
                    reminded, state, at = reminded + 1, next_state, next_at
                case TellLead():
                    told, at = told + 1, None
                case LeaveOut():
                    raise AssertionError("they have left")
        assert (asked, reminded, told) == (1, 2, 1)


@pytest.mark.feature("S4.15")
def test_who_comes_back_into_the_programme_is_asked_when_they_leave_it_for_good() -> None:
    again = a_case(date(2026, 1, 5), date(2026, 6, 1))
    planned = Result(1, 1, ResultKind.FOUR_WEEKS, date(2026, 4, 1), ResultState.PLANNED, OPENED)
    assert results.step(planned, again, OPENED, HOURS) == LeaveOut()


@pytest.mark.feature("S4.15")
def test_the_day_of_leaving_is_the_programmes_last_or_the_day_on_which_it_was_broken_off() -> None:
    today = date(2026, 4, 1)
    assert results.left_on(a_case(date(2026, 3, 2), date(2026, 6, 1)), today) == today
    assert results.left_on(a_case(date(2026, 1, 5), date(2026, 3, 1)), today) == date(2026, 3, 1)
    in_aftercare = a_case(date(2026, 1, 5), date(2026, 3, 1), Stage.AFTERCARE, date(2026, 6, 1))
    assert results.left_on(in_aftercare, today) == date(2026, 3, 1)
    assert results.left_on(a_case(date(2026, 4, 6), date(2026, 6, 1)), today) is None
