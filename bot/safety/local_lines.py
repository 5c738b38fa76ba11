"""A municipality's own help lines: what its coordinator may enter, and whom a line is shown to."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from bot.roles import Person, Role
from bot.safety.lines import STALE_AFTER_DAYS

MOST_NAME: Final = 80
MOST_HOURS: Final = 80
"""Characters."""

MOST_SHOWN: Final = 3
"""Of these on one card, below the national ones."""

STALE_AFTER: Final = timedelta(days=STALE_AFTER_DAYS)
"""A line that nobody rang for that long is to be rung again."""

SPOKEN: Final = ("lv", "uk", "ru", "en")
"""Languages that can be named of a line, as the card's words know them."""


class Ages(StrEnum):
    """For whom a line is."""

    ALL = "all"
    MINORS = "minors"
    ADULTS = "adults"


SPANS: Final[Mapping[Ages, tuple[int | None, int | None]]] = {
    Ages.ALL: (None, None),
    Ages.MINORS: (None, 17),
    Ages.ADULTS: (18, None),
}

BANDS: Final[Mapping[str, tuple[int, int]]] = {
    "under_13": (0, 12),
    "13_14": (13, 14),
    "under_15": (0, 14),
    "15_17": (15, 17),
    "18_28": (18, 28),
    "29": (29, 29),
    "over_29": (30, 120),
}
"""What an answer about age says: from and to, both included."""


@dataclass(frozen=True, slots=True)
class LocalLine:
    """One line. Ages are years, both included; `checked_on` is the day somebody last rang it."""

    id: int
    municipality: str
    name: str
    number: str
    hours: str
    languages: Sequence[str]
    min_age: int | None
    max_age: int | None
    checked_on: date

    @property
    def is_whole(self) -> bool:
        """Whether everything is entered that a young person has to know."""
        return bool(self.number and self.hours and self.languages)

    @property
    def ages(self) -> Ages:
        return next((ages for ages, span in SPANS.items() if span == (self.min_age, self.max_age)), Ages.ALL)

    def is_for(self, band: str | None) -> bool:
        """Whether it is for somebody of that age; who gave none may be anybody."""
        youngest, oldest = BANDS.get(band or "", (0, 120))
        return (self.min_age or 0) <= oldest and youngest <= (self.max_age or 120)


def for_card(lines: Sequence[LocalLine], band: str | None) -> tuple[LocalLine, ...]:
    """What of a municipality's lines a young person of that age is shown."""
    return tuple(one for one in lines if one.is_whole and one.is_for(band))[:MOST_SHOWN]


def may_edit(person: Person, municipality: str) -> bool:
    """A municipality's lines are entered by its coordinator, or by one for the whole country."""
    return person.holds(Role.COORDINATOR, municipality)


_SHORT: Final = re.compile(r"1\d{2,5}")
_LATVIAN: Final = re.compile(r"[2689]\d{7}")
_ABROAD: Final = re.compile(r"\+[1-9]\d{6,14}")


def number(typed: str) -> str | None:
    """A number as a telephone can dial it: `116111`, or with the country's code `+37120000001`; None if it is none."""
    dialled = re.sub(r"[\s().\-/]", "", typed.strip())
    if dialled.startswith("00"):
        dialled = f"+{dialled[2:]}"
    if dialled.startswith("+371"):
        local = dialled.removeprefix("+371")
        return dialled if _LATVIAN.fullmatch(local) else None
    if _SHORT.fullmatch(dialled) or _ABROAD.fullmatch(dialled):
        return dialled
    return f"+371{dialled}" if _LATVIAN.fullmatch(dialled) else None
