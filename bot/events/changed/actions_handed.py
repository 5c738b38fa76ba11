"""Every button of a change that waits for a second coordinator."""

from dataclasses import dataclass
from typing import ClassVar

from bot.actions import Action
from bot.words import Language


@dataclass(frozen=True, slots=True)
class LookAtChange(Action):
    """What waits: to a second coordinator the notice as readers of that language will see it, to its author that it
    waits."""

    tag: ClassVar[str] = "events.look_at_change"
    change: int
    language: Language | None = None


@dataclass(frozen=True, slots=True)
class TellHanded(Action):
    """A second coordinator tells what was shown (its digest), and nothing else."""

    tag: ClassVar[str] = "events.tell_handed"
    change: int
    shown: str


@dataclass(frozen=True, slots=True)
class ReturnChange(Action):
    """They would rather have it written otherwise; where its author is gone, it is dropped."""

    tag: ClassVar[str] = "events.return_change"
    change: int


@dataclass(frozen=True, slots=True)
class ReturnChangeWhy(Action):
    """The text that says what."""

    tag: ClassVar[str] = "events.return_change_why"
    change: int


@dataclass(frozen=True, slots=True)
class TakeBackChange(Action):
    """Its author takes back what was handed over, and can write it again."""

    tag: ClassVar[str] = "events.take_back_change"
    change: int
