"""How fast Telegram lets a bot speak, and when the next message may go. Pure: time is an argument, in seconds.

The figures are Telegram's own advice (core.telegram.org/bots/faq), not a contract: a 429 counts for more.
"""

from bisect import insort
from collections import deque
from dataclasses import dataclass
from typing import Final

SECOND: Final = 1.01
"""A second with a margin for the way to Telegram, where the counting is done."""

_MINUTE: Final = 60.5

_TRIPS: Final = 100
"""Round trips of which the quickest tells how long a message takes when nothing holds it up."""

_FEW: Final = 20
"""Until so many trips are known none tells that: the first of a process have connections to open, and leave late."""


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
        self._not_replies: deque[float] = deque()
        self._full_at: dict[int, float] = {}  # when a private chat's burst is whole again
        self._groups: dict[int, deque[float]] = {}
        self._trips: deque[float] = deque(maxlen=_TRIPS)

    def wait(self, chat: int, *, reply: bool, now: float) -> float:
        """Seconds until a message to `chat` may go; 0 when it may now go. Replies may use the last places."""
        return max(
            self._wait_total(reply, now), self._wait_group(chat, now) if chat < 0 else self._wait_chat(chat, now)
        )

    def spend(self, chat: int, now: float, *, reply: bool) -> None:
        """A message to `chat` goes out now."""
        insort(self._all, now)
        if not reply:
            insort(self._not_replies, now)
        if chat < 0:
            insort(self._groups.setdefault(chat, deque()), now)
        else:
            self._full_at[chat] = max(self._full_at.get(chat, now), now) + SECOND

    def unknown(self, chat: int, now: float) -> None:
        """How much went to `chat` until now nobody knows, for the process ended meanwhile: its burst is used up."""
        self.spend(chat, now, reply=True)
        if chat > 0:
            self._full_at[chat] = max(self._full_at[chat], now + self._rates.chat_burst * SECOND)

    def arrived(self, chat: int, started: float, now: float) -> None:
        """The answer to what went out at `started` is there.

        When Telegram counted it lies between the two. By as much as it took longer than the quickest it counts later
        from now on: messages that bunched up on their way must not come to more than a second's worth in a second.
        """
        self._trips.append(now - started)
        counts_at = now - (min(self._trips) if len(self._trips) >= _FEW else 0.0)
        for sent in (self._all, self._not_replies, self._groups.get(chat, deque())):
            if started in sent:
                sent.remove(started)
                insort(sent, counts_at)
        if chat in self._full_at:
            self._full_at[chat] += counts_at - started

    def forget_old(self, now: float) -> None:
        """Drop what no longer counts, so that memory follows the last minute and not the whole day."""
        for chat in [chat for chat, full_at in self._full_at.items() if full_at < now]:
            del self._full_at[chat]
        for chat in [chat for chat, sent in self._groups.items() if not sent or sent[-1] + _MINUTE < now]:
            del self._groups[chat]

    def _wait_total(self, reply: bool, now: float) -> float:
        wait = _wait_in(self._all, self._rates.total, now)
        if reply:
            return wait
        return max(wait, _wait_in(self._not_replies, self._rates.total - self._rates.kept_for_replies, now))

    def _wait_chat(self, chat: int, now: float) -> float:
        """A short burst, which fills up again by one a second."""
        in_burst = (self._rates.chat_burst - 1) * SECOND
        return max(0.0, self._full_at.get(chat, now) - in_burst - now)

    def _wait_group(self, chat: int, now: float) -> float:
        sent = self._groups.get(chat, deque())
        while sent and sent[0] + _MINUTE <= now:
            sent.popleft()
        return 0.0 if len(sent) < self._rates.group else sent[0] + _MINUTE - now


def _wait_in(sent: deque[float], most: int, now: float) -> float:
    """Seconds until fewer than so many count; what no longer does is dropped."""
    while sent and sent[0] + SECOND <= now:
        sent.popleft()
    return 0.0 if len(sent) < most else sent[len(sent) - most] + SECOND - now
