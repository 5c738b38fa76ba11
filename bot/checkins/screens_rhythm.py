"""What can be pressed about why a check-in is due when it is."""

from dataclasses import dataclass
from typing import ClassVar

from bot.actions import Action
from bot.checkins.screens import OpenCheckIn
from bot.turn import Row, button


@dataclass(frozen=True, slots=True)
class WhyThen(Action):
    """Say to staff why this check-in is due at its moment."""

    tag: ClassVar[str] = "checkins.why"
    checkin: int


def why_button(checkin_id: int, *, back: bool = False) -> Row:
    """The question below a check-in, or below the answer the way back to it."""
    if back:
        return (button("checkins.staff.button.back", OpenCheckIn(checkin_id)),)
    return (button("checkins.staff.button.why", WhyThen(checkin_id)),)
