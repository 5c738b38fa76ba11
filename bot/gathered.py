"""What the updates of a batch lead to, written in one go: for a hundred people one statement instead of a hundred."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot import workshop
from bot.delivery import outbox
from bot.people import arrivals
from bot.people.arrivals import Known
from bot.storage import records
from bot.storage.records import Look
from bot.turn import Making, Message, Turn


@dataclass(slots=True)
class Gathered:
    """Messages, and what the next texts will mean, that no later update has to find in the database yet.

    Whatever may look at them, or undo them, has them written first: a second update of the same person, who may erase
    themselves with all that was to be said to them, and anything staff do, which may touch anybody.
    """

    db: AsyncConnection
    now: datetime
    ahead: dict[int, Known] = field(default_factory=dict)
    """Young people of the batch by Telegram id, loaded together, until their first update is handled."""
    asks_workshop: bool = False
    """Whether something was queued for it."""
    _said: list[Message] = field(default_factory=list)
    _present: set[int] = field(default_factory=set)
    _expected: list[arrivals.Expected] = field(default_factory=list)
    _making: list[Making] = field(default_factory=list)
    _looks: list[Look] = field(default_factory=list)

    def say(self, turn: Turn) -> None:
        """What this turn says, and what it has made, is to be queued."""
        self._said += turn.said
        self._making += turn.making
        self.asks_workshop |= bool(turn.making)
        self._present.update(turn.present)
        self._looks += turn.looks

    def expect(self, turn: Turn) -> None:
        """What this turn awaits is to be noted; where it awaits nothing, that an earlier question waits no more."""
        if turn.expected_next is not None or turn.expecting is not None:
            self._expected.append(arrivals.Expected(turn.person.id, turn.expected_next))

    async def write(self) -> None:
        """Write what was gathered, in its order."""
        await arrivals.expect(self.db, self._expected)
        await outbox.add(self.db, self._said, self.now, present=self._present)
        await workshop.queue(self.db, self._making, self.now)
        await records.looked(self.db, self.now, self._looks)
        self._said, self._present, self._expected, self._making, self._looks = [], set(), [], [], []
