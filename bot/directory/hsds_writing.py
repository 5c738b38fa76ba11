"""The directory as the tables of HSDS, and those as one .zip. Pure."""

import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any, Final
from uuid import UUID, uuid5

from bot.directory.entries import Contact, Directory, Location, Organization, Service
from bot.directory.hsds_tables import COLUMNS, COUNTRY, OURS, written
from bot.directory.register import Help, Offer, PartnerKind

Rows = list[tuple[str, ...]]
Tables = Mapping[str, Rows]
"""File name -> its rows, in the order of `COLUMNS`."""

_OURSELVES: Final = UUID("5b0f4f0e-6d0c-5c2e-9f53-2f4a6f1d7c11")
"""The name space of the ids that only HSDS needs: the same row has the same id in every export."""

_PLACE: Final = "person"
"""The id of the unit in which capacity is counted."""

_POSTCODE: Final = re.compile(r"LV-[0-9]{4}")
_MADE_AT: Final = (1980, 1, 1, 0, 0, 0)
"""One time for everything in the .zip, so that the same directory is the same file."""

TERMS: Final[Mapping[str, tuple[str, ...]]] = {
    "partner_kind": tuple(PartnerKind),
    "referral_kind": tuple(Help),
    "offer": tuple(Offer),
    "delivery": ("online",),
}
"""The attributes that are ours, by link type; the id of a term is `type.code`."""


def tables(directory: Directory) -> dict[str, Rows]:
    """Every file's rows, in the order of the organisations' codes."""
    found: dict[str, Rows] = {file: [] for file in COLUMNS}
    for code in sorted(directory):
        for file, row in _of_organization(directory[code]):
            found[file].append(row)
    found["units.csv"].append((_PLACE, _PLACE))
    for kind, codes in TERMS.items():
        found["taxonomy_terms.csv"].extend((f"{kind}.{code}", code, code, f"{kind}: {code}", kind) for code in codes)
    return found


def packed(made: Tables) -> bytes:
    """The tables as one .zip with a description of the package (Frictionless Data, tabular data package)."""
    page = io.BytesIO()
    with zipfile.ZipFile(page, "w", zipfile.ZIP_DEFLATED) as archive:
        for file, columns in COLUMNS.items():
            archive.writestr(zipfile.ZipInfo(file, _MADE_AT), written(columns, made[file]), zipfile.ZIP_DEFLATED)
        description = json.dumps(_package(), indent=1).encode()
        archive.writestr(zipfile.ZipInfo("datapackage.json", _MADE_AT), description, zipfile.ZIP_DEFLATED)
    return page.getvalue()


def _package() -> dict[str, Any]:
    return {
        "name": "directory",
        "profile": "tabular-data-package",
        "resources": [
            {
                "name": file.removesuffix(".csv"),
                "path": file,
                "profile": "tabular-data-resource",
                "schema": {
                    "fields": [
                        {"name": column, "type": "string", **({"hsds": False} if column in OURS.get(file, ()) else {})}
                        for column in columns
                    ]
                },
            }
            for file, columns in COLUMNS.items()
        ],
    }


def _of_organization(one: Organization) -> Iterator[tuple[str, tuple[str, ...]]]:
    status = _status(retired=one.retired)
    yield (
        "organizations.csv",
        (one.code, one.name, one.description or "", one.website or "", one.municipality or "", status),
    )
    yield _attribute("organization", one.code, "partner_kind", one.kind)
    for place in one.locations:
        yield from _of_location(one, place)
    for desk in one.contacts:
        yield from _of_contact(one, desk)
    for service in one.services:
        yield from _of_service(one, service)


def _of_location(of: Organization, one: Location) -> Iterator[tuple[str, tuple[str, ...]]]:
    latitude, longitude = ("", "") if one.spot is None else (repr(one.spot[0]), repr(one.spot[1]))
    yield "locations.csv", (one.code, of.code, "physical", one.name, latitude, longitude)
    if one.address is not None or one.municipality is not None:
        address = one.address or ""
        postcode = _POSTCODE.search(address)
        city = address.split(",")[0].strip()
        yield (
            "addresses.csv",
            (
                _id(one.code, "address"), one.code, address, city, one.municipality or "",
                postcode[0] if postcode else "", COUNTRY, "physical",
            ),
        )  # fmt: skip


def _of_contact(of: Organization, one: Contact) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield "contacts.csv", (one.code, of.code, one.name, one.title or "", one.email or "")
    if one.phone is not None:
        yield "phones.csv", (_id(one.code, "phone"), "", one.code, one.phone)


def _of_service(of: Organization, one: Service) -> Iterator[tuple[str, tuple[str, ...]]]:
    ages = tuple("" if age is None else str(age) for age in (one.minimum_age, one.maximum_age))
    checked = "" if one.verified_on is None else one.verified_on.isoformat()
    told = (one.code, of.code, one.name, one.description or "", one.email or "", _status(retired=one.retired))
    yield "services.csv", (*told, one.eligibility or "", *ages, checked, one.reads.value)
    yield _attribute("service", one.code, "referral_kind", one.kind)
    for offer in one.offers:
        yield _attribute("service", one.code, "offer", offer)
    if one.online:
        yield _attribute("service", one.code, "delivery", "online")
    for place in one.locations:
        yield "service_at_location.csv", (_id(one.code, "at", place), one.code, place)
    if one.phone is not None:
        yield "phones.csv", (_id(one.code, "phone"), one.code, "", one.phone)
    for language in one.languages:
        yield "languages.csv", (_id(one.code, "language", language), one.code, language)
    for area in one.areas or (COUNTRY,):
        yield "service_areas.csv", (_id(one.code, "area", area), one.code, area, area, "text")
    if one.capacity is not None or one.full_until is not None:
        most = "" if one.capacity is None else str(one.capacity)
        full = "" if one.full_until is None else one.full_until.isoformat()
        free = "0" if one.full_until is not None else most
        yield "service_capacity.csv", (_id(one.code, "capacity"), one.code, _PLACE, free, most, checked, full)


def _attribute(entity: str, code: str, kind: str, term: StrEnum | str) -> tuple[str, tuple[str, ...]]:
    return "attributes.csv", (_id(code, kind, term), code, f"{kind}.{term}", kind, entity)


def _status(*, retired: bool) -> str:
    return "inactive" if retired else "active"


def _id(*parts: str) -> str:
    return str(uuid5(_OURSELVES, json.dumps(parts)))


def as_lists(made: Tables) -> dict[str, list[list[str]]]:
    """The tables as JSON can hold them."""
    return {file: [list(row) for row in rows] for file, rows in made.items()}


def from_lists(raw: Mapping[str, Sequence[Sequence[str]]]) -> dict[str, Rows]:
    return {file: [tuple(row) for row in rows] for file, rows in raw.items()}
