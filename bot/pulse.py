"""What the parts of the bot tell of themselves while they work, for whoever asks whether it is well.

Numbers and kinds only: nothing here could tell who did what. Moments are seconds of the clock's monotonic time.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(slots=True)
class Heartbeat:
    """When a part last got on; None until it has for the first time."""

    at: float | None = None

    def beat(self, now: float) -> None:
        self.at = now

    def late(self, now: float, every: float) -> float | None:
        """Seconds by which the next beat is overdue where one comes at least `every` so many; None before the first."""
        return None if self.at is None else max(0.0, now - self.at - every)


@dataclass(slots=True)
class Inbox:
    """Updates that were received: how many of each kind are handled, and since when any waits for it."""

    handled: Counter[str] = field(default_factory=Counter)
    waits_since: float | None = None

    def received(self, now: float) -> None:
        """A batch is here; where one before could not be handled, that one is still the oldest."""
        if self.waits_since is None:
            self.waits_since = now

    def done(self, batch: Iterable[object]) -> None:
        """All that was received is handled and committed; each thing's own kind is counted."""
        self.handled.update(type(one).__name__ for one in batch)
        self.waits_since = None

    def oldest(self, now: float) -> float:
        """Seconds for which the oldest unhandled update has waited here; 0 where none waits."""
        return 0.0 if self.waits_since is None else max(0.0, now - self.waits_since)
