"""Which open events somebody finds, and why."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.directory.rules import Region, find, municipalities
from bot.events.audience import Audience, Group
from bot.events.event import Event, Funder, Kind, Particulars, State, Terms
from bot.events.finding.fitting import Fits, Found, Hidden, Nearby, Seeker, fit
from bot.events.finding.store_mutes import SUBJECTS
from bot.settings import Settings
from bot.words import InLanguages, Language

SETTINGS = Settings.model_construct()
OGRE, CESIS, RIGA = "LV-067", "LV-022", "LV-RIX"
YOUTH = frozenset({Group.YOUTH})
TITLE = InLanguages({Language.LV: "Picas vakars"}, Language.LV)
STARTS = datetime(2026, 3, 12, 15, 0, tzinfo=UTC)
EVENT = Event(7, 1, State.SENT, TITLE, TITLE, "Centrs", STARTS, Audience(OGRE, YOUTH), listed=True)
ANNA = Seeker(OGRE, Language.LV)


def to(**changes: object) -> Event:
    return replace(EVENT, audience=replace(EVENT.audience, **changes))  # type: ignore[arg-type]


def keys(found: Found) -> list[str]:
    assert isinstance(found, Fits | Nearby)
    return [one.key for one in found.reasons]


@pytest.mark.parametrize(
    ("event", "seeker", "expected"),
    [
        (EVENT, ANNA, Fits),
        (replace(EVENT, listed=False), ANNA, Hidden.NOT_OPEN),
        (to(groups=frozenset({Group.MENTORS})), ANNA, Hidden.NOT_FOR_YOUTH),
        (EVENT, replace(ANNA, muted=frozenset({"event:other"})), Hidden.MUTED),
        (EVENT, replace(ANNA, muted=frozenset({"news:other", "event:camp"})), Fits),
        (EVENT, Seeker(RIGA, Language.LV), Hidden.ELSEWHERE),
        (EVENT, Seeker(CESIS, Language.LV), Nearby),
        (EVENT, Seeker(None, Language.LV), Hidden.ELSEWHERE),
        (to(municipality=None), Seeker(None, Language.LV), Fits),
        (to(municipality=None, region=Region.VIDZEME), Seeker(CESIS, Language.LV), Fits),
        (to(municipality=None, region=Region.VIDZEME), Seeker(None, Language.LV), Hidden.ELSEWHERE),
        (to(languages=frozenset({Language.UK})), ANNA, Hidden.OTHER_LANGUAGE),
        (replace(EVENT, terms=Terms(minimum_age=18)), replace(ANNA, band="15_17"), Hidden.OTHER_AGE),
        (replace(EVENT, terms=Terms(minimum_age=16)), replace(ANNA, band="15_17"), Fits),
        (replace(EVENT, terms=Terms(minimum_age=18)), ANNA, Fits),
    ],
)
def test_what_an_event_is_to_somebody(event: Event, seeker: Seeker, expected: object) -> None:
    found = fit(event, seeker, SETTINGS)
    assert found is expected if isinstance(expected, Hidden) else isinstance(found, expected)  # type: ignore[arg-type]


def test_the_neighbours_of_the_same_region_find_it_as_nearby() -> None:
    ogre = find(OGRE)
    assert ogre is not None
    for one in municipalities():
        found = fit(EVENT, Seeker(one.code, Language.LV), SETTINGS)
        if one.code == OGRE:
            assert isinstance(found, Fits)
        else:
            assert isinstance(found, Nearby) is (one.region is ogre.region)


def test_every_reason_is_told_in_its_own_words() -> None:
    event = replace(
        EVENT,
        terms=Terms(minimum_age=15, maximum_age=17),
        particulars=Particulars(languages=("uk", "lv"), funder=Funder.ERASMUS_YOUTH),
    )
    assert keys(fit(event, ANNA, SETTINGS)) == [
        "directory.any.place.lv_067",
        "events.any.fits.spoken",
        "events.any.fits.ages",
        "events.any.funder.erasmus_youth",
    ]
    assert keys(fit(event, replace(ANNA, language=Language.EN), SETTINGS))[1] == "events.any.fits.ages"


PLACES = st.sampled_from([None, *(one.code for one in municipalities())])
SEEKERS = st.builds(
    Seeker,
    PLACES,
    st.sampled_from(Language),
    st.sampled_from([None, "13_14", "15_17", "18_28", "29"]),
    st.frozensets(st.sampled_from(sorted(SUBJECTS)), max_size=3),
)
EVENTS = st.builds(
    lambda place, kind, lowest, spoken: replace(
        EVENT,
        kind=kind,
        audience=replace(EVENT.audience, municipality=place, languages=spoken),
        terms=Terms(minimum_age=lowest),
    ),
    PLACES,
    st.sampled_from([kind for kind in Kind if kind is not Kind.ANNOUNCEMENT]),
    st.sampled_from([None, 15, 18]),
    st.frozensets(st.sampled_from(Language), max_size=2),
)


@given(EVENTS, SEEKERS)
def test_telling_less_hides_nothing_but_what_is_for_one_place(event: Event, seeker: Seeker) -> None:
    """Somebody who told no age and muted nothing finds at least as much."""
    told = fit(event, seeker, SETTINGS)
    untold = fit(event, replace(seeker, band=None, muted=frozenset()), SETTINGS)
    if not isinstance(told, Hidden):
        assert type(untold) is type(told)


@given(EVENTS, SEEKERS)
def test_what_is_for_all_latvia_is_near_to_nobody_and_fits_or_is_hidden(event: Event, seeker: Seeker) -> None:
    found = fit(replace(event, audience=replace(event.audience, municipality=None)), seeker, SETTINGS)
    assert isinstance(found, Fits | Hidden)
    assert found is not Hidden.ELSEWHERE
