"""What can be pressed about a mentor's hours. A month is named by its first day."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from bot.actions import Action
from bot.programme.worked.hours import What
from bot.turn import Button, button


@dataclass(frozen=True, slots=True)
class OpenHours(Action):
    """A month of one's own, with every young person; the present one where none is named."""

    tag: ClassVar[str] = "programme.hours"
    month: date | None = None


@dataclass(frozen=True, slots=True)
class OpenHoursOf(Action):
    """The same month with one young person, line by line."""

    tag: ClassVar[str] = "programme.hours_of"
    case: int
    month: date | None = None


@dataclass(frozen=True, slots=True)
class AddHours(Action):
    """One more step towards a new line: the first choice that is missing is asked for next, or typed."""

    tag: ClassVar[str] = "programme.add_hours"
    case: int
    what: What | None = None
    on: date | None = None
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class ChangeHours(Action):
    """Show a line of one's own, or give it another time; also what a typed time then means."""

    tag: ClassVar[str] = "programme.change_hours"
    line: int
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class DropHours(Action):
    """Take a line of one's own out; asked once more unless `sure`."""

    tag: ClassVar[str] = "programme.drop_hours"
    line: int
    sure: bool = False


@dataclass(frozen=True, slots=True)
class TeamHours(Action):
    """What the mentors spent where one leads: totals alone."""

    tag: ClassVar[str] = "programme.team_hours"
    month: date | None = None


@dataclass(frozen=True, slots=True)
class MonthSheet(Action):
    """The month as files to print and sign."""

    tag: ClassVar[str] = "programme.month_sheet"
    month: date


def hours_button(case_id: int) -> Button:
    """The way from a case to the time spent with its young person."""
    return button("programme.staff.button.hours_of", OpenHoursOf(case_id))
