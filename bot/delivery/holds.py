"""Which chats have to wait after a sending failed, and when it is not a chat but the whole way to Telegram. Pure.

Time is an argument, in seconds of a clock that never goes back.
"""

from collections.abc import Mapping
from typing import Final

LONGEST_BACK_OFF: Final = 8.0
"""Seconds: so soon after Telegram is back everybody is tried again."""

FAILING_CHATS: Final = 3
"""When so many chats fail with nothing getting through between, it is not the chats."""


class Holds:
    """Until when each chat waits, and everybody."""

    def __init__(self) -> None:
        self._chats: dict[int, float] = {}
        self._everybody: float | None = None
        self._failing: set[int] = set()
        self._blackouts = 0

    def take_up(self, chats: Mapping[int, float]) -> None:
        """Chats that the last run left waiting."""
        self._chats |= chats

    def got_through(self) -> None:
        """Telegram gave an answer that is one."""
        self._failing.clear()
        self._blackouts = 0

    def failed(self, chat: int, wait: float, told: float | None, now: float) -> None:
        """Hold the chat for `wait` seconds; `told` is Telegram's own figure, if it gave one."""
        self._chats[chat] = now + wait
        self._failing.add(chat)
        if len(self._failing) >= FAILING_CHATS:
            self._hold_everybody(told, now)

    def _hold_everybody(self, told: float | None, now: float) -> None:
        """As long as Telegram says, else twice as long after each try that got nothing through."""
        until = now if self._everybody is None else max(self._everybody, now)
        if told is None and until <= now:
            self._blackouts += 1
            told = back_off(self._blackouts - 1)
        self._everybody = max(until, now + (told or 0.0))

    def wait(self, chat: int, now: float) -> float:
        """Seconds until this chat may be tried again."""
        everybody = now if self._everybody is None else self._everybody
        return max(self._chats.get(chat, now), everybody, now) - now

    def chats(self, now: float) -> set[int]:
        """Those that wait by themselves, not with everybody."""
        return {chat for chat, until in self._chats.items() if until > now}

    def soonest(self, now: float) -> float:
        """Seconds until the next hold ends, or a long time; what is over is forgotten."""
        self._chats = {chat: until for chat, until in self._chats.items() if until > now}
        return min((until - now for until in self._chats.values()), default=3600.0)


def back_off(tries: int) -> float:
    """Seconds until the next try: twice as long each time, up to `LONGEST_BACK_OFF`."""
    return min(2.0 ** min(tries, 10), LONGEST_BACK_OFF)
