"""Buttons of the yes: what is passed on, line by line, a guardian's yes, and passing on without one."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from bot.actions import Action
from bot.referrals.referral import Line


@dataclass(frozen=True, slots=True)
class Preview(Action):
    """The young person looks at what would be passed on, line by line."""

    tag: ClassVar[str] = "referrals.preview"
    referral: int


@dataclass(frozen=True, slots=True)
class Strike(Action):
    """The young person takes a line out, or puts it back."""

    tag: ClassVar[str] = "referrals.strike"
    referral: int
    line: Line


class GuardianForm(StrEnum):
    """How a parent or guardian said yes; to a person, never through the bot."""

    PAPER = "paper"
    IN_PERSON = "in_person"
    SIGNED = "signed"
    """A document with a secure electronic signature."""


class GuardianDay(StrEnum):
    """On which day that was."""

    TODAY = "today"
    YESTERDAY = "yesterday"


@dataclass(frozen=True, slots=True)
class RecordGuardian(Action):
    """Whoever guides the young person has a parent's or guardian's yes: in which form."""

    tag: ClassVar[str] = "referrals.guardian"
    referral: int


@dataclass(frozen=True, slots=True)
class GuardianOn(Action):
    """On which day that was; the next text may be one."""

    tag: ClassVar[str] = "referrals.guardian_form"
    referral: int
    form: GuardianForm


@dataclass(frozen=True, slots=True)
class KeepGuardian(Action):
    """Record it."""

    tag: ClassVar[str] = "referrals.guardian_day"
    referral: int
    form: GuardianForm
    day: GuardianDay


@dataclass(frozen=True, slots=True)
class Override(Action):
    """A child is in danger: it may be passed on without a yes; the next text is the reason."""

    tag: ClassVar[str] = "referrals.override"
    referral: int


@dataclass(frozen=True, slots=True)
class OverrideSure(Action):
    """Asked once more: pass it on for the reason that was typed."""

    tag: ClassVar[str] = "referrals.override_sure"
    referral: int
