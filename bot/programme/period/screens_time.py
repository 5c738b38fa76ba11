"""What can be pressed about the time frame of a case: pauses, more time, its end, aftercare, and the results."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from bot.actions import Action
from bot.programme import rules
from bot.programme.afterwards.results import Answer, Better
from bot.programme.period.pauses import PauseReason
from bot.programme.rules import JOINED, Case, Outcome, OutcomeGroup, Stage
from bot.roles import Person
from bot.turn import Keyboard, button

# --- pauses -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OpenPauses(Action):
    """Show staff the pauses of a case and the way to a new one."""

    tag: ClassVar[str] = "programme.pauses"
    case: int


@dataclass(frozen=True, slots=True)
class MyPauses(Action):
    """The same for the young person, of their own case."""

    tag: ClassVar[str] = "programme.my_pauses"


@dataclass(frozen=True, slots=True)
class MakePause(Action):
    """A pause for that reason from that day until another; what is missing is asked for next."""

    tag: ClassVar[str] = "programme.pause"
    case: int
    reason: PauseReason
    starts_on: date
    resumes_on: date | None = None


@dataclass(frozen=True, slots=True)
class PauseLater(Action):
    """The pause begins on a day that will be typed; also what the typed line then means."""

    tag: ClassVar[str] = "programme.pause_later"
    case: int
    reason: PauseReason


@dataclass(frozen=True, slots=True)
class ChangePause(Action):
    """Things go on on another day."""

    tag: ClassVar[str] = "programme.pause_until"
    pause: int
    resumes_on: date


@dataclass(frozen=True, slots=True)
class EndPause(Action):
    """Things go on now, or a pause that lies ahead is taken back."""

    tag: ClassVar[str] = "programme.pause_end"
    pause: int


# --- limits -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OpenLimits(Action):
    """How long programmes may be in one municipality, or which municipality it is about."""

    tag: ClassVar[str] = "programme.limits"
    municipality: str | None = None


@dataclass(frozen=True, slots=True)
class SetLimits(Action):
    """New limits; what is missing is asked for next, the day they hold from last (typed, or a button)."""

    tag: ClassVar[str] = "programme.set_limits"
    municipality: str
    shortest: int | None = None
    longest: int | None = None
    from_on: date | None = None


# --- more time --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Extend(Action):
    """More time for a programme, until that day; with a day chosen, a typed line is the reason."""

    tag: ClassVar[str] = "programme.extend"
    case: int
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class OpenExtension(Action):
    """Show a lead what a mentor asked for."""

    tag: ClassVar[str] = "programme.extension"
    extension: int


@dataclass(frozen=True, slots=True)
class DecideExtension(Action):
    tag: ClassVar[str] = "programme.extended"
    extension: int
    agreed: bool


# --- the end, and after it --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OpenEnding(Action):
    """How a programme ends: aftercare first, then the other ways."""

    tag: ClassVar[str] = "programme.ending"
    case: int


@dataclass(frozen=True, slots=True)
class BeginAftercare(Action):
    """Mentoring after the programme for so many months; without a number they are offered, without `sure` it is asked
    once more."""

    tag: ClassVar[str] = "programme.aftercare"
    case: int
    months: int | None = None
    sure: bool = False


@dataclass(frozen=True, slots=True)
class ThinOut(Action):
    """Talks every other week in the last month, or as before again."""

    tag: ClassVar[str] = "programme.thin_out"
    case: int
    on: bool


@dataclass(frozen=True, slots=True)
class KeepOpen(Action):
    """Leave the case open until the question after six months."""

    tag: ClassVar[str] = "programme.keep_open"
    case: int


@dataclass(frozen=True, slots=True)
class OpenClosingTalk(Action):
    """What a closing talk is for; with `done`, it has been had."""

    tag: ClassVar[str] = "programme.closing_talk"
    case: int
    done: bool = False


# --- results ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OpenResults(Action):
    """Show staff both results of a case."""

    tag: ClassVar[str] = "programme.results"
    case: int


@dataclass(frozen=True, slots=True)
class ChooseResult(Action):
    """Which outcome it is, first by group, then precisely."""

    tag: ClassVar[str] = "programme.result"
    result: int
    group: OutcomeGroup | None = None


@dataclass(frozen=True, slots=True)
class RecordResult(Action):
    tag: ClassVar[str] = "programme.result_keep"
    result: int
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class AnswerResult(Action):
    """What the young person does now."""

    tag: ClassVar[str] = "programme.result_said"
    result: int
    answer: Answer


@dataclass(frozen=True, slots=True)
class ToggleBetter(Action):
    """Something got better, or after all it did not; without one, that is all."""

    tag: ClassVar[str] = "programme.result_better"
    result: int
    better: Better | None = None


def time_rows(person: Person, case: Case) -> Keyboard:
    """Below a case: everything about its time frame that this person may do now."""
    if case.starts_on is None or not rules.may_guide(person, case):
        return ()
    results = button("programme.staff.button.results", OpenResults(case.id))
    if case.stage is Stage.CLOSED:
        return ((results,),)
    if case.stage not in JOINED:
        return ()
    pauses = button("programme.staff.button.pauses", OpenPauses(case.id))
    if case.aftercare_until is not None:
        return ((pauses, results),)
    return ((pauses, button("programme.staff.button.extend", Extend(case.id))),)


def ending_row(person: Person, case: Case) -> Keyboard:
    """How the programme ends, for whoever decides on it while it runs."""
    runs = case.starts_on is not None and case.stage in JOINED and case.aftercare_until is None
    if not runs or not rules.may_decide(person, case):
        return ()
    return ((button("programme.staff.button.ending", OpenEnding(case.id)),),)
