"""What the bot wants to say, as rows: added with the change that caused them, claimed by the gate, settled."""

import logging
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Row, Select, and_, bindparam, delete, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.inserting import insert_new
from bot.storage.tables import consents, grants, outbox, people
from bot.turn import Attachment, Button, Keyboard, Link, Message, Priority
from bot.words import Language, Phrase, decode_facts, encode_facts

log = logging.getLogger(__name__)

KEEP_SENT_FOR: Final = timedelta(days=14)
"""Sent rows hold no facts any more; they are kept that long to tell a second sending by `once`, and to count."""

MOST_OF_ONE_CHAT: Final = 3
"""Rows of one chat taken at a time: a burst. One that is slow or held back must not fill the gate's hands."""


CONTACT: Final = "contact"
"""The purpose of the consent to be written to; `bot.people` gives and withdraws it."""


class State(StrEnum):
    """Where a row stands; all but the first two are ends."""

    WAITING = "waiting"
    IN_FLIGHT = "in_flight"
    SENT = "sent"
    UNREACHABLE = "unreachable"
    REJECTED = "rejected"
    EXPIRED = "expired"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Key:
    """A button as the outbox keeps it: words still by key, and what it carries."""

    label: Phrase
    data: str | None
    url: str | None


@dataclass(frozen=True, slots=True)
class Claimed:
    """A row in the gate's hands."""

    id: int
    person_id: int | None
    chat: int
    language: Language
    phrase: Phrase
    keyboard: tuple[tuple[Key, ...], ...]
    priority: Priority
    at_night: bool
    edits: int | None
    attachment: Attachment | None
    attempts: int


@dataclass(frozen=True, slots=True)
class Room:
    """How many rows of a priority the gate can take, and whose chats have enough in its hands."""

    priority: Priority
    most: int
    full_chats: Collection[int]


async def add(db: AsyncConnection, messages: Sequence[Message], now: datetime) -> None:
    """Queue messages, in their order.

    Left out are those whose `once` was used before, any to or about somebody erased, and those that begin with us to a
    young person who has not agreed to be written to: they get answers to what they do here, and nothing else.
    """
    concerned = {one for message in messages for one in _concerned(message)}
    agreed = await _who_is_there(db, concerned)
    rows = [
        _row(message, now)
        for message in messages
        if agreed.keys() >= set(_concerned(message)) and (_answers(message) or agreed[message.to])
    ]
    await insert_new(db, outbox, rows, "once")


async def _who_is_there(db: AsyncConnection, ids: Collection[int]) -> dict[int, bool]:
    """Those of the people who are not erased, and whether they may be written to first: staff, and who agreed."""
    if not ids:
        return {}
    has_role = exists().where(grants.c.person_id == people.c.id)
    consent = exists().where(
        consents.c.person_id == people.c.id, consents.c.purpose == CONTACT, consents.c.withdrawn_at.is_(None)
    )
    rows = await db.execute(select(people.c.id, or_(has_role, consent).label("agreed")).where(people.c.id.in_(ids)))
    return {row.id: bool(row.agreed) for row in rows}


def _answers(message: Message) -> bool:
    """Whether it answers somebody, or must be said whatever they agreed to."""
    return message.farewell is not None or message.priority is Priority.REPLY or message.at_night


def _concerned(message: Message) -> list[int]:
    """Whose rows this message hangs on."""
    to = [] if message.farewell else [message.to]
    return to if message.about is None else [*to, message.about]


def _row(message: Message, now: datetime) -> dict[str, Any]:
    attached = message.attachment
    return {
        "person_id": None if message.farewell else message.to,
        "chat_id": message.farewell.chat if message.farewell else None,
        "language": message.farewell.language.value if message.farewell else None,
        "about_id": message.about,
        "key": message.phrase.key,
        "facts": encode_facts(message.phrase.facts),
        "keyboard": _packed(message.keyboard),
        "priority": int(message.priority),
        "at_night": message.at_night,
        "edits": message.edits,
        "not_before": message.not_before or now,
        "expires_at": message.expires_at,
        "once": message.once,
        "batch": message.batch,
        "attachment_name": attached.name if attached else None,
        "attachment": attached.content if attached else None,
        "state": State.WAITING.value,
        "attempts": 0,
        "created_at": now,
    }


def _packed(keyboard: Keyboard) -> list[list[dict[str, Any]]]:
    return [[_packed_key(key) for key in row] for row in keyboard]


def _packed_key(key: Button | Link) -> dict[str, Any]:
    label = {"key": key.label.key, "facts": encode_facts(key.label.facts)}
    return {**label, "data": key.action.pack()} if isinstance(key, Button) else {**label, "url": key.url}


