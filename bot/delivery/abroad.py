"""Whose night it is: at home, and where people are who live abroad. Pure: moments are arguments."""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.calendar import Hours, Kind, allowed


@dataclass(frozen=True, slots=True)
class Abroad:
    """Zones in which somebody of ours lives: those where it is night, and the others."""

    asleep: frozenset[str] = frozenset()
    awake: frozenset[str] = frozenset()


NOBODY: Final = Abroad()


class Nights:
    """The quiet hours of everybody, each by the clock of their own zone."""

    def __init__(self, home: Hours) -> None:
        self._home = home
        self.zones: set[str] = set()

    def zone(self, name: str | None) -> ZoneInfo:
        """The zone of that name; home's for none, and for one that is no more."""
        return (self._home.zone if name is None else _zone(name)) or self._home.zone

    def is_quiet(self, now: datetime, zone: str | None = None) -> bool:
        """Whether nobody is to be woken now in that zone; None: at home."""
        return bool(allowed(now, replace(self._home, zone=self.zone(zone)), Kind.MESSAGE).moves)

    def asleep(self, now: datetime) -> set[str | None]:
        """All zones that are known in which it is night; None among them stands for home."""
        return {name for name in (None, *self.zones) if self.is_quiet(now, name)}

    def abroad(self, now: datetime) -> Abroad:
        """All zones that are known, by whether it is night there."""
        if not self.zones:
            return NOBODY
        asleep = frozenset(name for name in self.asleep(now) if name is not None)
        return Abroad(asleep, frozenset(self.zones) - asleep)


@lru_cache(maxsize=256)
def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return None
