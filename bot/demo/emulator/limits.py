"""How much Telegram takes from one bot (core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this)."""

import math
from collections import deque
from dataclasses import dataclass, field

ALL_PER_SECOND = 30
CHAT_BURST = 3
GROUP_PER_MINUTE = 20
_CHATS_REMEMBERED = 50_000


@dataclass(frozen=True, slots=True)
class Held:
    """Not now: seconds to wait, and whether the bot had already been told to."""

    retry_after: int
    told_before: bool


@dataclass(slots=True)
class _Bucket:
    """What is left of a burst; refills by one a second."""

    left: float
    counted_at: float


@dataclass(slots=True)
class Limits:
    """30 a second in all, 1 a second to a person with a burst of 3, 20 a minute to a group.

    With `enabled` off only waits that a test imposed (`hold`) are kept.
    """

    enabled: bool = True
    _recent: deque[float] = field(default_factory=deque)
    _buckets: dict[int, _Bucket] = field(default_factory=dict)
    _groups: dict[int, deque[float]] = field(default_factory=dict)
    _held_until: dict[int | None, float] = field(default_factory=dict)

    def admit(self, chat_id: int, now: float) -> Held | None:
        """None when the send may go; else how long to wait. `now` in seconds of a monotonic clock."""
        for held in (None, chat_id):
            until = self._held_until.get(held)
            if until is not None and now < until:
                return Held(max(math.ceil(until - now), 1), told_before=True)
            self._held_until.pop(held, None)
        if not self.enabled:
            return None
        wait = self._overall_wait(now)
        if wait > 0:
            return self.hold(None, wait, now)
        wait = self._group_wait(chat_id, now) if chat_id < 0 else self._person_wait(chat_id, now)
        if wait > 0:
            return self.hold(chat_id, wait, now)
        self._recent.append(now)
        return None

    def hold(self, chat_id: int | None, seconds: float, now: float) -> Held:
        """Start a wait for one chat, or for all with None; sends before its end are violations."""
        retry_after = max(math.ceil(seconds - 1e-9), 1)
        self._held_until[chat_id] = now + retry_after
        return Held(retry_after, told_before=False)

    def _overall_wait(self, now: float) -> float:
        while self._recent and now - self._recent[0] >= 1.0:
            self._recent.popleft()
        return 0.0 if len(self._recent) < ALL_PER_SECOND else self._recent[0] + 1.0 - now

    def _person_wait(self, chat_id: int, now: float) -> float:
        bucket = self._buckets.get(chat_id)
        if bucket is None:
            self._forget_idle(now)
            bucket = self._buckets[chat_id] = _Bucket(float(CHAT_BURST), now)
        bucket.left = min(bucket.left + now - bucket.counted_at, float(CHAT_BURST))
        bucket.counted_at = now
        if bucket.left < 1.0 - 1e-9:
            return 1.0 - bucket.left
        bucket.left -= 1.0
        return 0.0

    def _group_wait(self, chat_id: int, now: float) -> float:
        sent = self._groups.setdefault(chat_id, deque())
        while sent and now - sent[0] >= 60.0:
            sent.popleft()
        if len(sent) >= GROUP_PER_MINUTE:
            return sent[0] + 60.0 - now
        sent.append(now)
        return 0.0

    def _forget_idle(self, now: float) -> None:
        if len(self._buckets) < _CHATS_REMEMBERED:
            return
        for chat_id, bucket in list(self._buckets.items()):
            if now - bucket.counted_at > CHAT_BURST:
                del self._buckets[chat_id]
