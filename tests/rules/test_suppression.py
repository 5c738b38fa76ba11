"""Nobody can be worked out from the figures: not from a total, a neighbouring stage, nor from two reports in a row.

Small worlds are gone through one by one: all histories there can be are sorted by what a reader would have been shown
of them in every report. Whatever the histories of one heap have in common is what that reader knows.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import date, timedelta
from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.figures.suppression import STEP, Range, added, protect, shown
from bot.figures.together import place

MONDAY = date(2026, 3, 2)
World = Hashable


def least_left(
    worlds: Iterable[World],
    told: Callable[..., Hashable],
    secrets: Callable[..., Sequence[int]],
    counts: Callable[..., bool] = lambda _: True,
) -> int:
    """The fewest values that any secret may have for a reader who knows how the figures are made.

    Heaps with a world that does not count are left out: those at the edge, where the histories end and not the doubt.
    """
    heaps: dict[Hashable, list[set[int]] | None] = {}
    for world in worlds:
        key, values = told(world), secrets(world)
        heap = heaps.setdefault(key, [set() for _ in values])
        if heap is None or not counts(world):
            heaps[key] = None
            continue
        for known, value in zip(heap, values, strict=True):
            known.add(value)
    return min(len(known) for heap in heaps.values() if heap is not None for known in heap)


# --- one cell and its neighbours --------------------------------------------------------------------------------


@pytest.mark.feature("O12")
def test_a_count_is_shown_in_fives_and_never_under_five() -> None:
    assert [shown(count).at_least for count in (0, 1, 4, 5, 9, 10, 123)] == [0, 0, 0, 5, 5, 10, 120]
    assert {shown(count) for count in range(STEP)} == {Range(0, 4)}
    assert shown(4).is_few
    assert not shown(5).is_few


@pytest.mark.feature("O12")
def test_whoever_runs_the_bot_may_set_a_higher_number() -> None:
    assert shown(9, 10) == Range(0, 9)
    assert protect({"library": (19,)}, 10).rows["library"] == (Range(10, 19),)
    assert rows_of([[9, 0, 0]], 10) == ([0, 0, 0], 0)


@pytest.mark.feature("O12")
def test_a_total_is_the_sum_of_what_is_shown() -> None:
    table = protect({"library": (9, 7), "school": (4, 4), "friend": (12, 1)})
    assert table.rows["library"] == (Range(5, 9), Range(5, 9))
    assert table.total == (Range(15, 27), Range(5, 17))
    assert protect({}).total == ()
    assert added([]) == Range(0, 0)


def funnels() -> Iterable[tuple[int, ...]]:
    """Two reports of three nested stages, up to nine people each: three stages last week, then this week."""
    nested = [world for world in product(range(10), repeat=3) if world[0] >= world[1] >= world[2]]
    for last, now in product(nested, repeat=2):
        if now[0] >= last[0] and now[1] >= last[1] and now[2] >= last[2]:
            yield *last, *now


@pytest.mark.feature("O12")
def test_neither_stages_nor_two_reports_in_a_row_leave_less_than_five_values_for_any_cell() -> None:
    def told(world: Sequence[int]) -> Hashable:
        return tuple(shown(count).at_least for count in world)

    def secrets(world: Sequence[int]) -> Sequence[int]:
        """Every cell, every drop-out between two stages, and how many came from one report to the next."""
        last, now = world[:3], world[3:]
        dropped = [more - less for week in (last, now) for more, less in pairwise(week)]
        return *world, *dropped, *(after - before for before, after in zip(last, now, strict=True))

    assert least_left(funnels(), told, secrets) == STEP


@pytest.mark.feature("O12")
def test_the_reader_of_these_tests_does_find_what_a_careless_table_hides() -> None:
    """Small cells hidden beside a true total, rounded cells beside a true total, and exact cells from week to week."""

    def hides_small(world: Sequence[int]) -> Hashable:
        return tuple(count if count >= STEP else None for count in world), sum(world)

    def rounds_all(world: Sequence[int]) -> Hashable:
        return tuple(shown(count).at_least for count in world), shown(sum(world)).at_least

    assert least_left(product(range(10), repeat=2), hides_small, tuple) == 1
    assert least_left(product(range(5), repeat=5), rounds_all, tuple) == 1

    def one_by_one(world: Sequence[int]) -> Hashable:
        return tuple(count if count >= STEP else None for count in world)

    def newly_come(world: Sequence[int]) -> Sequence[int]:
        return (world[1] - world[0],)

    weeks = [(last, now) for last, now in product(range(12), repeat=2) if last <= now]
    assert least_left(weeks, one_by_one, newly_come) == 1


histories = st.lists(st.lists(st.integers(0, 40), min_size=7, max_size=7), min_size=1, max_size=6)


@pytest.mark.feature("O12")
@given(histories)
def test_bounds_drawn_through_all_reports_and_stages_stay_five_wide(came: list[list[int]]) -> None:
    """Bounds carried along every order between two cells are exact, for nothing else binds them."""
    reports: list[list[int]] = []
    for new in came:
        nested = [sum(new[stage:]) for stage in range(len(new))]
        before = reports[-1] if reports else [0] * len(new)
        reports.append([old + more for old, more in zip(before, nested, strict=True)])
    bounds = [[[shown(count).at_least, shown(count).at_most] for count in report] for report in reports]
    for _ in range(len(reports) + len(came[0])):
        for week, stage in product(range(len(reports)), range(len(came[0]))):
            for later, further in ((week + 1, stage), (week, stage - 1)):
                if later < len(reports) and further >= 0:
                    less, more = bounds[week][stage], bounds[later][further]
                    more[0], less[1] = max(more[0], less[0]), min(less[1], more[1])
    for report, known in zip(reports, bounds, strict=True):
        for count, (low, high) in zip(report, known, strict=True):
            assert low <= count <= high
            assert high - low == STEP - 1


# --- small sources together -------------------------------------------------------------------------------------


def weeks_of(history: Sequence[Sequence[int]]) -> dict[tuple[int, date], int]:
    """Who came from each source in each week, from rows of weeks."""
    return {
        (source, MONDAY + timedelta(weeks=week)): number
        for week, numbers in enumerate(history)
        for source, number in enumerate(numbers)
    }


def rows_of(history: Sequence[Sequence[int]], step: int = STEP) -> tuple[list[int], int]:
    """How many are in each source's own row, and how many in the common one."""
    came = weeks_of(history)
    placed = place(came, dict.fromkeys(range(len(history[0])), MONDAY), step)
    own = [sum(came[source, week] for week in placed.apart[source]) for source in range(len(history[0]))]
    return own, sum(came[key] for key in placed.together)


