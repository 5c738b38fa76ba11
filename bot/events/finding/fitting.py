"""Which open events are for somebody who looks for themselves, and why. Pure.

Whoever looks need not have told anything: what is not known keeps nothing from them, and is no reason for anything
either. What narrows an event further than place, language and age (`is_particular`) is asked of `store_audience`.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.directory.countries import spoken_key
from bot.directory.rules import find, place_key, region_key
from bot.events.audience import Audience
from bot.events.event import Event, State
from bot.events.finding.store_mutes import subject_of
from bot.events.telling import ages
from bot.events.whom.audience_choices import bands, holds_youth, municipalities_of
from bot.settings import Settings
from bot.words import Language, Phrase, phrase


@dataclass(frozen=True, slots=True)
class Seeker:
    """A young person who looks for events. `municipality` may be one that they only look at."""

    municipality: str | None
    language: Language
    band: str | None = None
    """Of their age, as the screening tells it."""
    muted: frozenset[str] = frozenset()


class Hidden(StrEnum):
    """Why somebody does not find an event."""

    NOT_OPEN = "not_open"
    NOT_FOR_YOUTH = "not_for_youth"
    OTHER_AGE = "other_age"
    OTHER_LANGUAGE = "other_language"
    MUTED = "muted"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class Fits:
    """It is for them, and the reasons, each in a word or two."""

    reasons: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class Nearby:
    """It is for people of another place of the same region."""

    reasons: tuple[Phrase, ...]


Found = Fits | Nearby | Hidden


def fit(event: Event, seeker: Seeker, settings: Settings) -> Found:
    """What this event is to that person."""
    if event.takes_answers and not event.listed:  # news are for everybody whom they concern
        return Hidden.NOT_OPEN
    if not holds_youth(event.audience):
        return Hidden.NOT_FOR_YOUTH
    if subject_of(event.kind, event.particulars) in seeker.muted:
        return Hidden.MUTED
    if event.audience.languages and seeker.language not in event.audience.languages:
        return Hidden.OTHER_LANGUAGE
    wanted = bands(event.audience, event.terms, settings)
    if wanted is not None and seeker.band is not None and seeker.band not in wanted:
        return Hidden.OTHER_AGE
    there = municipalities_of(event.audience)
    if there is None or seeker.municipality in there:
        return Fits((_where(event.audience), *_why(event, seeker)))
    if _is_near(seeker.municipality, there):
        return Nearby((_where(event.audience), *_why(event, seeker)))
    return Hidden.ELSEWHERE


def can_be_found(event: Event, now: datetime, *, is_youth: bool) -> bool:
    """Whether such a person may look at it uninvited. What is to go out later may still be taken back until then."""
    is_out = event.state is not State.SENDING or event.send_at is None or event.send_at <= now
    return event.listed and is_out and (holds_youth(event.audience) or not is_youth)


def is_particular(event: Event) -> bool:
    """Whether it is for some more narrowly than place, language and age say."""
    audience = event.audience
    return bool(audience.standings or audience.wishes or audience.networks or audience.attended or event.terms.after)


def elsewhere(seeker: Seeker, municipality: str | None) -> Seeker:
    """The same person, looking at another place."""
    return replace(seeker, municipality=municipality)


def _is_near(municipality: str | None, there: frozenset[str]) -> bool:
    home = None if municipality is None else find(municipality)
    return home is not None and any((one := find(code)) and one.region is home.region for code in there)


def _where(audience: Audience) -> Phrase:
    if audience.networks or audience.attended:
        return phrase("events.any.fits.everywhere")
    if audience.municipality is not None:
        return phrase(place_key(audience.municipality))
    return phrase("events.any.fits.everywhere" if audience.region is None else region_key(audience.region))


def _why(event: Event, seeker: Seeker) -> tuple[Phrase, ...]:
    told = event.particulars
    reasons: list[Phrase] = []
    if seeker.language.value in told.languages:
        reasons.append(phrase("events.any.fits.spoken", language=phrase(spoken_key(seeker.language.value))))
    if (wanted := ages(event.terms)) is not None:
        reasons.append(phrase("events.any.fits.ages", ages=wanted))
    if told.funder is not None:
        reasons.append(phrase(f"events.any.funder.{told.funder.value}"))
    return tuple(reasons)
