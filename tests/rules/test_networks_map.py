"""The picture of the 42 municipalities: every one is there, and it is read without colours too."""

from io import BytesIO
from itertools import pairwise

import pytest
from PIL import Image

from bot.directory.rules import Region, municipalities
from bot.networks import coverage_map, rules, tile_map
from bot.networks.network import Subject, Value
from bot.texts import Texts
from bot.words import Language, Phrase
from tests.rules.test_networks_rules import NOW, RIGA

TEXTS = Texts(RIGA)


def said(fact: object, language: Language) -> object:
    """The facts as the workshop hands them to a maker."""
    if isinstance(fact, Phrase):
        return TEXTS.plain(fact, language)
    if isinstance(fact, dict):
        return {name: said(one, language) for name, one in fact.items()}
    return fact


@pytest.mark.feature("S3.12")
def test_each_municipality_has_a_tile_of_its_own_and_no_name_of_a_region_covers_one() -> None:
    assert set(tile_map.TILES) == {one.code for one in municipalities()}
    assert set(tile_map.NAMES) == set(Region)
    taken = [*tile_map.TILES.values(), *tile_map.NAMES.values()]
    assert len(set(taken)) == len(taken) == 47


@pytest.mark.feature("S3.12")
def test_in_grey_the_three_values_are_far_apart() -> None:
    greys = sorted(
        Image.new("RGB", (1, 1), look.ground).convert("L").getpixel((0, 0)) for look in tile_map.LOOKS.values()
    )
    assert all(lighter - darker > 45 for darker, lighter in pairwise(greys))
    assert len({look.sign for look in tile_map.LOOKS.values()}) == 3


@pytest.mark.feature("S3.12")
@pytest.mark.parametrize("language", [Language.LV, Language.UK])
def test_the_picture_is_made_in_the_readers_language_and_is_the_same_every_time(language: Language) -> None:
    facts = coverage_map.facts(rules.current([]), Subject.PLAN, NOW.date())
    given = said(facts, language)
    assert isinstance(given, dict)
    made, again = coverage_map.make(given), coverage_map.make(given)
    (picture,) = made.attachments
    assert picture.content == again.attachments[0].content
    opened = Image.open(BytesIO(picture.content))
    assert opened.width == tile_map.WIDTH
    assert opened.width + opened.height < 10_000
    assert len(picture.content) < 1_000_000
    assert Value.UNKNOWN.value in given["legend"]
