"""The buttons that say what came of an appointment."""

from dataclasses import dataclass
from typing import ClassVar

from bot.actions import Action
from bot.referrals.referral import Said


@dataclass(frozen=True, slots=True)
class AskAnother(Action):
    """It took place, says the receiver: whether there is to be another is asked before anything is kept."""

    tag: ClassVar[str] = "referrals.ask_another"
    referral: int
    said: Said


@dataclass(frozen=True, slots=True)
class Complete(Action):
    """The receiver says what came of the appointment; of one that took place, that it was the last."""

    tag: ClassVar[str] = "referrals.complete"
    referral: int
    said: Said


@dataclass(frozen=True, slots=True)
class GoesOn(Action):
    """It took place, and there is to be another."""

    tag: ClassVar[str] = "referrals.goes_on"
    referral: int
    said: Said


@dataclass(frozen=True, slots=True)
class SayMine(Action):
    """The young person says what came of the appointment."""

    tag: ClassVar[str] = "referrals.say_mine"
    referral: int
    said: Said


@dataclass(frozen=True, slots=True)
class SayEarlier(Action):
    """The same of an earlier appointment, the one that began at that minute (`calendar.in_minutes`)."""

    tag: ClassVar[str] = "referrals.say_earlier"
    referral: int
    minute: int
    said: Said


@dataclass(frozen=True, slots=True)
class Resolve(Action):
    """Whoever guides the young person has found out."""

    tag: ClassVar[str] = "referrals.resolve"
    referral: int
    took_place: bool
