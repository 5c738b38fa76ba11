"""Every button and awaited file of taking events over from a file, and the list of drafts."""

from dataclasses import dataclass
from typing import ClassVar

from bot.actions import Action


@dataclass(frozen=True, slots=True)
class ImportFile(Action):
    """Say what may be sent, and wait for the file."""

    tag: ClassVar[str] = "events.import"


@dataclass(frozen=True, slots=True)
class MakeTemplate(Action):
    """Have the empty table made."""

    tag: ClassVar[str] = "events.template"


@dataclass(frozen=True, slots=True)
class TakeIn(Action):
    """Make drafts of what was understood of that file."""

    tag: ClassVar[str] = "events.take_in"
    file: int


@dataclass(frozen=True, slots=True)
class LeaveFile(Action):
    """Make nothing of it."""

    tag: ClassVar[str] = "events.leave_file"
    file: int


@dataclass(frozen=True, slots=True)
class ShowDrafts(Action):
    """The drafts that this person has not sent yet."""

    tag: ClassVar[str] = "events.drafts"
    page: int = 0
