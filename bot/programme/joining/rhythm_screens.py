"""What can be pressed to change the rhythm of a running programme, and where."""

from dataclasses import dataclass
from typing import ClassVar

from bot.actions import Action
from bot.programme import rules
from bot.programme.joining.rhythms import Cadence
from bot.programme.rules import Case, Stage
from bot.roles import Person
from bot.turn import Row, button


@dataclass(frozen=True, slots=True)
class ChangeRhythm(Action):
    """One more step towards another rhythm: the first choice that is missing is asked for next; `bot.checkins` answers
    it, as it knows what is planned."""

    tag: ClassVar[str] = "checkins.rhythm"
    case: int
    cadence: Cadence | None = None
    weekday: int | None = None
    hour: int | None = None
    variation: str | None = None
    taper: bool = False
    sure: bool = False


def may_change_rhythm(person: Person, case: Case) -> bool:
    """Whoever guides a case whose programme runs; that of aftercare follows a rule of its own."""
    return case.stage in (Stage.PROGRAMME, Stage.PAUSED) and rules.may_guide(person, case)


def rhythm_row(person: Person, case: Case) -> tuple[Row, ...]:
    """The way there from the case, for whoever may."""
    if not may_change_rhythm(person, case):
        return ()
    return ((button("checkins.staff.button.rhythm", ChangeRhythm(case.id)),),)
