"""What was sent laid over what there is, row by row: as the tables would stand. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

from bot.directory.entries import Directory
from bot.directory.hsds_cells import Cells
from bot.directory.hsds_faults import Expected, Faults
from bot.directory.hsds_opening import Opened, Row
from bot.directory.hsds_tables import COLUMNS
from bot.directory.hsds_writing import tables

ORGANIZATIONS: Final = "organizations.csv"
SERVICES: Final = "services.csv"
LOCATIONS: Final = "locations.csv"
CONTACTS: Final = "contacts.csv"
MAIN: Final = (ORGANIZATIONS, SERVICES, LOCATIONS, CONTACTS)
HANGS_ON: Final[Mapping[str, tuple[str, ...]]] = {
    "attributes.csv": ("link_id",),
    "service_at_location.csv": ("service_id",),
    "addresses.csv": ("location_id",),
    "phones.csv": ("service_id", "contact_id"),
    "languages.csv": ("service_id",),
    "service_areas.csv": ("service_id",),
    "service_capacity.csv": ("service_id",),
}
"""The columns that name what a row hangs on."""

Main = dict[str, dict[str, Row]]
Hanging = dict[str, dict[str, list[Row]]]


def overlaid(touched: Directory, sent: Opened, faults: Faults) -> tuple[Main, Hanging]:
    """The rows as they would stand: those with ids by file and id, those that hang on one by file and that id."""
    base = {
        file: [Row(dict(zip(COLUMNS[file], row, strict=True))) for row in rows]
        for file, rows in tables(touched).items()
    }
    main: Main = {}
    for file in MAIN:
        main[file] = {row["id"]: row for row in base[file]}
        seen: set[str] = set()
        cells = Cells(file, faults)
        for row in sent.tables.get(file, ()):
            code = cells.code(row)
            if code is None:
                continue
            if code in seen:
                cells.fault(row, "id", Expected.ONCE)
                continue
            seen.add(code)
            before = main[file].get(code)
            main[file][code] = Row({**(before.values if before else {}), **row.values, "id": code}, row.number)
    named = {row["id"].strip() for file in MAIN for row in sent.tables.get(file, ())}
    hanging: Hanging = {file: _by_parent(file, base[file]) for file in HANGS_ON}
    for file in HANGS_ON:
        if file in sent.tables:
            new = _by_parent(file, sent.tables[file])
            for parent in named - set(new):
                hanging[file].pop(parent, None)
            hanging[file].update(new)
    return main, hanging


def _by_parent(file: str, rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        parent = next((row[column].strip() for column in HANGS_ON[file] if row[column].strip()), "")
        found[parent].append(row)
    return dict(found)
