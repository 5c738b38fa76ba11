"""Whom an invitation is for, choice by choice, and how much of the numbers may be told."""

from dataclasses import replace
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.directory.rules import Region, in_region
from bot.events.audience import Audience, Group, Standing, audience_from
from bot.events.event import Kind, Particulars, Terms
from bot.events.finding.store_mutes import SUBJECTS, Mutable, subject, subject_of
from bot.events.whom import audience_choices as choices
from bot.events.whom.audience_choices import Cut
from bot.events.whom.reach import Heads, LeftOut, Reach
from bot.figures.suppression import Range
from bot.programme.rules import Stage
from bot.screening.ages import Ages, Band
from bot.screening.questionnaire import CURRENT, published
from bot.settings import Settings
from bot.words import Language

OGRE: Final = "LV-067"
SETTINGS: Final = Settings.model_construct()
YOUTH: Final = Audience(OGRE, frozenset({Group.YOUTH}))
STAFF: Final = Audience(OGRE, frozenset({Group.MENTORS, Group.LEADS}))
NARROWER: Final = (
    replace(YOUTH, languages=frozenset({Language.UK})),
    replace(YOUTH, standings=frozenset({Standing.NEW})),
    replace(YOUTH, youngest=18),
    replace(YOUTH, oldest=17),
    replace(YOUTH, wishes=frozenset({"talk"})),
    replace(YOUTH, attended=frozenset({1})),
)

heads = st.builds(Heads, youth=st.integers(0, 60), staff=st.integers(0, 60))


# --- choosing ---------------------------------------------------------------------------------------------------


@pytest.mark.feature("I1")
def test_choosing_the_same_twice_changes_nothing_and_taking_it_out_leaves_what_was_before() -> None:
    for choose in (
        lambda one, chosen: choices.with_group(one, Group.PARTNERS, chosen=chosen),
        lambda one, chosen: choices.with_language(one, Language.UK, chosen=chosen),
        lambda one, chosen: choices.with_standing(one, Standing.NEW, chosen=chosen),
        lambda one, chosen: choices.with_interest(one, "work", chosen=chosen),
        lambda one, chosen: choices.with_earlier(one, 7, chosen=chosen),
        lambda one, chosen: choices.with_network(one, 7, chosen=chosen),
    ):
        once = choose(STAFF, True)
        assert once != STAFF
        assert choose(once, True) == once
        assert choose(once, False) == STAFF == choose(STAFF, False)


@pytest.mark.parametrize("narrower", [*NARROWER, replace(YOUTH, networks=frozenset({1}))])
def test_everybody_takes_back_that_one_limit_and_it_survives_being_kept(narrower: Audience) -> None:
    assert audience_from(OGRE, narrower.as_json()) == narrower
    cut = [one for one in Cut if choices.is_cut(narrower, one)]
    assert len(cut) == 1
    assert choices.everybody(narrower, cut[0]) == YOUTH


@pytest.mark.feature("S3.15")
@pytest.mark.parametrize("region", Region)
def test_a_region_is_all_its_municipalities_and_a_municipality_chosen_later_takes_its_place(region: Region) -> None:
    whole = choices.placed_in(YOUTH, region)
    assert whole.municipality is None
    assert choices.municipalities_of(whole) == {one.code for one in in_region(region)}
    assert choices.municipalities_of(choices.placed(whole, OGRE)) == {OGRE}
    assert choices.municipalities_of(choices.placed(whole, None)) is None


def test_a_network_means_all_its_members_where_only_young_people_were_chosen() -> None:
    assert choices.is_open(choices.with_network(YOUTH, 1, chosen=True))
    assert choices.with_network(STAFF, 1, chosen=True).groups == STAFF.groups
    assert choices.municipalities_of(choices.with_network(YOUTH, 1, chosen=True)) is None
    assert not choices.is_open(replace(YOUTH, groups=frozenset()))


@given(st.integers(5, 60) | st.none(), st.integers(5, 60) | st.none())
def test_ages_the_wrong_way_round_are_never_kept(youngest: int | None, oldest: int | None) -> None:
    aged = choices.aged(YOUTH, youngest, oldest)
    assert aged.youngest == youngest
    assert aged.oldest is None or aged.youngest is None or aged.youngest <= aged.oldest


# --- what is asked of whom --------------------------------------------------------------------------------------


def test_every_stage_of_a_case_stands_somewhere_and_only_there() -> None:
    stages = [stage for those in choices.STAGES.values() for stage in those]
    assert sorted(stages) == sorted(stage.value for stage in Stage)
    assert set(choices.STAGES) == set(Standing) - {Standing.NEW}


