"""Who watches the page, and what each watcher still has to be told; bursts of changes collapse into one."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class News:
    """What to send a watcher next."""

    stage: bool
    clock: bool
    mail: bool
    phones: frozenset[int]


@dataclass(eq=False, slots=True)
class Watcher:
    """One open page. Holds names of what changed, not the changes: a slow page costs nothing and misses nothing."""

    _stage: bool = True
    _clock: bool = True
    _mail: bool = True
    _phones: set[int] = field(default_factory=set)
    _woken: asyncio.Event = field(default_factory=asyncio.Event)

    def wake(self) -> None:
        self._woken.set()

    def mark(self, *, stage: bool = False, clock: bool = False, mail: bool = False, phones: Iterable[int] = ()) -> None:
        self._stage |= stage
        self._clock |= clock
        self._mail |= mail
        self._phones.update(phones)
        self._woken.set()

    async def news(self, patience: float) -> News:
        """What changed since the last call; after `patience` seconds without news, the clock alone."""
        try:
            await asyncio.wait_for(self._woken.wait(), patience)
        except TimeoutError:
            self._clock = True
        news = News(self._stage, self._clock, self._mail, frozenset(self._phones))
        self._stage = self._clock = self._mail = False
        self._phones.clear()
        self._woken.clear()
        return news


@dataclass(slots=True)
class Feed:
    """All open pages."""

    closed: bool = False
    _watchers: set[Watcher] = field(default_factory=set)

    def join(self, phones: Iterable[int]) -> Watcher:
        """A new watcher, who is first told everything."""
        watcher = Watcher()
        watcher.mark(stage=True, clock=True, mail=True, phones=phones)
        self._watchers.add(watcher)
        return watcher

    def leave(self, watcher: Watcher) -> None:
        self._watchers.discard(watcher)

    def tell(self, *, stage: bool = False, clock: bool = False, mail: bool = False, phones: Iterable[int] = ()) -> None:
        """Note what changed for every watcher; callable from any synchronous code on the loop."""
        for watcher in self._watchers:
            watcher.mark(stage=stage, clock=clock, mail=mail, phones=phones)

    def close(self) -> None:
        """Let every stream end, so the server can stop at once."""
        self.closed = True
        for watcher in self._watchers:
            watcher.wake()
