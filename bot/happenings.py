"""What one capability tells the others without knowing them."""

from collections.abc import Sequence
from dataclasses import dataclass


class Happening:
    """Something that was done and that capabilities above may act on in the same transaction.

    Subclasses are frozen dataclasses in the rules.py of the capability where it happens; see `Tick.happened`.
    """

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class MailLost(Happening):
    """A letter cannot be delivered for good: the occasion (`once`) it was for. This one happens at the post."""

    occasion: str


@dataclass(frozen=True, slots=True)
class Lapsed(Happening):
    """Messages expired before they could be sent: the occasions (`once`) they were for, which their senders can read.

    This one happens at the gate, which is below every capability.
    """

    occasions: Sequence[str]
