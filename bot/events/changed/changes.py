"""What changes of an event after it was sent, and what that means to somebody who knows an older state of it. Pure.

Every told change has the event's `sequence` it led to. What somebody hears is worked out from what they know: from the
oldest state that they may have in mind to the present one, never one step after the other. So two changes shortly after
each other are one message to whoever heard neither, and a change that was taken back is no message at all.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Final
from zoneinfo import ZoneInfo

from bot.events.event import NEVER_SENT, OFF, Event, Reply
from bot.words import InLanguages, Language, decode, encode


class Kind(StrEnum):
    """What sort of notice it is."""

    CHANGE = "change"
    CORRECTION = "correction"
    """Only words: a mistake in the text, or a note to those whom an invitation reached that was stopped."""
    CANCEL = "cancel"
    CYCLE = "cycle"
    """Of the whole of a series that the event belongs to; what it says is that capability's own."""


class State(StrEnum):
    """Where the telling stands."""

    DRAFTED = "drafted"
    HANDED = "handed"
    """Its words are for many: it waits for a coordinator who did not write them."""
    DROPPED = "dropped"
    """Handed over and not wanted, and its author is there no more to write it again; nothing of it is kept."""
    TELLING = "telling"
    TOLD = "told"
    OVERTAKEN = "overtaken"
    """A newer one came while it was being told: whoever has not heard this one hears only that."""


class Part(StrEnum):
    """What of an event can be changed, in the order it is told; the last is said beside and changes nothing."""

    STARTS = "starts"
    ENDS = "ends"
    PLACE = "place"
    LINK = "link"
    REPLY_BY = "reply_by"
    TITLE = "title"
    DETAILS = "details"
    NOTE = "note"


WORDS: Final = frozenset({Part.TITLE, Part.DETAILS, Part.NOTE})
"""What asks nothing of anybody."""

Value = InLanguages | str | datetime | None
Told = Mapping[Part, Value]
Difference = Mapping[Part, tuple[Value, Value]]
"""What was, and what is now."""


@dataclass(frozen=True, slots=True)
class Change:
    """One told change: what was before it, of the parts it touched, and the event's sequence after it."""

    sequence: int
    old: Told
    new: Told
    at: datetime


def told_of(event: Event) -> dict[Part, Value]:
    """What people know of it, part by part."""
    return {
        Part.STARTS: event.starts_at,
        Part.ENDS: event.ends_at,
        Part.PLACE: event.place or None,
        Part.LINK: event.particulars.link,
        Part.REPLY_BY: event.reply_by,
        Part.TITLE: event.title,
        Part.DETAILS: event.details,
    }


def may_change(event: Event, now: datetime) -> bool:
    """Whether there is anything to change: it was sent, is not cancelled and has not begun."""
    return event.state not in NEVER_SENT | OFF and now < event.starts_at


# --- writing one ------------------------------------------------------------------------------------------------


def settled(event: Event, wanted: Told, now: datetime, zone: ZoneInfo) -> dict[Part, Value]:
    """What is changed by this wish, and what follows from it: the end moves along with the start by local clocks, and
    where answers are asked for again a deadline that is over is lifted. What stays as it was is left out."""
    new = dict(wanted)
    starts = new.get(Part.STARTS)
    if isinstance(starts, datetime) and Part.ENDS not in new and event.ends_at is not None:
        new[Part.ENDS] = moved_along(event.ends_at, event.starts_at, starts, zone)
    before = told_of(event)
    new = {part: value for part, value in new.items() if value != before.get(part)}
    over = event.reply_by is not None and event.reply_by <= now
    if over and Part.REPLY_BY not in new and asks_again(difference(event, new), event):
        new[Part.REPLY_BY] = None
    return {part: new[part] for part in Part if part in new}


def moved_along(ends: datetime, was: datetime, now: datetime, zone: ZoneInfo) -> datetime:
    """The end that keeps the same distance on a clock on the wall when the start moves."""
    lasts = ends.astimezone(zone).replace(tzinfo=None) - was.astimezone(zone).replace(tzinfo=None)
    moved = now.astimezone(zone).replace(tzinfo=None) + lasts
    return moved.replace(tzinfo=zone).astimezone(UTC)


class Amiss(StrEnum):
    """Why a change cannot be told as it stands; the last word of the key that says so."""

    NOTHING = "nothing"
    STARTS_IN_THE_PAST = "starts_in_the_past"
    ENDS_BEFORE_IT_STARTS = "ends_before_it_starts"
    DEADLINE_IN_THE_PAST = "deadline_in_the_past"
    DEADLINE_AFTER_THE_START = "deadline_after_the_start"
    NOWHERE = "nowhere"


def amiss(event: Event, new: Told, now: datetime) -> Amiss | None:
    """What has to be mended first, if anything."""
    if not new:
        return Amiss.NOTHING
    after = applied(event, new)
    if after.starts_at <= now:
        return Amiss.STARTS_IN_THE_PAST
    if after.ends_at is not None and after.ends_at <= after.starts_at:
        return Amiss.ENDS_BEFORE_IT_STARTS
    if Part.REPLY_BY in new and after.reply_by is not None:
        if after.reply_by <= now:
            return Amiss.DEADLINE_IN_THE_PAST
        if after.reply_by > after.starts_at:
            return Amiss.DEADLINE_AFTER_THE_START
    if event.takes_answers and not after.place and after.particulars.link is None:
        return Amiss.NOWHERE
    return None


