"""How many people an invitation reaches and whom it leaves out, and how much of that may be told. Pure.

Where something that nobody should learn of a single person (language, standing, age, interest, what they took part in)
narrows down the young people, their number is told as a range only, as `bot.figures.suppression` has it: 0 to 4, 5 to 9
and so on; and so is, always, for what reason some of them get nothing. Staff are colleagues and counted one by one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.figures.suppression import Range, added, shown


class LeftOut(StrEnum):
    """Why somebody of the audience gets no invitation now; of several reasons the first counts."""

    CANNOT = "cannot"
    """They cannot be written to now: they blocked the bot or are gone, staff barred them, a young person did not agree
    to be invited, or asked for help and that is not settled. Told as one, so that nobody learns who waits for help."""
    MUTED = "muted"
    """They want nothing of this kind."""
    TIRED = "tired"
    """A young person who was invited as often within a week as the settings allow."""


@dataclass(frozen=True, slots=True)
class Heads:
    """So many young people and so many of the staff."""

    youth: int = 0
    staff: int = 0

    @property
    def total(self) -> int:
        return self.youth + self.staff


@dataclass(frozen=True, slots=True)
class Reach:
    """Who would get the invitation if it went out at this moment, and who of the audience would not."""

    invited: Heads
    left_out: Mapping[LeftOut, Heads] = field(default_factory=dict)
    narrowed: bool = False
    """Whether the number of young people would say something of single ones among them."""
    young: bool = True
    """Whether young people are meant at all."""

    @property
    def total(self) -> int:
        """Exactly so many; never told where `narrowed`."""
        return self.invited.total

    def told(self, fewest: int) -> Range:
        """How many get it, as it may be told; `fewest` is the smallest number of people that is shown."""
        return _told(self.invited, fewest) if self.narrowed else Range(self.total, self.total)

    def told_left_out(self, fewest: int) -> dict[LeftOut, Range]:
        """For each reason that can be spoken of, how many do not get it: of young people never more than a range."""
        told = {why: _told(self.left_out.get(why, Heads()), fewest) for why in LeftOut}
        return {why: one for why, one in told.items() if one.at_least > 0}

    def stated(self, fewest: int) -> int:
        """What a button carries that sends to as many as were told: nothing that was not on the screen."""
        return self.told(fewest).at_least

    def is_surely_nobody(self, fewest: int) -> bool:
        """Whether it may be said that nobody would get it."""
        return self.told(fewest).at_most == 0


def _told(heads: Heads, fewest: int) -> Range:
    """Staff one by one, young people as a range."""
    return added((Range(heads.staff, heads.staff), shown(heads.youth, fewest)))
