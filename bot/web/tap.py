"""Lets so many requests through and no more: in all, and from each address. Time is an argument, in seconds."""

from collections import OrderedDict
from typing import Final

_REMEMBERED: Final = 5_000
"""Addresses that are kept in mind; one that has been quiet longest is forgotten first."""


class Tap:
    """Lets so many through a second, after a burst."""

    def __init__(self, a_second: float, burst: float) -> None:
        self._a_second, self._burst = a_second, burst
        self._left = burst
        self._looked: float | None = None

    def lets_through(self, now: float) -> bool:
        """Whether one more may pass now."""
        if self._looked is not None:
            self._left = min(self._burst, self._left + (now - self._looked) * self._a_second)
        self._looked = now
        if self._left < 1:
            return False
        self._left -= 1
        return True


class Taps:
    """A tap for each address and one for all together."""

    def __init__(self, each: tuple[float, float], together: tuple[float, float]) -> None:
        self._each = each
        self._together = Tap(*together)
        self._of_address: OrderedDict[str, Tap] = OrderedDict()

    def lets_through(self, address: str, now: float) -> bool:
        """Whether one more from this address may pass now; what its own tap holds back costs the others nothing."""
        tap = self._of_address.pop(address, None) or Tap(*self._each)
        self._of_address[address] = tap
        if len(self._of_address) > _REMEMBERED:
            self._of_address.popitem(last=False)
        return tap.lets_through(now) and self._together.lets_through(now)
