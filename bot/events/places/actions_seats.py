"""Every button of those who look after the places of an event."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from bot.actions import Action
from bot.events.audience import Group


class Part(StrEnum):
    """Which guests are shown."""

    COMING = "coming"
    OFFERED = "offered"
    WAITING = "waiting"
    MAYBE = "maybe"
    NO_PERMISSION = "permission"
    """Who comes and has no permission noted yet."""


@dataclass(frozen=True, slots=True)
class ShowGuests(Action):
    """A page of the guests."""

    tag: ClassVar[str] = "events.guests"
    event: int
    part: Part
    page: int


@dataclass(frozen=True, slots=True)
class ShowNeeds(Action):
    """What guests wrote that they need, without who it was."""

    tag: ClassVar[str] = "events.shown_needs"
    event: int
    page: int


@dataclass(frozen=True, slots=True)
class NotePermission(Action):
    """A guardian's permission for this young person is there, or it was noted by mistake."""

    tag: ClassVar[str] = "events.permission"
    event: int
    youth: int
    given: bool


@dataclass(frozen=True, slots=True)
class ShowSeats(Action):
    """How many places there are, and how they stand."""

    tag: ClassVar[str] = "events.seats"
    event: int


@dataclass(frozen=True, slots=True)
class AskSeats(Action):
    """The number of places is to be typed; of a group, or of all."""

    tag: ClassVar[str] = "events.ask_seats"
    event: int
    group: Group | None


@dataclass(frozen=True, slots=True)
class SetSeats(Action):
    """So many places from now on; none: no limit. `was` is the number that was looked at."""

    tag: ClassVar[str] = "events.set_seats"
    event: int
    group: Group | None
    most: int | None
    was: int | None