def _unpacked(keyboard: Iterable[Iterable[Any]]) -> tuple[tuple[Key, ...], ...]:
    return tuple(
        tuple(Key(Phrase(k["key"], decode_facts(k["facts"])), k.get("data"), k.get("url")) for k in row)
        for row in keyboard
    )


_CHAT: Final = func.coalesce(outbox.c.chat_id, people.c.telegram_id)
_CLAIM: Final = (
    select(
        outbox.c.id,
        outbox.c.person_id,
        outbox.c.key,
        outbox.c.facts,
        outbox.c.keyboard,
        outbox.c.priority,
        outbox.c.at_night,
        outbox.c.edits,
        outbox.c.attachment_name,
        outbox.c.attachment,
        outbox.c.attempts,
        _CHAT.label("chat"),
        func.coalesce(outbox.c.language, people.c.language).label("language"),
    )
    .select_from(outbox.outerjoin(people, people.c.id == outbox.c.person_id))
    .order_by(outbox.c.priority, outbox.c.id)
)


def _due(now: datetime, priority: Priority, *, quiet: bool) -> Select[Any]:
    query = _CLAIM.where(
        outbox.c.state == State.WAITING.value,
        outbox.c.priority == int(priority),
        outbox.c.not_before <= now,
        or_(outbox.c.expires_at.is_(None), outbox.c.expires_at >= now),
    )
    return query.where(outbox.c.at_night) if quiet else query


async def claim(db: AsyncConnection, now: datetime, rooms: Sequence[Room], *, quiet: bool) -> list[Claimed]:
    """Take rows that may go now, at most so many of each priority; while it is `quiet` only what may go at night.

    A row that cannot be read any more is set aside as rejected, so that it holds nobody else up.
    """
    found: list[Claimed] = []
    for room in rooms:
        # A broadcast never goes at night: looking through a hundred thousand rows for one that may would only cost.
        if room.most > 0 and not (quiet and room.priority is Priority.BROADCAST):
            for row in await _take(db, now, room, quiet=quiet):
                try:
                    found.append(_claimed(row))
                except (ValueError, KeyError, TypeError, AttributeError) as broken:
                    await mark_rejected(db, row.id, f"cannot be read: {type(broken).__name__}", now)
    if found:
        taking = (
            update(outbox)
            .where(outbox.c.id == bindparam("row"), outbox.c.state == State.WAITING.value)
            .values(state=State.IN_FLIGHT.value, attempts=outbox.c.attempts + 1)
        )
        await db.execute(taking, [{"row": row.id} for row in found])
    return found


async def _take(db: AsyncConnection, now: datetime, room: Room, *, quiet: bool) -> list[Row[Any]]:
    """The next rows of that priority in order, a few of each chat; looks further where one chat's rows fill a page."""
    taken: list[Row[Any]] = []
    of_chat: Counter[int] = Counter()
    full, after = set(room.full_chats), 0
    while len(taken) < room.most:
        page = room.most - len(taken)
        query = _due(now, room.priority, quiet=quiet).where(outbox.c.id > after, _CHAT.not_in(full)).limit(page)
        rows = (await db.execute(query)).all()
        for row in rows:
            after = row.id
            if of_chat[row.chat] < MOST_OF_ONE_CHAT:
                of_chat[row.chat] += 1
                taken.append(row)
        full |= {chat for chat, count in of_chat.items() if count >= MOST_OF_ONE_CHAT}
        if len(rows) < page:
            break
    return taken


def _claimed(row: Any) -> Claimed:
    attachment = Attachment(row.attachment_name, row.attachment) if row.attachment_name else None
    return Claimed(
        row.id,
        row.person_id,
        row.chat,
        Language(row.language),
        Phrase(row.key, decode_facts(row.facts)),
        _unpacked(row.keyboard),
        Priority(row.priority),
        row.at_night,
        row.edits,
        attachment,
        row.attempts,
    )


async def expire(db: AsyncConnection, now: datetime) -> None:
    """Drop what nobody needs any more."""
    late = and_(outbox.c.state == State.WAITING.value, outbox.c.expires_at < now)
    await db.execute(update(outbox).where(late).values(state=State.EXPIRED.value, done_at=now, **_BLANK))


_BLANK: Final[dict[str, Any]] = {"facts": {}, "keyboard": [], "attachment": None, "attachment_name": None}


