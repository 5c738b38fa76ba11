"""Every button at the door: a guest's ticket, and what the organiser does there."""

from dataclasses import dataclass
from typing import ClassVar

from bot.actions import Action


@dataclass(frozen=True, slots=True)
class MyTicket(Action):
    """A guest asks for their ticket, as often as they like."""

    tag: ClassVar[str] = "events.ticket"
    event: int


@dataclass(frozen=True, slots=True)
class OpenDoor(Action):
    """The organiser's page of who is there."""

    tag: ClassVar[str] = "events.door"
    event: int


@dataclass(frozen=True, slots=True)
class GuestList(Action):
    """Those who come, to be ticked."""

    tag: ClassVar[str] = "events.guest_list"
    event: int
    page: int


@dataclass(frozen=True, slots=True)
class TickGuest(Action):
    """This guest came, or did not after all; `page` of the list to go back to, none after a scan."""

    tag: ClassVar[str] = "events.tick"
    event: int
    person: int
    came: bool
    page: int | None


@dataclass(frozen=True, slots=True)
class CountUnnamed(Action):
    """One more whom nobody writes down, or one less."""

    tag: ClassVar[str] = "events.count_unnamed"
    event: int
    one_more: bool


@dataclass(frozen=True, slots=True)
class DoorCode(Action):
    """Have the walk-in code made."""

    tag: ClassVar[str] = "events.door_code"
    event: int


@dataclass(frozen=True, slots=True)
class LetIn(Action):
    """Somebody who walked in though all places are taken: in, or not."""

    tag: ClassVar[str] = "events.let_in"
    event: int
    person: int
    sure: bool
