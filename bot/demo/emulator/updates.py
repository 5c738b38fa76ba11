"""The queue of updates: kept until confirmed by a higher offset, a press for 150 s, the rest for 24 h.

After TQueue.cpp and `add_update` in Client.cpp of tdlib/telegram-bot-api.
"""

import random
from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import chain
from typing import Any

from bot.demo.emulator.model import Json, Update

PRESS_KEPT = timedelta(seconds=150)
UPDATE_KEPT = timedelta(hours=24)
BATCH_LIMIT = 100
ASK_FOR = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
_FAR_AHEAD = 10
_REMEMBERED = 1000


class UpdateQueue:
    """What the bot has not confirmed; ids rise unless a test lowers them."""

    def __init__(self, first_id: int) -> None:
        self.next_id = first_id
        self.allowed: tuple[str, ...] = ()
        self.decorate: Callable[[Any], Any] | None = None
        self.shuffled_by: random.Random | None = None
        self._waiting: deque[Update] = deque()
        self._again: deque[Update] = deque()
        self._handed_out: deque[Update] = deque(maxlen=_REMEMBERED)
        self.listeners: list[Callable[[], None]] = []
        self._next_expiry: datetime | None = None
        self._first_time: list[Update] = []

    def __len__(self) -> int:
        return len(self._waiting) + len(self._again)

    def add(self, kind: str, body: Json, chat_id: int, now: datetime) -> Update | None:
        """Queue one update; None when the bot has not asked for this kind."""
        if not self._wanted(kind):
            return None
        kept = PRESS_KEPT if kind == "callback_query" else UPDATE_KEPT
        return self._append({"update_id": self.next_id, kind: body}, chat_id, now + kept)

    def push(self, raw: Any, now: datetime) -> int:
        """Queue anything at all, well-formed or not; an object without an update_id gets one. Returns the id."""
        if isinstance(raw, dict) and "update_id" not in raw:
            raw = {"update_id": self.next_id, **raw}
        given = raw.get("update_id") if isinstance(raw, dict) else None
        if isinstance(given, int) and not isinstance(given, bool) and given >= self.next_id:
            self.next_id = given
        return self._append(raw, 0, now + UPDATE_KEPT).id

    def _append(self, body: Any, chat_id: int, expires_at: datetime) -> Update:
        update = Update(self.next_id, body, chat_id, expires_at)
        self.next_id += 1
        if self._next_expiry is None or expires_at < self._next_expiry:
            self._next_expiry = expires_at
        self._waiting.append(update)
        self._tell()
        return update

    def _tell(self) -> None:
        for listener in self.listeners:
            listener()

    def _wanted(self, kind: str) -> bool:
        return kind in self.allowed if self.allowed else kind not in ASK_FOR

    def confirm(self, offset: int) -> None:
        """Forget what lies below `offset`; a negative one keeps the last -offset; one far ahead is ignored."""
        if offset < 0:
            while len(self._waiting) > -offset:
                self._waiting.popleft()
            return
        if offset > self.next_id + _FAR_AHEAD:
            return
        while self._waiting and self._waiting[0].id < offset:
            self._waiting.popleft()

    def fetch(self, offset: int, limit: int, now: datetime) -> list[Any]:
        """Confirm below `offset` and hand out what is next, at most `limit` (1-100)."""
        self.confirm(offset)
        self._drop_expired(now)
        batch: list[Update] = []
        self._first_time.clear()
        while self._again and len(batch) < limit:
            again = self._again.popleft()
            if again.expires_at > now:  # what Telegram has thrown away it cannot hand out twice
                batch.append(again)
        for update in self._waiting:
            if len(batch) >= limit:
                break
            if update.fetched_at is None:
                update.fetched_at = now
                self._first_time.append(update)
                self._handed_out.append(update)
            batch.append(update)
        if self.shuffled_by is not None:
            self.shuffled_by.shuffle(batch)
        return [self.dressed(update) for update in batch]

    def lost_on_the_way(self) -> None:
        """The answer with the last batch was spoilt: the bot has not had what was in it for the first time."""
        for update in self._first_time:
            update.fetched_at = None
        self._first_time.clear()

    def dressed(self, update: Update) -> Any:
        """The update as it goes out."""
        return self.decorate(update.body) if self.decorate is not None else update.body

    def first_of_each_chat(self, busy: set[int], limit: int, now: datetime) -> list[Update]:
        """For the webhook: the oldest update of each of `limit` chats that have none under way."""
        self._drop_expired(now)
        taken = set(busy)
        ready: list[Update] = []
        for update in chain(self._again, self._waiting):
            if len(ready) >= limit:
                break
            if update.chat_id not in taken:
                taken.add(update.chat_id)
                ready.append(update)
        return ready

    def done(self, update: Update) -> None:
        """The webhook has taken it, or it has expired."""
        if update in self._again:
            self._again.remove(update)
        elif update in self._waiting:
            self._waiting.remove(update)
            self._handed_out.append(update)

    def _drop_expired(self, now: datetime) -> None:
        if self._next_expiry is None or now < self._next_expiry:
            return
        self._waiting = deque(update for update in self._waiting if update.expires_at > now)
        self._next_expiry = min((update.expires_at for update in self._waiting), default=None)

    def redeliver(self, count: int) -> int:
        """Hand out again the last `count` updates that went out, whatever was confirmed; returns how many."""
        last = list(self._handed_out)[-count:] if count > 0 else []
        self._again.extend(last)
        if last:
            self._tell()
        return len(last)

    def restart_ids(self, first_id: int) -> None:
        """Number anew from `first_id`, as Telegram may after a quiet week; what was fetched counts as confirmed."""
        waiting = [update for update in self._waiting if update.fetched_at is None]
        self._waiting.clear()
        self.next_id = first_id
        for update in waiting:
            body = update.body
            if isinstance(body, dict):
                body = {**body, "update_id": self.next_id}
            self._append(body, update.chat_id, update.expires_at)

    def clear(self) -> None:
        self._waiting.clear()
        self._again.clear()
