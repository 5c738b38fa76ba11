"""Buttons around requests for opinions."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from bot.actions import Action


@dataclass(frozen=True, slots=True)
class Opinions(Action):
    """What the network was asked, and what is being asked."""

    tag: ClassVar[str] = "networks.opinions"
    network: int


@dataclass(frozen=True, slots=True)
class Ask(Action):
    """The next text is the question."""

    tag: ClassVar[str] = "networks.ask"
    network: int


@dataclass(frozen=True, slots=True)
class Deadline(Action):
    """Until the end of that day's office hours; without one it is asked for, by buttons or typed."""

    tag: ClassVar[str] = "networks.deadline"
    opinion: int
    day: date | None = None


@dataclass(frozen=True, slots=True)
class SendOpinion(Action):
    tag: ClassVar[str] = "networks.send"
    opinion: int


@dataclass(frozen=True, slots=True)
class Discard(Action):
    tag: ClassVar[str] = "networks.discard"
    opinion: int


@dataclass(frozen=True, slots=True)
class ShowOpinion(Action):
    """How far it is, for whoever runs the network."""

    tag: ClassVar[str] = "networks.opinion"
    opinion: int


@dataclass(frozen=True, slots=True)
class GiveAnswer(Action):
    """A member's answer: the next text."""

    tag: ClassVar[str] = "networks.answer"
    opinion: int


@dataclass(frozen=True, slots=True)
class Sheet(Action):
    """All answers as a table."""

    tag: ClassVar[str] = "networks.sheet"
    opinion: int
