"""Every button of those who are invited."""

from dataclasses import dataclass
from typing import ClassVar

from bot.actions import Action
from bot.events.event import Reply
from bot.events.signup.signing import Said


@dataclass(frozen=True, slots=True)
class ShowMine(Action):
    """What somebody is invited to, with their answers."""

    tag: ClassVar[str] = "events.mine"


@dataclass(frozen=True, slots=True)
class ShowInvitation(Action):
    """One invitation once more."""

    tag: ClassVar[str] = "events.invitation"
    event: int


@dataclass(frozen=True, slots=True)
class Answer(Action):
    """Yes, maybe or no."""

    tag: ClassVar[str] = "events.answer"
    event: int
    reply: Reply


@dataclass(frozen=True, slots=True)
class CannotCome(Action):
    """Below a reminder: no after all; asked once more, as a place goes to somebody else at once."""

    tag: ClassVar[str] = "events.cannot_come"
    event: int


@dataclass(frozen=True, slots=True)
class SignUp(Action):
    """Yes, with what was asked on the way: what they said of their age, whether they leave the session they have a
    place in, and whether they wait if all places are taken."""

    tag: ClassVar[str] = "events.sign_up"
    event: int
    fits: Said
    adult: Said
    moves: bool
    waits: bool


@dataclass(frozen=True, slots=True)
class AgreeAndCome(Action):
    """Yes, and you may write to me about events: without that, nobody could be told of a change."""

    tag: ClassVar[str] = "events.agree"
    event: int


@dataclass(frozen=True, slots=True)
class TellNeeds(Action):
    """What they need to be able to come, as text."""

    tag: ClassVar[str] = "events.needs"
    event: int


@dataclass(frozen=True, slots=True)
class NoNeeds(Action):
    """They need nothing, or what they wrote before is to be forgotten."""

    tag: ClassVar[str] = "events.no_needs"
    event: int


@dataclass(frozen=True, slots=True)
class WantTravel(Action):
    """Whether they want help with the way."""

    tag: ClassVar[str] = "events.travel"
    event: int
    wanted: bool
