"""The buttons of what was closed lately."""

from dataclasses import dataclass
from typing import ClassVar

from bot.actions import Action


@dataclass(frozen=True, slots=True)
class ClosedInbox(Action):
    """The closed referrals that were addressed to somebody."""

    tag: ClassVar[str] = "referrals.closed_inbox"
    page: int = 0


@dataclass(frozen=True, slots=True)
class ClosedSent(Action):
    """The closed referrals of the young people somebody guides."""

    tag: ClassVar[str] = "referrals.closed_sent"
    page: int = 0
