"""The buttons that bring a young person and a receiver together: an introduction, and the window for three."""

from dataclasses import dataclass
from typing import ClassVar

from bot.actions import Action


@dataclass(frozen=True, slots=True)
class Introduce(Action):
    """Whoever guides introduces both to each other."""

    tag: ClassVar[str] = "referrals.introduce"
    referral: int


@dataclass(frozen=True, slots=True)
class AboutMe(Action):
    """The receiver's next text is what young people read of them; of which referral they were asked, if of one."""

    tag: ClassVar[str] = "referrals.about_me"
    referral: int | None = None


@dataclass(frozen=True, slots=True)
class OfferWindow(Action):
    """Whoever guides offers the window for three."""

    tag: ClassVar[str] = "referrals.offer_window"
    referral: int


@dataclass(frozen=True, slots=True)
class AgreeToWindow(Action):
    """The young person opens it."""

    tag: ClassVar[str] = "referrals.agree_to_window"
    referral: int


@dataclass(frozen=True, slots=True)
class NoWindow(Action):
    """The young person wants none."""

    tag: ClassVar[str] = "referrals.no_window"
    referral: int


@dataclass(frozen=True, slots=True)
class WriteIntoWindow(Action):
    """One of the three: their next text goes to the other two."""

    tag: ClassVar[str] = "referrals.write"
    referral: int


@dataclass(frozen=True, slots=True)
class CloseWindow(Action):
    """One of the three ends it."""

    tag: ClassVar[str] = "referrals.close_window"
    referral: int
