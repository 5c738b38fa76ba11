"""What can be chosen of an audience, one thing at a time, and what the choices amount to. Pure."""

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from typing import Final, TypeVar

from bot.directory.rules import Region, in_region
from bot.events.audience import Audience, Group, Standing
from bot.events.event import Terms
from bot.events.whom.ages import span_of
from bot.settings import Settings
from bot.words import Language

WISHES: Final = ("learn", "work", "talk", "language", "people", "unsure")
"""What somebody can say in the questions that they are drawn to; the words are `programme.any.wish.*`."""

STAGES: Final[Mapping[Standing, tuple[str, ...]]] = {
    Standing.CONTACT: ("contact",),
    Standing.PROGRAMME: ("profiling", "programme", "paused"),
    Standing.AFTERCARE: ("aftercare",),
    Standing.OVER: ("elsewhere", "not_now", "closed"),
}
"""The stages of a case (`bot.programme.rules.Stage`) at each standing; whoever has no case is new."""


class Cut(StrEnum):
    """By what an audience can be narrowed down."""

    LANGUAGES = "languages"
    STANDINGS = "standings"
    AGES = "ages"
    WISHES = "wishes"
    NETWORKS = "networks"
    ATTENDED = "attended"


OF_YOUTH: Final = frozenset({Cut.STANDINGS, Cut.AGES, Cut.WISHES})
"""What is known of young people alone, and leaves staff as they are."""

One = TypeVar("One")

_BANDS: Final = ("under_13", "under_15", "13_14", "15_17", "18_28", "29", "over_29")
"""The age bands of the questions, of every version."""

_CHOOSABLE: Final = ("13_14", "15_17", "18_28", "29")
"""Of these are those who can agree by themselves to be invited, and for whom there is something, the youngest first."""

_NO_END: Final = 1000


def ages_to_choose(settings: Settings) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The ages at which bands begin, and those at which they end: where an audience can be cut exactly."""
    found = [span for band in _CHOOSABLE if (span := span_of(band, settings)) is not None]
    return tuple(first for first, _ in found), tuple(last for _, last in found)


def bands_between(youngest: int | None, oldest: int | None, settings: Settings) -> frozenset[str] | None:
    """The bands in which somebody can be of such an age (both ends included); None where no age is asked for.

    Of most only the band is known: whoever can be old enough is invited, and the invitation says for whom it is.
    """
    if youngest is None and oldest is None:
        return None
    least, most = youngest or 0, _NO_END if oldest is None else oldest
    known = {band: span for band in _BANDS if (span := span_of(band, settings)) is not None}
    return frozenset(band for band, (first, last) in known.items() if max(first, least) <= min(last, most))


def bands(audience: Audience, terms: Terms, settings: Settings) -> frozenset[str] | None:
    """The age bands that both the audience and the terms of the event allow; None for all, even those unknown."""
    chosen = bands_between(audience.youngest, audience.oldest, settings)
    allowed = bands_between(terms.minimum_age, terms.maximum_age, settings)
    if chosen is None or allowed is None:
        return allowed if chosen is None else chosen
    return chosen & allowed


def is_open(audience: Audience) -> bool:
    """Whether it is for whoever is in the networks, or took part, whatever group they are of."""
    return not audience.groups and bool(audience.networks or audience.attended)


def holds_youth(audience: Audience) -> bool:
    """Whether young people can be among the invited."""
    return Group.YOUTH in audience.groups or is_open(audience)


def is_narrowed(audience: Audience, terms: Terms, settings: Settings) -> bool:
    """Whether the number of young people would say something of single ones among them."""
    said = (audience.languages, audience.standings, audience.wishes, audience.attended, terms.after)
    return holds_youth(audience) and (any(said) or bands(audience, terms, settings) is not None)


def municipalities_of(audience: Audience) -> frozenset[str] | None:
    """Where people have to be; None for anywhere. Networks and earlier events are asked for wherever people are."""
    if audience.networks or audience.attended:
        return None
    if audience.municipality is not None:
        return frozenset({audience.municipality})
    return None if audience.region is None else frozenset(one.code for one in in_region(audience.region))


# --- one choice at a time ---------------------------------------------------------------------------------------


def placed(audience: Audience | None, municipality: str | None) -> Audience:
    """The audience there, of the municipality or of all Latvia; young people where nothing was chosen before."""
    if audience is None:
        return Audience(municipality, frozenset({Group.YOUTH}))
    return replace(audience, municipality=municipality, region=None)


def placed_in(audience: Audience | None, region: Region) -> Audience:
    """The audience of that planning region."""
    return replace(placed(audience, None), region=region)


def with_group(audience: Audience, group: Group, *, chosen: bool) -> Audience:
    return replace(audience, groups=_with(audience.groups, group, chosen=chosen))


def with_language(audience: Audience, language: Language, *, chosen: bool) -> Audience:
    return replace(audience, languages=_with(audience.languages, language, chosen=chosen))


def with_standing(audience: Audience, standing: Standing, *, chosen: bool) -> Audience:
    return replace(audience, standings=_with(audience.standings, standing, chosen=chosen))


def with_interest(audience: Audience, wish: str, *, chosen: bool) -> Audience:
    return replace(audience, wishes=_with(audience.wishes, wish, chosen=chosen))


def with_network(audience: Audience, network: int, *, chosen: bool) -> Audience:
    """With that network. Its members are seldom young people: where only those were chosen, all members are meant."""
    groups = audience.groups - {Group.YOUTH} if chosen and audience.groups == {Group.YOUTH} else audience.groups
    return replace(audience, groups=groups, networks=_with(audience.networks, network, chosen=chosen))


def with_earlier(audience: Audience, event: int, *, chosen: bool) -> Audience:
    """With those who took part in that event."""
    return replace(audience, attended=_with(audience.attended, event, chosen=chosen))


def aged(audience: Audience, youngest: int | None, oldest: int | None) -> Audience:
    """Of such an age, both ends included; the wrong way round is what was chosen last, the youngest alone."""
    if youngest is not None and oldest is not None and oldest < youngest:
        oldest = None
    return replace(audience, youngest=youngest, oldest=oldest)


def everybody(audience: Audience, cut: Cut) -> Audience:
    """The audience no longer narrowed down by that."""
    match cut:
        case Cut.LANGUAGES:
            return replace(audience, languages=frozenset())
        case Cut.STANDINGS:
            return replace(audience, standings=frozenset())
        case Cut.AGES:
            return replace(audience, youngest=None, oldest=None)
        case Cut.WISHES:
            return replace(audience, wishes=frozenset())
        case Cut.NETWORKS:
            return replace(audience, networks=frozenset())
        case Cut.ATTENDED:
            return replace(audience, attended=frozenset())


def is_cut(audience: Audience, cut: Cut) -> bool:
    """Whether it is narrowed down by that."""
    return everybody(audience, cut) != audience


def _with(chosen_before: frozenset[One], one: One, *, chosen: bool) -> frozenset[One]:
    return chosen_before | {one} if chosen else chosen_before - {one}
