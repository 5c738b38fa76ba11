"""Organisations that look for a partner for a project: what they say of it, and which two fit. Pure.

Two sides are brought together, as in the long-term project for inclusion: organisations that work with young people
in hard situations every day, and organisations that have carried out international projects.
"""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final, assert_never


class Side(StrEnum):
    """What an organisation brings."""

    DAILY = "daily"
    """It works with these young people every day."""
    EXPERIENCED = "experienced"
    """It has carried out international projects."""

    @property
    def other(self) -> "Side":
        return Side.EXPERIENCED if self is Side.DAILY else Side.DAILY


class Field(StrEnum):
    """What a project is about."""

    WORK = "work"
    LEARNING = "learning"
    VOLUNTEERING = "volunteering"
    WELLBEING = "wellbeing"
    CULTURE = "culture"
    SPORT = "sport"
    NATURE = "nature"
    DIGITAL = "digital"
    INCLUSION = "inclusion"


class Part(StrEnum):
    """What is asked of a wish, in this order."""

    ORGANIZATION = "organization"
    SUBJECT = "subject"
    FIELDS = "fields"
    COUNTRIES = "countries"
    LANGUAGES = "languages"
    DATES = "dates"
    CONTACT = "contact"


LONGEST: Final = {Part.ORGANIZATION: 120, Part.SUBJECT: 200, Part.CONTACT: 200}
"""Of what is typed, in letters."""

STILL_LOOKING_AFTER: Final = timedelta(days=90)
"""When somebody is asked whether they still look."""

CLOSED_UNANSWERED_AFTER: Final = timedelta(days=14)
"""A wish whose owner did not answer that is closed, and they are told."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What an organisation looks for. Moments are aware, in UTC; days are local; codes are ISO 3166-1 and ISO 639-1."""

    id: int
    person_id: int
    side: Side
    organization: str | None = None
    subject: str | None = None
    fields: frozenset[Field] = field(default_factory=frozenset)
    countries: frozenset[str] = field(default_factory=frozenset)
    """Empty: whichever."""
    languages: frozenset[str] = field(default_factory=frozenset)
    from_on: date | None = None
    until_on: date | None = None
    """None: at any time."""
    contact: str | None = None
    published_at: datetime | None = None
    next_at: datetime | None = None
    asked_at: datetime | None = None
    closed_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        return self.published_at is not None and self.closed_at is None


def missing(wish: Wish) -> Part | None:
    """The first thing without which nobody could be found; None once it is whole."""
    for part in Part:
        match part:
            case Part.ORGANIZATION:
                there = wish.organization is not None
            case Part.SUBJECT:
                there = wish.subject is not None
            case Part.FIELDS:
                there = bool(wish.fields)
            case Part.LANGUAGES:
                there = bool(wish.languages)
            case Part.CONTACT:
                there = wish.contact is not None
            case Part.COUNTRIES | Part.DATES:
                there = True
            case never:
                assert_never(never)
        if not there:
            return part
    return None


def worded(wish: Wish, part: Part, words: str) -> Wish | None:
    """The wish with what was typed for that part; None where nothing fits: too long, empty, or not to be typed."""
    if part not in LONGEST or not 0 < len(words) <= LONGEST[part]:
        return None
    match part:
        case Part.ORGANIZATION:
            return replace(wish, organization=words)
        case Part.SUBJECT:
            return replace(wish, subject=words)
        case Part.CONTACT:
            return replace(wish, contact=words)
        case _:
            return None


def after(part: Part) -> Part | None:
    """What is asked next; None behind the last."""
    parts = list(Part)
    at = parts.index(part) + 1
    return parts[at] if at < len(parts) else None


def before(part: Part) -> Part | None:
    """What was asked before; None before the first."""
    parts = list(Part)
    at = parts.index(part)
    return parts[at - 1] if at else None


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why two fit. Dates are those both can; countries and dates are empty where both leave them open."""

    fields: tuple[Field, ...]
    languages: tuple[str, ...]
    countries: tuple[str, ...]
    from_on: date | None
    until_on: date | None

    @property
    def weight(self) -> int:
        """More is a better fit."""
        return 3 * len(self.fields) + 2 * len(self.countries) + len(self.languages)


def fits(one: Wish, other: Wish, today: date) -> Reasons | None:
    """Why these two could do a project together; None where something stands against it.

    They stand on different sides, share a field and a language, no country or date rules the other out, and neither is
    the other's own.
    """
    if not (one.is_open and other.is_open) or one.side is other.side or one.person_id == other.person_id:
        return None
    if (one.organization or "").casefold() == (other.organization or "").casefold():
        return None
    shared = _shared(one.countries, other.countries)
    fields = tuple(each for each in Field if each in one.fields & other.fields)
    languages = tuple(sorted(one.languages & other.languages))
    from_on, until_on = _later(one.from_on, other.from_on), _sooner(one.until_on, other.until_on)
    if shared is None or not fields or not languages:
        return None
    if until_on is not None and until_on < (today if from_on is None else max(from_on, today)):
        return None
    return Reasons(fields, languages, shared, from_on, until_on)


def _shared(one: frozenset[str], other: frozenset[str]) -> tuple[str, ...] | None:
    """The countries both name; whichever is open takes what the other names; None where they name different ones."""
    if not one or not other:
        return tuple(sorted(one | other))
    return tuple(sorted(one & other)) or None


def _later(one: date | None, other: date | None) -> date | None:
    return max((each for each in (one, other) if each is not None), default=None)


def _sooner(one: date | None, other: date | None) -> date | None:
    return min((each for each in (one, other) if each is not None), default=None)


@dataclass(frozen=True, slots=True)
class Dates:
    """From that day to that one, both included."""

    from_on: date
    until_on: date


class WrongDates(StrEnum):
    """Why two dates will not do; the last word of the key that says it."""

    UNREADABLE = "dates_unreadable"
    REVERSED = "dates_reversed"
    PAST = "dates_past"
    FAR = "dates_far"


FURTHEST: Final = timedelta(days=3 * 366)


def checked(from_on: date | None, until_on: date | None, today: date) -> Dates | WrongDates:
    """Two typed days, in order, not over, and not years away."""
    if from_on is None or until_on is None:
        return WrongDates.UNREADABLE
    if until_on < from_on:
        return WrongDates.REVERSED
    if until_on < today:
        return WrongDates.PAST
    if until_on > today + FURTHEST:
        return WrongDates.FAR
    return Dates(from_on, until_on)
