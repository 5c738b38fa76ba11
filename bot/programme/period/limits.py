"""How long a programme may be, extensions included: per municipality, from a day on; else what the settings say."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from bot.calendar import add_months
from bot.roles import Person, Role

CHOICES: Final = range(1, 25)
"""Months that may be set as a limit at all. The first programme had 1 to 9 (JSPA's call to municipalities), in places
2 to 9, 1 to 4 or up to 4; what 2.0 says was not found, so it is a setting with a value for each municipality."""

AHEAD: Final = timedelta(days=366)
"""How far ahead a new limit may be written down."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Whole months, both included."""

    shortest: int
    longest: int

    @property
    def months(self) -> range:
        """The lengths to choose from."""
        return range(self.shortest, self.longest + 1)


@dataclass(frozen=True, slots=True)
class SetLimits:
    """Limits that hold in one municipality from that local day on."""

    from_on: date
    limits: Limits


def on(day: date, lines: Sequence[SetLimits], otherwise: Limits) -> Limits:
    """The limits on the joining day: of the latest line that holds by then, else those of the settings."""
    holding = [line for line in lines if line.from_on <= day]
    return max(holding, key=lambda line: line.from_on).limits if holding else otherwise


@dataclass(frozen=True, slots=True)
class MaySet:
    """They can be written down."""


@dataclass(frozen=True, slots=True)
class WrongOrder:
    """The shortest would be longer than the longest, or one of them is no length at all."""


@dataclass(frozen=True, slots=True)
class NotAhead:
    """They would hold from a day that has passed, when people may have joined by other limits, or from too far on."""


def may_be(limits: Limits, from_on: date, today: date) -> MaySet | WrongOrder | NotAhead:
    """Whether these limits can hold from that day."""
    if limits.shortest not in CHOICES or limits.longest not in CHOICES or limits.shortest > limits.longest:
        return WrongOrder()
    return MaySet() if today <= from_on <= today + AHEAD else NotAhead()


def may_set(person: Person, municipality: str) -> bool:
    """Who answers for the municipality: its programme leads and coordinators."""
    return person.holds(Role.LEAD, municipality) or person.holds(Role.COORDINATOR, municipality)


def latest_end(starts_on: date, limits: Limits) -> date:
    """The last day that a programme begun on `starts_on` may have, extensions included."""
    return add_months(starts_on, limits.longest) - timedelta(days=1)
