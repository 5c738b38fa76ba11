"""Buttons around news: of which kinds somebody of the staff gets them, and muting those like one that came."""

from dataclasses import dataclass
from typing import ClassVar

from bot.actions import Action
from bot.events.event import Kind


@dataclass(frozen=True, slots=True)
class ShowNews(Action):
    """The news this person gets, by kind."""

    tag: ClassVar[str] = "events.news"


@dataclass(frozen=True, slots=True)
class ToggleNews(Action):
    """News of that kind, or none of it."""

    tag: ClassVar[str] = "events.toggle_news"
    kind: Kind
    wanted: bool


@dataclass(frozen=True, slots=True)
class MuteNews(Action):
    """No more news of the kind that this announcement is of; by the same button of the answer they come again."""

    tag: ClassVar[str] = "events.mute_news"
    event: int
    wanted: bool = False
