"""An alert: a young person asked that somebody gets in touch. Who is told, in what order, and when the next one is.

The line is mentor, programme leads, coordinators of the municipality, national coordinators. Each has so many minutes;
whoever says "I have it" first ends the line. A drill goes the same way, with nobody in need behind it. Minutes run in
working time, as nobody reads at night, unless the settings say that somebody does.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum
from typing import Final

from bot.calendar import Hours, add_working_days, add_working_time, next_working_morning
from bot.calendar import Kind as Going
from bot.calendar import allowed as may_go
from bot.happenings import Happening
from bot.roles import Person, Role

MOST_WORDS: Final = 600
"""Characters that a young person may add for whoever will get in touch, and that the two may write to each other."""

DRILL_EVERY: Final = timedelta(days=30)
"""How long after a drill its coordinators are reminded to do another."""


@dataclass(frozen=True, slots=True)
class AlertOver(Happening):
    """Nobody waits for help with this any more: what was held back for the young person goes on."""

    youth_id: int


class Kind(StrEnum):
    """What the alert is about."""

    CONTACT = "contact"
    """They want a person to get in touch."""
    CHILD_DANGER = "child_danger"
    """Somebody under 18 wrote of violence: who learns of that has to report it the same day (Bērnu tiesību
    aizsardzības likums, section 73)."""
    DRILL = "drill"


class State(StrEnum):
    """Where an alert stands."""

    OPEN = "open"
    TAKEN = "taken"
    CLOSED = "closed"


class Outcome(StrEnum):
    """How it ended."""

    REACHED = "reached"
    NOT_REACHED = "not_reached"
    NOT_NEEDED = "not_needed"
    HANDED_ON = "handed_on"
    CALLED_OFF = "called_off"
    """The young person said that it is no longer needed."""
    DRILLED = "drilled"


BY_STAFF: Final = (Outcome.REACHED, Outcome.NOT_REACHED, Outcome.NOT_NEEDED, Outcome.HANDED_ON)


class Step(IntEnum):
    """How far down the line it has come."""

    NOBODY = 0
    MENTORS = 1
    LEADS = 2
    COORDINATORS = 3
    NATIONAL = 4
    END = 5
    """Everybody has been told, and nobody has answered."""


@dataclass(frozen=True, slots=True)
class Alert:
    """One alert. Moments are UTC; `words` only where the young person wrote them to be passed on."""

    id: int
    youth_id: int | None
    municipality: str | None
    kind: Kind
    state: State
    step: Step
    opened_at: datetime
    opened_by: int | None
    next_at: datetime | None
    acknowledged_by: int | None
    acknowledged_at: datetime | None
    words: str | None = field(repr=False)

    @property
    def is_drill(self) -> bool:
        return self.kind is Kind.DRILL


@dataclass(frozen=True, slots=True)
class Promptness:
    """How long each in the line has, in minutes, and whether nights and free days count as well."""

    minutes: int
    at_night: bool


Circle = Mapping[Step, Sequence[Person]]
"""Who can be told at each step: those who hold the role now and whom the bot can reach."""


# --- when -------------------------------------------------------------------------------------------------------


def begins_at(now: datetime, prompt: Promptness, hours: Hours) -> datetime:
    """When the first in line is told (UTC): at once if somebody reads now, else when people work again."""
    return now if prompt.at_night else may_go(now, hours, Going.WORK).at


def next_at(told_at: datetime, prompt: Promptness, hours: Hours) -> datetime:
    """When whoever was told has had their minutes (UTC)."""
    span = timedelta(minutes=prompt.minutes)
    return told_at + span if prompt.at_night else add_working_time(told_at, span, hours)


def asked_again_at(now: datetime, hours: Hours) -> datetime:
    """When all who were told are told once more, after the end of the line (UTC)."""
    return next_working_morning(now, hours)


def followed_up_at(taken_at: datetime, hours: Hours) -> datetime:
    """When whoever took it is asked what came of it (UTC)."""
    return may_go(add_working_days(taken_at, 1, hours), hours, Going.WORK).at


UNCLOSED_FOR: Final = 3
"""Working days for which somebody may have an alert in hand before others in line hear that it is not closed."""


def is_left_open(taken_at: datetime, now: datetime, hours: Hours) -> bool:
    """Whether it has been in hand for so long that others have to ask what became of it."""
    return now >= add_working_days(taken_at, UNCLOSED_FOR, hours)


# --- who --------------------------------------------------------------------------------------------------------


def next_in_line(after: Step, circle: Circle, told: Collection[int]) -> tuple[Step, Sequence[Person]]:
    """The next step with somebody who was not told yet, and these people; at the end of the line nobody.

    Once it has ended it begins anew: whoever has come since was told nothing yet.
    """
    start = Step.NOBODY if after is Step.END else after
    for step in Step:
        if start < step < Step.END:
            fresh = [one for one in circle.get(step, ()) if one.id not in told]
            if fresh:
                return step, fresh
    return Step.END, ()


def everybody(circle: Circle) -> Sequence[Person]:
    """All who stand in the line, each once."""
    return list({one.id: one for people in circle.values() for one in people}.values())


def may_answer(alert: Alert, person: Person) -> bool:
    """Whether they still are somebody whom an alert of that place may be told to."""
    return any(person.holds(role, alert.municipality) for role in (Role.MENTOR, Role.LEAD, Role.COORDINATOR))


def turns_grave(alert: Alert, kind: Kind) -> bool:
    """Whether what stands is only a wish to be written to, and now there is danger to a child."""
    return kind is Kind.CHILD_DANGER and alert.kind is Kind.CONTACT


# --- answering it -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MayTake:
    """Nobody has it yet."""


@dataclass(frozen=True, slots=True)
class HasIt:
    """They have it themselves."""


@dataclass(frozen=True, slots=True)
class TakenBy:
    """Somebody was quicker; None where they have left since."""

    person_id: int | None


@dataclass(frozen=True, slots=True)
class IsOver:
    """It is closed."""


def take(alert: Alert, person_id: int) -> MayTake | HasIt | TakenBy | IsOver:
    """What "I have it" means from this person."""
    match alert.state:
        case State.OPEN:
            return MayTake()
        case State.TAKEN:
            return HasIt() if alert.acknowledged_by == person_id else TakenBy(alert.acknowledged_by)
        case State.CLOSED:
            return IsOver()


def may_close(alert: Alert, person_id: int) -> bool:
    """Whether this person may say what came of it: who has it."""
    return alert.state is State.TAKEN and alert.acknowledged_by == person_id and not alert.is_drill


def may_call_off(alert: Alert, person_id: int) -> bool:
    """Whether this young person may say that it is no longer needed; a danger to a child adults must look at."""
    return alert.youth_id == person_id and alert.state is not State.CLOSED and alert.kind is Kind.CONTACT
