"""How fast Telegram lets a bot speak, and when the next message may go. Pure: time is an argument, in seconds.

The figures are Telegram's own advice (core.telegram.org/bots/faq), not a contract: a 429 counts for more.
"""

from collections import deque
from dataclasses import dataclass
from typing import Final

_SECOND: Final = 1.02
"""A second with a margin for the way to Telegram, where the counting is done."""

_MINUTE: Final = 60.5


@dataclass(frozen=True, slots=True)
class Rates:
    """Messages a second in all, a second per private chat after a short burst, a minute per group."""

    total: int = 30
    kept_for_replies: int = 1
    chat_burst: int = 3
    group: int = 20


class Limits:
    """Remembers what was sent and answers how long the next sending has to wait."""

    def __init__(self, rates: Rates) -> None:
        self._rates = rates
        self._all: deque[float] = deque()
        self._chats: dict[int, deque[float]] = {}

    def wait(self, chat: int, *, reply: bool, now: float) -> float:
        """Seconds until a message to `chat` may go; 0 when it may go now. Replies may use the last places."""
        return max(self._wait_total(reply, now), self._wait_chat(chat, now))

    def spend(self, chat: int, now: float) -> None:
        """A message to `chat` goes out now."""
        self._all.append(now)
        self._chats.setdefault(chat, deque()).append(now)

    def forget_old(self, now: float) -> None:
        """Drop what no longer counts, so that memory follows the last minute and not the whole day."""
        for chat in [chat for chat, sent in self._chats.items() if not sent or sent[-1] + _MINUTE < now]:
            del self._chats[chat]

    def _wait_total(self, reply: bool, now: float) -> float:
        while self._all and self._all[0] + _SECOND <= now:
            self._all.popleft()
        allowed = self._rates.total - (0 if reply else self._rates.kept_for_replies)
        if len(self._all) < allowed:
            return 0.0
        return self._all[len(self._all) - allowed] + _SECOND - now

    def _wait_chat(self, chat: int, now: float) -> float:
        sent = self._chats.get(chat)
        if not sent:
            return 0.0
        if chat < 0:
            most, span = self._rates.group, _MINUTE
        else:
            # A burst of n, then one a second: within any n seconds at most n have gone.
            most, span = self._rates.chat_burst, self._rates.chat_burst * _SECOND
        while sent and sent[0] + span <= now:
            sent.popleft()
        if len(sent) < most:
            return 0.0
        return sent[0] + span - now
