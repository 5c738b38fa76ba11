"""Everybody whom the first questions send elsewhere is sent to something that is there, for them, and checked."""

import tomllib
from collections.abc import Iterator
from importlib.resources import files
from itertools import product
from pathlib import Path
from typing import Any, Final

import pytest
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

from bot.directory.rules import find, municipalities
from bot.directory.services import Mark, Need, Service, fit, services, told
from bot.safety.lines import lines
from bot.screening.ages import USUAL, Band
from bot.screening.questionnaire import Outcome
from bot.words import Language

LOCALES: Final = Path(__file__).resolve().parents[2] / "locales"
PLACES: Final = (None, *(one.code for one in municipalities()))
LEADS_THERE: Final = {
    Need.CHILD: (Band.CHILD, Band.TEEN),
    Need.ADULT: (Band.OVER,),
    Need.STUDENT: (Band.MINOR, Band.ADULT, Band.LAST),
    Need.ACTIVE: (Band.MINOR, Band.ADULT, Band.LAST),
    Need.NVA: (Band.MINOR, Band.ADULT, Band.LAST),
}
"""The ages at which the decision table gives each outcome."""


def everybody() -> Iterator[tuple[Need, str | None, Language, str | None]]:
    """Every outcome that sends elsewhere with every age that it is given at, language and municipality."""
    for need, bands in LEADS_THERE.items():
        yield from product([need], (None, *(band.value for band in bands)), Language, PLACES)


def raw() -> list[dict[str, Any]]:
    text = files("bot.directory").joinpath("services.toml").read_text("utf-8")
    return list(tomllib.loads(text)["service"])


def words(language: Language) -> dict[str, str]:
    with (LOCALES / language.value / "LC_MESSAGES" / "directory.po").open("rb") as file:
        return {str(message.id): str(message.string) for message in read_po(file) if message.id}


def test_the_needs_are_the_outcomes_that_send_elsewhere() -> None:
    assert {need.value for need in Need} == {one.value for one in Outcome if one.value.startswith("refer_")}


@pytest.mark.feature("O7")
def test_nobody_is_sent_to_nothing_whatever_their_age_language_and_municipality() -> None:
    walked = list(everybody())
    assert [who for who in walked if not fit(*who)] == []
    assert len(walked) > 1_500
    print(f"\nO7: {len(walked)} combinations, least services {min(len(fit(*who)) for who in walked)}")


@pytest.mark.feature("O7")
def test_what_is_named_fits_the_age_and_the_place_of_whoever_it_is_named_to() -> None:
    for need, band, language, place in everybody():
        for one in fit(need, band, language, place):
            assert need in one.needs
            assert one.area is None or place in one.area
            assert not one.readers or language.value in one.readers
            if band is not None:
                youngest, oldest = USUAL.span(Band(band))
                assert (one.minimum_age or 0) <= youngest, one.id
                assert oldest <= (one.maximum_age or oldest), one.id


@given(st.sampled_from(Need), st.text(max_size=8), st.sampled_from(Language), st.text(max_size=8))
def test_an_age_or_place_nobody_knows_still_gets_what_is_there_for_the_whole_country(
    need: Need, band: str, language: Language, place: str
) -> None:
    named = fit(need, band, language, place)
    assert named
    assert all(one.area is None for one in named if find(place) is None)


def test_a_child_is_given_the_child_line_first_and_no_adult_is() -> None:
    for language, place in product(Language, PLACES):
        assert fit(Need.CHILD, "13_14", language, place)[0].id == "child_line"
        assert all(one.id != "child_line" for one in fit(Need.ADULT, "over_29", language, place))


def test_whoever_may_still_join_is_never_told_to_register_as_unemployed() -> None:
    for one in fit(Need.ACTIVE, "18_28", Language.EN, "LV-067"):
        said = " ".join(words(Language.EN)[f"directory.youth.service_{part}.{one.id}"] for part in ("what", "reach"))
        assert "register" not in said.lower()


@pytest.mark.feature("S4.9", "S4.10", "S4.5")
def test_the_partners_of_ogre_are_named_in_ogre_alone() -> None:
    def named(language: Language, place: str | None) -> set[str]:
        return {one.id for one in fit(Need.ADULT, "over_29", language, place)}

    assert "salvation_army_ogre" in named(Language.LV, "LV-067")
    assert {"salvation_army_ogre", "ukrainian_centre_ogre"} <= named(Language.UK, "LV-067")
    assert "ukrainian_centre_ogre" not in named(Language.LV, "LV-067")  # it is there for people from Ukraine
    for place in PLACES:
        if place != "LV-067":
            assert not {one for one in named(Language.UK, place) if one.endswith("_ogre")}


def test_a_contact_that_nobody_checked_is_never_shown() -> None:
    unchecked = [one for one in raw() if Mark(one["contact"]["mark"]) is not Mark.FOUND]
    assert unchecked
    by_id = {one.id: one for one in services()}
    for one in unchecked:
        contact = by_id[one["id"]].contact
        assert contact.phone is None
        assert contact.url is None
        offered = by_id[one["id"]].offered
        reach = [words(language)[f"directory.youth.service_reach.{one['id']}"] for language in Language]
        assert not offered or all("{phone}" not in said and said for said in reach)  # named with how to find it


def test_every_fact_has_a_mark_and_every_service_a_source() -> None:
    for one in raw():
        assert set(one["marks"]) == {"eligibility", "languages", "area"}, one["id"]
        assert one["source"], one["id"]
        assert "phone" not in one["contact"] or one["contact"]["source"], one["id"]
        assert one["languages"] or Mark(one["marks"]["languages"]) is Mark.OPEN, one["id"]


def test_numbers_are_those_of_the_help_card() -> None:
    known = {one.number for one in lines().values()}
    assert {one.contact.phone for one in services() if one.contact.phone} <= known


@pytest.mark.parametrize("language", Language)
def test_every_service_has_words_to_be_told_in(language: Language) -> None:
    known = words(language)
    for one in services():
        assert told(one).key in known
        for part in ("name", "what", "reach"):
            assert known[f"directory.youth.service_{part}.{one.id}"], one.id
    named = [known[f"directory.youth.service_name.{one.id}"] for one in services()]
    assert len(set(named)) == len(named)


def test_those_near_and_in_ones_own_language_come_before_others() -> None:
    def order(named: tuple[Service, ...]) -> list[str]:
        return [one.id for one in named]

    in_ogre = order(fit(Need.ADULT, "over_29", Language.UK, "LV-067"))
    assert in_ogre[0] == "nva_advice"
    assert in_ogre.index("ukrainian_centre_ogre") < in_ogre.index("social_service")
    assert in_ogre[-1] == "crisis_line"  # it does not speak Ukrainian
    assert order(fit(Need.ADULT, "over_29", Language.EN, None))[1] == "crisis_line"
