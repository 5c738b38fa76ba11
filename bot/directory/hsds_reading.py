"""What was sent, taken into the directory as it stands: what it would become, or everything that is wrong. Pure.

A row changes what has its id, or is new. A column that is not there says nothing, and neither does a file: what hangs
on a service (languages, areas, places...) is replaced as a whole where its file is there and the service is named in
what was sent. Nothing is retired by being left out: that needs the status `inactive`.
"""

from collections.abc import Mapping

from bot.directory.entries import Directory
from bot.directory.hsds_building import Builder, Mine, TakenIn
from bot.directory.hsds_faults import Expected, Fault, Faults
from bot.directory.hsds_opening import Opened, Row
from bot.directory.hsds_overlay import CONTACTS, HANGS_ON, LOCATIONS, MAIN, ORGANIZATIONS, SERVICES, overlaid

__all__ = ["Mine", "TakenIn", "taken_in"]


def taken_in(current: Directory, sent: Opened, mine: Mine = None) -> TakenIn:
    """`current` with what was sent; somebody who writes the entries of `mine` may send no others."""
    result = TakenIn(dict(current), sent.faults)
    if sent.faults:
        return result
    owners = _owners(current)
    touched = _touched(sent, owners)
    others = _keep_off_others(sent, current, owners, mine, result.faults)
    main, hanging = overlaid({code: current[code] for code in touched if code in current}, sent, result.faults)
    Builder(main, hanging, mine, result).build(others)
    return result


# --- whose rows they are ----------------------------------------------------------------------------------------


def _owners(current: Directory) -> dict[str, dict[str, str]]:
    """By file: the organisation that each id belongs to now."""
    found: dict[str, dict[str, str]] = {file: {} for file in MAIN}
    for code, one in current.items():
        found[ORGANIZATIONS][code] = code
        found[SERVICES].update((each.code, code) for each in one.services)
        found[LOCATIONS].update((each.code, code) for each in one.locations)
        found[CONTACTS].update((each.code, code) for each in one.contacts)
    return found


def _of_row(file: str, row: Row, owners: Mapping[str, Mapping[str, str]]) -> set[str]:
    """The organisations that this row is about: as it says, and as it was."""
    if file == ORGANIZATIONS:
        return {row["id"].strip()}
    if file in MAIN:
        was = owners[file].get(row["id"].strip())
        says = {row["organization_id"].strip()} if row.has("organization_id") else set()
        return says | ({was} if was else set())
    ids = [row[column].strip() for column in HANGS_ON.get(file, ())]
    return {owners[one][id_] for id_ in ids for one in MAIN if id_ in owners[one]}


def _touched(sent: Opened, owners: Mapping[str, Mapping[str, str]]) -> set[str]:
    return {code for file, rows in sent.tables.items() for row in rows for code in _of_row(file, row, owners)}


def _keep_off_others(
    sent: Opened, current: Directory, owners: Mapping[str, Mapping[str, str]], mine: Mine, faults: Faults
) -> set[str]:
    """A row about somebody else's organisation is a fault, whether or not it would change anything: which ones."""
    others = set() if mine is None else {code for code, one in current.items() if one.municipality not in mine}
    for file, rows in sent.tables.items():
        for row in rows:
            if _of_row(file, row, owners) & others:
                faults.add(Fault(file, row.number, None, Expected.YOURS))
    return others
