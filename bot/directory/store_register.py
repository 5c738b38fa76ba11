"""Organisations and services of the register, typed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import ColumnElement, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.actions import SAME_PRESS_WITHIN
from bot.directory.register import Contact, Help, Offer, Organization, PartnerKind, Service
from bot.storage.columns import NOW
from bot.storage.tables import contacts, locations, organizations, service_at_location, services
from bot.words import Language

AT_ONCE: Final = 100
"""Due rows taken at a time."""

TO_VERIFY: Final = select(services.c.id).where(services.c.verify_at <= NOW)


def _new_code() -> str:
    """HSDS wants an id that stays the same wherever the entry goes: a UUID."""
    return str(uuid4())


# --- organisations ----------------------------------------------------------------------------------------------


def _organization(row: Any, prefix: str = "") -> Organization:
    of = row._mapping
    return Organization(
        of[f"{prefix}id"],
        of[f"{prefix}code"],
        of[f"{prefix}name"],
        PartnerKind(of[f"{prefix}kind"]),
        of[f"{prefix}municipality"],
        of[f"{prefix}description"],
        of[f"{prefix}website"],
        of[f"{prefix}owner_id"],
        of[f"{prefix}retired_at"],
    )


async def organization(db: AsyncConnection, number: int) -> Organization | None:
    row = (await db.execute(select(organizations).where(organizations.c.id == number))).one_or_none()
    return None if row is None else _organization(row)


async def organizations_of(db: AsyncConnection, municipality: str | None, *, retired: bool) -> list[Organization]:
    """Those of one municipality, or those of none, by name."""
    gone = organizations.c.retired_at.is_not(None) if retired else organizations.c.retired_at.is_(None)
    query = select(organizations).where(organizations.c.municipality.is_not_distinct_from(municipality), gone)
    found = [_organization(row) for row in await db.execute(query)]
    return sorted(found, key=lambda one: (one.name.casefold(), one.id))


async def how_many(db: AsyncConnection) -> Mapping[str | None, int]:
    """How many organisations each municipality has that are not retired; None: those of no municipality."""
    rows = await db.execute(
        select(organizations.c.municipality, func.count())
        .where(organizations.c.retired_at.is_(None))
        .group_by(organizations.c.municipality)
    )
    return {row[0]: row[1] for row in rows}


async def add_organization(
    db: AsyncConnection, name: str, kind: PartnerKind, municipality: str | None, owner_id: int | None, now: datetime
) -> int:
    added = await db.execute(
        insert(organizations)
        .values(
            code=_new_code(), name=name, kind=kind.value, municipality=municipality, owner_id=owner_id, changed_at=now
        )
        .returning(organizations.c.id)
    )
    return int(added.scalar_one())


async def change_organization(db: AsyncConnection, number: int, now: datetime, **values: Any) -> None:
    await db.execute(update(organizations).where(organizations.c.id == number).values(**values, changed_at=now))


async def contact(db: AsyncConnection, organization_id: int) -> Contact | None:
    """The organisation's first contact."""
    query = select(contacts).where(contacts.c.organization_id == organization_id).order_by(contacts.c.id).limit(1)
    row = (await db.execute(query)).one_or_none()
    return None if row is None else Contact(row.name, row.email, row.phone)


async def change_contact(db: AsyncConnection, of: Organization, now: datetime, **values: str | None) -> None:
    """Change the organisation's first contact; where there is none, one begins that bears its name."""
    first = select(func.min(contacts.c.id)).where(contacts.c.organization_id == of.id)
    number = await db.scalar(first)
    if number is None:
        await db.execute(
            insert(contacts).values({"code": _new_code(), "organization_id": of.id, "name": of.name} | values)
        )
    else:
        await db.execute(update(contacts).where(contacts.c.id == number).values(**values))
    await change_organization(db, of.id, now)


# --- services ---------------------------------------------------------------------------------------------------

_ADDRESS = (
    select(locations.c.address)
    .join(service_at_location, service_at_location.c.location_id == locations.c.id)
    .where(service_at_location.c.service_id == services.c.id)
    .order_by(locations.c.id)
    .limit(1)
    .scalar_subquery()
    .label("address")
)
_WHOLE = select(
    services,
    _ADDRESS,
    *(column.label(f"organization_{column.name}") for column in organizations.c if column.name != "id"),
).join(organizations, organizations.c.id == services.c.organization_id)


def _service(row: Any) -> Service:
    return Service(
        id=row.id,
        code=row.code,
        organization=_organization(row, "organization_"),
        name=row.name,
        kind=Help(row.kind),
        description=row.description,
        eligibility=row.eligibility,
        offers=tuple(Offer(one) for one in row.offers),
        minimum_age=row.minimum_age,
        maximum_age=row.maximum_age,
        languages=tuple(row.languages),
        areas=tuple(row.areas),
        online=row.online,
        address=row.address,
        email=row.email,
        phone=row.phone,
        receiver_id=row.receiver_id,
        reads=Language(row.reads),
        capacity=row.capacity,
        full_until=row.full_until,
        verified_at=row.verified_at,
        verify_at=row.verify_at,
        asked_times=row.asked_times,
        retired_at=row.retired_at,
    )


async def _found(db: AsyncConnection, *which: ColumnElement[bool]) -> list[Service]:
    found = [_service(row) for row in await db.execute(_WHOLE.where(*which))]
    return sorted(found, key=lambda one: (one.name.casefold(), one.id))


async def service(db: AsyncConnection, number: int) -> Service | None:
    return next(iter(await _found(db, services.c.id == number)), None)


