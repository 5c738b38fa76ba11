"""What the bot wants to say, as rows: added with the change that caused them, claimed by the gate, settled."""

import logging
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Select, and_, bindparam, delete, exists, func, not_, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.delivery import returning
from bot.delivery.abroad import NOBODY, Abroad
from bot.delivery.packing import Key, Packing, State, unpacked
from bot.delivery.returning import BLANK
from bot.storage.inserting import each, insert_new
from bot.storage.tables import alerts, consents, grants, outbox, people
from bot.turn import CHATS, Attachment, AttachmentKind, Message, Picture, Priority, Spot
from bot.words import Language, Phrase, decode_facts

log = logging.getLogger(__name__)

KEEP_SENT_FOR: Final = timedelta(days=14)
"""Sent rows hold no facts any more; they are kept that long to tell a second sending by `once`, and to count."""

MOST_OF_ONE_CHAT: Final = 3
"""Rows of one chat taken at a time: a burst. One that is slow or held back must not fill the gate's hands."""


CONTACT: Final = "contact"
"""The purpose of the consent to be written to; `bot.people` gives and withdraws it."""


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
    location: Spot | None = None
    deletes: tuple[int, ...] = ()
    discreet: bool = False
    zone: str | None = None
    """Of somebody abroad: the zone by whose clock they sleep and read."""
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class Room:
    """How many rows of a priority the gate can take, and whose chats have enough in its hands."""

    priority: Priority
    most: int
    full_chats: Collection[int]


async def add(
    db: AsyncConnection, messages: Sequence[Message], now: datetime, *, present: Collection[int] = ()
) -> None:
    """Queue messages, in their order; `present` are people who are known to be there, and need not be looked for.

    Left out are those whose `once` was used before, any to or about somebody erased, and those that begin with us to a
    young person who has not agreed to be written to: they get answers to what they do here, and nothing else.
    """
    concerned = {one for message in messages for one in _concerned(message)}
    if not all(_answers(message) for message in messages) or not concerned <= set(present):
        purposes = {message.consent or CONTACT for message in messages}
        agreed = {one: await _who_is_there(db, concerned, one) for one in purposes}
        messages = [
            message
            for message in messages
            if (there := agreed[message.consent or CONTACT]).keys() >= set(_concerned(message))
            and (_answers(message) or there[message.to])
        ]
    packing = Packing(now)
    await insert_new(db, outbox, [packing.row(message) for message in messages], "once")
    await returning.set_aside(db, messages, now)


_HAS_ROLE: Final = exists().where(grants.c.person_id == people.c.id)
_AGREED: Final = exists().where(
    consents.c.person_id == people.c.id, consents.c.purpose == bindparam("purpose"), consents.c.withdrawn_at.is_(None)
)
_THERE: Final = select(people.c.id, or_(_HAS_ROLE, _AGREED).label("agreed")).where(
    people.c.id.in_(bindparam("ids", expanding=True))
)


async def _who_is_there(db: AsyncConnection, ids: Collection[int], purpose: str) -> dict[int, bool]:
    """Those of the people who are not erased, and whether they may be written to first: staff, and who agreed to it."""
    rows = await db.execute(_THERE, {"ids": list(ids), "purpose": purpose}) if ids else ()
    return {row.id: bool(row.agreed) for row in rows}


def _answers(message: Message) -> bool:
    """Whether it answers somebody, or must be said whatever they agreed to."""
    return message.farewell is not None or message.priority is Priority.REPLY or message.at_night


def _concerned(message: Message) -> list[int]:
    """Whose rows this message hangs on."""
    to = [] if message.farewell or message.mail else [message.to]
    return to if message.about is None else [*to, message.about]


_HOME: Final = ""
"""Stands for the programme's own zone among the names of others."""

