"""Every button and awaited text of changing an event after it was sent."""

from dataclasses import dataclass
from typing import ClassVar

from bot.actions import Action
from bot.events.changed.changes import Part
from bot.words import Language


@dataclass(frozen=True, slots=True)
class Change(Action):
    """What can be changed, and what is about to be."""

    tag: ClassVar[str] = "events.change"
    event: int


@dataclass(frozen=True, slots=True)
class AskChange(Action):
    """Ask for the new value; of texts in this language, or in which."""

    tag: ClassVar[str] = "events.ask_change"
    event: int
    part: Part
    language: Language | None = None


@dataclass(frozen=True, slots=True)
class TypedChange(Action):
    """The text with the new value."""

    tag: ClassVar[str] = "events.typed_change"
    event: int
    part: Part
    language: Language | None = None


@dataclass(frozen=True, slots=True)
class ClearChange(Action):
    """From now on there is none of it: no end told, no deadline, no link, no place, no note."""

    tag: ClassVar[str] = "events.clear_change"
    event: int
    part: Part


@dataclass(frozen=True, slots=True)
class DropChange(Action):
    """Leave everything as it is."""

    tag: ClassVar[str] = "events.drop_change"
    event: int


@dataclass(frozen=True, slots=True)
class ReviewChange(Action):
    """The notice as readers of that language will see it, with whom it goes to; none: the reader's own."""

    tag: ClassVar[str] = "events.review_change"
    event: int
    language: Language | None = None


@dataclass(frozen=True, slots=True)
class TellChange(Action):
    """Change it and tell what was shown, and nothing else."""

    tag: ClassVar[str] = "events.tell_change"
    event: int
    shown: str


@dataclass(frozen=True, slots=True)
class AskReason(Action):
    """Ask why the event is called off."""

    tag: ClassVar[str] = "events.ask_why"
    event: int


@dataclass(frozen=True, slots=True)
class TypedReason(Action):
    """The text that says why."""

    tag: ClassVar[str] = "events.typed_why"
    event: int


@dataclass(frozen=True, slots=True)
class CancelWithReason(Action):
    """Call it off and say why, as shown."""

    tag: ClassVar[str] = "events.cancel_with_reason"
    event: int
    change: int
