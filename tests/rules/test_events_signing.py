"""Who may sign up and what they are asked first: deadline, ages, earlier attendance, a guardian's permission."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.events.audience import Audience, Group
from bot.events.event import Event, Invitation, Kind, Reply, Seat, State, Terms
from bot.events.rules import CalledOff, Started
from bot.events.signup import signing
from bot.events.signup.signing import Applicant, AskAdult, AskAge, Closed, NotTheirAge, OnlyAfter, Said, Welcome, Words
from bot.events.whom import ages
from bot.roles import Grant, Person, Role
from bot.settings import Settings
from bot.words import InLanguages, Language

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
TITLE = InLanguages({Language.LV: "Laivas"}, Language.LV)
AUDIENCE = Audience("LV-067", frozenset({Group.YOUTH}))
EVENT = Event(7, 1, State.SENT, TITLE, TITLE, "Krasts", NOW + timedelta(days=5), AUDIENCE)
SIXTEEN, UNKNOWN, GROWN = (15, 17), None, (18, 28)
SPANS = st.sampled_from([None, (0, 12), (13, 14), (15, 17), (18, 28), (29, 29), (30, 200)])


def young(told: tuple[int, int] | None) -> Applicant:
    return Applicant(is_youth=True, ages=told)


# --- too late ---------------------------------------------------------------------------------------------------


@pytest.mark.feature("I6")
def test_answers_are_taken_until_the_deadline_and_places_given_back_until_the_start() -> None:
    event = replace(EVENT, reply_by=NOW + timedelta(days=2))
    late = NOW + timedelta(days=3)
    assert signing.closed(event, Invitation(None), Reply.YES, NOW) is None
    assert isinstance(signing.closed(event, Invitation(None), Reply.YES, late), Closed)
    assert isinstance(signing.closed(event, Invitation(Reply.NO), Reply.MAYBE, late), Closed)
    assert signing.closed(event, Invitation(Reply.YES, Seat.HELD), Reply.NO, late) is None
    assert signing.closed(event, Invitation(Reply.YES, Seat.OFFERED), Reply.YES, late) is None
    assert isinstance(signing.closed(event, Invitation(Reply.YES, Seat.HELD), Reply.NO, event.starts_at), Started)
    off = replace(event, state=State.CANCELLED)
    assert isinstance(signing.closed(off, Invitation(None), Reply.YES, NOW), CalledOff)


def test_nobody_signs_up_for_news() -> None:
    assert not replace(EVENT, kind=Kind.ANNOUNCEMENT).takes_answers


# --- ages -------------------------------------------------------------------------------------------------------


@pytest.mark.feature("I14")
@pytest.mark.parametrize(
    ("terms", "told", "said", "outcome"),
    [
        (Terms(), UNKNOWN, Said.NOTHING, Welcome(None)),
        (Terms(minimum_age=15, maximum_age=17), SIXTEEN, Said.NOTHING, Welcome(None)),
        (Terms(maximum_age=17), GROWN, Said.NOTHING, NotTheirAge),
        (Terms(minimum_age=18), SIXTEEN, Said.NOTHING, AskAge),  # they may have turned 18 since
        (Terms(minimum_age=16, maximum_age=25), UNKNOWN, Said.NOTHING, AskAge),
        (Terms(minimum_age=16, maximum_age=25), GROWN, Said.NOTHING, AskAge),  # 18 to 28 is not all within
        (Terms(minimum_age=16), UNKNOWN, Said.YES, Welcome(None)),
        (Terms(minimum_age=16), UNKNOWN, Said.NO, NotTheirAge),
    ],
)
def test_ages_are_taken_from_what_was_told_and_asked_only_where_that_leaves_a_doubt(
    terms: Terms, told: tuple[int, int] | None, said: Said, outcome: object
) -> None:
    found = signing.admit(terms, young(told), Words(fits=said), 18)
    assert found == outcome if isinstance(outcome, Welcome) else type(found) is outcome


def test_staff_are_never_asked_their_age() -> None:
    terms = Terms(minimum_age=15, maximum_age=17, guardian=True)
    assert signing.admit(terms, Applicant(is_youth=False), Words(), 18) == Welcome(None)


@pytest.mark.feature("S2.12")
def test_only_who_took_part_before_may_come_to_what_follows() -> None:
    stranger = Applicant(is_youth=True, took_part=False)
    assert isinstance(signing.admit(Terms(after=(3,)), stranger, Words(), 18), OnlyAfter)


@given(told=SPANS, lowest=st.none() | st.integers(5, 40), highest=st.none() | st.integers(5, 60))
def test_whoever_is_let_in_without_a_question_is_of_that_age_whatever_it_is_within_their_band(
    told: tuple[int, int] | None, lowest: int | None, highest: int | None
) -> None:
    found = signing.admit(Terms(minimum_age=lowest, maximum_age=highest), young(told), Words(), 18)
    if isinstance(found, Welcome) and (lowest or highest is not None):
        assert told is not None
        assert (lowest or 0) <= told[0]
        assert highest is None or told[1] <= highest
    if isinstance(found, NotTheirAge):
        assert told is not None
        assert highest is not None
        assert told[0] > highest


@pytest.mark.parametrize("band", ["under_13", "13_14", "15_17", "18_28", "29", "over_29"])
def test_the_bands_are_those_of_the_settings_and_leave_no_gap(band: str) -> None:
    span = ages.span_of(band, Settings.model_construct())
    assert span is not None
    assert span[0] <= span[1]
    assert ages.span_of("unknown", Settings.model_construct()) is None


# --- permission -------------------------------------------------------------------------------------------------


@pytest.mark.feature("I14")
@pytest.mark.parametrize(
    ("told", "said", "outcome"),
    [
        (SIXTEEN, Said.NOTHING, Welcome(under_age=True)),
        (GROWN, Said.NOTHING, Welcome(under_age=False)),
        (UNKNOWN, Said.NOTHING, AskAdult()),
        (UNKNOWN, Said.NO, Welcome(under_age=True)),
        (UNKNOWN, Said.YES, Welcome(under_age=False)),
    ],
)
def test_a_permission_is_wanted_for_whoever_is_not_of_age_and_who_never_told_is_asked(
    told: tuple[int, int] | None, said: Said, outcome: object
) -> None:
    found = signing.admit(Terms(guardian=True), young(told), Words(adult=said), 18)
    assert found == outcome or type(found) is type(outcome) is AskAdult


def test_an_event_for_adults_asks_nobody_for_a_permission() -> None:
    found = signing.admit(Terms(minimum_age=18, guardian=True), young(None), Words(fits=Said.YES), 18)
    assert found == Welcome(under_age=False)


@pytest.mark.feature("I14")
def test_a_permission_is_missing_until_it_is_noted() -> None:
    terms, minor = Terms(guardian=True), Invitation(Reply.YES, Seat.HELD, under_age=True)
    assert signing.lacks_permission(terms, minor)
    assert not signing.lacks_permission(terms, replace(minor, guardian_at=NOW))
    assert not signing.lacks_permission(Terms(), minor)
    assert not signing.lacks_permission(terms, replace(minor, under_age=False))


# --- scope ------------------------------------------------------------------------------------------------------


def test_a_code_name_is_shown_to_the_coordinator_of_that_place_and_to_national_ones() -> None:
    ogre = Person(1, Language.LV, "Tilts-101", grants=frozenset({Grant(Role.COORDINATOR, "LV-067")}))
    national = replace(ogre, grants=frozenset({Grant(Role.COORDINATOR, None)}))
    assert signing.in_scope(ogre, {"LV-067", None})
    assert not signing.in_scope(ogre, {"LV-022", None})
    assert not signing.in_scope(ogre, {None})
    assert signing.in_scope(national, {None})
