"""How far those came who found us by some source: counted in stages, and safe to show. Pure.

A person belongs to one source for good, the first whose link they opened, and to the week in which they did: all their
stages count there, however late they reach them. So a source's line reads as a story of the same people.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Final

from bot.figures.suppression import Range, added, protect
from bot.figures.together import place
from bot.roles import Person, Role

ASKED: Final = "asked."
"""What the stage of a question begins with; its id follows."""


class Stage(StrEnum):
    """How far somebody came, in the order of the road; not everybody goes through all of them."""

    OPENED = "opened"
    CONSENTED = "consented"
    """Agreed to the questions, so that they saw the first."""
    SCREENED = "screened"
    """Came to the end of the questions."""
    LIKELY = "likely"
    """The programme may be for them (screening.md section 4: `likely`, `likely_minor` and `maybe`). `maybe` is among
    them, for it too ends with "a person will look", and often only the municipality or the NVA answer is not known."""
    CONTACT = "contact"
    """Let people of the programme write to them."""
    JOINED = "joined"
    """A lead took them into the programme."""
    GOAL = "goal"
    """The programme ended in learning, work, an NVA measure, an NGO or a youth centre."""


STAGES: Final = tuple(Stage)

_TOGETHER: Final = "together"


def week_of(moment: datetime | date) -> date:
    """The Monday of that week; of a moment, by its date in UTC."""
    day = moment.date() if isinstance(moment, datetime) else moment
    return day - timedelta(days=day.weekday())


@dataclass(frozen=True, slots=True)
class Origin:
    """Where people came from. `id` is a source's number; None: they came without a link. `since` is its first week."""

    id: int | None
    municipality: str | None
    name: str | None
    since: date
    of_partners: bool = False


NO_LINK: Final = Origin(None, None, None, date.min)


@dataclass(frozen=True, slots=True)
class Reached:
    """How many of a source and week came to each stage, and how many saw each question or a later one."""

    stages: tuple[int, ...]
    questions: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the figures."""

    stages: tuple[Range, ...]
    questions: tuple[Range, ...]

    @property
    def stopped(self) -> tuple[int, ...]:
        """For each question about how many went no further, from what is shown of it and of what follows; 0: few."""
        came = [one.at_least for one in (*self.questions, self.stages[STAGES.index(Stage.SCREENED)])]
        return tuple(max(0, here - beyond) for here, beyond in pairwise(came))


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one municipality, or of what belongs to none: each source's own line, and the small ones' together."""

    apart: Mapping[int | None, Line]
    together: Line
    total: Line


def figures(
    reached: Mapping[tuple[int | None, date], Reached], origins: Sequence[Origin], questions: int, step: int
) -> Figures:
    """The figures of these sources, whole weeks only, each count safe to show in such steps (see `bot.figures`)."""
    came = {key: one.stages[0] for key, one in reached.items()}
    placed = place(came, {one.id: one.since for one in origins}, step)
    nobody = Reached((0,) * len(STAGES), (0,) * questions)
    rows: dict[int | str | None, tuple[int, ...]] = {
        one.id: _sum([reached.get((one.id, week), nobody) for week in placed.apart[one.id]], nobody) for one in origins
    }
    rows[_TOGETHER] = _sum([reached.get(key, nobody) for key in placed.together], nobody)
    table = protect(rows, step)
    return Figures(
        {one.id: _line(table.rows[one.id]) for one in origins}, _line(table.rows[_TOGETHER]), _line(table.total)
    )


def together(parts: Sequence[Line]) -> Line:
    """Several lines as one; of none, nobody."""
    return Line(
        tuple(added(column) for column in zip(*(one.stages for one in parts), strict=True)),
        tuple(added(column) for column in zip(*(one.questions for one in parts), strict=True)),
    )


def _sum(parts: Sequence[Reached], nobody: Reached) -> tuple[int, ...]:
    rows = [(*one.stages, *one.questions) for one in (nobody, *parts)]
    return tuple(sum(column) for column in zip(*rows, strict=True))


def _line(cells: Sequence[Range]) -> Line:
    return Line(tuple(cells[: len(STAGES)]), tuple(cells[len(STAGES) :]))


# --- whose they are ---------------------------------------------------------------------------------------------


def places_of(person: Person) -> frozenset[str | None]:
    """The municipalities whose figures are theirs; None among them: the whole country."""
    return frozenset(grant.municipality for grant in person.grants if grant.role in (Role.COORDINATOR, Role.LEAD))


def may_see(person: Person, municipality: str | None) -> bool:
    """Whether the figures of that municipality, or of what belongs to none, are theirs."""
    return person.holds(Role.COORDINATOR, municipality) or person.holds(Role.LEAD, municipality)
