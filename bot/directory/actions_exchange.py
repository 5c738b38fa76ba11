"""Buttons of the directory as a file: out, in, and what may come of it."""

from dataclasses import dataclass
from typing import ClassVar

from bot.actions import Action


@dataclass(frozen=True, slots=True)
class Exchange(Action):
    """What can be done with the directory as a file."""

    tag: ClassVar[str] = "directory.exchange"


@dataclass(frozen=True, slots=True)
class SendOut(Action):
    """Make the file."""

    tag: ClassVar[str] = "directory.send_out"


@dataclass(frozen=True, slots=True)
class TakeIn(Action):
    """The next file is one of the directory: look at what it would change."""

    tag: ClassVar[str] = "directory.take_in"


@dataclass(frozen=True, slots=True)
class TakeOver(Action):
    """Take over what that file changes, if the directory still is what it was compared with."""

    tag: ClassVar[str] = "directory.take_over"
    file: int
    compared: str


@dataclass(frozen=True, slots=True)
class LeaveIt(Action):
    """Change nothing, and forget the file."""

    tag: ClassVar[str] = "directory.leave_it"
    file: int