_CHAT: Final = func.coalesce(outbox.c.chat_id, people.c.telegram_id)
_TO_A_CHAT: Final = outbox.c.priority.in_([int(one) for one in CHATS])
"""Letters by e-mail are the post's (`bot.mail`)."""
_IN_CARE: Final = exists().where(alerts.c.youth_id == outbox.c.person_id, alerts.c.closed_at.is_(None))
_HELD_BACK: Final = and_(outbox.c.batch.is_not(None), _IN_CARE)
"""What goes to many (invitations, "how are you") waits while somebody has asked for help and it is not settled."""
_MAY_GO: Final = (
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
        outbox.c.attachment_kind,
        outbox.c.location,
        outbox.c.picture,
        outbox.c.deletes,
        outbox.c.attempts,
        _CHAT.label("chat"),
        func.coalesce(outbox.c.language, people.c.language).label("language"),
        people.c.discreet,
        people.c.zone,
    )
    .select_from(outbox.outerjoin(people, people.c.id == outbox.c.person_id))
    .where(
        outbox.c.state == State.WAITING.value,
        outbox.c.priority == bindparam("priority"),
        outbox.c.not_before <= bindparam("now"),
        or_(outbox.c.expires_at.is_(None), outbox.c.expires_at >= bindparam("now")),
        outbox.c.id > bindparam("after"),
        _CHAT.not_in(bindparam("full", expanding=True)),
        not_(_HELD_BACK),
    )
    .order_by(outbox.c.priority, outbox.c.id)
    .limit(bindparam("most"))
)
# Each is put together once: that costs more than running it.
_DUE: Final = {False: _MAY_GO, True: _MAY_GO.where(outbox.c.at_night)}
"""What may go now, by whether it is quiet."""
_BY_ZONE: Final = _MAY_GO.where(
    or_(outbox.c.at_night, func.coalesce(people.c.zone, _HOME).not_in(bindparam("asleep", expanding=True)))
)
"""The same where somebody is abroad: each by the clock of their own zone."""

_TAKE: Final = (
    update(outbox)
    .where(outbox.c.id == bindparam("row"), outbox.c.state == State.WAITING.value)
    .values(state=State.IN_FLIGHT.value, attempts=outbox.c.attempts + 1)
)


async def claim(
    db: AsyncConnection, now: datetime, rooms: Sequence[Room], *, quiet: bool, abroad: Abroad = NOBODY
) -> list[Claimed]:
    """Take rows that may go now, at most so many of each priority; while it is `quiet` only what may go at night, and
    to those abroad while it is quiet where they are. What goes to many waits for the morning at home as well.

    A row that cannot be read any more is set aside as rejected, so that it holds nobody else up.
    """
    found: list[Claimed] = []
    for room in rooms:
        # A broadcast never goes at night: looking through a hundred thousand rows for one that may would only cost.
        if room.most > 0 and not (quiet and room.priority is Priority.BROADCAST):
            for row in await _take(db, now, room, quiet=quiet, abroad=abroad):
                try:
                    found.append(_claimed(row))
                except (ValueError, KeyError, TypeError, AttributeError) as broken:
                    await mark_rejected(db, row.id, f"cannot be read: {type(broken).__name__}", now)
    if found:
        await db.execute(_TAKE, each([{"row": row.id} for row in found]))
    return found


async def _take(db: AsyncConnection, now: datetime, room: Room, *, quiet: bool, abroad: Abroad) -> list[Any]:
    """The next rows of that priority in order, a few of each chat; looks further where one chat's rows fill a page."""
    taken: list[Any] = []
    of_chat: Counter[int] = Counter()
    full, after = set(room.full_chats), 0
    while len(taken) < room.most:
        page = room.most - len(taken)
        asked = {"priority": int(room.priority), "now": now, "after": after, "full": list(full), "most": page}
        rows = (await db.execute(*_due(asked, quiet=quiet, abroad=abroad))).all()
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
    kind = AttachmentKind(row.attachment_kind or AttachmentKind.DOCUMENT)
    attachment = Attachment(row.attachment_name, row.attachment, kind) if row.attachment_name else None
    return Claimed(
        row.id,
        row.person_id,
        row.chat,
        Language(row.language),
        Phrase(row.key, decode_facts(row.facts)),
        unpacked(row.keyboard),
        Priority(row.priority),
        row.at_night,
        row.edits,
        attachment,
        row.attempts,
        Spot(*row.location) if row.location else None,
        tuple(row.deletes or ()),
        bool(row.discreet),
        row.zone,
        Picture(*row.picture) if row.picture else None,
    )


