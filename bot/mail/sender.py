"""What can come of one try to hand over a letter. The transport gives one of these and never an exception."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from bot.mail.letter import Letter


@dataclass(frozen=True, slots=True)
class Sent:
    """The mail server took it over."""


class Whose(StrEnum):
    """What stands in the way of a letter that has to wait."""

    LETTERS = "letters"
    """The mail server said so of this letter or its recipient; others may go."""
    SERVERS = "servers"
    OURS = "ours"
    """Somebody who runs the bot has to mend it, and until then no letter goes."""


@dataclass(frozen=True, slots=True)
class Later:
    """Not now."""

    fault: str
    whose: Whose = Whose.SERVERS


@dataclass(frozen=True, slots=True)
class Refused:
    """Never: the mail server says for good that it does not take this letter for this address."""

    fault: str


Verdict = Sent | Later | Refused


class Sender(Protocol):
    """The transport: tries once and gives a verdict, never an exception."""

    async def __call__(self, letter: Letter) -> Verdict: ...
