"""What one cell of a directory's file means, checked as what people type is; a wrong one is noted and read as empty."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import isfinite
from typing import Final, TypeVar

from bot.directory import register_fields
from bot.directory.hsds_faults import Expected, Fault, Faults
from bot.directory.hsds_opening import Row
from bot.directory.hsds_tables import COUNTRY
from bot.directory.register_fields import Accepted, NotAccepted
from bot.directory.rules import find
from bot.typed import in_one_line, visible
from bot.words import Language

CODE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._\-]{0,59}")
"""An id: a UUID or anything as plain."""

_LANGUAGE: Final = re.compile(r"[a-z]{2}")
_EXAMPLE: Final = "LV-067"
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

_REFUSED: Final = {
    "too_long": Expected.SHORTER,
    "says_nothing": Expected.WORDS,
    "no_email": Expected.EMAIL,
    "no_phone": Expected.PHONE,
    "no_website": Expected.WEBSITE,
}

S = TypeVar("S", bound=StrEnum)


@dataclass(slots=True)
class Cells:
    """The cells of one file; what is wrong goes to `faults`, for rows that were sent."""

    file: str
    faults: Faults

    def fault(
        self, row: Row, column: str | None, expected: Expected, most: int = 0, values: Collection[str] = ()
    ) -> None:
        if row.number is not None:
            self.faults.add(Fault(self.file, row.number, column, expected, most, tuple(values)))

    def code(self, row: Row, column: str = "id") -> str | None:
        found = row[column].strip()
        if CODE.fullmatch(found):
            return found
        self.fault(row, column, Expected.CODE)
        return None

    def name(self, row: Row, column: str = "name") -> str:
        found = in_one_line(row[column])
        if not found:
            self.fault(row, column, Expected.SOMETHING)
            return ""
        return self._checked(row, column, register_fields.words(found, register_fields.LONGEST_NAME)) or ""

    def line(self, row: Row, column: str, most: int) -> str | None:
        found = in_one_line(row[column])
        return self._short(row, column, found, most)

    def text(self, row: Row, column: str) -> str | None:
        """Words that may run over several lines."""
        return self._short(row, column, visible(row[column]), register_fields.LONGEST_TEXT)

    def _short(self, row: Row, column: str, found: str, most: int) -> str | None:
        if len(found) > most:
            self.fault(row, column, Expected.SHORTER, most)
            return None
        return found or None

    def email(self, row: Row, column: str = "email") -> str | None:
        return self._typed(row, column, register_fields.email)

    def website(self, row: Row, column: str) -> str | None:
        return self._typed(row, column, register_fields.website)

    def phone(self, row: Row, column: str) -> str | None:
        """A number that can be dialled, written as it was; only bare Latvian digits get their +371."""
        found = in_one_line(row[column])
        if not found:
            return None
        told = register_fields.phone(found)
        if isinstance(told, Accepted) and len(found) > register_fields.LONGEST_PHONE:
            told = NotAccepted("too_long", register_fields.LONGEST_PHONE)
        taken = self._checked(row, column, told)
        return None if taken is None else (found if found.startswith("+") else taken)

    def _typed(self, row: Row, column: str, check: Callable[[str], Accepted | NotAccepted]) -> str | None:
        found = in_one_line(row[column])
        return self._checked(row, column, check(found)) if found else None

    def _checked(self, row: Row, column: str, told: Accepted | NotAccepted) -> str | None:
        match told:
            case Accepted(value):
                return value
            case NotAccepted(why, most):
                self.fault(row, column, _REFUSED[why], most)
                return None

    def one_of(self, row: Row, column: str, codes: type[S], otherwise: S) -> S:
        found = row[column].strip().lower()
        if not found:
            return otherwise
        known = next((one for one in codes if one.value == found), None)
        if known is None:
            self.fault(row, column, Expected.ONE_OF, values=[one.value for one in codes])
        return known or otherwise

    def retired(self, row: Row) -> bool:
        """HSDS says active, inactive, defunct or temporarily closed; of the last, we need to know until when."""
        found = row["status"].strip().lower()
        if found not in ("", "active", "inactive", "defunct"):
            self.fault(row, "status", Expected.ONE_OF, values=("active", "inactive", "defunct"))
        return found in ("inactive", "defunct")

    def number(self, row: Row, column: str, lowest: int, highest: int) -> int | None:
        found = row[column].strip().removesuffix(".0")
        if not found:
            return None
        if re.fullmatch(r"[0-9]{1,6}", found) and lowest <= int(found) <= highest:
            return int(found)
        self.fault(row, column, Expected.NUMBER, values=(f"{lowest}–{highest}",))
        return None

    def day(self, row: Row, column: str) -> date | None:
        found = row[column].strip()
        if not found:
            return None
        try:
            if _DAY.fullmatch(found):
                return date.fromisoformat(found)
        except ValueError:
            pass
        self.fault(row, column, Expected.DATE)
        return None

    def municipality(self, row: Row, column: str) -> str | None:
        found = row[column].strip().upper()
        if found and find(found) is None:
            self.fault(row, column, Expected.MUNICIPALITY, values=(_EXAMPLE,))
            return None
        return found or None

    def area(self, row: Row, column: str) -> str | None:
        """A municipality; None is the whole country."""
        return None if row[column].strip().upper() in (COUNTRY, "") else self.municipality(row, column)

    def language(self, row: Row, column: str) -> str | None:
        found = row[column].strip().lower()
        if _LANGUAGE.fullmatch(found):
            return found
        self.fault(row, column, Expected.LANGUAGE)
        return None

    def reads(self, row: Row, column: str) -> Language:
        return self.one_of(row, column, Language, Language.LV)

    def degrees(self, row: Row, column: str, most: int) -> float | None:
        found = row[column].strip().replace(",", ".")
        if not found:
            return None
        try:
            value = float(found)
        except ValueError:
            value = float("nan")
        if isfinite(value) and abs(value) <= most:
            return value
        self.fault(row, column, Expected.DEGREES, most)
        return None
