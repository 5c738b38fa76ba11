"""Ages and what they mean: the bands in which the questions speak, by the ages that the settings name. Pure.

Sources: 15 to 29 inclusive, the age on the joining day decides (MK noteikumi Nr. 722); whoever is younger than 13
cannot agree alone that anything is kept of them (GDPR Art. 8 with the Personal Data Processing Law, s. 33); of age
at 18 (Civil Law, Art. 219).
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from bot.settings import Settings

YOUNGEST: Final = 5
OLDEST: Final = 119
"""Who is younger does not type; who is older mistyped."""

_NUMBER: Final = re.compile(r"-?\d+")
_YEAR_DIGITS: Final = 4


class Band(StrEnum):
    """The answers to "How old are you?". The codes are names: which ages they mean, `Ages` says."""

    CHILD = "under_13"
    """May not agree alone: nothing is kept."""
    TEEN = "13_14"
    """Too young for the programme."""
    MINOR = "15_17"
    """In the group; a parent or guardian agrees before the start."""
    ADULT = "18_28"
    LAST = "29"
    """The last year: the day they turn older decides."""
    OVER = "over_29"


FIRST_VERSION_CHILD: Final = "under_15"
"""What the first version of the questions calls everybody who is too young."""

TOO_YOUNG: Final = (Band.CHILD.value, Band.TEEN.value, FIRST_VERSION_CHILD)


@dataclass(frozen=True, slots=True)
class Ages:
    """In whole years: from when somebody may agree alone, may join, is of age, and the last year of joining."""

    alone: int = 13
    joins: int = 15
    adult: int = 18
    last: int = 29

    @classmethod
    def of(cls, settings: Settings) -> "Ages":
        """As the people who run the bot decided."""
        return cls(settings.age_alone, settings.age_joins, settings.age_adult, settings.age_last)

    def band(self, years: int) -> Band | None:
        """The band of somebody who is so many years old; None where that can be no reader's age."""
        if not YOUNGEST <= years <= OLDEST:
            return None
        return next((band for band in Band if years <= self.span(band)[1]), None)

    def span(self, band: Band) -> tuple[int, int]:
        """The youngest and the oldest of that band."""
        begins = (YOUNGEST, self.alone, self.joins, self.adult, self.last, self.last + 1, OLDEST + 1)
        at = list(Band).index(band)
        return begins[at], begins[at + 1] - 1


USUAL: Final = Ages()


@dataclass(frozen=True, slots=True)
class Either:
    """A year of birth leaves two bands: it depends on whether this year's birthday has been."""

    younger: int
    older: int


def age_of(numbers: str, today: date, ages: Ages) -> Band | Either | None:
    """The band that a line with an age or a year of birth in digits means; None where it is neither, or both."""
    found = _NUMBER.findall(numbers)
    years = [int(one) for one in found if len(one) == _YEAR_DIGITS]
    if len(years) == 1:
        return _born_in(years[0], today, ages)
    return ages.band(int(found[0])) if len(found) == 1 and len(found[0]) < _YEAR_DIGITS else None


def _born_in(year: int, today: date, ages: Ages) -> Band | Either | None:
    older = today.year - year
    bands = ages.band(older - 1), ages.band(older)
    if None in bands:
        return None
    return bands[0] if bands[0] is bands[1] else Either(older - 1, older)
