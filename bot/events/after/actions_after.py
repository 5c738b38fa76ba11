"""Every button of what comes after an event: the one question, and what was answered."""

from dataclasses import dataclass
from typing import ClassVar

from bot.actions import Action
from bot.events.after.ratings import Rating


@dataclass(frozen=True, slots=True)
class Rate(Action):
    """What they took home from it; pressed again, another answer takes its place."""

    tag: ClassVar[str] = "events.rate"
    event: int
    rating: Rating


@dataclass(frozen=True, slots=True)
class ShowResults(Action):
    """The organiser's numbers: who was there, and what they said."""

    tag: ClassVar[str] = "events.results"
    event: int


@dataclass(frozen=True, slots=True)
class DrawResults(Action):
    """The same as a picture."""

    tag: ClassVar[str] = "events.draw_results"
    event: int
