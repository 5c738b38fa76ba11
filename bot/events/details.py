"""What can be told of an event beside its title, text, place and start, and what is chosen of it. Pure.

Nothing here is asked on the way to the page of a draft; all of it is set from there, one by one, and can be taken out.
What is typed is read by `details_typed`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from bot.directory.countries import COUNTRIES, SPOKEN
from bot.events import further
from bot.events.audience import Group
from bot.events.event import FREE, Funder, Kind, Level, Particulars, Terms
from bot.events.writing.drafts import Draft
from bot.turn import Spot


class Detail(StrEnum):
    """One particular of an event, in the order they are offered."""

    END = "end"
    DEADLINE = "deadline"
    CAPACITY = "capacity"
    QUOTAS = "quotas"
    AGES = "ages"
    GUARDIAN = "guardian"
    NEEDS = "needs"
    AFTER = "after"
    COST = "cost"
    ACCESS = "access"
    TRAVEL = "travel"
    MAP = "map"
    LINK = "link"
    AGENDA = "agenda"
    SPOKEN = "spoken"
    LEVEL = "level"
    COUNTRY = "country"
    FUNDER = "funder"
    PUBLICITY = "publicity"
    LISTED = "listed"


class Section(StrEnum):
    """What the details are gathered under where there are many."""

    TIME = "time"
    WHO = "who"
    THERE = "there"
    FRAME = "frame"


SECTIONS: Final[Mapping[Section, tuple[Detail, ...]]] = {
    Section.TIME: (Detail.END, Detail.DEADLINE, Detail.CAPACITY, Detail.QUOTAS),
    Section.WHO: (Detail.AGES, Detail.GUARDIAN, Detail.NEEDS, Detail.AFTER, Detail.LISTED),
    Section.THERE: (
        Detail.COST,
        Detail.ACCESS,
        Detail.TRAVEL,
        Detail.MAP,
        Detail.LINK,
        Detail.AGENDA,
        Detail.SPOKEN,
    ),
    Section.FRAME: (Detail.LEVEL, Detail.COUNTRY, Detail.FUNDER, Detail.PUBLICITY),
}
"""Every detail stands in one of them."""

MANY: Final = 8
"""Where more can be told than this, the sections are shown first."""

SWITCHES: Final = frozenset({Detail.GUARDIAN, Detail.NEEDS, Detail.LISTED})
"""Those that are yes or no."""

CHOICES: Final[Mapping[Detail, tuple[str, ...]]] = {
    Detail.SPOKEN: SPOKEN,
    Detail.LEVEL: tuple(one.value for one in Level),
    Detail.COUNTRY: COUNTRIES,
    Detail.FUNDER: tuple(one.value for one in Funder),
}
"""Those that are chosen from a list."""

MOST: Final[Mapping[Detail, int]] = {
    Detail.COST: 100,
    Detail.ACCESS: 150,
    Detail.TRAVEL: 150,
    Detail.LINK: 200,
    Detail.AGENDA: 400,
    Detail.PUBLICITY: 300,
}
"""The longest texts, in UTF-16 units; together with those of `drafts.MOST` they stay below a message's 4096."""

POINTS: Final = 10
"""Of an agenda."""

LANGUAGES: Final = 5
"""In which one event is held, at most."""

PLACES: Final = 10_000
"""More than this is more likely mistyped than meant."""

OLDEST: Final = 99

_OF_NEWS: Final = (Detail.LINK, Detail.SPOKEN, Detail.LEVEL, Detail.COUNTRY, Detail.FUNDER, Detail.PUBLICITY)
_NOT_BY_VIDEO: Final = frozenset({Detail.TRAVEL, Detail.MAP, Detail.LINK})


def offered(kind: Kind) -> tuple[Detail, ...]:
    """What can be told of an event of that kind."""
    match kind:
        case Kind.ANNOUNCEMENT:
            return _OF_NEWS
        case Kind.VIDEO_CONFERENCE:
            return tuple(one for one in Detail if one not in _NOT_BY_VIDEO)
        case _:
            return tuple(Detail)


def sections(kind: Kind) -> tuple[Section, ...]:
    """What the details of an event of that kind are gathered under; none where there are few."""
    return tuple(Section) if len(offered(kind)) > MANY else ()


def section_of(detail: Detail) -> Section:
    """Where it stands."""
    return next(one for one, there in SECTIONS.items() if detail in there)


class Why(StrEnum):
    """Why something does not fit; the last word of the key that says so."""

    UNREADABLE = "unreadable"
    HOUR_MISSING = "hour_missing"
    END_BEFORE_START = "end_before_start"
    DEADLINE_AFTER_START = "deadline_after_start"
    PAST = "past"
    TOO_FAR = "too_far"
    NO_START = "no_start"
    NO_PLACES = "no_places"
    TOO_MANY_PLACES = "too_many_places"
    BELOW_QUOTA = "below_quota"
    ABOVE_CAPACITY = "above_capacity"
    AGES_REVERSED = "ages_reversed"
    TOO_LONG = "too_long"
    TOO_MANY_POINTS = "too_many_points"
    TOO_MANY_LANGUAGES = "too_many_languages"
    NOT_A_LINK = "not_a_link"
    OTHER_POINTS = "other_points"


