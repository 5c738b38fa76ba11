"""Who is who: people, their roles, and who holds which role where."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.people.rules import Purpose
from bot.roles import Grant, Person, Role
from bot.storage.tables import consents, grants, outbox, people
from bot.words import Language

WHO = select(
    people.c.id,
    people.c.language,
    people.c.code_name,
    people.c.name,
    people.c.municipality,
    grants.c.role,
    grants.c.municipality.label("grant_municipality"),
    grants.c.speciality,
).select_from(people.outerjoin(grants))


def persons_from(rows: Iterable[Any]) -> list[Person]:
    """Rows of `WHO`, people joined with their grants, folded into one Person each, in the rows' order."""
    found: dict[int, tuple[Any, set[Grant]]] = {}
    for row in rows:
        _, held = found.setdefault(row.id, (row, set()))
        if row.role is not None:
            held.add(Grant(Role(row.role), row.grant_municipality, row.speciality))
    return [
        Person(row.id, Language(row.language), row.code_name, row.name, row.municipality, frozenset(held))
        for row, held in found.values()
    ]


async def person(db: AsyncConnection, person_id: int) -> Person | None:
    """Somebody by our number."""
    rows = await db.execute(WHO.where(people.c.id == person_id))
    return next(iter(persons_from(rows)), None)


async def persons(db: AsyncConnection, ids: Sequence[int]) -> dict[int, Person]:
    """Several people by our numbers; who is gone is missing from the answer."""
    rows = await db.execute(WHO.where(people.c.id.in_(ids)))
    return {one.id: one for one in persons_from(rows)}


async def holders(db: AsyncConnection, role: Role, municipality: str | None) -> list[Person]:
    """Everybody who holds `role` in `municipality` itself, in the order they joined; None: for the whole country."""
    here = grants.c.municipality.is_(None) if municipality is None else grants.c.municipality == municipality
    holding = select(grants.c.person_id).where(grants.c.role == role.value, here)
    rows = await db.execute(WHO.where(people.c.id.in_(holding)).order_by(people.c.id))
    return persons_from(rows)


async def holders_for(db: AsyncConnection, role: Role, municipality: str | None) -> list[Person]:
    """Everybody whose `role` covers `municipality`: held there or for the whole country."""
    covering = or_(grants.c.municipality.is_(None), grants.c.municipality == municipality)
    holding = select(grants.c.person_id).where(and_(grants.c.role == role.value, covering))
    rows = await db.execute(WHO.where(people.c.id.in_(holding)).order_by(people.c.id))
    return persons_from(rows)


async def set_language(db: AsyncConnection, person_id: int, language: Language) -> None:
    await db.execute(
        update(people).where(people.c.id == person_id).values(language=language.value, language_chosen=True)
    )


async def give_consent(
    db: AsyncConnection, person_id: int, purpose: str, version: str, language: Language, at: datetime
) -> None:
    """Keep that they agreed, to what version and in which language; a consent that stands is not given twice."""
    standing = select(consents.c.id).where(
        consents.c.person_id == person_id,
        consents.c.purpose == purpose,
        consents.c.version == version,
        consents.c.withdrawn_at.is_(None),
    )
    if await db.scalar(standing) is None:
        await db.execute(
            insert(consents).values(
                person_id=person_id, purpose=purpose, version=version, language=language.value, given_at=at
            )
        )


async def withdraw_consent(db: AsyncConnection, person_id: int, purpose: str, at: datetime) -> None:
    """Take back what was agreed to for that purpose; what was about to be written on the strength of it is not."""
    await db.execute(
        update(consents)
        .where(consents.c.person_id == person_id, consents.c.purpose == purpose, consents.c.withdrawn_at.is_(None))
        .values(withdrawn_at=at)
    )
    if purpose == Purpose.CONTACT.value:
        await db.execute(
            update(outbox)
            .where(
                outbox.c.person_id == person_id, outbox.c.state == "waiting", outbox.c.priority > 0, ~outbox.c.at_night
            )
            .values(state="stopped", done_at=at, facts={}, keyboard=[])
        )


async def language_chosen(db: AsyncConnection, person_id: int) -> bool:
    """Whether they picked their language themselves."""
    return bool(await db.scalar(select(people.c.language_chosen).where(people.c.id == person_id)))


async def set_name(db: AsyncConnection, person_id: int, name: str) -> None:
    await db.execute(update(people).where(people.c.id == person_id).values(name=name))


async def set_municipality(db: AsyncConnection, person_id: int, municipality: str | None) -> None:
    await db.execute(update(people).where(people.c.id == person_id).values(municipality=municipality))


async def grant(db: AsyncConnection, person_id: int, granted: Grant, at: datetime) -> None:
    await db.execute(
        insert(grants).values(
            person_id=person_id,
            role=granted.role.value,
            municipality=granted.municipality,
            speciality=granted.speciality,
            granted_at=at,
        )
    )