def _due(asked: dict[str, Any], *, quiet: bool, abroad: Abroad) -> tuple[Select[Any], dict[str, Any]]:
    """The statement for what may go now, and what it asks for; nobody abroad leaves it as plain as it can be."""
    if abroad == NOBODY:
        return _DUE[quiet], asked
    return _BY_ZONE, {**asked, "asleep": [*abroad.asleep, *((_HOME,) if quiet else ())]}


async def zones_abroad(db: AsyncConnection) -> set[str]:
    """The zones of their own that people have."""
    return set(await db.scalars(_ZONES_ABROAD))


_ZONES_ABROAD: Final = select(people.c.zone).distinct().where(people.c.zone.is_not(None))


async def expire(db: AsyncConnection, now: datetime) -> list[str]:
    """Drop what nobody needs any more; the occasions it was for, where they have a name."""
    dropped = await db.scalars(_EXPIRE, {"now": now, "done_at": now})
    return [once for once in dropped if once is not None]


_EXPIRE: Final = (
    update(outbox)
    .where(outbox.c.state == State.WAITING.value, outbox.c.expires_at < bindparam("now"))
    .values(state=State.EXPIRED.value, **BLANK)
    .returning(outbox.c.once)
)
_SETTLE: Final = (
    update(outbox)
    .where(outbox.c.id == bindparam("row"), outbox.c.state != State.WAITING.value)
    .values(state=State.SENT.value, message_id=bindparam("as_message"), done_at=bindparam("at"), **BLANK)
)
_FAREWELL_SAID: Final = delete(outbox).where(
    outbox.c.id == bindparam("row"), outbox.c.person_id.is_(None), outbox.c.state == State.SENT.value
)
_HOLD_BACK: Final = (
    update(outbox)
    .where(outbox.c.id.in_(bindparam("rows", expanding=True)), outbox.c.state == State.IN_FLIGHT.value, _HELD_BACK)
    .values(state=State.WAITING.value)
)
_STILL_IN_FLIGHT: Final = select(outbox.c.id).where(
    outbox.c.id.in_(bindparam("rows", expanding=True)), outbox.c.state == State.IN_FLIGHT.value
)
_REOPEN: Final = (
    update(outbox)
    .where(outbox.c.state == State.IN_FLIGHT.value, outbox.c.id.not_in(bindparam("but", expanding=True)), _TO_A_CHAT)
    .values(state=State.WAITING.value)
)
_WITH_PEOPLE: Final = outbox.outerjoin(people, people.c.id == outbox.c.person_id)
_IN_DOUBT: Final = select(_CHAT).select_from(_WITH_PEOPLE).where(outbox.c.state == State.IN_FLIGHT.value, _TO_A_CHAT)
_SENT_LATELY: Final = (
    select(_CHAT.label("chat"), outbox.c.done_at, outbox.c.attempts)
    .select_from(_WITH_PEOPLE)
    .where(outbox.c.done_at.between(bindparam("since"), bindparam("now")), outbox.c.state == State.SENT.value)
    .order_by(outbox.c.done_at)
)
_PUT_OFF: Final = (
    select(_CHAT.label("chat"), func.max(outbox.c.not_before).label("until"))
    .select_from(_WITH_PEOPLE)
    .where(
        outbox.c.state == State.WAITING.value,
        outbox.c.attempts > 0,
        outbox.c.not_before > bindparam("now"),
        _TO_A_CHAT,
    )
    .group_by(_CHAT)
)
_PRUNE: Final = delete(outbox).where(
    outbox.c.done_at < bindparam("old"), or_(outbox.c.batch.is_(None), outbox.c.done_at < bindparam("very_old"))
)


