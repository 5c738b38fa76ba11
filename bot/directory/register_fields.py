"""What is typed into the fields of the register: taken as it will stand there, or refused with the reason. Pure."""

import re
from dataclasses import dataclass
from typing import Final

YOUNGEST: Final = 5
OLDEST: Final = 119
MOST_CAPACITY: Final = 1000


@dataclass(frozen=True, slots=True)
class Accepted:
    """What will stand in the field."""

    value: str


@dataclass(frozen=True, slots=True)
class NotAccepted:
    """Why not, as the end of a key, and the most letters or the highest number there may be."""

    why: str
    most: int = 0


LONGEST_NAME: Final = 120
LONGEST_TEXT: Final = 500
LONGEST_EMAIL: Final = 254
LONGEST_PHONE: Final = 40
LONGEST_ADDRESS: Final = 200
LONGEST_WEBSITE: Final = 200

_EMAIL: Final = re.compile(r"[A-Za-z0-9._%+\-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9\-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}")
_WEBSITE: Final = re.compile(
    r"(?:https?://)?(?P<rest>(?:[A-Za-z0-9](?:[A-Za-z0-9\-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}(?:/\S*)?)"
)
_PHONE: Final = re.compile(r"\+?[0-9]{3,15}")
_BETWEEN_DIGITS: Final = re.compile(r"[\s().\-–/]+")


def words(typed: str, most: int) -> Accepted | NotAccepted:
    """A line of words; `typed` is one line without unseen signs."""
    if len(typed) > most:
        return NotAccepted("too_long", most)
    tells = len(typed) > 1 and any(sign.isalnum() for sign in typed)
    return Accepted(typed) if tells else NotAccepted("says_nothing")


def email(typed: str) -> Accepted | NotAccepted:
    """An address that letters can go to: ASCII, as every mail server takes it."""
    if len(typed) > LONGEST_EMAIL:
        return NotAccepted("too_long", LONGEST_EMAIL)
    return Accepted(typed) if _EMAIL.fullmatch(typed) and ".." not in typed else NotAccepted("no_email")


def phone(typed: str) -> Accepted | NotAccepted:
    """A number that can be dialled, in Latvia or abroad; eight digits alone are a Latvian one."""
    digits = _BETWEEN_DIGITS.sub("", typed)
    if _PHONE.fullmatch(digits) is None:
        return NotAccepted("no_phone")
    return Accepted(f"+371 {digits}" if len(digits) == 8 and digits[0] in "256789" else digits)


def website(typed: str) -> Accepted | NotAccepted:
    """An address of the web; without a scheme it is taken for https."""
    if len(typed) > LONGEST_WEBSITE - len("https://"):
        return NotAccepted("too_long", LONGEST_WEBSITE - len("https://"))
    found = _WEBSITE.fullmatch(typed)
    if found is None:
        return NotAccepted("no_website")
    return Accepted(typed if typed.startswith("http") else f"https://{found['rest']}")


@dataclass(frozen=True, slots=True)
class Ages:
    """From and to, inclusive, in years; None is no bound."""

    youngest: int | None
    oldest: int | None


_AGES: Final = re.compile(r"(\d{1,3})\s*(?:[-–—]\s*(\d{1,3})|(\+))?")


def ages(typed: str) -> Ages | NotAccepted:
    """ "15-29", "18+" or "17" as an age span."""
    found = _AGES.fullmatch(typed)
    if found is None:
        return NotAccepted("no_ages")
    youngest = int(found[1])
    oldest = None if found[3] else int(found[2] or found[1])
    return spanning(youngest, oldest)


def spanning(youngest: int | None, oldest: int | None) -> Ages | NotAccepted:
    """A span of ages that somebody can have."""
    given = [age for age in (youngest, oldest) if age is not None]
    if any(not YOUNGEST <= age <= OLDEST for age in given) or sorted(given) != given:
        return NotAccepted("no_ages")
    return Ages(youngest, oldest)


def capacity(typed: str) -> int | NotAccepted:
    """How many it takes at a time."""
    if not re.fullmatch(r"[0-9]{1,5}", typed) or not 0 < int(typed) <= MOST_CAPACITY:
        return NotAccepted("no_capacity", MOST_CAPACITY)
    return int(typed)
