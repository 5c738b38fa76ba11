"""Every button of having events in one's own calendar."""

from dataclasses import dataclass
from typing import ClassVar

from bot.actions import Action


@dataclass(frozen=True, slots=True)
class AddToCalendar(Action):
    """A file with this event, for those who come."""

    tag: ClassVar[str] = "events.add_to_calendar"
    event: int


@dataclass(frozen=True, slots=True)
class ShowFeed(Action):
    """Whether there is an address at which a calendar finds their events."""

    tag: ClassVar[str] = "events.feed"


@dataclass(frozen=True, slots=True)
class NewFeed(Action):
    """Another address; the one before no longer works."""

    tag: ClassVar[str] = "events.new_feed"


@dataclass(frozen=True, slots=True)
class EndFeed(Action):
    """No address at all."""

    tag: ClassVar[str] = "events.end_feed"
