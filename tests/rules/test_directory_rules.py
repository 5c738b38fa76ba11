"""The municipalities are all there, each is found by its link, and no city is mistaken for the county around it."""

from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from bot.directory.rules import (
    UNKNOWN_PLACE,
    Region,
    find,
    find_slug,
    in_region,
    municipalities,
    place_key,
    region_key,
)

LOCALES = Path(__file__).resolve().parents[2] / "locales"
LONGEST_BUTTON = 34


def names(language: str) -> dict[str, str]:
    with (LOCALES / language / "LC_MESSAGES" / "directory.po").open("rb") as file:
        return {str(message.id): str(message.string) for message in read_po(file) if message.id}


def test_there_are_the_forty_two_municipalities_of_2025() -> None:
    assert len(municipalities()) == 42
    assert len({one.slug for one in municipalities()}) == 42


def test_the_five_regions_share_out_all_of_them_in_button_sized_lists() -> None:
    by_region = {region: in_region(region) for region in Region}
    assert [len(by_region[region]) for region in Region] == [9, 10, 8, 6, 9]
    assert {one for places in by_region.values() for one in places} == set(municipalities())


def test_a_slug_finds_its_municipality_whatever_its_case() -> None:
    ogre = find_slug("Ogre")
    assert ogre is not None
    assert (ogre.code, ogre.region, ogre.takes_part) == ("LV-067", Region.VIDZEME, True)
    assert find_slug("atlantis") is None
    assert find_slug("") is None


@pytest.mark.parametrize(
    ("city", "around"),
    [("jelgava", "jelgavas-novads"), ("rezekne", "rezeknes-novads"), ("ventspils", "ventspils-novads")],
)
@pytest.mark.parametrize("language", ["lv", "uk", "en"])
def test_a_city_and_the_county_of_the_same_name_stay_two_places(city: str, around: str, language: str) -> None:
    inner, outer = find_slug(city), find_slug(around)
    assert inner is not None
    assert outer is not None
    assert inner.code != outer.code
    assert names(language)[place_key(inner.code)] != names(language)[place_key(outer.code)]


def test_only_those_known_to_take_part_are_marked_so() -> None:
    assert {one.slug for one in municipalities() if one.takes_part} == {"ogre", "jelgavas-novads"}


@pytest.mark.parametrize("language", ["lv", "uk", "en"])
def test_every_place_has_a_name_of_its_own_that_fits_a_button(language: str) -> None:
    known = names(language)
    places = [known[place_key(one.code)] for one in municipalities()]
    assert len(set(places)) == 42
    assert max(map(len, [*places, *(known[region_key(region)] for region in Region)])) <= LONGEST_BUTTON
    assert known[UNKNOWN_PLACE]


def test_a_place_nobody_knows_has_words_too() -> None:
    assert place_key(None) == place_key("LV-999") == UNKNOWN_PLACE
    assert find("LV-999") is None
