"""The calendar cannot surprise: for any moment the answer is allowed, the earliest, explained, and stays put."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.calendar import (
    Every,
    Hours,
    Kind,
    Move,
    Occurrence,
    Reason,
    Rhythm,
    Slot,
    add_months,
    add_working_days,
    add_working_time,
    allowed,
    is_working_day,
    next_working_morning,
    occurrences,
    planned_days,
    wall,
    window,
)
from bot.calendar.rhythm import allowed_for_all

RIGA = ZoneInfo("Europe/Riga")
LONDON = ZoneInfo("Europe/London")
NEW_YORK = ZoneInfo("America/New_York")
JERUSALEM = ZoneInfo("Asia/Jerusalem")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")
ZONES = (RIGA, LONDON, NEW_YORK, JERUSALEM, LORD_HOWE, ZoneInfo("Europe/Kyiv"), ZoneInfo("Africa/Cairo"))

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
CLOCKS_FORWARD = date(2026, 3, 29)
CLOCKS_BACK = date(2026, 10, 25)


def riga(day: str, clock: str) -> datetime:
    return wall(date.fromisoformat(day), time.fromisoformat(clock), RIGA)


def latvia(days_off: Mapping[str, str] | None = None, zone: ZoneInfo = RIGA) -> Hours:
    return Hours.latvia(zone, {date.fromisoformat(day): name for day, name in (days_off or {}).items()})


def shown(at: datetime, zone: ZoneInfo = RIGA) -> str:
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M}"


def reasons(slot: Slot) -> list[Reason]:
    return [move.reason for move in slot.moves]


def planned(rhythm: Rhythm, starts_on: str, ends_on: str, hours: Hours) -> tuple[Occurrence, ...]:
    return occurrences(rhythm, date.fromisoformat(starts_on), date.fromisoformat(ends_on), hours)


moments = st.timedeltas(timedelta(0), timedelta(days=11 * 365)).map(
    lambda since: datetime(2025, 1, 1, tzinfo=UTC) + since
)
days = st.dates(date(2025, 1, 1), date(2035, 12, 31))
clocks = st.times().map(lambda clock: clock.replace(second=0, microsecond=0))
kinds = st.sampled_from(Kind)
zones = st.sampled_from(ZONES)


@st.composite
def any_hours(draw: st.DrawFn) -> Hours:
    quiet_from, quiet_until = draw(st.one_of(st.just((time(21), time(9))), st.tuples(clocks, clocks)))
    days_off = draw(st.dictionaries(days, st.just("Novada svētki"), max_size=20))
    return Hours(draw(zones), quiet_from, quiet_until, days_off)


def moments_around_a_change_of_clocks(zone: ZoneInfo) -> Iterator[datetime]:
    """Every quarter of an hour of 2025-2027 that lies within a day of a change."""
    at = datetime(2025, 1, 1, tzinfo=UTC)
    while at.year < 2028:
        if (at - DAY).astimezone(zone).utcoffset() != (at + DAY).astimezone(zone).utcoffset():
            yield from (at + timedelta(minutes=15 * quarter) for quarter in range(96))
        at += DAY


# --- when it may go out ---


@given(moments, any_hours(), kinds)
def test_asking_again_about_the_answer_changes_nothing(at: datetime, hours: Hours, kind: Kind) -> None:
    slot = allowed(at, hours, kind)
    assert slot.at >= at
    assert allowed(slot.at, hours, kind) == Slot(slot.at, ())


@given(moments, st.timedeltas(timedelta(0), timedelta(days=5)), any_hours(), kinds)
def test_a_later_question_never_gets_an_earlier_answer(
    at: datetime, later: timedelta, hours: Hours, kind: Kind
) -> None:
    assert allowed(at, hours, kind).at <= allowed(at + later, hours, kind).at


@given(moments, st.floats(0, 1), any_hours(), kinds)
def test_no_moment_before_the_answer_was_allowed(at: datetime, share: float, hours: Hours, kind: Kind) -> None:
    slot = allowed(at, hours, kind)
    between = at + (slot.at - at) * share
    assert allowed(between, hours, kind).at == slot.at


@given(moments, any_hours(), kinds)
def test_the_waits_explain_the_whole_way_from_the_question_to_the_answer(
    at: datetime, hours: Hours, kind: Kind
) -> None:
    slot = allowed(at, hours, kind)
    ends = [at, *(move.until for move in slot.moves)]
    assert ends[-1] == slot.at
    assert all(earlier < later for earlier, later in pairwise(ends))
    assert all((move.name is not None) == (move.reason in {Reason.HOLIDAY, Reason.DAY_OFF}) for move in slot.moves)


@pytest.mark.parametrize("zone", ZONES, ids=str)
@pytest.mark.parametrize("quiet", [("21:00", "09:00"), ("00:30", "03:30"), ("03:10", "02:40"), ("02:15", "02:45")])
def test_answers_never_go_back_while_the_clocks_change(zone: ZoneInfo, quiet: tuple[str, str]) -> None:
    hours = Hours(zone, time.fromisoformat(quiet[0]), time.fromisoformat(quiet[1]))
    for kind in Kind:
        answers = [allowed(at, hours, kind).at for at in moments_around_a_change_of_clocks(zone)]
        assert answers == sorted(answers)
        assert all(allowed(answer, hours, kind).at == answer for answer in answers)


def latvian_hours_read_off_the_wall(at: datetime, kind: Kind, free: frozenset[date]) -> bool:
    """Said anew without the calendar: its default hours never meet a change of clocks, so the wall clock is enough."""
    local = at.astimezone(RIGA)
    awake = 9 <= local.hour < 21
    return awake if kind is Kind.MESSAGE else awake and local.weekday() < 5 and local.date() not in free


def holds_for_every_minute(kind: Kind, last: datetime, first: datetime) -> int:
    """Walked backwards, the right answer is the last allowed minute seen: so it is allowed, monotone and stays put; how
    many minutes were asked about."""
    hours = latvia({"2026-04-07": "Novada svētki"})
    every_day = (date(2025, 1, 1) + timedelta(days=n) for n in range(12 * 366))
    free = frozenset(day for day in every_day if hours.holidays(day) or day in hours.days_off)
    at, expected, minutes = last, allowed(last, hours, kind).at, 0
    while at >= first:
        if latvian_hours_read_off_the_wall(at, kind, free):
            expected = at
        slot = allowed(at, hours, kind)
        assert slot.at == expected
        assert bool(slot.moves) == (at != expected)
        at, minutes = at - MINUTE, minutes + 1
    return minutes


@pytest.mark.slow
@pytest.mark.feature("O5", "G4", "G6")
@pytest.mark.parametrize("kind", Kind)
def test_every_minute_of_2025_to_2035_gets_the_first_allowed_minute(kind: Kind) -> None:
    last, first = datetime(2036, 1, 7, tzinfo=UTC), datetime(2024, 12, 31, 22, tzinfo=UTC)
    minutes = holds_for_every_minute(kind, last, first)
    print(f"{kind.value}: {minutes:,} minutes of 2025-2035 asked about, 0 wrong")
    assert minutes > 5_780_000


@pytest.mark.feature("O5", "G4", "G6")
@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("around", ["2026-03-29", "2026-04-05", "2026-10-25", "2026-12-25", "2027-01-01"])
def test_every_minute_of_the_weeks_that_surprise_gets_the_first_allowed_minute(kind: Kind, around: str) -> None:
    """Both changes of the clocks, Easter with a day off behind it, Christmas, and the turn of a year."""
    middle = riga(around, "12:00")
    assert holds_for_every_minute(kind, middle + 3 * DAY, middle - 3 * DAY) == 6 * 24 * 60 + 1


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("2026-04-08 09:00", "2026-04-08 09:00"),
        ("2026-04-08 20:59", "2026-04-08 20:59"),
        ("2026-04-08 21:00", "2026-04-09 09:00"),
        ("2026-04-09 08:59", "2026-04-09 09:00"),
        ("2026-04-04 12:00", "2026-04-04 12:00"),
    ],
)
def test_a_message_waits_for_the_end_of_quiet_hours_and_for_nothing_else(asked: str, answer: str) -> None:
    assert shown(allowed(riga(*asked.split()), latvia(), Kind.MESSAGE).at) == answer


def test_work_at_easter_waits_for_the_first_working_morning_and_says_why() -> None:
    slot = allowed(riga("2026-04-02", "22:15"), latvia(), Kind.WORK)
    assert slot.moves == (
        Move(Reason.QUIET_HOURS, riga("2026-04-03", "09:00"), None),
        Move(Reason.HOLIDAY, riga("2026-04-04", "09:00"), "Lielā Piektdiena"),
        Move(Reason.WEEKEND, riga("2026-04-06", "09:00"), None),
        Move(Reason.HOLIDAY, riga("2026-04-07", "09:00"), "Otrās Lieldienas"),
    )
    assert slot.at == riga("2026-04-07", "09:00")


def test_a_holiday_added_at_ten_to_midnight_moves_the_nine_o_clock_items() -> None:
    added_at = riga("2026-04-14", "23:50")
    before, after = latvia(), latvia({"2026-04-15": "Novada svētki"})
    assert shown(allowed(added_at, before, Kind.WORK).at) == "2026-04-15 09:00"
    slot = allowed(added_at, after, Kind.WORK)
    assert shown(slot.at) == "2026-04-16 09:00"
    assert slot.moves[-1] == Move(Reason.DAY_OFF, riga("2026-04-16", "09:00"), "Novada svētki")

    weekly = Rhythm(Every.WEEKLY, weekday=2, at=time(9))
    [was] = planned(weekly, "2026-04-15", "2026-04-15", before)
    [now] = planned(weekly, "2026-04-15", "2026-04-15", after)
    assert (was.number, was.planned_on) == (now.number, now.planned_on)
    assert (shown(was.due_at), shown(now.due_at)) == ("2026-04-15 09:00", "2026-04-16 09:00")


def test_a_day_off_that_the_government_moved_is_a_holiday_with_its_name() -> None:
    slot = allowed(riga("2026-01-02", "10:00"), latvia(), Kind.WORK)
    assert slot.moves[0].name == "Brīvdiena (pārcelta no 17.01.2026)"
    assert shown(slot.at) == "2026-01-05 09:00"


def test_the_saturday_to_which_a_working_day_was_moved_stays_free() -> None:
    assert not is_working_day(date(2026, 1, 17), latvia())


def test_a_break_under_one_name_reads_as_one_wait() -> None:
    hours = latvia({f"2026-07-{day}": "Kolektīvais atvaļinājums" for day in (14, 15, 16)})
    assert allowed(riga("2026-07-14", "10:00"), hours, Kind.WORK).moves == (
        Move(Reason.DAY_OFF, riga("2026-07-17", "09:00"), "Kolektīvais atvaļinājums"),
    )


def test_a_day_off_added_after_the_hours_were_made_needs_new_hours() -> None:
    days_off: dict[date, str] = {}
    hours = Hours.latvia(RIGA, days_off)
    days_off[date(2026, 4, 15)] = "Novada svētki"
    assert is_working_day(date(2026, 4, 15), hours)


def test_equal_quiet_hours_mean_none() -> None:
    hours = Hours(RIGA, quiet_from=time(0), quiet_until=time(0))
    assert allowed(riga("2026-04-08", "03:00"), hours, Kind.WORK).moves == ()
    assert shown(allowed(riga("2026-04-11", "03:00"), hours, Kind.WORK).at) == "2026-04-13 00:00"


def test_quiet_hours_within_one_day_do_not_reach_over_midnight() -> None:
    hours = Hours(RIGA, quiet_from=time(12), quiet_until=time(13))
    assert shown(allowed(riga("2026-04-08", "12:30"), hours, Kind.MESSAGE).at) == "2026-04-08 13:00"
    assert allowed(riga("2026-04-08", "23:30"), hours, Kind.MESSAGE).moves == ()


@pytest.mark.parametrize(("zone", "answer"), [(LONDON, "2026-04-08 09:00"), (NEW_YORK, "2026-04-07 15:00")], ids=str)
def test_a_person_abroad_has_quiet_hours_on_their_own_clock(zone: ZoneInfo, answer: str) -> None:
    at = wall(date(2026, 4, 7), time(22), RIGA) + timedelta(hours=2 if zone is LONDON else 0)
    assert shown(allowed(at, latvia(zone=zone), Kind.MESSAGE).at, zone) == answer


# --- wall clocks ---


@given(days, clocks, zones)
def test_a_wall_clock_is_shown_at_its_moment_unless_the_clocks_jump_over_it(
    day: date, clock: time, zone: ZoneInfo
) -> None:
    at = wall(day, clock, zone)
    local = at.astimezone(zone)
    if local.replace(tzinfo=None) != datetime.combine(day, clock):
        assert local.time() > clock
        just_before = (at - timedelta(microseconds=1)).astimezone(zone)
        assert just_before.time() < clock
        assert just_before.utcoffset() != local.utcoffset()
    assert local.fold == 0


@pytest.mark.parametrize(
    ("day", "clock", "moment"),
    [
        ("2026-03-29", "02:59", "2026-03-29T00:59+00:00"),
        ("2026-03-29", "03:00", "2026-03-29T01:00+00:00"),
        ("2026-03-29", "03:30", "2026-03-29T01:00+00:00"),
        ("2026-03-29", "04:00", "2026-03-29T01:00+00:00"),
        ("2027-03-28", "03:30", "2027-03-28T01:00+00:00"),
        ("2026-10-25", "02:59", "2026-10-24T23:59+00:00"),
        ("2026-10-25", "03:30", "2026-10-25T00:30+00:00"),
        ("2026-10-25", "04:00", "2026-10-25T02:00+00:00"),
        ("2026-03-30", "09:00", "2026-03-30T06:00+00:00"),
        ("2026-10-26", "09:00", "2026-10-26T07:00+00:00"),
    ],
)
def test_a_wall_clock_in_riga_is_one_moment_on_the_days_when_the_clocks_change(
    day: str, clock: str, moment: str
) -> None:
    assert riga(day, clock) == datetime.fromisoformat(moment)


@pytest.mark.parametrize("changes_on", [CLOCKS_FORWARD, CLOCKS_BACK, date(2027, 3, 28)])
@pytest.mark.parametrize("clock", ["02:59", "03:30", "04:00", "09:00"])
def test_a_daily_wall_clock_comes_once_a_day_across_a_change_of_clocks(changes_on: date, clock: str) -> None:
    week = [wall(changes_on + n * DAY, time.fromisoformat(clock), RIGA) for n in range(-3, 4)]
    assert len({at.astimezone(RIGA).date() for at in week}) == 7
    skipped = clock == "03:30" and changes_on != CLOCKS_BACK
    assert {f"{at.astimezone(RIGA):%H:%M}" for at in week} == ({clock, "04:00"} if skipped else {clock})


def test_a_clock_shown_twice_means_the_first_time_even_when_the_second_is_named() -> None:
    assert wall(CLOCKS_BACK, time(3, 30, fold=1), RIGA) == wall(CLOCKS_BACK, time(3, 30), RIGA)


@pytest.mark.parametrize(
    ("day", "months", "answer"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2028-01-31", 1, "2028-02-29"),
        ("2026-05-15", 9, "2027-02-15"),
        ("2026-12-01", 1, "2027-01-01"),
        ("2026-03-31", -1, "2026-02-28"),
        ("2026-03-31", 0, "2026-03-31"),
    ],
)
def test_months_are_counted_to_the_same_day_or_the_end_of_a_shorter_month(day: str, months: int, answer: str) -> None:
    assert add_months(date.fromisoformat(day), months) == date.fromisoformat(answer)


# --- rhythms ---


@given(
    st.builds(Rhythm, st.sampled_from(Every), st.integers(0, 6), clocks),
    days,
    st.integers(-10, 300),
    any_hours(),
)
def test_no_two_occurrences_share_a_day_and_none_is_planned_outside_its_term(
    rhythm: Rhythm, starts_on: date, length: int, hours: Hours
) -> None:
    ends_on = starts_on + length * DAY
    plan = occurrences(rhythm, starts_on, ends_on, hours)
    due_days = [item.due_at.astimezone(hours.zone).date() for item in plan]
    assert len(set(due_days)) == len(plan)
    assert [item.due_at for item in plan] == sorted(item.due_at for item in plan)
    assert all(starts_on <= item.planned_on <= ends_on for item in plan)
    assert all(item.planned_on.weekday() == rhythm.weekday for item in plan)
    assert all(due <= ends_on or item.slot.moves for due, item in zip(due_days, plan, strict=True))
    assert all(allowed(item.due_at, hours, Kind.WORK).moves == () for item in plan)


@given(st.builds(Rhythm, st.sampled_from(Every), st.integers(0, 4), st.just(time(10, 30))), days, days)
def test_adding_a_day_off_renames_no_occurrence_and_moves_only_its_own(
    rhythm: Rhythm, starts_on: date, day_off: date
) -> None:
    ends_on = starts_on + 270 * DAY
    before = occurrences(rhythm, starts_on, ends_on, Hours.latvia(RIGA, {}))
    after = occurrences(rhythm, starts_on, ends_on, Hours.latvia(RIGA, {day_off: "Novada svētki"}))
    assert [(item.number, item.planned_on) for item in after] == [(item.number, item.planned_on) for item in before]
    moved = [was for was, now in zip(before, after, strict=True) if was.due_at != now.due_at]
    assert all(item.due_at.astimezone(RIGA).date() == day_off for item in moved)


@pytest.mark.parametrize(("starts_on", "ends_on"), [("2026-03-16", "2026-04-13"), ("2026-10-12", "2026-11-09")])
def test_a_weekly_check_in_keeps_its_wall_clock_across_a_change_of_clocks(starts_on: str, ends_on: str) -> None:
    plan = planned(Rhythm(Every.WEEKLY, weekday=0, at=time(9)), starts_on, ends_on, latvia())
    assert [item.number for item in plan] == [1, 2, 3, 4, 5]
    assert {f"{item.due_at.astimezone(RIGA):%H:%M}" for item in plan} == {"09:00"}
    assert len({item.due_at.hour for item in plan}) == 2


def test_an_occurrence_on_a_holiday_goes_to_the_next_working_day_at_the_same_time() -> None:
    [item] = planned(Rhythm(Every.WEEKLY, weekday=4, at=time(14)), "2026-04-03", "2026-04-03", latvia())
    assert item.planned_on == date(2026, 4, 3)
    assert shown(item.due_at) == "2026-04-07 14:00"
    assert reasons(item.slot) == [Reason.HOLIDAY, Reason.WEEKEND, Reason.HOLIDAY]


def test_an_occurrence_in_quiet_hours_waits_for_the_morning_of_a_working_day() -> None:
    [item] = planned(Rhythm(Every.WEEKLY, weekday=4, at=time(22)), "2026-04-10", "2026-04-10", latvia())
    assert shown(item.due_at) == "2026-04-13 09:00"
    assert reasons(item.slot) == [Reason.QUIET_HOURS, Reason.WEEKEND]


def test_an_occurrence_at_a_skipped_hour_says_that_the_clocks_changed() -> None:
    hours = Hours(JERUSALEM, quiet_from=time(0), quiet_until=time(0))
    [item] = planned(Rhythm(Every.WEEKLY, weekday=4, at=time(2, 30)), "2026-03-27", "2026-03-27", hours)
    assert shown(item.due_at, JERUSALEM) == "2026-03-27 03:00"
    assert item.slot.moves == (Move(Reason.CLOCK_CHANGE, item.due_at, None),)


def test_a_fortnight_is_two_weeks() -> None:
    plan = planned(Rhythm(Every.FORTNIGHTLY, weekday=1, at=time(10)), "2026-09-02", "2026-10-06", latvia())
    assert [item.planned_on for item in plan] == [date(2026, 9, 8), date(2026, 9, 22), date(2026, 10, 6)]


def test_the_second_tuesday_stays_the_second_tuesday_of_every_month() -> None:
    plan = planned(Rhythm(Every.MONTHLY, weekday=1, at=time(10)), "2026-09-02", "2026-12-31", latvia())
    assert [item.planned_on.isoformat() for item in plan] == ["2026-09-08", "2026-10-13", "2026-11-10", "2026-12-08"]


def test_a_fifth_monday_means_the_last_one_of_every_month() -> None:
    plan = planned(Rhythm(Every.MONTHLY, weekday=0, at=time(10)), "2026-06-29", "2026-10-01", latvia())
    assert [item.planned_on.isoformat() for item in plan] == ["2026-06-29", "2026-07-27", "2026-08-31", "2026-09-28"]


def test_a_break_of_three_weeks_leaves_one_check_in_and_keeps_the_numbers() -> None:
    break_days = [date(2026, 7, 6) + n * DAY for n in range(21)]
    hours = latvia({day.isoformat(): "Vasaras pārtraukums" for day in break_days})
    plan = planned(Rhythm(Every.WEEKLY, weekday=0, at=time(10)), "2026-06-29", "2026-08-03", hours)
    assert [(item.number, shown(item.due_at)) for item in plan] == [
        (1, "2026-06-29 10:00"),
        (5, "2026-07-27 10:00"),
        (6, "2026-08-03 10:00"),
    ]


def test_the_last_occurrence_may_move_past_the_end_but_none_is_planned_there() -> None:
    plan = planned(Rhythm(Every.WEEKLY, weekday=2, at=time(10)), "2026-11-11", "2026-11-18", latvia())
    assert [shown(item.due_at) for item in plan] == ["2026-11-11 10:00", "2026-11-19 10:00"]
    assert planned(Rhythm(Every.WEEKLY, weekday=2, at=time(10)), "2026-11-12", "2026-11-17", latvia()) == ()


@pytest.mark.feature("G1")
def test_a_date_of_the_month_is_the_last_day_of_a_shorter_one() -> None:
    by_date = Rhythm(Every.MONTHLY, weekday=0, at=time(10), monthday=31)
    days = planned_days(by_date, date(2027, 12, 5), date(2028, 5, 30))
    assert [day.isoformat() for day in days] == ["2027-12-31", "2028-01-31", "2028-02-29", "2028-03-31", "2028-04-30"]


@pytest.mark.feature("G1")
def test_a_date_of_the_month_that_has_passed_begins_with_the_next_month() -> None:
    by_date = Rhythm(Every.MONTHLY, weekday=0, at=time(10), monthday=5)
    assert planned_days(by_date, date(2026, 9, 6), date(2026, 11, 30)) == [date(2026, 10, 5), date(2026, 11, 5)]


@pytest.mark.feature("G1")
def test_several_a_week_last_to_their_day_and_the_regular_one_goes_on() -> None:
    often = Rhythm(Every.WEEKLY, 1, time(10), extra_weekdays=(3,), often_until=date(2026, 9, 14))
    days = planned_days(often, date(2026, 9, 2), date(2026, 9, 30))
    assert [day.day for day in days] == [3, 8, 10, 15, 22, 29]


@pytest.mark.feature("G1", "O13")
def test_from_the_taper_on_every_second_one_stays() -> None:
    tapering = Rhythm(Every.WEEKLY, 1, time(10), tapers_from=date(2026, 9, 10))
    days = planned_days(tapering, date(2026, 9, 2), date(2026, 10, 7))
    assert [(day.month, day.day) for day in days] == [(9, 8), (9, 15), (9, 29)]


@pytest.mark.feature("G3")
@pytest.mark.parametrize(
    ("due", "slack", "earliest", "latest"),
    [
        ("2026-03-03 10:00", 1, "2026-03-02 00:00", "2026-03-05 00:00"),
        ("2026-03-02 10:00", 1, "2026-02-27 00:00", "2026-03-04 00:00"),
        ("2026-04-02 10:00", 1, "2026-04-01 00:00", "2026-04-08 00:00"),  # Easter lies behind it
        ("2026-03-03 10:00", 0, "2026-03-03 00:00", "2026-03-04 00:00"),
        ("2026-03-27 10:00", 2, "2026-03-25 00:00", "2026-04-01 00:00"),  # the clocks change in it
    ],
)
def test_a_check_in_is_on_time_on_the_working_days_around_it(due: str, slack: int, earliest: str, latest: str) -> None:
    found = window(riga(*due.split()), slack, latvia())
    assert (shown(found.earliest_at), shown(found.latest_at)) == (earliest, latest)


@given(st.builds(Rhythm, st.sampled_from(Every), st.integers(0, 4), st.just(time(10))), days, any_hours())
def test_every_check_in_lies_in_its_own_window(rhythm: Rhythm, starts_on: date, hours: Hours) -> None:
    for item in occurrences(rhythm, starts_on, starts_on + 60 * DAY, hours):
        found = window(item.due_at, item.slack, hours)
        assert found.earliest_at <= item.due_at < found.latest_at


@pytest.mark.feature("G5")
@given(moments, any_hours(), any_hours())
def test_what_waits_for_two_people_is_allowed_to_both_or_to_the_first_alone(
    at: datetime, first: Hours, second: Hours
) -> None:
    slot = allowed_for_all(at, (first, second))
    assert slot.at >= at
    assert allowed(slot.at, first, Kind.WORK).moves == ()
    both = allowed(slot.at, second, Kind.WORK).moves == ()
    assert both or slot == allowed(at, first, Kind.WORK)


@pytest.mark.parametrize("wrong", [{"monthday": 15}, {"extra_weekdays": (7,)}])
def test_a_rhythm_that_makes_no_sense_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="is"):
        Rhythm(Every.WEEKLY, 1, time(10), **wrong)


@pytest.mark.parametrize("weekday", [-1, 7])
def test_a_rhythm_has_a_real_weekday(weekday: int) -> None:
    with pytest.raises(ValueError, match="weekday"):
        Rhythm(Every.WEEKLY, weekday, time(9))


# --- working days and working time ---


@pytest.mark.parametrize(
    ("at", "days_later", "answer"),
    [
        ("2026-04-02 14:00", 1, "2026-04-07 14:00"),
        ("2026-04-04 14:00", 1, "2026-04-07 14:00"),
        ("2026-03-27 09:00", 1, "2026-03-30 09:00"),
        ("2026-10-23 09:00", 5, "2026-10-30 09:00"),
        ("2026-04-07 22:30", 2, "2026-04-09 22:30"),
        ("2026-04-07 14:00", -2, "2026-04-01 14:00"),
        ("2026-04-04 14:00", 0, "2026-04-04 14:00"),
    ],
)
def test_working_days_keep_the_wall_clock_and_skip_free_days(at: str, days_later: int, answer: str) -> None:
    assert shown(add_working_days(riga(*at.split()), days_later, latvia())) == answer


@pytest.mark.parametrize(
    ("at", "answer"),
    [
        ("2026-04-08 08:00", "2026-04-08 09:00"),
        ("2026-04-08 09:00", "2026-04-09 09:00"),
        ("2026-04-08 15:00", "2026-04-09 09:00"),
        ("2026-04-02 15:00", "2026-04-07 09:00"),
        ("2026-04-04 03:00", "2026-04-07 09:00"),
    ],
)
def test_the_next_working_morning_lies_after_the_question(at: str, answer: str) -> None:
    assert shown(next_working_morning(riga(*at.split()), latvia())) == answer


@pytest.mark.parametrize(
    ("at", "hours_later", "answer"),
    [
        ("2026-04-08 10:00", 2, "2026-04-08 12:00"),
        ("2026-04-08 20:00", 2, "2026-04-09 10:00"),
        ("2026-04-08 19:00", 2, "2026-04-09 09:00"),
        ("2026-04-08 23:00", 2, "2026-04-09 11:00"),
        ("2026-04-02 20:00", 2, "2026-04-07 10:00"),
        ("2026-03-27 20:00", 26, "2026-04-01 10:00"),
        ("2026-04-04 12:00", 0, "2026-04-07 09:00"),
    ],
)
def test_working_time_stands_still_at_night_and_on_free_days(at: str, hours_later: int, answer: str) -> None:
    assert shown(add_working_time(riga(*at.split()), timedelta(hours=hours_later), latvia())) == answer


@given(moments, st.integers(0, 6000), st.integers(0, 6000), any_hours())
def test_working_time_adds_up_and_ends_in_working_time(at: datetime, first: int, second: int, hours: Hours) -> None:
    halfway = add_working_time(at, first * MINUTE, hours)
    assert allowed(halfway, hours, Kind.WORK).moves == ()
    assert add_working_time(halfway, second * MINUTE, hours) == add_working_time(at, (first + second) * MINUTE, hours)


def test_working_time_does_not_run_backwards() -> None:
    with pytest.raises(ValueError, match="backwards"):
        add_working_time(riga("2026-04-08", "10:00"), -MINUTE, latvia())


def test_a_naive_moment_is_refused_everywhere() -> None:
    naive = riga("2026-04-08", "10:00").replace(tzinfo=None)
    with pytest.raises(ValueError, match="no time zone"):
        allowed(naive, latvia(), Kind.MESSAGE)
    with pytest.raises(ValueError, match="no time zone"):
        add_working_days(naive, 1, latvia())
    with pytest.raises(ValueError, match="no time zone"):
        add_working_time(naive, MINUTE, latvia())
    with pytest.raises(ValueError, match="no time zone"):
        next_working_morning(naive, latvia())
