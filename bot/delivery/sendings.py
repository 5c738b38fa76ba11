"""What came of the sendings so far, and whether any get through. Pure: time is an argument, in seconds."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Final

from bot.delivery.verdicts import Later, Verdict
from bot.turn import Priority

FORGET_FAILURE_AFTER: Final = 60.0
"""What failed has been tried again by then: it waits for some seconds, and a try ends after twenty, without an answer
too. If it was not, nobody wants it any more, and it says nothing."""


@dataclass(slots=True)
class Sendings:
    """Counted by priority and kind of verdict since the start."""

    verdicts: Counter[tuple[str, str]] = field(default_factory=Counter)
    told_to_wait: int = 0
    """Answers 429."""
    _failing_since: float | None = None
    _failed_at: float = 0.0

    def note(self, priority: Priority, verdict: Verdict, now: float) -> None:
        """One sending was tried. Being told to wait (429) is no failure: Telegram is there."""
        self.verdicts[priority.name.lower(), type(verdict).__name__] += 1
        match verdict:
            case Later(None):
                self._failing_since = now if self._failing_since is None else self._failing_since
                self._failed_at = now
            case Later():
                self.told_to_wait += 1
            case _:
                self._failing_since = None

    def stuck_for(self, now: float) -> float:
        """Seconds since sendings began to fail with none getting through since; 0 while they get through."""
        if self._failing_since is None or now - self._failed_at > FORGET_FAILURE_AFTER:
            return 0.0
        return now - self._failing_since
