"""How fast Telegram lets a bot speak, and when the next message may go. Pure: time is an argument, in seconds.

The figures are Telegram's own advice (core.telegram.org/bots/faq), not a contract: a 429 counts for more.
"""

from bisect import insort
from collections import deque
from dataclasses import dataclass
from typing import Final

_SECOND: Final = 1.02
"""A second with a margin for the way to Telegram, where the counting is done."""

_MINUTE: Final = 60.5

_TRIPS: Final = 100
"""Round trips of which the quickest tells how long a message takes when nothing holds it up."""


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
        self._trips: deque[float] = deque(maxlen=_TRIPS)

    def wait(self, chat: int, *, reply: bool, now: float) -> float:
        """Seconds until a message to `chat` may go; 0 when it may go now. Replies may use the last places."""
        return max(self._wait_total(reply, now), self._wait_chat(chat, now))

    def spend(self, chat: int, now: float) -> None:
        """A message to `chat` goes out now."""
        self._all.append(now)
        self._chats.setdefault(chat, deque()).append(now)

    def arrived(self, chat: int, started: float, now: float) -> None:
        """The answer to what went out at `started` is there.

        When Telegram counted it lies between the two. By as much as it took longer than the quickest it counts later
        from now on: messages that bunched up on their way must not come to more than a second's worth in a second.
        """
        self._trips.append(now - started)
        counts_at = now - min(self._trips)
        for sent in (self._all, self._chats.setdefault(chat, deque())):
            if started in sent:
                sent.remove(started)
            insort(sent, counts_at)

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
