"""The way of a case at a glance: stages with their reasons, hand-overs, plan decisions and pauses, by date. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot.programme.reasons import reason
from bot.programme.rules import Stage
from bot.words import Lines, Phrase, phrase

MOST: Final = 40
"""Lines that one message shows; of a longer way the newest."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened on a local day; `what` says it without the day, `at` is its moment (UTC) where known."""

    on: date
    what: Phrase
    at: datetime | None = None


def moved(stage: Stage, code: str | None, at: datetime, zone: ZoneInfo) -> Event:
    """A stage entered, with the reason where there is one."""
    named = phrase(f"programme.any.stage.{stage.value}")
    why = reason(code)
    what = named if why is None else phrase("programme.staff.history.stage_why", stage=named, reason=why)
    return happened(at, zone, what)


def happened(at: datetime, zone: ZoneInfo, what: Phrase) -> Event:
    """What happened at that moment."""
    return Event(at.astimezone(zone).date(), what, at)


def shown(events: Iterable[Event]) -> Lines:
    """The lines, oldest first; what is known by its day alone follows what happened on that day, in the order given."""
    ordered: Sequence[Event] = sorted(events, key=lambda one: (one.on, one.at is None, one.at or one.on))
    return Lines(tuple(phrase("programme.staff.history.line", on=one.on, what=one.what) for one in ordered[-MOST:]))
