"""What a mentor can press about an answer to "how are you"."""

from dataclasses import dataclass
from typing import ClassVar

from bot.actions import Action


@dataclass(frozen=True, slots=True)
class OpenWords(Action):
    """Read the words that the young person meant for their mentor."""

    tag: ClassVar[str] = "checkins.words"
    checkin: int
