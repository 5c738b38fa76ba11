"""The files and columns of the Human Services Data Specification that we write and read, and what is in a cell. Pure.

Names are those of HSDS 3 (docs.openreferral.org, schema reference; one CSV file for each object). Where HSDS has no
place for something, a column of ours stands at the end of the file, listed in `OURS`:

- organizations.csv `municipality`: whose coordinators look after the entry (ISO 3166-2; empty: the national ones);
  `status`: active or inactive, as services have it.
- services.csv `reads`: the language of letters to it.
- service_capacity.csv `full_until`: the last day on which it takes nobody new.

Kinds are attributes with terms of our own (`taxonomy_terms.csv`), a municipality of an address is its `state_province`,
an area its `extent` in ISO 3166-2 (`LV` is the whole country), the day of the last check its `assured_date`.
"""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "organizations.csv": ("id", "name", "description", "website", "municipality", "status"),
    "services.csv": (
        "id", "organization_id", "name", "description", "email", "status", "eligibility_description", "minimum_age",
        "maximum_age", "assured_date", "reads",
    ),
    "attributes.csv": ("id", "link_id", "taxonomy_term_id", "link_type", "link_entity"),
    "service_at_location.csv": ("id", "service_id", "location_id"),
    "locations.csv": ("id", "organization_id", "location_type", "name", "latitude", "longitude"),
    "addresses.csv": (
        "id", "location_id", "address_1", "city", "state_province", "postal_code", "country", "address_type",
    ),
    "phones.csv": ("id", "service_id", "contact_id", "number"),
    "contacts.csv": ("id", "organization_id", "name", "title", "email"),
    "languages.csv": ("id", "service_id", "code"),
    "service_areas.csv": ("id", "service_id", "name", "extent", "extent_type"),
    "service_capacity.csv": ("id", "service_id", "unit_id", "available", "maximum", "updated", "full_until"),
    "units.csv": ("id", "name"),
    "taxonomy_terms.csv": ("id", "code", "name", "description", "taxonomy"),
}  # fmt: skip
"""Every file with its columns, in the order in which they are written."""

OURS: Final[Mapping[str, tuple[str, ...]]] = {
    "organizations.csv": ("municipality", "status"),
    "services.csv": ("reads",),
    "service_capacity.csv": ("full_until",),
}
"""Columns that HSDS does not know."""

NEEDED: Final[Mapping[str, tuple[str, ...]]] = {
    "organizations.csv": ("id", "name"),
    "services.csv": ("id", "organization_id", "name"),
    "attributes.csv": ("link_id", "taxonomy_term_id", "link_type"),
    "service_at_location.csv": ("service_id", "location_id"),
    "locations.csv": ("id", "organization_id", "name"),
    "addresses.csv": ("location_id", "address_1"),
    "phones.csv": ("number",),
    "contacts.csv": ("id", "organization_id", "name"),
    "languages.csv": ("service_id", "code"),
    "service_areas.csv": ("service_id", "extent"),
    "service_capacity.csv": ("service_id",),
}
"""Columns without which a file says nothing; a file that is not here is written and never read."""

COUNTRY: Final = "LV"
"""The extent of what serves the whole country."""

FORMULA: Final = re.compile(r"[=+\-@\t\r＝＋－＠']")
"""How a cell begins that a spreadsheet might take for a formula; the apostrophe, as it is what we put in front."""


def defused(text: str) -> str:
    """The text as no spreadsheet will run it: with an apostrophe in front where it begins like a formula."""
    return f"'{text}" if FORMULA.match(text) else text


def as_meant(cell: str) -> str:
    """The text that was defused; a cell that never was stays as it is."""
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell[1:]) else cell


def written(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A CSV file: UTF-8 with a mark in front, by which spreadsheets know it."""
    page = io.StringIO(newline="")
    writer = csv.writer(page, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([defused(cell) for cell in row] for row in rows)
    return page.getvalue().encode("utf-8-sig")
