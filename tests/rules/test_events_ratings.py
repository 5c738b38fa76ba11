"""What is shown of the answers to the one question."""

from hypothesis import given
from hypothesis import strategies as st

from bot.events.after.ratings import OF_THOSE_THERE, Rating, shown

COUNTS = st.dictionaries(st.sampled_from(Rating), st.integers(0, 60))


def test_every_answer_fits_where_it_is_kept() -> None:
    assert all(len(one.value) <= 10 for one in Rating)


@given(COUNTS, st.integers(3, 10))
def test_fewer_answers_than_may_be_shown_show_nothing(counts: dict[Rating, int], fewest: int) -> None:
    answered = sum(counts.get(one, 0) for one in OF_THOSE_THERE)
    assert (shown(counts, fewest) is None) is (answered < fewest)


@given(COUNTS, st.integers(3, 10), st.sampled_from(OF_THOSE_THERE))
def test_one_more_answer_is_never_seen_by_itself(counts: dict[Rating, int], fewest: int, one: Rating) -> None:
    """Every shown range holds as many values as the smallest number that may be shown."""
    table = shown(counts, fewest)
    if table is not None:
        (cell,) = table.rows[one]
        assert cell.at_most - cell.at_least == fewest - 1
        assert cell.at_least <= counts.get(one, 0) <= cell.at_most


@given(COUNTS)
def test_whoever_was_not_there_is_in_no_figure(counts: dict[Rating, int]) -> None:
    assert shown(counts, 5) == shown({**counts, Rating.ABSENT: 99}, 5)