def report(history: Sequence[Sequence[int]], step: int) -> Hashable:
    own, common = rows_of(history, step)
    return *(shown(number, step).at_least for number in own), shown(common, step).at_least


def came_in_all(history: Sequence[Sequence[int]]) -> list[int]:
    """How many came from each source, after each week."""
    return [
        sum(week[source] for week in history[: n + 1]) for n in range(len(history)) for source in range(len(history[0]))
    ]


@pytest.mark.feature("O12")
@pytest.mark.parametrize("sources", [2, 3])
def test_one_common_row_hides_each_small_source_in_it(sources: int) -> None:
    worlds = [(week,) for week in product(range(10), repeat=sources)]
    assert least_left(worlds, lambda world: report(world, STEP), came_in_all) == STEP


@pytest.mark.feature("O12")
@pytest.mark.parametrize(
    ("sources", "first", "then"), [(2, 8, 8), (3, 2, 6), pytest.param(3, 6, 6, marks=pytest.mark.slow)]
)
def test_two_reports_in_a_row_hide_each_small_source_as_well(sources: int, first: int, then: int) -> None:
    """In threes instead of fives, so that all worlds can be gone through; so many at most come in the two weeks."""
    weeks = (product(range(most + 1), repeat=sources) for most in (first, then))

    def both(world: Sequence[Sequence[int]]) -> Hashable:
        return report(world[:1], 3), report(world, 3)

    def goes_on(world: Sequence[Sequence[int]]) -> bool:
        """Whether more could have come; after two in the first week not, for a third would have been shown."""
        return max(world[1]) < then and (first == 2 or max(world[0]) < first)

    assert least_left(product(*weeks), both, came_in_all, goes_on) == 3


@pytest.mark.feature("O12")
@given(st.integers(1, 5).flatmap(lambda n: st.lists(st.lists(st.integers(0, 9), min_size=n, max_size=n), min_size=1)))
def test_who_is_counted_once_stays_in_that_row(history: list[list[int]]) -> None:
    since = dict.fromkeys(range(len(history[0])), MONDAY)
    came = weeks_of(history)
    before, after = place(weeks_of(history[:-1]) if history[:-1] else {}, since), place(came, since)
    assert before.together <= after.together
    for source in since:
        own = after.apart[source]
        assert before.apart[source] <= own
        assert not {(source, week) for week in own} & after.together
        waiting = [n for (one, week), n in came.items() if one == source and week not in own]
        assert sum(waiting) - sum(came[key] for key in after.together if key[0] == source) < STEP


@pytest.mark.feature("O12")
def test_many_small_sources_are_seen_together() -> None:
    own, common = rows_of([[3, 2, 0, 1], [0, 1, 4, 1]])
    assert own == [0, 0, 0, 0]
    assert common == 12


@pytest.mark.feature("O12")
def test_two_small_sources_are_never_added_for_each_would_know_the_other() -> None:
    assert rows_of([[4, 4]]) == ([0, 0], 0)
