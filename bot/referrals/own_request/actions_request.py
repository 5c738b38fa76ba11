"""Buttons of a young person who asks for help themselves, and of whoever is asked."""

from dataclasses import dataclass
from typing import ClassVar

from bot.actions import Action
from bot.referrals.referral import Kind


@dataclass(frozen=True, slots=True)
class AskFor(Action):
    """Choose what kind of help it should be."""

    tag: ClassVar[str] = "referrals.ask_for"


@dataclass(frozen=True, slots=True)
class AskWith(Action):
    """Choose who may know: the mentor, or somebody else."""

    tag: ClassVar[str] = "referrals.ask_with"
    kind: Kind


@dataclass(frozen=True, slots=True)
class AskHelp(Action):
    """Ask for it; `apart`: without the mentor."""

    tag: ClassVar[str] = "referrals.ask_help"
    kind: Kind
    apart: bool


@dataclass(frozen=True, slots=True)
class DropRequest(Action):
    """The young person does not want it any more."""

    tag: ClassVar[str] = "referrals.drop_request"
    request: int


@dataclass(frozen=True, slots=True)
class TalkFirst(Action):
    """Whoever was asked will talk about it with the young person first."""

    tag: ClassVar[str] = "referrals.talk_first"
    request: int
