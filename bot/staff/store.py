"""Invitations and wrong tries, typed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.people import store as people_store
from bot.roles import Grant, Person, Role
from bot.staff.rules import VALID_FOR, WRONG_TRIES_WITHIN, Invite
from bot.storage.tables import grants, invites, wrong_invites


async def create(db: AsyncConnection, token_hash: str, granted: Grant, by: int, now: datetime) -> None:
    await db.execute(
        insert(invites).values(
            token_hash=token_hash,
            role=granted.role.value,
            municipality=granted.municipality,
            speciality=granted.speciality,
            invited_by=by,
            created_at=now,
            expires_at=now + VALID_FOR,
        )
    )


async def invited_since(db: AsyncConnection, by: int, granted: Grant, since: datetime) -> bool:
    """Whether this person made an invitation of that kind after `since` (aware)."""
    query = select(invites.c.id).where(
        invites.c.invited_by == by,
        invites.c.role == granted.role.value,
        invites.c.municipality.is_not_distinct_from(granted.municipality),
        invites.c.speciality.is_not_distinct_from(granted.speciality),
        invites.c.created_at > since,
    )
    return await db.scalar(query.limit(1)) is not None


async def find(db: AsyncConnection, token_hash: str) -> Invite | None:
    """The invitation whose token hashes to this."""
    row = (await db.execute(select(invites).where(invites.c.token_hash == token_hash))).one_or_none()
    if row is None:
        return None
    granted = Grant(Role(row.role), row.municipality, row.speciality)
    return Invite(row.id, granted, row.invited_by, row.expires_at, row.used_at)


async def use(db: AsyncConnection, invite: Invite, by: int, now: datetime) -> bool:
    """Take the invitation; True for the one who came first."""
    taken = await db.execute(
        update(invites).where(invites.c.id == invite.id, invites.c.used_at.is_(None)).values(used_at=now, used_by=by)
    )
    return taken.rowcount == 1


@dataclass(frozen=True, slots=True)
class Held:
    """A role that somebody holds, by its number."""

    id: int
    person: Person
    grant: Grant


async def held(db: AsyncConnection) -> list[Held]:
    """Every role that anybody holds, by the name of who holds it."""
    rows = (await db.execute(select(grants))).all()
    return await _held(db, rows)


async def held_by_number(db: AsyncConnection, grant_id: int) -> Held | None:
    """One of them; None where it was taken away."""
    rows = (await db.execute(select(grants).where(grants.c.id == grant_id))).all()
    return next(iter(await _held(db, rows)), None)


async def _held(db: AsyncConnection, rows: Sequence[Any]) -> list[Held]:
    persons = await people_store.persons(db, [row.person_id for row in rows])
    found = [
        Held(row.id, persons[row.person_id], Grant(Role(row.role), row.municipality, row.speciality)) for row in rows
    ]
    return sorted(found, key=lambda one: (one.person.name or one.person.code_name, one.id))


async def take_away(db: AsyncConnection, grant_id: int) -> bool:
    """Whether this call took it."""
    return (await db.execute(delete(grants).where(grants.c.id == grant_id))).rowcount == 1


async def wrong_tries(db: AsyncConnection, person_id: int, now: datetime) -> int:
    """How many invitations that do not exist this person tried lately."""
    query = select(func.count()).where(
        wrong_invites.c.person_id == person_id, wrong_invites.c.at > now - WRONG_TRIES_WITHIN
    )
    return await db.scalar(query) or 0


async def note_wrong_try(db: AsyncConnection, person_id: int, now: datetime) -> None:
    await db.execute(insert(wrong_invites).values(person_id=person_id, at=now))
