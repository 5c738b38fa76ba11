"""What every update needs before it means anything: was it handled, who is it, what were they asked."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.actions import Action
from bot.people.rules import SHORT_CODE_NAMES, code_name, language_from
from bot.people.store import WHO, grant, persons_from
from bot.roles import Grant, Person, Role
from bot.storage.inserting import insert_new, upsert
from bot.storage.tables import expected, grants, handled, people, set_aside
from bot.words import Language

KEEP_MARKS_FOR: Final = timedelta(days=3)
"""Telegram keeps an update for 24 hours at most, and starts numbering anew only after a week of silence."""


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody who just did something, with the packed action that their next text answers, if any."""

    person: Person
    telegram_id: int
    expected: str | None


async def already_handled(db: AsyncConnection, update_ids: Sequence[int]) -> set[int]:
    """Which of these updates left their mark before."""
    return set(await db.scalars(select(handled.c.update_id).where(handled.c.update_id.in_(update_ids))))


async def mark_handled(db: AsyncConnection, update_ids: Sequence[int], now: datetime) -> None:
    await insert_new(db, handled, [{"update_id": one, "at": now} for one in update_ids], "update_id")


async def note_fault(db: AsyncConnection, update_id: int, fault: str, now: datetime) -> None:
    """Set an update aside by its number and the kind of fault; its content is kept nowhere."""
    await insert_new(db, set_aside, [{"update_id": update_id, "at": now, "fault": fault[:80]}], "update_id")


async def prune_marks(db: AsyncConnection, now: datetime) -> None:
    await db.execute(delete(handled).where(handled.c.at < now - KEEP_MARKS_FOR))


async def id_of(db: AsyncConnection, telegram_id: int) -> int | None:
    """Our number of somebody, if we know them."""
    found: int | None = await db.scalar(select(people.c.id).where(people.c.telegram_id == telegram_id))
    return found


async def known(
    db: AsyncConnection, telegram_id: int, client_language: str | None, admins: frozenset[int], now: datetime
) -> Known:
    """Who this is, met for the first time if need be, with their roles as they stand in this transaction."""
    query = (
        WHO.add_columns(people.c.unreachable_at, expected.c.data, expected.c.lapses_at)
        .outerjoin_from(people, expected, expected.c.person_id == people.c.id)
        .where(people.c.telegram_id == telegram_id)
    )
    rows = (await db.execute(query)).all()
    if not rows:
        await _meet(db, telegram_id, language_from(client_language), now)
        rows = (await db.execute(query)).all()
    (person,) = persons_from(rows)
    if rows[0].unreachable_at is not None:
        await db.execute(update(people).where(people.c.id == person.id).values(unreachable_at=None))
    if telegram_id in admins and Grant(Role.ADMIN) not in person.grants:
        await grant(db, person.id, Grant(Role.ADMIN), now)
        person = replace(person, grants=person.grants | {Grant(Role.ADMIN)})
    waiting = rows[0].data if rows[0].lapses_at is not None and rows[0].lapses_at > now else None
    return Known(person, telegram_id, waiting)


async def keep_admins(db: AsyncConnection, admins: frozenset[int]) -> None:
    """At a start: whoever the settings no longer name as an admin is none; who is new becomes one when they write."""
    no_longer = select(people.c.id).where(people.c.telegram_id.not_in(admins))
    await db.execute(delete(grants).where(grants.c.role == Role.ADMIN.value, grants.c.person_id.in_(no_longer)))


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


async def expect(db: AsyncConnection, person_id: int, wanted: tuple[Action, datetime] | None, *, waited: bool) -> None:
    """Note what the next text will mean, or that it means nothing special any more."""
    if wanted is not None:
        action, lapses_at = wanted
        row = {"person_id": person_id, "data": action.pack(), "lapses_at": lapses_at}
        await upsert(db, expected, row, "person_id")
    elif waited:
        await db.execute(delete(expected).where(expected.c.person_id == person_id))
