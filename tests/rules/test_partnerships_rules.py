"""Who fits whom, what two say of each other, and which hours can be booked: the pure rules of partnerships."""

import itertools
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.calendar import Hours
from bot.directory.countries import COUNTRIES, SPOKEN
from bot.partnerships import matches, notes, slots, wishes
from bot.partnerships.matches import Match, Says
from bot.partnerships.slots import Slot
from bot.partnerships.wishes import Dates, Field, Part, Side, Wish, WrongDates
from tests.chats.events_talk import RIGA

TODAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
HOURS = Hours.latvia(RIGA, {})

CENTRE = Wish(
    1, 10, Side.DAILY, "Jauniešu centrs", "Nedēļa dabā", frozenset({Field.NATURE, Field.WELLBEING}),
    frozenset({"EE"}), frozenset({"en", "lv"}), date(2026, 6, 1), date(2026, 8, 31), "centrs@example.org", NOW,
)  # fmt: skip
SOCIETY = Wish(
    2, 20, Side.EXPERIENCED, "Biedrība", "Apmaiņas", frozenset({Field.NATURE, Field.SPORT}), frozenset(),
    frozenset({"en"}), date(2026, 8, 1), None, "biedriba@example.org", NOW,
)  # fmt: skip


@pytest.mark.feature("S2.6")
def test_two_that_fit_are_told_what_they_share() -> None:
    found = wishes.fits(CENTRE, SOCIETY, TODAY)
    assert found == wishes.Reasons((Field.NATURE,), ("en",), ("EE",), date(2026, 8, 1), date(2026, 8, 31))


@pytest.mark.feature("S2.6")
@pytest.mark.parametrize(
    "other",
    [
        replace(SOCIETY, side=Side.DAILY),
        replace(SOCIETY, person_id=10),
        replace(SOCIETY, organization="JAUNIEŠU CENTRS"),
        replace(SOCIETY, fields=frozenset({Field.SPORT})),
        replace(SOCIETY, languages=frozenset({"de"})),
        replace(SOCIETY, countries=frozenset({"PT"})),
        replace(SOCIETY, from_on=date(2026, 9, 1)),
        replace(SOCIETY, until_on=date(2026, 5, 31), from_on=None),
        replace(SOCIETY, published_at=None),
        replace(SOCIETY, closed_at=NOW),
    ],
)
def test_whatever_stands_against_it_keeps_two_apart(other: Wish) -> None:
    assert wishes.fits(CENTRE, other, TODAY) is None


def test_dates_that_are_over_fit_nobody() -> None:
    assert wishes.fits(CENTRE, SOCIETY, date(2026, 9, 1)) is None


DAYS = st.none() | st.dates(date(2026, 1, 1), date(2027, 12, 31))
WISHES = st.builds(
    Wish,
    id=st.integers(1, 9),
    person_id=st.integers(1, 3),
    side=st.sampled_from(Side),
    organization=st.sampled_from(["A", "B", "C"]),
    fields=st.frozensets(st.sampled_from(Field)),
    countries=st.frozensets(st.sampled_from(COUNTRIES)),
    languages=st.frozensets(st.sampled_from(SPOKEN)),
    from_on=DAYS,
    until_on=DAYS,
    published_at=st.sampled_from([None, NOW]),
)


@pytest.mark.feature("S2.6")
@given(WISHES, WISHES)
def test_whoever_fits_one_is_fitted_by_it_for_the_same_reasons(one: Wish, other: Wish) -> None:
    found = wishes.fits(one, other, TODAY)
    assert found == wishes.fits(other, one, TODAY)
    if found is not None:
        assert set(found.fields) <= one.fields & other.fields
        assert found.fields
        assert found.languages
        assert found.until_on is None or found.until_on >= TODAY


def test_what_is_missing_is_asked_in_order() -> None:
    begun = Wish(1, 10, Side.DAILY)
    assert wishes.missing(begun) is Part.ORGANIZATION
    named = wishes.worded(begun, Part.ORGANIZATION, "Centrs")
    assert named is not None
    assert wishes.missing(named) is Part.SUBJECT
    assert wishes.missing(CENTRE) is None
    assert [wishes.before(part) for part in Part][1:] == list(Part)[:-1]


def test_words_that_do_not_fit_change_nothing() -> None:
    assert wishes.worded(CENTRE, Part.SUBJECT, "") is None
    assert wishes.worded(CENTRE, Part.SUBJECT, "x" * 201) is None
    assert wishes.worded(CENTRE, Part.FIELDS, "sports") is None


