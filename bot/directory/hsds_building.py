"""What the rows mean: organisations with all that hangs on them, and what is wrong with what was sent. Pure."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from bot.directory import register_fields
from bot.directory.entries import Contact, Location, Organization, Service
from bot.directory.hsds_cells import Cells
from bot.directory.hsds_faults import Expected, Fault, Faults
from bot.directory.hsds_opening import Row
from bot.directory.hsds_overlay import CONTACTS, HANGS_ON, LOCATIONS, MAIN, ORGANIZATIONS, SERVICES, Hanging, Main
from bot.directory.register import Help, Offer, PartnerKind
from bot.directory.register_fields import NotAccepted

K = TypeVar("K", PartnerKind, Help)

Mine = frozenset[str] | None
"""The municipalities whose entries somebody writes; None: all, and those of no municipality."""


@dataclass(slots=True)
class TakenIn:
    """What the directory would be, and what is wrong with what was sent: with any fault nothing may be taken over."""

    directory: dict[str, Organization] = field(default_factory=dict)
    faults: Faults = field(default_factory=Faults)


class Builder:
    """Makes organisations of the rows, and notes what is wrong with those that were sent."""

    def __init__(self, main: Main, hanging: Hanging, mine: Mine, result: TakenIn) -> None:
        self._main = main
        self._hanging = hanging
        self._mine = mine
        self._result = result
        self._faults = result.faults

    def build(self, others: Collection[str]) -> None:
        """Put the organisations into the result; `others` are not to be touched, which has been said."""
        self._no_orphans()
        parts: dict[str, tuple[list[Service], list[Location], list[Contact]]] = {
            code: ([], [], []) for code in self._main[ORGANIZATIONS]
        }
        placed: dict[str, set[str]] = defaultdict(set)
        for row in self._main[LOCATIONS].values():
            if (owner := self._owner(LOCATIONS, row)) is not None:
                placed[owner].add(row["id"])
                parts[owner][1].append(self._location(row))
        for row in self._main[CONTACTS].values():
            if (owner := self._owner(CONTACTS, row)) is not None:
                parts[owner][2].append(self._contact(row))
        for row in self._main[SERVICES].values():
            if (owner := self._owner(SERVICES, row)) is not None:
                parts[owner][0].append(self._service(row, placed[owner]))
        for code, row in self._main[ORGANIZATIONS].items():
            if code in others:
                continue
            self._result.directory[code] = self._organization(row, *parts[code])

    def _no_orphans(self) -> None:
        """What hangs on an id that is nowhere is a fault of its row."""
        known = {code for file in MAIN for code in self._main[file]}
        for file, by_parent in self._hanging.items():
            for parent, rows in by_parent.items():
                for row in rows:
                    if parent not in known and not _foreign(file, row):
                        Cells(file, self._faults).fault(row, HANGS_ON[file][0], Expected.THERE)

    def _owner(self, file: str, row: Row) -> str | None:
        owner = row["organization_id"].strip()
        if owner in self._main[ORGANIZATIONS]:
            return owner
        Cells(file, self._faults).fault(row, "organization_id", Expected.THERE)
        return None

    def _on(self, file: str, code: str) -> tuple[Cells, list[Row]]:
        return Cells(file, self._faults), self._hanging[file].get(code, [])

    def _organization(
        self, row: Row, services: list[Service], locations: list[Location], contacts: list[Contact]
    ) -> Organization:
        cells = Cells(ORGANIZATIONS, self._faults)
        municipality = cells.municipality(row, "municipality")
        if self._mine is not None and not row.has("municipality") and len(self._mine) == 1:
            (municipality,) = self._mine
        if self._mine is not None and municipality not in self._mine:
            cells.fault(row, "municipality", Expected.YOURS)
        return Organization(
            row["id"],
            cells.name(row),
            self._kind(cells, row, "partner_kind", PartnerKind, PartnerKind.YOUTH_FIELD),
            municipality,
            cells.text(row, "description"),
            cells.website(row, "website"),
            cells.retired(row),
            tuple(sorted(services, key=lambda one: one.code)),
            tuple(sorted(locations, key=lambda one: one.code)),
            tuple(sorted(contacts, key=lambda one: one.code)),
        )

    def _terms(self, code: str, kind: str, known: Iterable[str]) -> list[str]:
        """The codes of one kind of attribute; a term that is not ours is a fault of its row."""
        cells, rows = self._on("attributes.csv", code)
        codes = list(known)
        found = []
        for row in rows:
            if row["link_type"].strip() != kind:
                continue
            term = row["taxonomy_term_id"].strip().removeprefix(f"{kind}.")
            if term in codes:
                found.append(term)
            else:
                cells.fault(row, "taxonomy_term_id", Expected.ONE_OF, values=[f"{kind}.{one}" for one in codes])
                found.append(codes[0])
        return found

    def _kind(self, cells: Cells, row: Row, kind: str, known: type[K], otherwise: K) -> K:
        """The one kind that it has to have."""
        terms = self._terms(row["id"], kind, [one.value for one in known])
        if len(terms) == 1:
            return known(terms[0])
        wanted = [f"{kind}.{one.value}" for one in known]
        if row.number is not None:
            cells.fault(row, None, Expected.ONE_OF, values=wanted)
        else:
            self._faults.add(Fault("attributes.csv", None, "taxonomy_term_id", Expected.ONE_OF, values=wanted))
        return otherwise

    def _location(self, row: Row) -> Location:
        cells = Cells(LOCATIONS, self._faults)
        latitude, longitude = cells.degrees(row, "latitude", 90), cells.degrees(row, "longitude", 180)
        spot = None if latitude is None or longitude is None else (latitude, longitude)
        at, addresses = self._on("addresses.csv", row["id"])
        self._at_most_one(at, addresses)
        address, municipality = None, None
        for one in addresses[:1]:
            address = at.line(one, "address_1", register_fields.LONGEST_ADDRESS)
            city = at.line(one, "city", register_fields.LONGEST_ADDRESS)
            if city and city not in (address or ""):
                address = f"{address}, {city}" if address else city
            municipality = at.municipality(one, "state_province")
        return Location(row["id"], cells.name(row), address, municipality, spot)

    def _contact(self, row: Row) -> Contact:
        cells = Cells(CONTACTS, self._faults)
        title = cells.line(row, "title", register_fields.LONGEST_NAME)
        return Contact(row["id"], cells.name(row), title, cells.email(row), self._phone(row["id"]))

    def _service(self, row: Row, places: set[str]) -> Service:
        cells = Cells(SERVICES, self._faults)
        code = row["id"]
        oldest = register_fields.OLDEST
        youngest, eldest = cells.number(row, "minimum_age", 0, oldest), cells.number(row, "maximum_age", 0, oldest)
        if isinstance(register_fields.spanning(youngest, eldest), NotAccepted):
            cells.fault(row, "maximum_age", Expected.AGES, values=(f"{register_fields.YOUNGEST}–{oldest}",))
        capacity, full_until = self._capacity(code)
        offers = self._terms(code, "offer", [one.value for one in Offer])
        return Service(
            code,
            cells.name(row),
            self._kind(cells, row, "referral_kind", Help, Help.PARTNER),
            cells.text(row, "description"),
            cells.text(row, "eligibility_description"),
            tuple(one for one in Offer if one.value in offers),
            youngest,
            eldest,
            self._languages(code),
            self._areas(code),
            bool(self._terms(code, "delivery", ["online"])),
            cells.email(row),
            self._phone(code),
            cells.reads(row, "reads"),
            capacity,
            full_until,
            cells.day(row, "assured_date"),
            self._places(code, places),
            cells.retired(row),
        )

    def _at_most_one(self, cells: Cells, rows: list[Row]) -> None:
        for extra in rows[1:]:
            cells.fault(extra, None, Expected.ONCE)

    def _phone(self, code: str) -> str | None:
        cells, rows = self._on("phones.csv", code)
        self._at_most_one(cells, rows)
        return cells.phone(rows[0], "number") if rows else None

    def _languages(self, code: str) -> tuple[str, ...]:
        cells, rows = self._on("languages.csv", code)
        return tuple(dict.fromkeys(one for row in rows if (one := cells.language(row, "code")) is not None))

    def _areas(self, code: str) -> tuple[str, ...]:
        cells, rows = self._on("service_areas.csv", code)
        return tuple(dict.fromkeys(one for row in rows if (one := cells.area(row, "extent")) is not None))

    def _capacity(self, code: str) -> tuple[int | None, date | None]:
        cells, rows = self._on("service_capacity.csv", code)
        self._at_most_one(cells, rows)
        if not rows:
            return None, None
        return cells.number(rows[0], "maximum", 1, register_fields.MOST_CAPACITY), cells.day(rows[0], "full_until")

    def _places(self, code: str, known: set[str]) -> tuple[str, ...]:
        cells, rows = self._on("service_at_location.csv", code)
        found = []
        for row in rows:
            place = row["location_id"].strip()
            if place in known:
                found.append(place)
            else:
                cells.fault(row, "location_id", Expected.THERE)
        return tuple(dict.fromkeys(found))


def _foreign(file: str, row: Row) -> bool:
    """Whether it is an attribute or a phone of something that we do not keep, in somebody else's file."""
    if file == "attributes.csv":
        return row["link_type"].strip() not in ("partner_kind", "referral_kind", "offer", "delivery")
    return file == "phones.csv" and not (row["service_id"].strip() or row["contact_id"].strip())
