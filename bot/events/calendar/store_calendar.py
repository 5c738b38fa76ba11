"""What stands in people's own calendars: by a file that they took, and by the address of their calendar."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import String, cast, exists, literal, not_, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.delivery.packing import State as Sending
from bot.events.changed.changes import State as Telling
from bot.events.event import OFF, Event, Reply, Seat, State
from bot.events.store import SENT
from bot.events.store_rows import event_from
from bot.storage.columns import NOW
from bot.storage.tables import event_changes, events, invitations, outbox, people

_OFF: Final = [one.value for one in OFF]

_GONE: Final = or_(
    invitations.c.answer.is_(None),
    invitations.c.answer != Reply.YES.value,
    invitations.c.seat.is_(None),
    invitations.c.seat != Seat.HELD.value,
    events.c.state.in_(_OFF),
)
"""They do not come any more, or nobody does."""

_HELD: Final = invitations.join(events, events.c.id == invitations.c.event_id)

_OCCASION: Final = literal("event:") + cast(events.c.id, String) + ":" + cast(invitations.c.person_id, String) + ":%"
_WITH_THE_SERIES: Final = literal("event:%:") + cast(invitations.c.person_id, String) + ":all_cancelled"

_TO_HEAR: Final = or_(
    events.c.state == State.CANCELLING.value,
    exists().where(event_changes.c.event_id == events.c.id, event_changes.c.state == Telling.TELLING.value),
    exists().where(
        outbox.c.person_id == invitations.c.person_id,
        outbox.c.state.in_([Sending.WAITING.value, Sending.IN_FLIGHT.value]),
        or_(outbox.c.once.like(_OCCASION), outbox.c.once.like(_WITH_THE_SERIES)),
    ),
)
"""The words on what has changed have not left for them yet, as by night: the file belongs below those words."""

OUT_OF_LINE: Final = (
    select(invitations.c.id)
    .select_from(_HELD)
    .where(
        invitations.c.calendar_sequence.is_not(None),
        events.c.starts_at > NOW,
        or_(_GONE, events.c.sequence > invitations.c.calendar_sequence),
        not_(_TO_HEAR),
    )
)
"""Whose calendar shows what is not so any more, once they have read why."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What is known of one person's calendar and one event."""

    invitation: int
    person_id: int
    event: Event
    shows: int | None
    """The event's sequence that the file in it shows; none: it is not there."""
    turns: int | None
    comes: bool

    def turned(self, *, there: bool) -> "Kept":
        """The same once a file has put it there, or taken it away."""
        is_same = self.turns is None or there is (self.shows is not None)
        turns = (self.turns or 0) + (0 if is_same else 1)
        shows = self.event.sequence if there else None
        return Kept(self.invitation, self.person_id, self.event, shows, turns, self.comes)

    @property
    def sequence(self) -> int:
        """Of its entry in this person's calendar: it only grows, whatever changes, the event or their mind."""
        return self.event.sequence + (self.turns or 0)


async def kept(db: AsyncConnection, event_id: int, person_id: int) -> Kept | None:
    """This person's, if they were ever invited or came by themselves."""
    query = _KEPT.where(invitations.c.event_id == event_id, invitations.c.person_id == person_id)
    row = (await db.execute(query)).one_or_none()
    return _kept(row) if row else None


async def out_of_line(db: AsyncConnection, now: datetime, limit: int) -> list[Kept]:
    """Some of those whose calendar shows what is not so any more."""
    query = _KEPT.where(invitations.c.id.in_(OUT_OF_LINE.order_by(invitations.c.id).limit(limit)))
    return [_kept(row) for row in await db.execute(query.order_by(invitations.c.id), {"now": now})]


async def keep(db: AsyncConnection, before: Kept, after: Kept) -> bool:
    """True for the one caller that found it as it was before."""
    kept = await db.execute(
        update(invitations)
        .where(
            invitations.c.id == before.invitation,
            invitations.c.calendar_sequence.is_not_distinct_from(before.shows),
            invitations.c.calendar_turns.is_not_distinct_from(before.turns),
        )
        .values(calendar_sequence=after.shows, calendar_turns=after.turns)
    )
    return kept.rowcount == 1


async def of_person(db: AsyncConnection, person_id: int, since: datetime, limit: int) -> list[tuple[Kept, Reply, Any]]:
    """What they said yes or maybe to and begins after `since`, cancelled or not, with their answer and seat."""
    query = _KEPT.where(
        invitations.c.person_id == person_id,
        invitations.c.answer.in_([Reply.YES.value, Reply.MAYBE.value]),
        events.c.starts_at > since,
    )
    rows = await db.execute(query.order_by(events.c.starts_at, events.c.id).limit(limit))
    return [(_kept(row), Reply(row.answer), Seat(row.seat) if row.seat else None) for row in rows]


_KEPT = SENT.join(invitations, invitations.c.event_id == events.c.id).add_columns(
    invitations.c.id.label("invitation"),
    invitations.c.person_id,
    invitations.c.calendar_sequence,
    invitations.c.calendar_turns,
    invitations.c.answer,
    invitations.c.seat,
)


def _kept(row: Any) -> Kept:
    event = event_from(row)
    comes = row.answer == Reply.YES.value and row.seat == Seat.HELD.value and event.state not in OFF
    return Kept(row.invitation, row.person_id, event, row.calendar_sequence, row.calendar_turns, comes)


# --- the address ------------------------------------------------------------------------------------------------


async def has_feed(db: AsyncConnection, person_id: int) -> bool:
    """Whether an address of theirs is in use."""
    query = select(people.c.id).where(people.c.id == person_id, people.c.events_feed_hash.is_not(None))
    return await db.scalar(query) is not None


async def set_feed(db: AsyncConnection, person_id: int, feed_hash: str | None) -> None:
    """From now on that address and no other; without one the calendar cannot be read."""
    await db.execute(update(people).where(people.c.id == person_id).values(events_feed_hash=feed_hash))


async def whose_feed(db: AsyncConnection, feed_hash: str) -> int | None:
    """Whose address hashes to that."""
    found: int | None = await db.scalar(select(people.c.id).where(people.c.events_feed_hash == feed_hash))
    return found