async def mark_sent(db: AsyncConnection, sent: Sequence[tuple[Claimed, int, datetime]]) -> None:
    """Settle rows (with their message's id, and when it arrived): what they said is blanked, and a farewell leaves no
    row at all.

    One that was stopped or dropped while it was under way has arrived all the same; one that waits was never given out.
    """
    if not sent:
        return
    await db.execute(_SETTLE, each([{"row": row.id, "as_message": message, "at": at} for row, message, at in sent]))
    for row, _, _ in sent:
        if row.person_id is None:
            await db.execute(_FAREWELL_SAID, {"row": row.id})


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
        .values(state=State.REJECTED.value, fault=fault[:200], done_at=now, chat_id=None, **BLANK)
    )


async def drop_for(db: AsyncConnection, person_id: int, now: datetime) -> bool:
    """Drop what waits for somebody who cannot be reached, and mark them; True for the first to find it out."""
    await returning.set_all_aside(db, person_id, now)
    marked = await db.execute(
        update(people).where(people.c.id == person_id, people.c.unreachable_at.is_(None)).values(unreachable_at=now)
    )
    return marked.rowcount == 1


async def stop_editing(db: AsyncConnection, row: int) -> None:
    """The message to replace is gone: this one goes out as a new one, also after a crash."""
    await db.execute(update(outbox).where(outbox.c.id == row).values(edits=None))


async def leave_out_picture(db: AsyncConnection, row: int) -> None:
    """Telegram does not show it: the words go without it, also after a crash."""
    await db.execute(update(outbox).where(outbox.c.id == row).values(picture=None))


async def hold_back(db: AsyncConnection, rows: Sequence[int]) -> None:
    """Of these rows in the gate's hands, those to somebody who has just asked for help wait again."""
    if rows:
        await db.execute(_HOLD_BACK, {"rows": rows})


async def in_flight(db: AsyncConnection, rows: Sequence[int]) -> set[int]:
    """Which of these still are to be sent; the others were erased, stopped, dropped or put back meanwhile."""
    return set(await db.scalars(_STILL_IN_FLIGHT, {"rows": rows})) if rows else set()


async def reopen(db: AsyncConnection, *, but: Collection[int] = ()) -> None:
    """What was in flight when the process ended goes out again: at most once twice, and never not at all."""
    await db.execute(_REOPEN, {"but": list(but)})


async def in_doubt(db: AsyncConnection) -> list[int]:
    """The chats of what is in flight, once for each message; nobody can say what of it has arrived."""
    return list(await db.scalars(_IN_DOUBT))


async def sent_lately(db: AsyncConnection, since: datetime, now: datetime) -> list[tuple[int, datetime]]:
    """To which chats messages went between these moments, and when that was noted, oldest first.

    What was tried more than once may have arrived each time, as when the process was killed before it could note it.
    """
    rows = [row for row in await db.execute(_SENT_LATELY, {"since": since, "now": now}) if row.chat is not None]
    return [(row.chat, row.done_at) for row in rows for _ in range(min(row.attempts, MOST_OF_ONE_CHAT))]


async def held_back(db: AsyncConnection, now: datetime) -> dict[int, datetime]:
    """Chats whose last try failed, and until when they wait; what came later must not pass what failed."""
    return {row.chat: row.until for row in await db.execute(_PUT_OFF, {"now": now})}


async def anything_due(db: AsyncConnection, now: datetime, *, quiet: bool, abroad: Abroad = NOBODY) -> bool:
    """Whether any row may go now."""
    for priority in (Priority.REPLY, Priority.NOTICE) if quiet else CHATS:
        asked = {"priority": int(priority), "now": now, "after": 0, "full": [], "most": 1}
        if (await db.execute(*_due(asked, quiet=quiet, abroad=abroad))).first() is not None:
            return True
    return False


async def told_since(db: AsyncConnection, person_id: int, key: str, since: datetime) -> bool:
    """Whether that was said to them after `since` (aware)."""
    query = select(outbox.c.id).where(outbox.c.person_id == person_id, outbox.c.key == key, outbox.c.created_at > since)
    return await db.scalar(query.limit(1)) is not None


async def prune(db: AsyncConnection, now: datetime) -> None:
    """Delete settled rows that are old enough; a row with a batch stays, for the coordinator's count."""
    await db.execute(_PRUNE, {"old": now - KEEP_SENT_FOR, "very_old": now - KEEP_SENT_FOR * 10})