async def services_of(db: AsyncConnection, organization_id: int) -> list[Service]:
    """What an organisation offers, retired ones included, by name."""
    return await _found(db, services.c.organization_id == organization_id)


async def offered(db: AsyncConnection, kind: Help | None = None) -> list[Service]:
    """What young people may be referred to, of one kind or of all, by name."""
    of_kind = () if kind is None else (services.c.kind == kind.value,)
    known = (services.c.verified_at.is_not(None), services.c.retired_at.is_(None))
    return [one for one in await _found(db, *known, *of_kind) if one.is_offered]


async def received_by(db: AsyncConnection, person_id: int) -> list[Service]:
    """The services for which this person answers on Telegram."""
    found = await _found(db, services.c.receiver_id == person_id)
    return [one for one in found if not one.is_retired]


async def add_service(
    db: AsyncConnection, of: Organization, name: str, kind: Help, reads: Language, now: datetime
) -> int:
    """A service that nobody is offered yet: it begins in its organisation's municipality."""
    added = await db.execute(
        insert(services)
        .values(
            code=_new_code(),
            organization_id=of.id,
            name=name,
            kind=kind.value,
            languages=[],
            areas=[] if of.municipality is None else [of.municipality],
            offers=[],
            online=False,
            reads=reads.value,
            changed_at=now,
        )
        .returning(services.c.id)
    )
    return int(added.scalar_one())


async def change_service(db: AsyncConnection, number: int, now: datetime, **values: Any) -> bool:
    """False where all of that is so already."""
    known = (await db.execute(select(services).where(services.c.id == number))).one()
    if all(getattr(known, name) == value for name, value in values.items()):
        return False
    await db.execute(update(services).where(services.c.id == number).values(**values, changed_at=now))
    return True


async def set_address(db: AsyncConnection, of: Service, address: str | None, now: datetime) -> None:
    """Where the service is; a place of the organisation with the same address is taken for the same place."""
    linked = select(service_at_location.c.location_id)
    before = list(await db.scalars(linked.where(service_at_location.c.service_id == of.id)))
    await db.execute(delete(service_at_location).where(service_at_location.c.service_id == of.id))
    if address is not None:
        place = await _place(db, of, address)
        await db.execute(insert(service_at_location).values(service_id=of.id, location_id=place))
    await db.execute(delete(locations).where(locations.c.id.in_(before), locations.c.id.not_in(linked)))
    await db.execute(update(services).where(services.c.id == of.id).values(changed_at=now))


async def _place(db: AsyncConnection, of: Service, address: str) -> int:
    known: int | None = await db.scalar(
        select(locations.c.id)
        .where(locations.c.organization_id == of.organization.id, locations.c.address == address)
        .limit(1)
    )
    if known is not None:
        return known
    values = {"name": of.organization.name, "address": address, "municipality": of.municipality}
    added = await db.execute(
        insert(locations)
        .values(code=_new_code(), organization_id=of.organization.id, **values)
        .returning(locations.c.id)
    )
    return int(added.scalar_one())


# --- still right? -----------------------------------------------------------------------------------------------


async def verified(db: AsyncConnection, one: Service, by: int, now: datetime, next_at: datetime) -> bool:
    """Somebody said that all of it is right, now; False where they did so with the same press a moment ago."""
    just_now = one.verified_at is not None and now - one.verified_at < SAME_PRESS_WITHIN
    if just_now and one.verify_at is not None:
        return False
    return await change_service(db, one.id, now, verified_at=now, verified_by=by, verify_at=next_at, asked_times=0)


async def to_verify(db: AsyncConnection, now: datetime) -> list[Service]:
    """Those whose owner is to be asked, retired ones included, whose asking ends."""
    due = select(services.c.id).where(services.c.verify_at <= now).order_by(services.c.verify_at).limit(AT_ONCE)
    ids = list(await db.scalars(due))
    return await _found(db, services.c.id.in_(ids))


async def asked(db: AsyncConnection, one: Service, next_at: datetime | None, times: int) -> bool:
    """True for the one who got to ask."""
    changed = await db.execute(
        update(services)
        .where(
            services.c.id == one.id, services.c.verify_at == one.verify_at, services.c.asked_times == one.asked_times
        )
        .values(verify_at=next_at, asked_times=times)
    )
    return changed.rowcount == 1


# --- out of use -------------------------------------------------------------------------------------------------


async def retire_service(db: AsyncConnection, number: int, now: datetime) -> bool:
    """Nobody new is referred there; what is under way goes on. False where it was done before."""
    changed = await db.execute(
        update(services)
        .where(services.c.id == number, services.c.retired_at.is_(None))
        .values(retired_at=now, changed_at=now, verify_at=None)
    )
    return changed.rowcount == 1


async def retire_organization(db: AsyncConnection, number: int, now: datetime) -> bool:
    """The same of an organisation: its services are not offered, as they stand."""
    changed = await db.execute(
        update(organizations)
        .where(organizations.c.id == number, organizations.c.retired_at.is_(None))
        .values(retired_at=now, changed_at=now)
    )
    return changed.rowcount == 1


async def bring_back_service(db: AsyncConnection, number: int, now: datetime) -> None:
    """In use again, as soon as somebody says that it is right."""
    await change_service(db, number, now, retired_at=None, verified_at=None, verify_at=None, asked_times=0)


async def bring_back_organization(db: AsyncConnection, number: int, now: datetime) -> None:
    """In use again, with its services as they stand."""
    await change_organization(db, number, now, retired_at=None)
