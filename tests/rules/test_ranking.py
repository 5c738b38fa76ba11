"""Who is offered, in which order, and why: nobody unfit, and never somebody better below somebody worse."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.directory.ranking import (
    LATELY,
    Age,
    Candidate,
    First,
    Near,
    Ranked,
    Room,
    Standing,
    Tongue,
    Wanted,
    choice,
    standing_of,
)
from bot.directory.rules import Region, in_region, municipalities
from bot.directory.services import SPANS
from bot.texts import catalogue
from bot.words import Language

TODAY = date(2026, 3, 2)
OGRE, RIGA, MARUPE, DAUGAVPILS = "LV-067", "LV-RIX", "LV-062", "LV-DGV"
NEIGHBOUR = next(one.code for one in in_region(Region.VIDZEME) if one.code != OGRE)
WANTED = Wanted(OGRE, Language.UK, "18_28")
NEAR = Candidate(
    "service:1", "Sarunas", frozenset({OGRE}), languages=("lv", "uk"), minimum_age=15, maximum_age=29, free=2,
    checked_on=TODAY,
)  # fmt: skip

PLACES = st.sampled_from([OGRE, RIGA, MARUPE, DAUGAVPILS])
AGES = st.one_of(st.none(), st.integers(5, 60))
CANDIDATES = st.builds(
    Candidate,
    id=st.uuids().map(str),
    name=st.sampled_from(["A", "B", "c"]),
    areas=st.frozensets(PLACES, max_size=3),
    online=st.booleans(),
    languages=st.lists(st.sampled_from(["lv", "uk", "en", "ru"]), max_size=3, unique=True).map(tuple),
    speaks_others=st.booleans(),
    minimum_age=AGES,
    maximum_age=AGES,
    free=st.one_of(st.none(), st.integers(-2, 5)),
    checked_on=st.one_of(st.none(), st.dates(date(2025, 1, 1), TODAY)),
    in_team=st.booleans(),
    full_until=st.one_of(st.none(), st.dates(TODAY - timedelta(days=9), TODAY + timedelta(days=9))),
)
WISHES = st.builds(
    Wanted,
    municipality=st.one_of(st.none(), PLACES),
    language=st.sampled_from(Language),
    age_band=st.one_of(st.none(), st.sampled_from(list(SPANS))),
)
LISTS = st.lists(CANDIDATES, max_size=8, unique_by=lambda one: one.id)


@pytest.mark.feature("H2")
@pytest.mark.parametrize(
    ("worse", "thing"),
    [
        ({"areas": frozenset({NEIGHBOUR})}, "near"),
        ({"areas": frozenset()}, "near"),
        ({"areas": frozenset({DAUGAVPILS}), "online": True}, "near"),
        ({"languages": ()}, "tongue"),
        ({"languages": ("lv",)}, "tongue"),
        ({"minimum_age": 20}, "age"),
        ({"free": None}, "room"),
        ({"free": 0}, "room"),
        ({"checked_on": TODAY - LATELY - timedelta(days=1)}, "check"),
        ({"checked_on": None}, "check"),
    ],
)
def test_who_is_worse_in_one_thing_stands_below(worse: dict[str, object], thing: str) -> None:
    other = replace(NEAR, id="service:2", name="A", **worse)  # type: ignore[arg-type]  # one field at a time
    found = choice([other, NEAR], WANTED, TODAY)
    assert [one.candidate for one in found.offered] == [NEAR, other]
    best, below = (one.standing for one in found.offered)
    assert [name for name in Standing.__slots__ if getattr(best, name) != getattr(below, name)] == [thing]


@pytest.mark.feature("H2")
@given(LISTS, WISHES, st.sampled_from(First))
def test_better_in_one_and_worse_in_none_never_stands_below(
    candidates: list[Candidate], wanted: Wanted, first: First
) -> None:
    offered = choice(candidates, wanted, TODAY, first).offered
    for above, below in combinations(offered, 2):
        pairs = [(getattr(above.standing, name), getattr(below.standing, name)) for name in Standing.__slots__]
        assert above.standing == below.standing or any(upper < lower for upper, lower in pairs)


def test_for_a_young_person_the_language_counts_more_than_the_way() -> None:
    far = replace(NEAR, id="service:2", areas=frozenset(), online=True)
    near = replace(NEAR, languages=("lv",))
    for first, best in ((First.LANGUAGE, far), (First.PLACE, near)):
        assert choice([far, near], WANTED, TODAY, first).offered[0].candidate == best


@given(LISTS, WISHES, st.randoms())
def test_the_order_does_not_depend_on_where_they_stood(
    candidates: list[Candidate], wanted: Wanted, chance: object
) -> None:
    shuffled = list(candidates)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]  # random.Random
    assert choice(candidates, wanted, TODAY) == choice(shuffled, wanted, TODAY)


@pytest.mark.feature("H14")
@given(LISTS, WISHES)
def test_nobody_unfit_or_full_is_offered_and_nobody_fit_is_forgotten(
    candidates: list[Candidate], wanted: Wanted
) -> None:
    found = choice(candidates, wanted, TODAY)
    for one in found.offered:
        who = one.candidate
        assert who.full_until is None or who.full_until < TODAY
        home = {place.region for place in municipalities() if place.code == wanted.municipality}
        regions = {place.region for place in municipalities() if place.code in who.areas}
        assert not who.areas or who.online or wanted.municipality in who.areas or home & regions
        first, last = SPANS.get(wanted.age_band or "", (0, 200))
        assert (who.minimum_age or 0) <= last
        assert first <= (who.maximum_age or 200)
    assert all(one.candidate.full_until >= TODAY for one in found.full if one.candidate.full_until)
    fit = [one.id for one in candidates if standing_of(one, wanted, TODAY) is not None]
    assert sorted(fit) == sorted(one.candidate.id for one in (*found.offered, *found.full))


@pytest.mark.feature("H14")
def test_who_is_full_comes_last_and_is_back_the_day_after() -> None:
    full = replace(NEAR, full_until=TODAY)
    assert choice([full], WANTED, TODAY).offered == ()
    assert [one.candidate for one in choice([full], WANTED, TODAY).full] == [full]
    assert [one.candidate for one in choice([full], WANTED, TODAY + timedelta(days=1)).offered] == [full]


def test_nobody_is_said_to_have_free_places_while_they_take_nobody_new() -> None:
    (full,) = choice([replace(NEAR, free=3, full_until=TODAY)], WANTED, TODAY).full
    assert full.standing.room is Room.TAKEN


@pytest.mark.parametrize("language", Language)
def test_every_reason_has_words(language: Language) -> None:
    forms = catalogue(language).forms
    parts = {"near": Near, "tongue": Tongue, "age": Age, "room": Room}
    wanted = {f"directory.staff.why.{part}_{one.name.lower()}" for part, kinds in parts.items() for one in kinds}
    known = {"directory.staff.why.in_team", "directory.staff.why.check_lately", "directory.staff.why.check_long_ago"}
    assert (wanted | known) - {"directory.staff.why.room_unknown"} <= set(forms)


@given(CANDIDATES, WISHES)
def test_where_and_the_language_are_always_said(one: Candidate, wanted: Wanted) -> None:
    standing = standing_of(one, wanted, TODAY)
    if standing is not None:
        keys = [each.key for each in Ranked(one, standing, wanted).reasons.phrases]
        assert keys[0].startswith("directory.staff.why.near_")
        assert keys[1].startswith("directory.staff.why.tongue_")
        assert "directory.staff.why.room_unknown" not in keys
        assert "directory.staff.why.check_never" not in keys
