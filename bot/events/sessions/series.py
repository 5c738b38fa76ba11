"""Sessions of one event in several places, and how they are typed: a line each. Pure.

Everybody who is invited comes to one of the sessions; which ones they are shown first depends on where they live. The
last session is the one that is sent: while it is ahead, so is the invitation.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from bot.directory.naming import matches, the_one
from bot.directory.rules import find
from bot.events import when
from bot.events.audience import Group
from bot.events.details import PLACES
from bot.events.event import Event
from bot.events.writing.drafts import MOST, Draft, Step, length
from bot.typed import in_one_line, visible


class Series(StrEnum):
    """What holds several events together."""

    SESSIONS = "sessions"
    """The same event in several places: people come to one."""
    CYCLE = "cycle"
    """Different events that follow each other."""


@dataclass(frozen=True, slots=True)
class Session:
    """One of the places: `held_in` is its municipality (ISO 3166-2)."""

    place: str
    held_in: str
    starts_at: datetime
    capacity: int | None = None
    id: int | None = None
    """Of the event it is kept as; none while it is only typed."""


MOST_SESSIONS: Final = 40
_FIELDS: Final = ("held_in", "place", "when")
_SHOWN: Final = 10
"""Faults that are named at once."""


class Why(StrEnum):
    """What is wrong with a line; the last word of the key that says so."""

    FIELDS = "fields"
    MUNICIPALITY = "municipality"
    PLACE = "place"
    WHEN = "when"
    PLACES = "places"
    TOO_MANY = "too_many"


@dataclass(frozen=True, slots=True)
class Fault:
    """The line, counted from one, and what is wrong with it."""

    line: int
    why: Why


def read(text: str, now: datetime, zone: ZoneInfo, room: int = MOST_SESSIONS) -> list[Session] | list[Fault]:
    """The sessions typed as "Ogre; Jauniešu centrs; 12.3. 17:00; 30", the number of places may be missing; what is
    wrong where even one line is, or where there are more than there is `room` for."""
    lines = [line for line in (in_one_line(one) for one in visible(text).splitlines()) if line]
    if len(lines) > room:
        return [Fault(room + 1, Why.TOO_MANY)]
    found = [_read_line(line, now, zone) for line in lines]
    faults = [Fault(number, one) for number, one in enumerate(found, 1) if isinstance(one, Why)]
    if faults or not found:
        return faults[:_SHOWN] or [Fault(1, Why.FIELDS)]
    return [one for one in found if isinstance(one, Session)]


def _read_line(line: str, now: datetime, zone: ZoneInfo) -> Session | Why:
    fields = [one.strip() for one in line.split(";")]
    if not len(_FIELDS) <= len(fields) <= len(_FIELDS) + 1 or not all(fields):
        return Why.FIELDS
    there = the_one(matches(fields[0]))
    if there is None:
        return Why.MUNICIPALITY
    if length(fields[1]) > MOST[Step.PLACE]:
        return Why.PLACE
    starts = when.read(fields[2], now, zone)
    if not isinstance(starts, when.At):
        return Why.WHEN
    if len(fields) == len(_FIELDS):
        return Session(fields[1], there.code, starts.moment)
    if not fields[3].isdecimal() or not 0 < int(fields[3]) <= PLACES:
        return Why.PLACES
    return Session(fields[1], there.code, starts.moment, int(fields[3]))


def own(draft: Draft) -> Session | None:
    """The session that the draft itself is, if it is one."""
    held_in = draft.particulars.held_in
    if draft.starts_at is None or held_in is None:
        return None
    return Session(draft.place or "", held_in, draft.starts_at, draft.terms.capacity, draft.id)


def in_order(sessions: Iterable[Session]) -> list[Session]:
    """The soonest first; the same place and hour once."""
    once = {(one.held_in, one.place, one.starts_at): one for one in sessions}
    return sorted(once.values(), key=lambda one: (one.starts_at, one.held_in, one.place))


def held_as(draft: Draft, session: Session) -> Draft:
    """The draft as that session: its own place, start and number of places; what was typed for all stays."""
    terms = replace(draft.terms, capacity=session.capacity, quotas=_fitting(draft.terms.quotas, session.capacity))
    longer = None if draft.ends_at is None or draft.starts_at is None else draft.ends_at - draft.starts_at
    earlier = None if draft.reply_by is None or draft.starts_at is None else draft.starts_at - draft.reply_by
    told = replace(draft.particulars, held_in=session.held_in)
    if own(draft) != session:  # the place on the map was another one's
        told = replace(told, latitude=None, longitude=None)
    return replace(
        draft,
        place=session.place,
        starts_at=session.starts_at,
        ends_at=None if longer is None else session.starts_at + longer,
        reply_by=None if earlier is None else session.starts_at - earlier,
        terms=terms,
        particulars=told,
    )


def _fitting(quotas: Mapping[Group, int], capacity: int | None) -> Mapping[Group, int]:
    """No group has more places than there are."""
    return {group: most if capacity is None else min(most, capacity) for group, most in quotas.items()}


def nearest(sessions: Sequence[Event], home: str | None) -> list[Event]:
    """Those in that municipality first, then those of its planning region, then the rest; the soonest first in each."""
    lives = None if home is None else find(home)

    def far(event: Event) -> int:
        there = event.particulars.held_in
        if home is None or there == home:
            return 0
        held = None if there is None else find(there)
        return 1 if lives and held and held.region is lives.region else 2

    return sorted(sessions, key=lambda one: (far(one), one.starts_at, one.id))
