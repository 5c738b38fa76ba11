"""The line of an alert and its minutes: everybody in it is told once, in order, and in working time."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.calendar import Hours, Kind, allowed
from bot.roles import Person
from bot.safety import alerts, card, local_lines, reports
from bot.safety.alerts import Alert, Promptness, State, Step
from bot.safety.lines import lines, stale
from bot.safety.local_lines import LocalLine
from bot.words import Language

RIGA = ZoneInfo("Europe/Riga")
HOURS = Hours.latvia(RIGA, {})
MOMENTS = st.datetimes(
    datetime.fromisoformat("2026-01-01"), datetime.fromisoformat("2027-12-31"), timezones=st.just(UTC)
)
STEPS = [step for step in Step if Step.NOBODY < step < Step.END]
CIRCLES = st.dictionaries(st.sampled_from(STEPS), st.lists(st.integers(1, 9), max_size=4, unique=True))


def person(number: int) -> Person:
    return Person(number, Language.LV, f"Bura-{number}")


@pytest.mark.feature("X46")
@given(CIRCLES)
def test_everybody_in_the_line_is_told_once_in_its_order_and_then_it_ends(circle: dict[Step, list[int]]) -> None:
    people = {step: [person(one) for one in ids] for step, ids in circle.items()}
    step, told = Step.NOBODY, []
    for _ in Step:
        before = step
        step, fresh = alerts.next_in_line(step, people, told)
        assert step > before
        told += [one.id for one in fresh]
        if step is Step.END:
            break
    assert step is Step.END
    assert sorted(told) == sorted({one for ids in circle.values() for one in ids})


@pytest.mark.feature("X46", "D4")
@given(MOMENTS, st.integers(1, 240))
def test_the_next_in_line_is_told_in_working_time_and_never_before_the_minutes_are_over(
    now: datetime, minutes: int
) -> None:
    prompt = Promptness(minutes, at_night=False)
    begins = alerts.begins_at(now, prompt, HOURS)
    due = alerts.next_at(begins, prompt, HOURS)
    assert begins >= now
    assert due - begins >= timedelta(minutes=minutes)
    for moment in (begins, due):
        assert allowed(moment, HOURS, Kind.WORK).at == moment


@given(MOMENTS, st.integers(1, 240))
def test_where_somebody_reads_at_night_minutes_are_minutes(now: datetime, minutes: int) -> None:
    prompt = Promptness(minutes, at_night=True)
    assert alerts.begins_at(now, prompt, HOURS) == now
    assert alerts.next_at(now, prompt, HOURS) == now + timedelta(minutes=minutes)


@given(st.sampled_from(State), st.sampled_from(alerts.Kind), st.one_of(st.none(), st.just(7)), st.sampled_from((7, 8)))
def test_only_who_has_it_closes_it_and_nobody_closes_a_drill_by_hand(
    state: State, kind: alerts.Kind, holder: int | None, presser: int
) -> None:
    alert = Alert(1, 2, None, kind, state, Step.LEADS, datetime(2026, 3, 2, tzinfo=UTC), 2, None, holder, None, None)
    if alerts.may_close(alert, presser):
        assert (state, holder) == (State.TAKEN, presser)
        assert not alert.is_drill
    assert not alerts.may_call_off(alert, presser)


# --- reports --------------------------------------------------------------------------------------------------------


@pytest.mark.feature("X47")
@given(MOMENTS)
def test_a_reminder_of_a_report_comes_on_the_same_day_in_time_to_act_on_it(opened: datetime) -> None:
    first = reports.first_reminder(opened, RIGA)
    assert opened <= first <= opened + reports.REMIND_AFTER
    assert reports.is_same_day(opened, first, RIGA)


@pytest.mark.feature("X47")
@given(MOMENTS)
def test_reminders_go_on_until_the_day_ends_and_then_every_working_morning(opened: datetime) -> None:
    moment = reports.first_reminder(opened, RIGA)
    for _ in range(20):
        following = reports.next_reminder(moment, opened, HOURS)
        assert following > moment
        if not reports.is_same_day(opened, following, RIGA):
            assert allowed(following, HOURS, Kind.WORK).at == following
        moment = following
    assert not reports.is_same_day(opened, moment, RIGA)


# --- lines ------------------------------------------------------------------------------------------------------------


@pytest.mark.feature("D1", "O8")
@given(st.dates(date(2026, 1, 1), date(2030, 1, 1)))
def test_a_shown_line_is_named_once_nobody_rang_it_for_three_months_and_a_hidden_one_never(today: date) -> None:
    named = stale(today)
    for line in lines().values():
        rung_lately = line.checked_on is not None and (today - line.checked_on).days <= 90
        assert (line.id in named) == (line.shown and not rung_lately)


@pytest.mark.feature("D1")
@pytest.mark.parametrize(
    ("rung", "said"),
    [([], False), ([date(2026, 2, 1)], False), ([date(2026, 2, 1), None], True), ([date(2025, 11, 1)], True)],
)
def test_a_card_with_lines_that_nobody_rang_lately_says_so_and_what_to_do_then(
    rung: list[date | None], said: bool
) -> None:
    told = [one.key for one in card.unsure(rung, datetime(2026, 3, 2, 12, 0, tzinfo=UTC))]
    assert told == (["safety.youth.not_rung_lately"] if said else [])


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("116111", "116111"), ("116 111", "116111"), ("112", "112"), ("20000001", "+37120000001"),
        ("+371 20 000 001", "+37120000001"), ("00371 6000-0001", "+37160000001"), ("+380 44 000 0001", "+380440000001"),
        ("", None), ("zvani", None), ("+371 123", None), ("30000001", None), ("1", None), ("9" * 40, None),
        ("20000001 vai 20000002", None), ("<b>112</b>", None),
    ],
)  # fmt: skip
def test_a_number_is_one_that_a_telephone_can_dial(typed: str, number: str | None) -> None:
    assert local_lines.number(typed) == number


@given(st.text(max_size=40))
def test_no_typed_text_breaks_the_reading_of_a_number(typed: str) -> None:
    number = local_lines.number(typed)
    assert number is None or number.removeprefix("+").isdigit()


@pytest.mark.parametrize(
    ("span", "band", "shown"),
    [
        ((None, None), None, True), ((None, 17), "15_17", True), ((None, 17), "18_28", False),
        ((18, None), "15_17", False), ((18, None), "29", True), ((None, 17), None, True), ((18, None), "13_14", False),
    ],
)  # fmt: skip
def test_a_line_is_for_those_whose_age_it_names(
    span: tuple[int | None, int | None], band: str | None, shown: bool
) -> None:
    line = LocalLine(1, "LV-067", "Tālrunis", "+37120000001", "9-17", ("lv",), *span, date(2026, 3, 2))
    assert line.is_for(band) is shown
