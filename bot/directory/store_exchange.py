"""The whole directory from the database, and back into it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from hashlib import sha256
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import Table, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.calendar import Hours, wall
from bot.directory import register
from bot.directory.entries import Contact, Directory, Location, Organization, Service
from bot.directory.hsds_reading import Mine
from bot.directory.register import Help, Offer, PartnerKind
from bot.storage.tables import contacts, locations, organizations, service_at_location, services
from bot.words import Language

_NOON: Final = time(12)
_DIGITS: Final = 16


async def load(db: AsyncConnection, zone: ZoneInfo) -> Directory:
    """Everything, retired entries included."""
    at: dict[int, list[str]] = defaultdict(list)
    linked = select(service_at_location.c.service_id, locations.c.code).join(locations).order_by(locations.c.code)
    for row in await db.execute(linked):
        at[row.service_id].append(row.code)
    offered: dict[int, list[Service]] = defaultdict(list)
    for row in await db.execute(select(services).order_by(services.c.code)):
        offered[row.organization_id].append(_service(row, at[row.id], zone))
    places: dict[int, list[Location]] = defaultdict(list)
    for row in await db.execute(select(locations).order_by(locations.c.code)):
        places[row.organization_id].append(_location(row))
    desks: dict[int, list[Contact]] = defaultdict(list)
    for row in await db.execute(select(contacts).order_by(contacts.c.code)):
        desks[row.organization_id].append(Contact(row.code, row.name, row.title, row.email, row.phone))
    return {
        row.code: Organization(
            row.code,
            row.name,
            PartnerKind(row.kind),
            row.municipality,
            row.description,
            row.website,
            row.retired_at is not None,
            tuple(sorted(offered[row.id], key=lambda one: one.code)),
            tuple(sorted(places[row.id], key=lambda one: one.code)),
            tuple(sorted(desks[row.id], key=lambda one: one.code)),
        )
        for row in await db.execute(select(organizations).order_by(organizations.c.code))
    }


def _service(row: Any, places: Sequence[str], zone: ZoneInfo) -> Service:
    return Service(
        row.code,
        row.name,
        Help(row.kind),
        row.description,
        row.eligibility,
        tuple(one for one in Offer if one.value in row.offers),
        row.minimum_age,
        row.maximum_age,
        tuple(row.languages),
        tuple(row.areas),
        row.online,
        row.email,
        row.phone,
        Language(row.reads),
        row.capacity,
        row.full_until,
        None if row.verified_at is None else row.verified_at.astimezone(zone).date(),
        tuple(places),
        row.retired_at is not None,
    )


def _location(row: Any) -> Location:
    spot = None if row.latitude is None or row.longitude is None else (row.latitude, row.longitude)
    return Location(row.code, row.name, row.address, row.municipality, spot)


async def mark(db: AsyncConnection, mine: Mine) -> str:
    """A digest of when each entry of theirs was last changed: another one means that something was."""
    theirs = [] if mine is None else [organizations.c.municipality.in_(sorted(mine))]
    of_organizations = select(organizations.c.id, organizations.c.changed_at).where(*theirs)
    moments = (services.c.changed_at, services.c.verified_at, services.c.full_said_at)
    of_services = select(services.c.id, *moments).join(organizations).where(*theirs)
    found = [
        [tuple(row) for row in await db.execute(query.order_by(column))]
        for query, column in ((of_organizations, organizations.c.id), (of_services, services.c.id))
    ]
    return sha256(repr(found).encode()).hexdigest()[:_DIGITS]


# --- back into it -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Writing:
    """Who takes it over (None: from the command line) and when, and what decides the next check."""

    by: int | None
    now: datetime
    zone: ZoneInfo
    hours: Hours
    verify_days: int


async def write(db: AsyncConnection, before: Directory, after: Directory, how: Writing) -> None:
    """Make the one of the other. Who answers for a service and who looks after an entry stay as they are; a new entry
    is looked after by who takes it over."""
    for code, one in after.items():
        was = before.get(code)
        if was != one:
            await _write_organization(db, was, one, how)


async def _write_organization(db: AsyncConnection, was: Organization | None, one: Organization, how: Writing) -> None:
    values: dict[str, Any] = {
        "name": one.name,
        "kind": one.kind.value,
        "municipality": one.municipality,
        "description": one.description,
        "website": one.website,
        "changed_at": how.now,
    }
    values |= _retiring(was is not None and was.retired, one.retired, how.now)
    new = {} if was is not None else {"owner_id": how.by}
    number = await _put(db, organizations, one.code, values, new)
    for place in one.locations:
        latitude, longitude = place.spot or (None, None)
        said: dict[str, Any] = {"name": place.name, "address": place.address, "municipality": place.municipality}
        said |= {"latitude": latitude, "longitude": longitude, "organization_id": number}
        await _put(db, locations, place.code, said)
    for desk in one.contacts:
        said = {"name": desk.name, "title": desk.title, "email": desk.email, "phone": desk.phone}
        await _put(db, contacts, desk.code, said | {"organization_id": number})
    known = {each.code: each for each in was.services} if was else {}
    for each in one.services:
        if known.get(each.code) != each:
            await _write_service(db, number, known.get(each.code), each, how)


async def _write_service(db: AsyncConnection, of: int, was: Service | None, one: Service, how: Writing) -> None:
    values: dict[str, Any] = {
        "organization_id": of,
        "name": one.name,
        "kind": one.kind.value,
        "description": one.description,
        "eligibility": one.eligibility,
        "offers": [offer.value for offer in one.offers],
        "minimum_age": one.minimum_age,
        "maximum_age": one.maximum_age,
        "languages": list(one.languages),
        "areas": list(one.areas),
        "online": one.online,
        "email": one.email,
        "phone": one.phone,
        "reads": one.reads.value,
        "capacity": one.capacity,
        "changed_at": how.now,
    }
    values |= _retiring(was is not None and was.retired, one.retired, how.now)
    if was is None or was.full_until != one.full_until:
        values |= {"full_until": one.full_until, "full_said_at": how.now}
    if was is None or was.verified_on != one.verified_on:
        values |= _checked(one.verified_on, how)
    if one.retired:
        values["verify_at"] = None
    number = await _put(db, services, one.code, values)
    if was is None or was.locations != one.locations:
        await _place(db, number, one.locations)


def _retiring(was: bool, now_retired: bool, now: datetime) -> Mapping[str, datetime | None]:
    if was == now_retired:
        return {}
    return {"retired_at": now if now_retired else None}


def _checked(on: date | None, how: Writing) -> Mapping[str, Any]:
    """As if somebody had said on that day that all of it is right; a day to come counts as today."""
    if on is None:
        return {"verified_at": None, "verified_by": None, "verify_at": None, "asked_times": 0}
    at = min(wall(on, _NOON, how.zone), how.now)
    next_at = register.verify_at(at, how.verify_days, how.hours)
    return {"verified_at": at, "verified_by": how.by, "verify_at": next_at, "asked_times": 0}


async def _place(db: AsyncConnection, service_id: int, codes: Sequence[str]) -> None:
    await db.execute(delete(service_at_location).where(service_at_location.c.service_id == service_id))
    ids = await db.scalars(select(locations.c.id).where(locations.c.code.in_(list(codes))))
    rows = [{"service_id": service_id, "location_id": number} for number in ids]
    if rows:
        await db.execute(insert(service_at_location), rows)


async def _put(
    db: AsyncConnection, table: Table, code: str, values: Mapping[str, Any], new: Mapping[str, Any] | None = None
) -> int:
    """Change the row with that code, or add it: its number."""
    changed = await db.execute(update(table).where(table.c.code == code).values(**values).returning(table.c.id))
    row = changed.one_or_none()
    if row is None:
        added = insert(table).values(code=code, **values, **(new or {})).returning(table.c.id)
        row = (await db.execute(added)).one()
    return int(row.id)
