"""Changes of events that were sent: being written, told page by page, overtaken by newer ones."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import delete, func, insert, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.delivery.packing import State as Sending
from bot.events.changed import changes
from bot.events.changed.changes import Change, Kind, State, Told, as_json, told_from
from bot.events.changed.store_heard import last_heard
from bot.events.event import Event, Reply
from bot.events.event import State as EventState
from bot.events.going_out.store_delivered import batch
from bot.events.signup.store_guests import guests_of
from bot.events.store import STILL_ON
from bot.storage.tables import event_changes, events, invitations, outbox, people
from bot.words import Language

TELLING: Final = select(event_changes.c.id).where(event_changes.c.state == State.TELLING.value)

_TOLD: Final = [one.value for one in (State.TELLING, State.TOLD, State.OVERTAKEN)]
_OF_THE_EVENT: Final = [one.value for one in (Kind.CHANGE, Kind.CORRECTION)]
_IS_CHANGE: Final = event_changes.c.kind == Kind.CHANGE.value
_MAY_BE_MANY: Final = 64
"""More changes than this of one event are not looked back on."""


@dataclass(frozen=True, slots=True)
class Telling:
    """One that is being told: to whom it has been told is everybody up to the person `cursor`."""

    id: int
    event_id: int
    kind: Kind
    sequence: int
    cursor: int
    old: Mapping[str, Any]
    new: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Concerned:
    """Somebody on an event's list: what they read, what they said, and as of when they know it."""

    person_id: int
    is_youth: bool
    language: Language
    reply: Reply | None
    since: datetime | None


def batch_of(event_id: int, sequence: int) -> str:
    """The name under which the outbox keeps the notices of one change, so that a newer one can stop them."""
    return f"event:{event_id}:changed:{sequence}"


# --- writing one ------------------------------------------------------------------------------------------------


async def drafted(db: AsyncConnection, event_id: int, by: int) -> dict[changes.Part, changes.Value]:
    """What this person has begun to change of it; empty where it is nothing."""
    kept = await db.scalar(select(event_changes.c.new).where(*draft_of(event_id, by), _IS_CHANGE))
    return told_from(kept) if kept else {}


async def keep_draft(db: AsyncConnection, event_id: int, by: int, new: Told, now: datetime) -> None:
    """In place of what they had."""
    kept = await db.execute(
        update(event_changes).where(*draft_of(event_id, by), _IS_CHANGE).values(new=as_json(new), at=now)
    )
    if kept.rowcount == 0:
        row = _row(event_id, by, Kind.CHANGE, now) | {"new": as_json(new), "state": State.DRAFTED.value}
        await db.execute(insert(event_changes).values(**row))


async def drop_draft(db: AsyncConnection, event_id: int, by: int) -> None:
    """As if nothing had been begun."""
    await db.execute(delete(event_changes).where(*draft_of(event_id, by), _IS_CHANGE))


def draft_of(event_id: int, by: int) -> tuple[Any, ...]:
    """What this person is writing about that event, as conditions."""
    return (
        event_changes.c.event_id == event_id,
        event_changes.c.changed_by == by,
        event_changes.c.state == State.DRAFTED.value,
    )


def _row(event_id: int, by: int | None, kind: Kind, now: datetime) -> dict[str, Any]:
    return {
        "event_id": event_id,
        "changed_by": by,
        "kind": kind.value,
        "old": {},
        "new": {},
        "sequence": 0,
        "cursor": 0,
        "at": now,
    }


# --- confirming it ----------------------------------------------------------------------------------------------


async def change(db: AsyncConnection, event: Event, new: Told, now: datetime) -> bool:
    """True for the one press that changed the event as it found it."""
    after = changes.applied(event, new)
    values: dict[str, Any] = {
        "place": after.place or None,
        "starts_at": after.starts_at,
        "ends_at": after.ends_at,
        "reply_by": after.reply_by,
    }
    for part, name in ((changes.Part.TITLE, "titles"), (changes.Part.DETAILS, "details")):
        if part in new:
            text = after.title if part is changes.Part.TITLE else after.details
            values[name] = {language.value: words for language, words in text.texts.items()}
    if changes.Part.LINK in new:
        kept = await db.scalar(select(events.c.particulars).where(events.c.id == event.id))
        values["particulars"] = {**(kept or {}), "link": after.particulars.link}
    changed = await db.execute(
        update(events)
        .where(events.c.id == event.id, events.c.sequence == event.sequence, STILL_ON, events.c.starts_at > now)
        .values(sequence=event.sequence + 1, **values)
    )
    return changed.rowcount == 1


async def add(
    db: AsyncConnection,
    event_id: int,
    kind: Kind,
    old: Mapping[str, Any],
    new: Mapping[str, Any],
    by: int | None,
    now: datetime,
    *,
    sequence: int,
    state: State = State.TELLING,
) -> int:
    """One more to be told, by the next ring of the bell; its number."""
    row = _row(event_id, by, kind, now) | {"old": dict(old), "new": dict(new), "sequence": sequence}
    row["state"] = state.value
    made = await db.execute(insert(event_changes).values(**row).returning(event_changes.c.id))
    return int(made.scalar_one())


