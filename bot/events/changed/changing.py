"""Reads what a coordinator types as the new value of a part of an event. Pure."""

from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import Final, assert_never
from zoneinfo import ZoneInfo

from bot.calendar import wall
from bot.events import when
from bot.events.changed.changes import Part, Value
from bot.events.event import Event
from bot.events.writing.drafts import MOST, Step, is_link, length
from bot.typed import in_one_line
from bot.words import InLanguages, Language

LONGEST_NOTE: Final = 500
"""Of a note, in UTF-16 units."""

LONGEST_LINK: Final = 200

_LONGEST: Final = {
    Part.TITLE: MOST[Step.TITLE],
    Part.DETAILS: MOST[Step.DETAILS],
    Part.PLACE: MOST[Step.PLACE],
    Part.LINK: LONGEST_LINK,
    Part.NOTE: LONGEST_NOTE,
}

_LAST_MINUTE: Final = time(23, 59)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """That cannot be taken: the last word of the key that says why, and the most letters where that is it."""

    key: str
    most: int = 0


def typed(
    event: Event, part: Part, language: Language | None, text: str, now: datetime, zone: ZoneInfo
) -> Value | Unreadable:
    """The new value; `event` is as it would be by now, so that an hour alone means the day that was just chosen."""
    match part:
        case Part.STARTS:
            return _moment(text, event.starts_at, event.starts_at.astimezone(zone).time(), now, zone)
        case Part.ENDS:
            ends = event.ends_at or event.starts_at
            return _moment(text, ends, ends.astimezone(zone).time(), now, zone)
        case Part.REPLY_BY:
            return _moment(text, event.reply_by or event.starts_at, _LAST_MINUTE, now, zone)
        case Part.PLACE | Part.NOTE | Part.LINK | Part.TITLE | Part.DETAILS:
            return _words(event, part, language, text)
        case never:
            assert_never(never)


def _moment(text: str, around: datetime, usual: time, now: datetime, zone: ZoneInfo) -> datetime | Unreadable:
    """An hour alone means the day it was on; a day alone the usual hour."""
    match when.read(text.strip(), now, zone, around.astimezone(zone).date()):
        case when.At(moment):
            return moment
        case when.On(day):
            return wall(day, usual, zone)
        case when.Past():
            return Unreadable("past")
        case when.TooFar():
            return Unreadable("too_far")
        case when.Unreadable():
            return Unreadable("moment")
        case never:
            assert_never(never)


def _words(event: Event, part: Part, language: Language | None, text: str) -> Value | Unreadable:
    said = text.strip() if part in (Part.DETAILS, Part.NOTE) else in_one_line(text)
    if not said or length(said) > _LONGEST[part]:
        return Unreadable("too_long", _LONGEST[part])
    if part is Part.LINK and not is_link(said):
        return Unreadable("link")
    if part is Part.TITLE:
        return _with(event.title, language, said)
    if part is Part.DETAILS:
        return _with(event.details, language, said)
    return said


def _with(text: InLanguages, language: Language | None, said: str) -> InLanguages:
    """The text with that translation; a language that it does not have is not begun here."""
    one = text.fallback if language is None or language not in text.texts else language
    return replace(text, texts={**text.texts, one: said})
