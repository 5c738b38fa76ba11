"""When two contacts are perhaps of one young person: a hint for a lead, the same from both sides, never far-fetched."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.programme.rules import JOINED, OPEN, Case, Stage
from bot.programme.twice import duplicates
from bot.programme.twice.duplicates import MOST_HINTS, WITHIN, HasJoined, IsOver, MayMerge, Trace
from bot.words import Language

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)

traces = st.builds(
    Trace,
    case_id=st.integers(1, 9),
    youth_id=st.integers(1, 4),
    source_id=st.none() | st.integers(1, 2),
    municipality=st.none() | st.sampled_from(["LV-067", "LV-041"]),
    age_band=st.sampled_from(["15_17", "18_28"]),
    wish=st.none() | st.sampled_from(["work", "learn"]),
    language=st.sampled_from(Language),
    opened_at=st.integers(0, 20).map(lambda days: NOW + timedelta(days=days)),
)


@pytest.mark.feature("E6")
@given(one=traces, other=traces)
def test_a_hint_is_the_same_from_both_sides_and_never_about_one_account(one: Trace, other: Trace) -> None:
    alike = duplicates.are_alike(one, other)
    assert alike is duplicates.are_alike(other, one)
    if alike:
        assert one.youth_id != other.youth_id
        assert None not in (one.source_id, one.municipality)
        assert abs(one.opened_at - other.opened_at) <= WITHIN
        assert replace(one, case_id=0, youth_id=0, opened_at=NOW) == replace(
            other, case_id=0, youth_id=0, opened_at=NOW
        )


@pytest.mark.feature("E6")
@given(new=traces, others=st.lists(traces, max_size=12))
def test_a_lead_is_asked_about_the_nearest_few(new: Trace, others: list[Trace]) -> None:
    asked = duplicates.hints(new, others)
    alike = [other for other in others if duplicates.are_alike(new, other)]
    assert len(asked) == min(len(alike), MOST_HINTS)
    far = max((abs(new.opened_at - one.opened_at) for one in asked), default=timedelta(0))
    assert all(abs(new.opened_at - one.opened_at) >= far for one in alike if one not in asked)


@pytest.mark.feature("E6")
@given(kept=st.sampled_from(Stage), left=st.sampled_from(Stage))
def test_a_running_programme_is_never_ended_as_a_duplicate(kept: Stage, left: Stage) -> None:
    answer = duplicates.merge(_case(1, kept), _case(2, left))
    if kept not in OPEN or left not in OPEN:
        assert answer == IsOver()
    else:
        assert answer == (HasJoined() if left in JOINED else MayMerge())


def _case(number: int, stage: Stage) -> Case:
    return Case(number, number, "LV-067", stage, "likely", "18_28", "work", False, False, 7, None, NOW, None, None)