@pytest.mark.parametrize(
    ("first", "last", "wanted"),
    [
        (None, TODAY, WrongDates.UNREADABLE),
        (date(2026, 5, 1), date(2026, 4, 1), WrongDates.REVERSED),
        (date(2026, 1, 1), date(2026, 2, 1), WrongDates.PAST),
        (date(2026, 1, 1), date(2036, 2, 1), WrongDates.FAR),
        (date(2026, 1, 1), TODAY, Dates(date(2026, 1, 1), TODAY)),
    ],
)
def test_dates_are_in_order_and_within_sight(first: date | None, last: date | None, wanted: Dates | WrongDates) -> None:
    assert wishes.checked(first, last, TODAY) == wanted


@pytest.mark.feature("S2.6")
@given(st.lists(st.tuples(st.sampled_from([1, 2]), st.sampled_from(Says)), max_size=6))
def test_they_are_introduced_exactly_when_both_said_yes_and_neither_said_no_before(
    said: list[tuple[int, Says]],
) -> None:
    match, latest = Match(7, 1, 2), dict[int, Says]()
    for wish_id, says in said:
        outcome = matches.say(match, wish_id, says, NOW)
        if match.is_open:
            assert not isinstance(outcome, matches.Over)
            match, latest[wish_id] = outcome.match, says
        else:
            assert isinstance(outcome, matches.Over)
        assert (match.introduced_at is not None) == (set(latest.values()) == {Says.YES} and len(latest) == 2)
        assert (match.ended_at is not None) == (Says.NO in latest.values())


def test_only_who_waits_for_an_answer_hears_of_a_no() -> None:
    waits = matches.say(Match(7, 1, 2), 1, Says.YES, NOW)
    assert isinstance(waits, matches.Waiting)
    ended = matches.say(waits.match, 2, Says.NO, NOW)
    assert isinstance(ended, matches.Ended)
    assert ended.tells_other
    alone = matches.say(Match(7, 1, 2), 2, Says.NO, NOW)
    assert isinstance(alone, matches.Ended)
    assert not alone.tells_other


FREE = Slot(1, 10, "Padoms", NOW + timedelta(days=3), 45, "Rīga")


@pytest.mark.feature("S2.13")
@pytest.mark.parametrize(
    ("slot", "took_part", "has_one", "wanted"),
    [
        (FREE, False, False, slots.Booked),
        (replace(FREE, expert_id=20), False, False, slots.OwnHour),
        (replace(FREE, booked_by=30), True, False, slots.Taken),
        (replace(FREE, cancelled_at=NOW), True, False, slots.Taken),
        (replace(FREE, starts_at=NOW), True, False, slots.TooLate),
        (replace(FREE, event_id=5), False, False, slots.NotForThem),
        (replace(FREE, event_id=5), True, False, slots.Booked),
        (FREE, False, True, slots.HasOneAlready),
    ],
)
def test_an_hour_is_booked_by_whom_it_is_for(slot: Slot, took_part: bool, has_one: bool, wanted: type) -> None:
    assert isinstance(slots.book(slot, 20, NOW, took_part=took_part, has_one=has_one), wanted)


def test_hours_in_a_row_touch_and_never_overlap() -> None:
    starts = slots.in_a_row(FREE.starts_at, 45, 4)
    assert [later - sooner for sooner, later in itertools.pairwise(starts)] == [timedelta(minutes=45)] * 3
    assert slots.overlap(starts, 45, (FREE,))
    assert not slots.overlap(starts[1:], 45, (FREE,))
    with pytest.raises(ValueError, match="not offered"):
        slots.in_a_row(FREE.starts_at, 45, 99)


def test_both_are_thought_of_the_day_before_or_afterwards() -> None:
    assert slots.remind_at(FREE, NOW, HOURS) == datetime(2026, 3, 4, 8, tzinfo=UTC)
    assert slots.remind_at(FREE, FREE.starts_at - timedelta(hours=2), HOURS) == FREE.ends_at


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("https://example.org/prakse", True),
        ("http://example.org", False),
        ("https://localhost", False),
        ("https://example.org/ a", False),
        ("https://example.org/" + "x" * 300, False),
    ],
)
def test_a_link_is_an_address_that_people_can_open(typed: str, wanted: bool) -> None:
    assert notes.is_link(typed) is wanted
