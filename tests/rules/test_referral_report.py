"""The report on referrals: what is counted, and that nothing hidden can be worked out of what is shown."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.figures.suppression import shown
from bot.referrals.referral import Kind
from bot.referrals.reported.report import (
    REASONS,
    WITHIN,
    Count,
    Passed,
    Period,
    To,
    Wait,
    in_all,
    quarter_of,
    rows,
    since,
    stretches,
    until,
    working_days,
)
from tests.rules.referral_cast import HOURS, MONDAY

ILZE = To("person:3", Kind.PSYCHOLOGIST)
QUARTERS = (*(date(2025, month, 1) for month in (1, 4, 7, 10)), date(2026, 1, 1))
STEP = 5

APART = (
    (Count.ASKED, (Count.ACCEPTED, Count.UNANSWERED, Count.UNDELIVERED)),
    (Count.DECLINED, tuple(REASONS.values())),
    (Count.APPOINTED, (Count.PROVIDER_TOOK_PLACE,)),
)
"""Counts that share no referral, and what they are parts of: a reader knows that they cannot be more together."""


def one(*counted: Count, quarter: date = QUARTERS[-1], to: To = ILZE, place: str = "LV-067", days: float = 1) -> Passed:
    return Passed(to, "Ilze", place, quarter, with_all_before(*counted), dict.fromkeys(Wait, days))


def with_all_before(*counted: Count) -> frozenset[Count]:
    found = {Count.ASKED, *counted}
    for _ in Count:
        found |= {before for count in found for before in WITHIN.get(count, ())}
    return frozenset(found)


def ranges(found: Sequence[Passed], since: date | None = None) -> Mapping[Count, tuple[int, int]]:
    (row,) = rows(found, since, STEP)
    return {count: (cell.at_least, cell.at_most) for count, cell in row.counts.items()}


@pytest.mark.feature("H13")
def test_a_partner_whom_few_were_sent_to_is_in_no_row_and_in_no_sum() -> None:
    few = [one(Count.ACCEPTED)] * 4
    assert rows(few, None, STEP) == []
    other = replace(few[0], to=To("service:1", Kind.COACH))
    (row,) = rows([*few, *[other] * 6], None, STEP)
    assert row.kind is Kind.COACH
    assert in_all([row])[Count.ASKED] == shown(6)


@pytest.mark.feature("H13")
def test_numbers_are_ranges_in_steps() -> None:
    found = [one(Count.ACCEPTED)] * 7 + [one(Count.NO_CAPACITY)] * 5 + [one()] * 2
    assert ranges(found)[Count.ASKED] == (10, 14)
    assert ranges(found)[Count.OPENED] == (10, 14)
    assert ranges(found)[Count.ACCEPTED] == ranges(found)[Count.NO_CAPACITY] == (5, 9)
    assert ranges(found)[Count.UNANSWERED] == (0, 4)


@pytest.mark.feature("H13")
def test_several_municipalities_are_the_sum_of_what_each_of_them_sees() -> None:
    found = [one()] * 7 + [one(place="LV-041")] * 8
    assert ranges(found)[Count.ASKED] == (10, 18)
    assert rows([one()] * 4 + [one(place="LV-041")] * 4, None, STEP) == []


def test_a_stretch_ends_with_the_quarter_in_which_enough_were_asked() -> None:
    found = [one(quarter=QUARTERS[0])] * 3 + [one(quarter=QUARTERS[1])] * 3 + [one(quarter=QUARTERS[4])] * 2
    assert [len(cut) for cut in stretches(found, None, STEP)] == [6, 2]
    assert [len(cut) for cut in stretches(found, QUARTERS[1], STEP)] == [6, 2]
    assert [len(cut) for cut in stretches(found, QUARTERS[2], STEP)] == [2]


def test_a_median_stands_only_where_its_number_is_shown() -> None:
    fast, slow = one(Count.ACCEPTED, days=0.5), one(Count.ACCEPTED, days=2)
    (row,) = rows([fast] * 3 + [slow] * 2, None, STEP)
    assert row.medians == {Wait.TO_OPEN: 5, Wait.TO_ANSWER: 5}
    (row,) = rows([fast] * 2 + [slow] * 2 + [one()], None, STEP)
    assert row.medians == {}


def test_a_period_begins_with_a_quarter() -> None:
    today = date(2026, 3, 2)
    assert since(Period.QUARTER, today) == date(2025, 10, 1)
    assert since(Period.YEAR, today) == date(2025, 1, 1)
    assert since(Period.ALL, today) is None
    assert quarter_of(date(2026, 12, 31)) == date(2026, 10, 1)


def test_this_week_is_in_no_report() -> None:
    wednesday = MONDAY + timedelta(days=2)
    assert until(wednesday, HOURS) == until(wednesday + timedelta(days=3), HOURS)
    assert until(wednesday, HOURS) == datetime(2026, 3, 1, 22, tzinfo=UTC)


@pytest.mark.parametrize(
    ("begin", "end", "days"),
    [
        (MONDAY, MONDAY, 0.0),
        (MONDAY, MONDAY + timedelta(hours=12), 0.5),
        (MONDAY, MONDAY + timedelta(days=1), 1.0),
        (MONDAY + timedelta(days=4), MONDAY + timedelta(days=7), 1.0),
        (MONDAY + timedelta(days=5), MONDAY + timedelta(days=6), 0.0),
    ],
)
def test_waits_are_counted_in_working_days(begin: datetime, end: datetime, days: float) -> None:
    assert working_days(begin, end, HOURS) == pytest.approx(days)


# --- nothing hidden can be worked out ---------------------------------------------------------------------------

_ENDS = st.sampled_from([None, *WITHIN])
_HISTORIES = st.lists(st.tuples(st.integers(0, len(QUARTERS) - 1), _ENDS), max_size=60)
"""For each referral the quarter in which it was asked, and how far it came at last."""

World = dict[Count, int]


@pytest.mark.feature("H13")
@settings(max_examples=40, deadline=None)
@given(_HISTORIES)
def test_every_value_of_every_range_stays_possible_whatever_was_shown_before(
    history: list[tuple[int, Count | None]],
) -> None:
    """Reports are read at the end of each quarter and once more when all is known; a cell is followed through them.

    A reader who knows all of them and every rule finds, for each number of each cell and for each value of its range, a
    world that agrees with all that was shown: that number has this value, what it is a part of is as large as it may
    be, and all else as small.
    """
    asked = [(QUARTERS[at], end) for at, end in sorted(history, key=lambda referral: referral[0])]
    reports = [
        [
            one(*(() if end is None or quarter == read else (end,)), quarter=quarter)
            for quarter, end in asked
            if quarter <= read
        ]
        for read in (*QUARTERS, date(2026, 4, 1))
    ]
    cut = [stretches(report, None, STEP) for report in reports]
    for number in range(len(cut[-1])):
        seen = [_count(report[number]) for report in cut if len(report) > number]
        for count in Count:
            for value in range(STEP):
                worlds = [_world(real, count, value) for real in seen]
                _assert_possible(worlds)
                assert [_shown(world) for world in worlds] == [_shown(real) for real in seen]


def test_a_referral_never_changes_the_cell_in_which_it_is_counted() -> None:
    found = [one(quarter=quarter, days=number) for number, quarter in enumerate(QUARTERS * 3)]
    found.sort(key=lambda one: one.quarter)
    whole = stretches(found, None, STEP)
    for quarter in QUARTERS:
        early = stretches([one for one in found if one.quarter <= quarter], None, STEP)
        for cell, later in zip(early, whole, strict=False):
            assert list(later[: len(cell)]) == list(cell)
    for begins in QUARTERS:
        assert all(cell in whole for cell in stretches(found, begins, STEP))


def _count(referrals: Sequence[Passed]) -> World:
    return {count: sum(1 for one in referrals if count in one.counted) for count in Count}


def _shown(world: World) -> Mapping[Count, object]:
    return {count: shown(number, STEP) for count, number in world.items()}


def _world(real: World, chosen: Count, value: int) -> World:
    """The same shown numbers, with that value for this one."""
    wider = with_all_before(chosen) - {chosen}
    return {
        count: number - number % STEP + (value if count is chosen else STEP - 1 if count in wider else 0)
        for count, number in real.items()
    }


def _assert_possible(worlds: Sequence[World]) -> None:
    for world in worlds:
        for part, wholes in WITHIN.items():
            assert all(world[part] <= world[whole] for whole in wholes)
        for whole, parts in APART:
            assert sum(world[part] for part in parts) <= world[whole]
    for before, after in pairwise(worlds):
        assert all(before[count] <= after[count] for count in Count)
