"""What the updates of a batch lead to, written in one go: for a hundred people one statement instead of a hundred."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.delivery import outbox
from bot.people import arrivals
from bot.people.arrivals import Known
from bot.turn import Message, Turn


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
    _said: list[Message] = field(default_factory=list)
    _present: set[int] = field(default_factory=set)
    _expected: list[arrivals.Expected] = field(default_factory=list)

    def say(self, turn: Turn) -> None:
        """What this turn says is to be queued."""
        self._said += turn.said
        self._present.update(turn.present)

    def expect(self, turn: Turn) -> None:
        """What this turn awaits is to be noted; where it awaits nothing, that an earlier question waits no more."""
        if turn.expected_next is not None or turn.expecting is not None:
            self._expected.append(arrivals.Expected(turn.person.id, turn.expected_next))

    async def write(self) -> None:
        """Write what was gathered, in its order."""
        await arrivals.expect(self.db, self._expected)
        await outbox.add(self.db, self._said, self.now, present=self._present)
        self._said, self._present, self._expected = [], set(), []