async def overtake(db: AsyncConnection, event_id: int, now: datetime) -> None:
    """Nobody hears an older state any more: what waits of earlier changes is kept back, and no more of it is queued."""
    earlier = select(event_changes.c.sequence).where(
        event_changes.c.event_id == event_id, event_changes.c.state.in_(_TOLD), event_changes.c.kind.in_(_OF_THE_EVENT)
    )
    names = [batch_of(event_id, sequence) for sequence in await db.scalars(earlier)]
    if names:
        await db.execute(
            update(outbox)
            .where(outbox.c.batch.in_(names), outbox.c.state == Sending.WAITING.value)
            .values(state=Sending.STOPPED.value, done_at=now, facts={}, keyboard=[])
        )
    await db.execute(
        update(event_changes)
        .where(
            event_changes.c.event_id == event_id,
            event_changes.c.state == State.TELLING.value,
            event_changes.c.kind.in_(_OF_THE_EVENT),
        )
        .values(state=State.OVERTAKEN.value)
    )


async def invite_anew(db: AsyncConnection, event_id: int) -> None:
    """Invitations that have not left are taken back and go out anew, with what is so by now; once to each."""
    waiting = select(outbox.c.person_id).where(
        outbox.c.batch == batch(event_id), outbox.c.state == Sending.WAITING.value
    )
    taken_back = await db.execute(
        delete(invitations).where(
            invitations.c.event_id == event_id, invitations.c.answer.is_(None), invitations.c.person_id.in_(waiting)
        )
    )
    await db.execute(delete(outbox).where(outbox.c.batch == batch(event_id), outbox.c.state == Sending.WAITING.value))
    if taken_back.rowcount:
        await db.execute(
            update(events)
            .where(events.c.id == event_id, events.c.state.in_([EventState.SENDING.value, EventState.SENT.value]))
            .values(state=EventState.SENDING.value, cursor=0)
        )


# --- telling it -------------------------------------------------------------------------------------------------


async def next_telling(db: AsyncConnection) -> Telling | None:
    """The oldest that is being told."""
    query = select(event_changes).where(event_changes.c.state == State.TELLING.value).order_by(event_changes.c.id)
    row = (await db.execute(query.limit(1))).one_or_none()
    if row is None:
        return None
    return Telling(row.id, row.event_id, Kind(row.kind), row.sequence, row.cursor, row.old, row.new)


async def move_cursor(db: AsyncConnection, was: Telling, to: int, state: State) -> bool:
    """True for the one caller that found the telling where it left it: the page up to person `to` is theirs."""
    moved = await db.execute(
        update(event_changes)
        .where(
            event_changes.c.id == was.id,
            event_changes.c.state == State.TELLING.value,
            event_changes.c.cursor == was.cursor,
        )
        .values(cursor=to, state=state.value)
    )
    return moved.rowcount == 1


async def told(db: AsyncConnection, event_id: int) -> list[Change]:
    """What was changed of it since it was sent, told or being told, in that order."""
    query = select(event_changes).where(
        event_changes.c.event_id == event_id, event_changes.c.state.in_(_TOLD), event_changes.c.kind.in_(_OF_THE_EVENT)
    )
    rows = (await db.execute(query.order_by(event_changes.c.sequence.desc()).limit(_MAY_BE_MANY))).all()
    return [Change(row.sequence, told_from(row.old), told_from(row.new), row.at) for row in reversed(rows)]


async def page(db: AsyncConnection, event_id: int, after: int, limit: int) -> list[Concerned]:
    """The next people on its list by their number, whatever they said."""
    query = (
        guests_of(event_id)
        .add_columns(
            people.c.language,
            invitations.c.answer,
            func.coalesce(invitations.c.invited_at, invitations.c.answered_at).label("since"),
        )
        .where(people.c.id > after)
    )
    rows = await db.execute(query.order_by(people.c.id).limit(limit))
    return [
        Concerned(
            row.id, not row.is_staff, Language(row.language), Reply(row.answer) if row.answer else None, row.since
        )
        for row in rows
    ]


async def heard(
    db: AsyncConnection, event_id: int, sequences: Collection[int], person_ids: Collection[int]
) -> dict[int, int]:
    """For each of these people the last of these changes whose notice left for them."""
    by_name = {batch_of(event_id, sequence): sequence for sequence in sequences}
    return await last_heard(db, by_name, person_ids)


async def count(db: AsyncConnection, event_id: int, languages: Sequence[Language], *, declined_too: bool) -> int:
    """How many people a change would be told to."""
    not_declined = or_(invitations.c.answer.is_(None), invitations.c.answer != Reply.NO.value)
    query = guests_of(event_id).where(
        people.c.language.in_([one.value for one in languages]), literal(True) if declined_too else not_declined
    )
    return await db.scalar(select(func.count()).select_from(query.subquery())) or 0


async def writer(db: AsyncConnection, event: Event) -> int | None:
    """Whoever wrote what is so by now: the last who changed it, else its author."""
    query = select(event_changes.c.changed_by).where(
        event_changes.c.event_id == event.id,
        event_changes.c.kind.in_(_OF_THE_EVENT),
        event_changes.c.state.in_(_TOLD),
        event_changes.c.changed_by.is_not(None),
    )
    last: int | None = await db.scalar(query.order_by(event_changes.c.id.desc()).limit(1))
    return event.created_by if last is None else last
