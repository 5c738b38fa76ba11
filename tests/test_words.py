"""Keys and facts travel through the database as JSON and come back the same."""

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.words import (
    Fact,
    InLanguages,
    Language,
    Lines,
    Listing,
    Phrase,
    Span,
    decode,
    decode_facts,
    encode,
    encode_facts,
)

languages = st.sampled_from(Language)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
moments = st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=3))]))
plain: st.SearchStrategy[Fact] = st.one_of(
    texts,
    st.integers(-(2**53), 2**53),
    moments,
    st.dates(),
    st.builds(Span, moments, moments),
    st.builds(InLanguages, st.dictionaries(languages, texts), languages),
)


def phrases(facts: st.SearchStrategy[Fact]) -> st.SearchStrategy[Phrase]:
    return st.builds(Phrase, texts, st.dictionaries(st.sampled_from(["a", "b", "count"]), facts, max_size=3))


def above(facts: st.SearchStrategy[Fact]) -> st.SearchStrategy[Fact]:
    several = st.lists(phrases(facts), max_size=3).map(tuple)
    return st.one_of(phrases(facts), st.builds(Lines, several), st.builds(Listing, several))


facts = st.recursive(plain, above, max_leaves=8)


@given(facts)
def test_every_fact_comes_back_from_json_as_it_went(fact: Fact) -> None:
    assert decode(json.loads(json.dumps(encode(fact)))) == fact


@given(st.dictionaries(texts, facts, max_size=4))
def test_so_do_all_facts_of_a_message(several: dict[str, Fact]) -> None:
    assert decode_facts(json.loads(json.dumps(encode_facts(several)))) == several


json_values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), texts),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.one_of(texts, st.sampled_from(["is", "at", "on", "key", "facts", "of"])), inner, max_size=4),
    ),
    max_leaves=8,
)


@given(json_values)
def test_what_was_never_encoded_is_refused_or_a_fact(raw: Any) -> None:
    try:
        found = decode(raw)
    except ValueError:
        return
    assert isinstance(found, str | int | Phrase | Lines | Listing | InLanguages)


@pytest.mark.parametrize(
    "raw",
    [
        None, 1.5, [], {}, {"is": "moment"}, {"is": "moment", "at": "yesterday"}, {"is": "date", "on": "2026-02-30"},
        {"is": "phrase", "key": 7, "facts": {}}, {"is": "lines", "of": ["no phrase"]}, {"is": "nothing"},
        {"is": "written", "texts": {"ru": "x"}, "fallback": "lv"},
    ],
)  # fmt: skip
def test_damaged_facts_are_a_value_error(raw: Any) -> None:
    with pytest.raises(ValueError, match=r".+"):
        decode(raw)


def test_a_moment_without_a_zone_and_a_truth_value_cannot_be_said() -> None:
    with pytest.raises(ValueError, match="aware"):
        encode(datetime(2026, 3, 2))  # noqa: DTZ001  # that is the point
    with pytest.raises(TypeError, match="truth value"):
        encode(True)