def test_what_can_be_an_interest_is_what_the_questions_offer() -> None:
    form = published()[CURRENT]
    wish = next(question for question in form.questions if question.id == "wish")
    assert wish.options({}) == choices.WISHES


@given(st.integers(5, 60) | st.none(), st.integers(5, 60) | st.none())
def test_a_band_fits_where_somebody_in_it_can_be_of_such_an_age(youngest: int | None, oldest: int | None) -> None:
    found = choices.bands_between(youngest, oldest, SETTINGS)
    if found is None:
        assert (youngest, oldest) == (None, None)
        return
    wanted = range(youngest or 0, 119 if oldest is None else oldest + 1)
    for band in (Band.TEEN, Band.MINOR, Band.ADULT, Band.LAST):
        first, last = Ages.of(SETTINGS).span(band)
        assert (band.value in found) is any(first <= age <= last for age in wanted)


def test_the_terms_of_the_event_and_the_audience_count_together() -> None:
    adults = replace(YOUTH, youngest=18)
    assert choices.bands(adults, Terms(), SETTINGS) == {"18_28", "29", "over_29"}
    assert choices.bands(adults, Terms(maximum_age=28), SETTINGS) == {"18_28"}
    assert choices.bands(adults, Terms(maximum_age=17), SETTINGS) == frozenset()
    assert choices.bands(YOUTH, Terms(), SETTINGS) is None


def test_ages_can_be_chosen_where_bands_begin_and_end() -> None:
    begins, ends = choices.ages_to_choose(SETTINGS)
    assert begins == (13, 15, 18, 29)
    assert ends == (14, 17, 28, 29)


# --- what may be told -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("narrower", NARROWER)
def test_what_nobody_should_learn_of_a_single_one_narrows(narrower: Audience) -> None:
    assert choices.is_narrowed(narrower, Terms(), SETTINGS)
    assert not choices.is_narrowed(replace(narrower, groups=STAFF.groups), Terms(), SETTINGS)


def test_place_and_group_do_not_narrow_but_the_terms_of_an_event_do() -> None:
    assert not choices.is_narrowed(YOUTH, Terms(), SETTINGS)
    assert not choices.is_narrowed(STAFF, Terms(after=(1,)), SETTINGS)
    assert choices.is_narrowed(YOUTH, Terms(after=(1,)), SETTINGS)
    assert choices.is_narrowed(YOUTH, Terms(minimum_age=18), SETTINGS)


@given(invited=heads, fewest=st.integers(3, 10))
def test_a_narrowed_number_is_the_same_for_everybody_within_its_range(invited: Heads, fewest: int) -> None:
    told = Reach(invited, narrowed=True).told(fewest)
    assert told.at_least <= invited.total <= told.at_most
    for youth in range(invited.youth - invited.youth % fewest, invited.youth - invited.youth % fewest + fewest):
        other = Reach(Heads(youth, invited.staff), narrowed=True)
        assert other.told(fewest) == told
        assert other.stated(fewest) == told.at_least
        assert not other.is_surely_nobody(fewest)


@given(invited=heads)
def test_a_number_that_is_not_narrowed_is_exact(invited: Heads) -> None:
    reach = Reach(invited)
    assert reach.told(5) == Range(invited.total, invited.total)
    assert reach.stated(5) == invited.total == reach.total
    assert reach.is_surely_nobody(5) is (invited.total == 0)


def test_reasons_that_few_have_are_never_named() -> None:
    left_out = {LeftOut.CANNOT: Heads(4), LeftOut.MUTED: Heads(5), LeftOut.TIRED: Heads(4, staff=1)}
    for narrowed in (True, False):
        told = Reach(Heads(), left_out, narrowed).told_left_out(5)
        assert told == {LeftOut.TIRED: Range(1, 5), LeftOut.MUTED: Range(5, 9)}


# --- mutes ------------------------------------------------------------------------------------------------------


@pytest.mark.feature("S3.7")
def test_news_go_by_what_they_are_of_and_everything_can_be_muted_but_announcements_as_such() -> None:
    assert subject_of(Kind.CAMP, Particulars()) == "event:camp"
    assert subject_of(Kind.ANNOUNCEMENT, Particulars(news_of=Kind.TRAINING)) == "news:training"
    assert subject_of(Kind.ANNOUNCEMENT, Particulars()) == "news:other"
    for kind in Kind:
        assert subject_of(kind, Particulars()) in SUBJECTS
    assert subject(Mutable.EVENT, Kind.ANNOUNCEMENT) not in SUBJECTS
    assert max(map(len, SUBJECTS)) <= 40
