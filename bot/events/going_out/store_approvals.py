"""Invitations to many that wait for a second coordinator: handed in, decided on, taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, delete, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.events.event import Event, State
from bot.events.going_out.sending import Decision
from bot.events.store_rows import event_from
from bot.people import store as people
from bot.roles import Person, Role
from bot.storage.columns import NOW
from bot.storage.tables import event_approvals, events


@dataclass(frozen=True, slots=True)
class Approval:
    """What was handed in: the digest of the text and the number of people; `decision` is None while it waits."""

    submitted_by: int | None
    submitted_at: datetime
    digest: str
    stated: int
    decision: Decision | None
    decided_by: int | None
    decided_at: datetime | None
    reason: str | None
    """What whoever handed it back would rather have changed."""


REMINDERS_DUE: Final = select(event_approvals.c.event_id).where(event_approvals.c.next_at <= NOW)


async def submit(
    db: AsyncConnection, event_id: int, by: int | None, handed_in: tuple[str, int], now: datetime, next_at: datetime
) -> bool:
    """True for the one press that handed the draft in, with its digest and the number of people."""
    return await _submit(db, event_id, State.DRAFT, by, handed_in, now, next_at)


async def submit_what_was_to_go(
    db: AsyncConnection, event: Event, handed_in: tuple[str, int], now: datetime, next_at: datetime
) -> bool:
    """The same for what was to go out by now and has become an invitation to many meanwhile."""
    return await _submit(db, event.id, State.SENDING, event.created_by, handed_in, now, next_at)


async def _submit(
    db: AsyncConnection,
    event_id: int,
    was: State,
    by: int | None,
    handed_in: tuple[str, int],
    now: datetime,
    next_at: datetime,
) -> bool:
    moved = await _move(db, event_id, was, State.SUBMITTED)
    if moved:
        digest, stated = handed_in
        await db.execute(delete(event_approvals).where(event_approvals.c.event_id == event_id))
        await db.execute(
            insert(event_approvals).values(
                event_id=event_id, submitted_by=by, submitted_at=now, digest=digest, stated=stated, next_at=next_at
            )
        )
    return moved


async def approval(db: AsyncConnection, event_id: int) -> Approval | None:
    """What was last handed in of that event."""
    row = (await db.execute(select(event_approvals).where(event_approvals.c.event_id == event_id))).one_or_none()
    if row is None:
        return None
    decision = None if row.decision is None else Decision(row.decision)
    who = (row.submitted_by, row.submitted_at, row.digest, row.stated)
    return Approval(*who, decision, row.decided_by, row.decided_at, row.reason)


async def approved(db: AsyncConnection, event_id: int) -> str | None:
    """The digest of what a second coordinator said yes to; None where nobody did."""
    found = await approval(db, event_id)
    return found.digest if found is not None and found.decision is Decision.APPROVED else None


async def decide(
    db: AsyncConnection, event_id: int, decision: Decision, by: int, now: datetime, *, reason: str | None = None
) -> None:
    """Keep what became of it; whoever calls this has moved the event's state, which only one can."""
    await db.execute(
        update(event_approvals)
        .where(event_approvals.c.event_id == event_id)
        .values(decision=decision.value, decided_by=by, decided_at=now, reason=reason, next_at=None)
    )


async def say_yes_to(db: AsyncConnection, event_id: int, digest: str, stated: int, by: int, now: datetime) -> None:
    """Somebody other than its author sends a changed invitation on: that is a second pair of eyes too."""
    await db.execute(delete(event_approvals).where(event_approvals.c.event_id == event_id))
    await db.execute(
        insert(event_approvals).values(
            event_id=event_id,
            submitted_at=now,
            digest=digest,
            stated=stated,
            decision=Decision.APPROVED.value,
            decided_by=by,
            decided_at=now,
        )
    )


async def hand_back(db: AsyncConnection, event_id: int) -> bool:
    """True for the one press that made a draft of it again."""
    return await _move(db, event_id, State.SUBMITTED, State.DRAFT)


async def submitted(db: AsyncConnection, event_id: int) -> Event | None:
    """The event that waits for a second coordinator; None if it does not, or not any more."""
    row = (await db.execute(_WAITING.where(events.c.id == event_id))).one_or_none()
    return event_from(row) if row else None


async def waiting(db: AsyncConnection, person_id: int, places: Sequence[str | None], limit: int) -> list[Event]:
    """What waits in these municipalities, this person's own included, the oldest first; None among them: all of it."""
    query = _WAITING.order_by(events.c.id).limit(limit)
    if None not in places:
        query = query.where(or_(events.c.municipality.in_(places), events.c.created_by == person_id))
    return [event_from(row) for row in await db.execute(query)]


async def claim_reminder(db: AsyncConnection, now: datetime) -> int | None:
    """The event of which those who were asked are to be reminded: from now on they count as reminded."""
    due = select(event_approvals.c.event_id).where(event_approvals.c.next_at <= now)
    found: int | None = await db.scalar(due.order_by(event_approvals.c.next_at).limit(1))
    claimed = await db.execute(
        update(event_approvals)
        .where(event_approvals.c.event_id == found, event_approvals.c.next_at <= now)
        .values(next_at=None)
    )
    return found if claimed.rowcount == 1 else None


async def second_pairs(db: AsyncConnection, event: Event) -> list[Person]:
    """Who can look at it: the other coordinators of its municipality, or the national ones where there are none."""
    return await others(db, event, event.created_by)


async def others(db: AsyncConnection, event: Event, than: int | None) -> list[Person]:
    """The same for what that person wrote."""
    for place in dict.fromkeys((event.municipality, None)):
        found = [one for one in await people.holders(db, Role.COORDINATOR, place) if one.id != than]
        if found:
            return found
    return []


async def _move(db: AsyncConnection, event_id: int, was: State, to: State) -> bool:
    moved = await db.execute(
        update(events).where(events.c.id == event_id, events.c.state == was.value).values(state=to.value)
    )
    return moved.rowcount == 1


_WAITING: Final[Select[Any]] = select(events).where(events.c.state == State.SUBMITTED.value)
