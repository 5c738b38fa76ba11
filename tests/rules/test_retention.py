"""How long things are kept: each table has a term, each term is a setting or a reason, and time moves as it should."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Table

from bot.people.retention import TOLD_BEFORE, DataClass, days, term
from bot.programme.rules import OPEN
from bot.settings import Settings
from bot.storage.keeping import NOBODYS, OPEN_STAGES, PAST
from bot.storage.tables import metadata, people

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def goes_with(table: Table, others: set[str]) -> bool:
    """Whether its rows go when a row of one of the others goes."""
    return any(key.ondelete == "CASCADE" and key.column.table.name in others for key in table.foreign_keys)


@pytest.mark.feature("C6", "X50")
def test_no_table_is_without_a_term() -> None:
    kept = {past.table.name for pasts in PAST.values() for past in pasts} | NOBODYS
    for table in metadata.sorted_tables:  # parents first
        if goes_with(table, kept - NOBODYS):
            kept.add(table.name)
    assert [table.name for table in metadata.sorted_tables if table.name not in kept] == []


@pytest.mark.feature("C6")
def test_what_is_nobodys_points_to_people_only_as_who_made_it() -> None:
    pointing = [
        (name, key.parent.name)
        for name in sorted(NOBODYS)
        for key in metadata.tables[name].foreign_keys
        if key.column is people.c.id and key.ondelete != "SET NULL"
    ]
    assert pointing == []


@pytest.mark.feature("C6", "O11")
def test_every_kind_has_rows_and_a_number_of_days() -> None:
    assert set(PAST) == {one.value for one in DataClass} == {one.value for one in days(Settings())}
    assert set(DataClass) >= TOLD_BEFORE


def test_the_stages_in_which_somebody_still_works_on_a_case_are_those_of_the_programme() -> None:
    assert {stage.value for stage in OPEN} == set(OPEN_STAGES)


@pytest.mark.feature("C6")
@given(st.sampled_from(DataClass), st.integers(1, 3650), st.integers(1, 3650))
def test_whoever_is_told_has_that_long_and_is_never_told_before_half_the_time(
    data_class: DataClass, keep: int, warn: int
) -> None:
    settings = Settings(keep_answers_days=keep, keep_cases_days=keep, warn_days=warn)
    found = term(data_class, settings, NOW)
    assert found.over_before < found.nearly_over_before <= NOW
    assert timedelta() < found.delete_at - NOW <= timedelta(days=warn)
    assert found.nearly_over_before - found.over_before <= found.keep / 2
    assert found.kept_until - NOW == timedelta(days=days(settings)[data_class])
