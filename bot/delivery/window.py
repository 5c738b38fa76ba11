"""How many new messages may be on their way unnoted. Pure: time is an argument, in seconds.

Telegram has no key by which to send a message only once, so whatever arrived and was not noted before a crash goes out
again. The window keeps that to one message, or as few more as a slow line needs to carry the full rate. Rewriting a
message twice changes nothing, so edits are not counted.
"""

from collections import deque
from typing import Final

PATIENCE: Final = 1.0
"""Seconds after which a message is stuck, and nobody else waits for it."""

_LOOKED_AT: Final = 20
"""Round trips of which the quickest tells how slow the line is: on a busy machine some are slow, on a slow line all.
Until there are so many, the line counts as quick: what is slow in the first moments of a process is the process."""

_HEADROOM: Final = 1.5
"""No two messages take the same time; without room for that a slow line would not carry the full rate."""


class Window:
    """Counts what is under way, and learns how long a message takes from its start until it is noted."""

    def __init__(self, per_second: int) -> None:
        self._per_second = per_second
        self._since: dict[int, float] = {}
        self._trips: deque[float] = deque(maxlen=_LOOKED_AT)

    def wait(self, now: float) -> float:
        """Seconds until another new message may start; 0 when one may now."""
        young = sorted(since for since in self._since.values() if now - since < PATIENCE)
        takes = min(self._trips) if len(self._trips) == _LOOKED_AT else 0.0
        wide = 1 + int(_HEADROOM * self._per_second * min(takes, 1.0))
        return 0.0 if len(young) < wide else young[-wide] + PATIENCE - now

    def started(self, chat: int, now: float) -> None:
        self._since[chat] = now

    def noted(self, chat: int, now: float) -> None:
        """What was under way to that chat has come to an end, and the end is on the disk."""
        since = self._since.pop(chat, None)
        if since is not None:
            self._trips.append(now - since)