def applied(event: Event, new: Told) -> Event:
    """The event as it is after that; the note stands beside it."""
    for part, value in new.items():
        match part, value:
            case Part.STARTS, datetime():
                event = replace(event, starts_at=value)
            case Part.ENDS, datetime() | None:
                event = replace(event, ends_at=value)
            case Part.REPLY_BY, datetime() | None:
                event = replace(event, reply_by=value)
            case Part.PLACE, str() | None:
                event = replace(event, place=value or "")
            case Part.LINK, str() | None:
                event = replace(event, particulars=replace(event.particulars, link=value))
            case Part.TITLE, InLanguages():
                event = replace(event, title=value)
            case Part.DETAILS, InLanguages():
                event = replace(event, details=value)
            case Part.NOTE, _:
                pass
            case _:
                raise ValueError(f"{part.value} takes no {type(value).__name__}")
    return event


def difference(event: Event, new: Told) -> dict[Part, tuple[Value, Value]]:
    """From the event as it is to what it would be."""
    before = told_of(event)
    return {part: (before.get(part), value) for part, value in new.items()}


def kind_of(new: Iterable[Part]) -> Kind:
    """A correction where nothing but words changes."""
    return Kind.CORRECTION if set(new) <= WORDS else Kind.CHANGE


def needs_another(new: Iterable[Part], people: int, above: int) -> bool:
    """Whether somebody who did not write it has to tell it: words that a person wrote go to more `people` than one
    coordinator writes to alone (0 above: never).

    Another time, place, link or deadline by itself stays free, as it may be urgent: a wrong hour must not wait for a
    colleague. With words beside it, it waits as they do: whoever is in a hurry tells the hour first, the words later.
    """
    return 0 < above < people and not WORDS.isdisjoint(new)


def digest(event: Event, new: Told) -> str:
    """Eight letters that stand for what is told, and from what state on; a button carries them."""
    shown = repr((event.sequence, sorted(as_json(new).items(), key=lambda pair: pair[0])))
    return hashlib.sha256(shown.encode()).hexdigest()[:8]


# --- telling it -------------------------------------------------------------------------------------------------


def since(changes: Iterable[Change], known: int, event: Event) -> dict[Part, tuple[Value, Value]]:
    """What is new to somebody who knows the event as it was at that sequence."""
    was: dict[Part, Value] = {}
    note: Value = None
    for change in sorted(changes, key=lambda one: one.sequence):
        if change.sequence > known:
            for part, value in change.old.items():
                was.setdefault(part, value)
            note = change.new.get(Part.NOTE, note)
    now = told_of(event)
    found = {part: (was[part], now[part]) for part in now if part in was and was[part] != now[part]}
    return found if note is None else {**found, Part.NOTE: (None, note)}


def read_in(new: Difference, language: Language) -> dict[Part, tuple[Value, Value]]:
    """What of it is new to those who read that language: a correction of another translation is none of theirs."""
    return {part: (was, now) for part, (was, now) in new.items() if _shown(was, language) != _shown(now, language)}


def _shown(value: Value, language: Language) -> Value:
    if isinstance(value, InLanguages):
        return value.texts.get(language) or value.texts[value.fallback]
    return value


def asks_again(new: Difference, event: Event) -> bool:
    """Whether answers were given for something else: another time or place, or an end that was told and moved."""
    if not event.takes_answers:
        return False
    ends = new.get(Part.ENDS)
    return Part.STARTS in new or Part.PLACE in new or (ends is not None and ends[0] is not None)


def concerns(new: Difference, reply: Reply | None, event: Event) -> bool:
    """Whether somebody with that answer hears of it: who declined only where they may be able to come after all. Of one
    session among several only those hear who signed up for it: the others see what is so when they choose."""
    if event.is_session:
        return bool(new) and reply in (Reply.YES, Reply.MAYBE)
    return bool(new) and (reply is not Reply.NO or asks_again(new, event))


def known_to(changes: Iterable[Change], since_when: datetime | None, heard: int) -> int:
    """The sequence of the last state that somebody knows: told in the invitation they got then, or `heard` since."""
    invited = [one.sequence for one in changes if since_when is not None and one.at <= since_when]
    return max([0, heard, *invited])


# --- as it is kept ----------------------------------------------------------------------------------------------


def as_json(told: Told) -> dict[str, Any]:
    """What `told_from` reads."""
    return {part.value: None if value is None else encode(value) for part, value in told.items()}


def told_from(kept: Mapping[str, Any]) -> dict[Part, Value]:
    """What `as_json` wrote; raises ValueError on anything else."""
    return {Part(part): _value(value) for part, value in kept.items()}


def _value(raw: Any) -> Value:
    if raw is None:
        return None
    match decode(raw):
        case str() | datetime() | InLanguages() as value:
            return value
        case other:
            raise ValueError(f"{type(other).__name__} is no part of an event")