async def mark_sent(db: AsyncConnection, sent: Sequence[tuple[int, int]], now: datetime) -> None:
    """Settle rows (id, message id) that arrived: what they said is blanked; a farewell leaves no row at all.

    One that was stopped or dropped while it was under way has arrived all the same; one that waits was never given out.
    """
    if not sent:
        return
    settle = (
        update(outbox)
        .where(outbox.c.id == bindparam("row"), outbox.c.state != State.WAITING.value)
        .values(state=State.SENT.value, message_id=bindparam("as_message"), done_at=now, **_BLANK)
    )
    await db.execute(settle, [{"row": row, "as_message": message} for row, message in sent])
    await db.execute(delete(outbox).where(outbox.c.chat_id.is_not(None), outbox.c.state == State.SENT.value))


async def put_back(db: AsyncConnection, rows: Sequence[int], not_before: datetime) -> None:
    """Rows that did not go: they wait again, at least until then."""
    if rows:
        await db.execute(
            update(outbox)
            .where(outbox.c.id.in_(rows), outbox.c.state == State.IN_FLIGHT.value)
            .values(state=State.WAITING.value, not_before=not_before)
        )


async def mark_rejected(db: AsyncConnection, row: int, fault: str, now: datetime) -> None:
    """A row that will never go: kept without its content, found by its number."""
    log.error("message rejected", extra={"action": "message_rejected", "outbox": row})
    await db.execute(
        update(outbox)
        .where(outbox.c.id == row)
        .values(state=State.REJECTED.value, fault=fault[:200], done_at=now, chat_id=None, **_BLANK)
    )


async def drop_for(db: AsyncConnection, person_id: int, now: datetime) -> bool:
    """Drop what waits for somebody who cannot be reached, and mark them; True for the first to find it out."""
    open_rows = outbox.c.state.in_([State.WAITING.value, State.IN_FLIGHT.value])
    await db.execute(
        update(outbox)
        .where(outbox.c.person_id == person_id, open_rows)
        .values(state=State.UNREACHABLE.value, done_at=now, **_BLANK)
    )
    marked = await db.execute(
        update(people).where(people.c.id == person_id, people.c.unreachable_at.is_(None)).values(unreachable_at=now)
    )
    return marked.rowcount == 1


async def stop_editing(db: AsyncConnection, row: int) -> None:
    """The message to replace is gone: this one goes out as a new one, also after a crash."""
    await db.execute(update(outbox).where(outbox.c.id == row).values(edits=None))


async def in_flight(db: AsyncConnection, rows: Sequence[int]) -> set[int]:
    """Which of these still are to be sent; the others were erased, stopped, dropped or put back meanwhile."""
    if not rows:
        return set()
    query = select(outbox.c.id).where(outbox.c.id.in_(rows), outbox.c.state == State.IN_FLIGHT.value)
    return set(await db.scalars(query))


async def reopen(db: AsyncConnection, *, but: Collection[int] = ()) -> None:
    """What was in flight when the process ended goes out again: at most once twice, and never not at all."""
    lost = and_(outbox.c.state == State.IN_FLIGHT.value, outbox.c.id.not_in(but))
    await db.execute(update(outbox).where(lost).values(state=State.WAITING.value))


async def held_back(db: AsyncConnection, now: datetime) -> dict[int, datetime]:
    """Chats whose last try failed, and until when they wait; what came later must not pass what failed."""
    query = (
        select(_CHAT.label("chat"), func.max(outbox.c.not_before).label("until"))
        .select_from(outbox.outerjoin(people, people.c.id == outbox.c.person_id))
        .where(outbox.c.state == State.WAITING.value, outbox.c.attempts > 0, outbox.c.not_before > now)
        .group_by(_CHAT)
    )
    return {row.chat: row.until for row in await db.execute(query)}


async def waiting_replies(db: AsyncConnection, person_id: int) -> int:
    """How many answers wait to go out to this person."""
    query = select(func.count()).where(
        outbox.c.person_id == person_id,
        outbox.c.state == State.WAITING.value,
        outbox.c.priority == int(Priority.REPLY),
    )
    return await db.scalar(query) or 0


async def anything_due(db: AsyncConnection, now: datetime, *, quiet: bool) -> bool:
    """Whether any row may go now."""
    for priority in (Priority.REPLY, Priority.NOTICE) if quiet else Priority:
        if (await db.execute(_due(now, priority, quiet=quiet).limit(1))).first() is not None:
            return True
    return False


async def prune(db: AsyncConnection, now: datetime) -> None:
    """Delete settled rows that are old enough; a row with a batch stays, for the coordinator's count."""
    await db.execute(
        delete(outbox).where(
            outbox.c.done_at < now - KEEP_SENT_FOR,
            or_(outbox.c.batch.is_(None), outbox.c.done_at < now - KEEP_SENT_FOR * 10),
        )
    )
