"""Reads what a coordinator types for a detail of an event, and says why it does not fit. Pure."""

import re
from dataclasses import replace
from datetime import datetime, time
from typing import Final, assert_never
from zoneinfo import ZoneInfo

from bot.calendar import wall
from bot.events import further, when
from bot.events.audience import Group
from bot.events.details import MOST, PLACES, POINTS, Detail, Why, Wrong, with_terms, with_told
from bot.events.writing.drafts import Draft, NotALink, length, with_link
from bot.typed import in_one_line, visible

_AGES: Final = re.compile(r"(?P<youngest>\d{1,2})\s*(?:(?P<more>\+)|[-–—]\s*(?P<oldest>\d{1,2}))?")
_NUMBER: Final = re.compile(r"\d{1,6}")


def typed(draft: Draft, detail: Detail, text: str, now: datetime, zone: ZoneInfo) -> Draft | Wrong:
    """The draft with what was typed for that detail, or why it does not fit; ValueError for one that is not typed."""
    match detail:
        case Detail.END:
            return _ending(draft, text, now, zone)
        case Detail.DEADLINE:
            return _closing(draft, text, now, zone)
        case Detail.CAPACITY:
            return _for_so_many(draft, text)
        case Detail.AGES:
            return _of_ages(draft, text)
        case Detail.LINK:
            return _linked(draft, text)
        case Detail.AGENDA:
            return _agenda(draft, text)
        case Detail.COST | Detail.ACCESS | Detail.TRAVEL | Detail.PUBLICITY:
            return _told(draft, detail, text)
        case _:
            raise ValueError(f"{detail.value} is not answered with a text")


def _ending(draft: Draft, text: str, now: datetime, zone: ZoneInfo) -> Draft | Wrong:
    """An hour alone is on the day of the start."""
    if draft.starts_at is None:
        return Wrong(Why.NO_START)
    found = when.read(in_one_line(text), now, zone, draft.starts_at.astimezone(zone).date())
    match found:
        case when.At(moment):
            if moment <= draft.starts_at:
                return Wrong(Why.END_BEFORE_START)
            return replace(draft, ends_at=moment)
        case when.On():
            return Wrong(Why.HOUR_MISSING)
        case when.Past():
            return Wrong(Why.END_BEFORE_START)
        case none:
            return _no_moment(none)


def _closing(draft: Draft, text: str, now: datetime, zone: ZoneInfo) -> Draft | Wrong:
    """A day alone is until its end, or until the start where that is on the same day."""
    if draft.starts_at is None:
        return Wrong(Why.NO_START)
    found = when.read(in_one_line(text), now, zone)
    match found:
        case when.At(moment):
            return replace(draft, reply_by=moment) if moment <= draft.starts_at else Wrong(Why.DEADLINE_AFTER_START)
        case when.On(day) if day > draft.starts_at.astimezone(zone).date():
            return Wrong(Why.DEADLINE_AFTER_START)
        case when.On(day):
            return replace(draft, reply_by=min(draft.starts_at, wall(day, time(23, 59), zone)))
        case none:
            return _no_moment(none)


def _no_moment(found: when.Past | when.TooFar | when.Unreadable) -> Wrong:
    match found:
        case when.Past():
            return Wrong(Why.PAST)
        case when.TooFar():
            return Wrong(Why.TOO_FAR)
        case when.Unreadable():
            return Wrong(Why.UNREADABLE)
        case never:
            assert_never(never)


def _places(text: str) -> int | Wrong:
    text = in_one_line(text)
    if not _NUMBER.fullmatch(text):
        return Wrong(Why.UNREADABLE)
    places = int(text)
    if places == 0:
        return Wrong(Why.NO_PLACES)
    return places if places <= PLACES else Wrong(Why.TOO_MANY_PLACES, PLACES)


def _for_so_many(draft: Draft, text: str) -> Draft | Wrong:
    places = _places(text)
    if isinstance(places, Wrong):
        return places
    largest = max(draft.terms.quotas.values(), default=0)
    if places < largest:
        return Wrong(Why.BELOW_QUOTA, largest)
    return with_terms(draft, capacity=places)


def with_quota(draft: Draft, group: Group, text: str) -> Draft | Wrong:
    """The draft with at most so many places for that group; never more than there are in all."""
    places = _places(text)
    if isinstance(places, Wrong):
        return places
    if draft.terms.capacity is not None and places > draft.terms.capacity:
        return Wrong(Why.ABOVE_CAPACITY, draft.terms.capacity)
    return with_terms(draft, quotas={**draft.terms.quotas, group: places})


def _of_ages(draft: Draft, text: str) -> Draft | Wrong:
    """ "16-20", "16+", or one age alone."""
    found = _AGES.fullmatch(in_one_line(text))
    if found is None:
        return Wrong(Why.UNREADABLE)
    youngest = int(found["youngest"])
    if found["more"]:
        return with_terms(draft, minimum_age=youngest, maximum_age=None)
    oldest = int(found["oldest"] or youngest)
    if oldest < youngest:
        return Wrong(Why.AGES_REVERSED)
    return with_terms(draft, minimum_age=youngest, maximum_age=oldest)


def _linked(draft: Draft, text: str) -> Draft | Wrong:
    text = in_one_line(text)
    if length(text) > MOST[Detail.LINK]:
        return Wrong(Why.TOO_LONG, MOST[Detail.LINK])
    changed = with_link(draft, text)
    return Wrong(Why.NOT_A_LINK) if isinstance(changed, NotALink) else changed


def _agenda(draft: Draft, text: str) -> Draft | Wrong:
    found = points(text)
    if isinstance(found, Wrong):
        return found
    return _for_first(with_told(draft, agenda=found), Detail.AGENDA)


def points(text: str) -> tuple[str, ...] | Wrong:
    """Of an agenda, one a line."""
    found = tuple(line for line in (in_one_line(one) for one in visible(text).splitlines()) if line)
    if not found:
        return Wrong(Why.UNREADABLE)
    if len(found) > POINTS:
        return Wrong(Why.TOO_MANY_POINTS, POINTS)
    if sum(length(one) for one in found) > MOST[Detail.AGENDA]:
        return Wrong(Why.TOO_LONG, MOST[Detail.AGENDA])
    return found


def _told(draft: Draft, detail: Detail, text: str) -> Draft | Wrong:
    said = line(detail, text)
    if isinstance(said, Wrong):
        return said
    return _for_first(with_told(draft, **{detail.value: said}), detail)


def line(detail: Detail, text: str) -> str | Wrong:
    """The text of a detail that is told in one line."""
    text = in_one_line(text)
    if not text:
        return Wrong(Why.UNREADABLE)
    return text if length(text) <= MOST[detail] else Wrong(Why.TOO_LONG, MOST[detail])


def _for_first(draft: Draft, detail: Detail) -> Draft:
    """What the other languages said of it was the old text."""
    return replace(draft, particulars=further.of_first_alone(draft.particulars, detail.value))
