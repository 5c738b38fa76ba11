"""Presses the bot may still answer: 15 seconds, as Telegram's clients wait."""

import itertools
from collections import OrderedDict
from dataclasses import dataclass
from datetime import timedelta

from bot.clock import Clock
from bot.demo.emulator.model import Press, Update
from bot.demo.emulator.refusals import ProblemKind, stale_press

ANSWERABLE_FOR = timedelta(seconds=15)
_REMEMBERED = 20_000


@dataclass(slots=True)
class _Known:
    press: Press
    update: Update | None
    answered: bool = False


class Presses:
    """Ids are numbers in strings, as Telegram's."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._ids = itertools.count(4_380_000_000_000_000_001)
        self._known: OrderedDict[str, _Known] = OrderedDict()

    def new_id(self) -> str:
        return str(next(self._ids))

    def remember(self, press: Press, update: Update | None) -> None:
        self._known[press.id] = _Known(press, update)
        if len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)

    def answer(self, press_id: str) -> Press:
        """The press being answered; raises `Refused` when it is too old or was never made.

        Too late counts as a problem only where the bot had it in time.
        """
        known = self._known.get(press_id)
        if known is None:
            raise stale_press()
        deadline = known.press.pressed_at + ANSWERABLE_FOR
        if self._clock.now() > deadline:
            fetched_at = known.update.fetched_at if known.update is not None else None
            had_it_in_time = fetched_at is not None and fetched_at < deadline
            raise stale_press(ProblemKind.LATE_ANSWER if had_it_in_time and not known.answered else None)
        known.answered = True
        return known.press
