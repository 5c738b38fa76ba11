"""What every update needs before it means anything: was it handled, who is it, what were they asked."""

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import bindparam, delete, exists, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.actions import Action
from bot.delivery import returning
from bot.people.rules import DELETABLE_FOR, SHORT_CODE_NAMES, code_name, language_from
from bot.people.store import WHO, grant, persons_from
from bot.roles import Grant, Person, Role
from bot.storage.inserting import insert_new, keep_new, upsert
from bot.storage.tables import blocks, cases, expected, grants, handled, heard, outbox, people, set_aside, silences
from bot.turn import Priority
from bot.words import Language

KEEP_MARKS_FOR: Final = timedelta(days=3)
"""Telegram keeps an update for 24 hours at most, and starts numbering anew only after a week of silence."""


# What every update asks is put together once: building a statement costs more than running it.
_UNREAD: Final = (
    select(func.count())
    .where(
        outbox.c.person_id == people.c.id,
        outbox.c.state == "waiting",
        outbox.c.priority == int(Priority.REPLY),
    )
    .scalar_subquery()
)
_AWAITED: Final = exists().where(
    silences.c.case_id == cases.c.id, cases.c.youth_id == people.c.id, silences.c.ended_at.is_(None)
)
_WHO: Final = (
    WHO.add_columns(
        people.c.telegram_id,
        people.c.unreachable_at,
        expected.c.data,
        expected.c.lapses_at,
        blocks.c.at.label("blocked_at"),
        blocks.c.until.label("blocked_until"),
        _UNREAD.label("unread"),
        _AWAITED.label("awaited"),
    )
    .outerjoin_from(people, expected, expected.c.person_id == people.c.id)
    .outerjoin_from(people, blocks, blocks.c.person_id == people.c.id)
    .where(people.c.telegram_id.in_(bindparam("telegram_ids", expanding=True)))
)
_NOTHING_EXPECTED: Final = delete(expected).where(expected.c.person_id == bindparam("person"))
_OLD_MARKS: Final = delete(handled).where(handled.c.at < bindparam("before"))
_OLD_HEARD: Final = delete(heard).where(heard.c.at < bindparam("before"))
_NO_LONGER_ADMINS: Final = delete(grants).where(
    grants.c.role == Role.ADMIN.value,
    grants.c.person_id.in_(select(people.c.id).where(people.c.telegram_id.not_in(bindparam("admins", expanding=True)))),
)


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody who just did something, with the packed action that their next text answers, if any.

    `unread` answers wait to go out to them. Whoever is `barred` was blocked by staff: little of what they do counts.
    """

    person: Person
    telegram_id: int
    expected: str | None
    unread: int = 0
    barred: bool = False
    was_gone: bool = False
    """Whether they had closed the chat with the bot, and are back with this."""
    awaited: bool = False
    """Whether it had grown quiet around them, so that somebody waits for any sign."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What somebody's next text will mean and until when, or that it means nothing special any more."""

    person_id: int
    wanted: tuple[Action, datetime] | None


async def mark_handled(db: AsyncConnection, update_ids: Sequence[int], now: datetime) -> set[int]:
    """Mark the updates as handled; those that were not before."""
    marks = [{"update_id": one, "at": now} for one in update_ids]
    return set(await keep_new(db, handled, marks, "update_id"))


async def note_fault(db: AsyncConnection, update_id: int, fault: str, now: datetime) -> None:
    """Set an update aside by its number and the kind of fault; its content is kept nowhere."""
    await insert_new(db, set_aside, [{"update_id": update_id, "at": now, "fault": fault[:80]}], "update_id")


async def prune_marks(db: AsyncConnection, now: datetime) -> None:
    await db.execute(_OLD_MARKS, {"before": now - KEEP_MARKS_FOR})


async def hear(db: AsyncConnection, person_id: int, message_id: int, now: datetime) -> None:
    """Keep the number of what somebody in discreet mode wrote: with it alone the bot can take it from their screen."""
    await upsert(db, heard, [{"person_id": person_id, "message_id": message_id, "at": now}], "person_id", "message_id")


async def prune_heard(db: AsyncConnection, now: datetime) -> None:
    await db.execute(_OLD_HEARD, {"before": now - DELETABLE_FOR})


async def id_of(db: AsyncConnection, telegram_id: int) -> int | None:
    """Our number of somebody, if we know them."""
    found: int | None = await db.scalar(select(people.c.id).where(people.c.telegram_id == telegram_id))
    return found


async def known(
    db: AsyncConnection, telegram_id: int, client_language: str | None, admins: frozenset[int], now: datetime
) -> Known:
    """Who this is, met for the first time if need be, with their roles as they stand in this transaction."""
    asked = {"telegram_ids": [telegram_id]}
    rows = (await db.execute(_WHO, asked)).all()
    if not rows:
        await _meet(db, telegram_id, language_from(client_language), now)
        rows = (await db.execute(_WHO, asked)).all()
    (person,) = persons_from(rows)
    was_gone = rows[0].unreachable_at is not None
    if was_gone:
        await db.execute(update(people).where(people.c.id == person.id).values(unreachable_at=None))
        await returning.say_again(db, person.id, now)
    if telegram_id in admins and Grant(Role.ADMIN) not in person.grants:
        await grant(db, person.id, Grant(Role.ADMIN), now)
        person = replace(person, grants=person.grants | {Grant(Role.ADMIN)})
    return replace(_known(person, rows[0], now), was_gone=was_gone)


async def known_young(
    db: AsyncConnection, telegram_ids: Collection[int], admins: frozenset[int], now: datetime
) -> dict[int, Known]:
    """Those of them who are young people we know, by Telegram id; `known` finds out about the others."""
    rows = (await db.execute(_WHO, {"telegram_ids": list(telegram_ids)})).all()
    who = {person.id: person for person in persons_from(rows) if person.is_youth}
    return {
        row.telegram_id: _known(who[row.id], row, now)
        for row in rows
        if row.id in who and row.unreachable_at is None and row.telegram_id not in admins
    }


def _known(person: Person, row: Any, now: datetime) -> Known:
    waiting = row.data if row.lapses_at is not None and row.lapses_at > now else None
    blocked = row.blocked_at is not None and (row.blocked_until is None or row.blocked_until > now)
    barred = blocked and person.is_youth
    return Known(person, row.telegram_id, waiting, row.unread, barred=barred, awaited=row.awaited)


async def keep_admins(db: AsyncConnection, admins: frozenset[int]) -> None:
    """At a start: whoever the settings no longer name as an admin is none; who is new becomes one when they write."""
    await db.execute(_NO_LONGER_ADMINS, {"admins": list(admins)})


async def _meet(db: AsyncConnection, telegram_id: int, language: Language, now: datetime) -> None:
    names = SHORT_CODE_NAMES
    while True:
        name = code_name(secrets.randbelow(names))
        if await db.scalar(select(people.c.id).where(people.c.code_name == name)) is None:
            break
        names *= 2  # the more of them are taken, the longer they become
    await db.execute(
        insert(people).values(telegram_id=telegram_id, language=language.value, code_name=name, created_at=now)
    )


async def expect(db: AsyncConnection, expectations: Sequence[Expected]) -> None:
    """Note what the next texts will mean."""
    rows = [
        {"person_id": one.person_id, "data": one.wanted[0].pack(), "lapses_at": one.wanted[1]}
        for one in expectations
        if one.wanted is not None
    ]
    await upsert(db, expected, rows, "person_id")
    for one in expectations:
        if one.wanted is None:
            await db.execute(_NOTHING_EXPECTED, {"person": one.person_id})
