"""What every screen for young people shares: the way to help, one tap away."""

from dataclasses import dataclass
from typing import ClassVar

from bot.actions import Action
from bot.turn import Keyboard, button


@dataclass(frozen=True, slots=True)
class OpenHelp(Action):
    """Show the help card; `bot.safety` answers it."""

    tag: ClassVar[str] = "safety.card"


@dataclass(frozen=True, slots=True)
class Resume(Action):
    """Go on where they were."""

    tag: ClassVar[str] = "people.resume"


def with_help(keyboard: Keyboard = ()) -> Keyboard:
    """The keyboard with the help row below it."""
    return (*keyboard, (button("people.youth.button.help", OpenHelp()),))
