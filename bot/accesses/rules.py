"""The access log: who may read it, what a line of it says, and the file that can be taken along.

Every screen about a young person that staff open leaves a line (`Turn.looks`), written with what the screen said. The
log says who, as what, when, and which part of the records; never what stood there.
"""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.roles import Person, Role

A_PAGE: Final = 20
"""Lines shown at a time."""

MOST_IN_A_FILE: Final = 10_000
"""Lines of one file: more than anybody's record gathers, and no more than Telegram carries."""

PARTS: Final = ("programme", "checkins", "referrals", "override", "safety", "blocks", "accesses", "people")
"""Parts of somebody's records that have a name; whatever else was looked at is called other."""

_COLUMNS: Final = ("at_utc", "code_name", "viewer", "roles", "part")
_BEGINS_A_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Access:
    """One visit; `viewer` and `roles` are empty where that person is erased or has no role any more."""

    at: datetime
    viewer: str | None
    roles: tuple[Role, ...]
    what: str


def may_read(officer: Person, youth: Person, municipality: str | None) -> bool:
    """Data officers, for the young people of their municipality or of the whole country."""
    return officer.holds(Role.DATA_OFFICER, municipality) and youth.is_youth


def part(what: str) -> str:
    """The name of the part of the records that a line is about."""
    return what if what in PARTS else "other"


def in_file(code_name: str, accesses: Sequence[Access]) -> bytes:
    """The lines as CSV (RFC 4180, UTF-8): moments in UTC, the young person by code name, no number of anybody."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(_COLUMNS)
    for one in accesses:
        roles = " ".join(role.value for role in one.roles)
        moment = one.at.isoformat(timespec="seconds")
        writer.writerow([moment, code_name, _plain(one.viewer or ""), roles, part(one.what)])
    return out.getvalue().encode()


def _plain(name: str) -> str:
    """A name that a spreadsheet does not take for a formula."""
    return f"'{name}" if name.startswith(_BEGINS_A_FORMULA) else name