@dataclass(frozen=True, slots=True)
class Wrong:
    """That cannot stand; `most` is the limit it breaks, where there is one."""

    why: Why
    most: int = 0


# --- chosen -----------------------------------------------------------------------------------------------------


def switched(draft: Draft, detail: Detail, *, on: bool) -> Draft:
    """The draft with that yes or no; ValueError for a detail that is neither."""
    match detail:
        case Detail.GUARDIAN:
            return with_terms(draft, guardian=on)
        case Detail.NEEDS:
            return with_terms(draft, asks_needs=on)
        case Detail.LISTED:
            return replace(draft, listed=on)
        case _:
            raise ValueError(f"{detail.value} is no switch")


def chosen(draft: Draft, detail: Detail, code: str, *, on: bool) -> Draft | Wrong:
    """The draft with that choice of a list, or without it; there may be several languages."""
    if code not in CHOICES.get(detail, ()):
        return Wrong(Why.UNREADABLE)
    if not on and detail is not Detail.SPOKEN:
        return without(draft, detail)
    match detail:
        case Detail.SPOKEN:
            before = draft.particulars.languages
            spoken = tuple(one for one in SPOKEN if (on if one == code else one in before))
            if len(spoken) > LANGUAGES:
                return Wrong(Why.TOO_MANY_LANGUAGES, LANGUAGES)
            return with_told(draft, languages=spoken)
        case Detail.LEVEL:
            return with_told(draft, level=Level(code))
        case Detail.FUNDER:
            return with_told(draft, funder=Funder(code))
        case _:
            return with_told(draft, country=code)


def on_the_map(draft: Draft, at: Spot) -> Draft:
    """The draft with where it is, as exact as a house: about ten metres."""
    return with_told(draft, latitude=round(at.latitude, 4), longitude=round(at.longitude, 4))


def without_quota(draft: Draft, group: Group) -> Draft:
    """The draft without a limit of that group's own."""
    return with_terms(draft, quotas={one: most for one, most in draft.terms.quotas.items() if one is not group})


def following(draft: Draft, event_id: int, *, chosen: bool) -> Draft:
    """The draft for those who took part in that event too, or no longer for them."""
    others = tuple(one for one in draft.terms.after if one != event_id)
    changed = with_terms(draft, after=(*others, event_id) if chosen else others)
    if changed.audience is None:
        return changed
    return replace(changed, audience=replace(changed.audience, attended=frozenset(changed.terms.after)))


def without(draft: Draft, detail: Detail) -> Draft:
    """The draft without that detail."""
    match detail:
        case Detail.END:
            return replace(draft, ends_at=None)
        case Detail.DEADLINE:
            return replace(draft, reply_by=None)
        case Detail.CAPACITY:
            return with_terms(draft, capacity=None)
        case Detail.QUOTAS:
            return with_terms(draft, quotas={})
        case Detail.AGES:
            return with_terms(draft, minimum_age=None, maximum_age=None)
        case Detail.AFTER:
            return _for_everybody(draft)
        case Detail.MAP:
            return with_told(draft, latitude=None, longitude=None)
        case Detail.SPOKEN:
            return with_told(draft, languages=())
        case Detail.AGENDA:
            return _untold(with_told(draft, agenda=()), detail)
        case Detail.COST | Detail.ACCESS | Detail.TRAVEL:
            return _untold(with_told(draft, **{detail.value: None}), detail)
        case Detail.GUARDIAN | Detail.NEEDS | Detail.LISTED:
            return switched(draft, detail, on=False)
        case _:
            return with_told(draft, **{detail.value: None})


def _untold(draft: Draft, detail: Detail) -> Draft:
    """In no other language either."""
    return replace(draft, particulars=further.of_first_alone(draft.particulars, detail.value))


def for_nothing(draft: Draft) -> Draft:
    """The draft of an event that costs nothing."""
    return _untold(with_told(draft, cost=FREE), Detail.COST)


def _for_everybody(draft: Draft) -> Draft:
    changed = with_terms(draft, after=())
    if changed.audience is None:
        return changed
    return replace(changed, audience=replace(changed.audience, attended=frozenset()))


def is_set(draft: Draft, detail: Detail) -> bool:
    """Whether there is anything to take out."""
    return without(draft, detail) != draft


def with_told(draft: Draft, **changes: object) -> Draft:
    """The draft with these of its `Particulars`."""
    told: Particulars = replace(draft.particulars, **changes)  # type: ignore[arg-type]
    return replace(draft, particulars=told)


def with_terms(draft: Draft, **changes: object) -> Draft:
    """The draft with these of its `Terms`."""
    terms: Terms = replace(draft.terms, **changes)  # type: ignore[arg-type]
    return replace(draft, terms=terms)
