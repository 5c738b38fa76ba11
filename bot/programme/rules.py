"""A young person's way through the programme: what a case is, who may see it, and how it moves on.

Stages follow MK noteikumi Nr. 722 (measure 4.2.3.4) as the municipalities tell it: contact, meeting, individual
programme of some months, closed with what came of it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from bot.calendar import Hours, Kind, Rhythm, add_working_days, allowed
from bot.happenings import Happening
from bot.programme.joining.meetings import MeetingAnswer
from bot.roles import Person, Role
from bot.words import Language

REACT_WITHIN: Final = 2
ESCALATE_AFTER: Final = 1
"""Working days until those in charge of a new contact are reminded, and from there until the next in line are told."""


class Stage(StrEnum):
    """Where a case stands."""

    CONTACT = "contact"
    """Asked to be contacted; nobody has been assigned."""
    PROFILING = "profiling"
    """A mentor is assigned; the first meetings decide."""
    PROGRAMME = "programme"
    PAUSED = "paused"
    """Hospital, travel, exams: nothing is planned until it goes on by itself."""
    AFTERCARE = "aftercare"
    """The programme is over; the mentor stays near while school or work begins (new in 2.0)."""
    ELSEWHERE = "elsewhere"
    NOT_NOW = "not_now"
    CLOSED = "closed"


OPEN: Final = (Stage.CONTACT, Stage.PROFILING, Stage.PROGRAMME, Stage.PAUSED, Stage.AFTERCARE)
ENDED: Final = (Stage.ELSEWHERE, Stage.NOT_NOW, Stage.CLOSED)
JOINED: Final = (Stage.PROGRAMME, Stage.PAUSED, Stage.AFTERCARE)
"""Stages behind the joining day, which is frozen in the entry snapshot."""


QUIET: Final = "quiet"
"""Why a case stands at its pause where nothing was heard for long; that pause has no end but a sign of life."""


class Outcome(StrEnum):
    """What came of it: the goal of 2.0 names learning, job, NVA measures, NGO or youth centre."""

    EDUCATION = "education_formal"
    CRAFT = "education_vocational_craft"
    TRAINING = "training_nonformal"
    QUALIFICATION = "qualification_gained"
    JOB = "job"
    SELF_EMPLOYED = "self_employed"
    NVA = "nva_registered_measure"
    NGO = "ngo_or_youth_centre"
    VOLUNTEERING = "volunteering"
    NONE_YET = "none_yet"
    LEFT_EARLY = "left_early"
    LOST_CONTACT = "lost_contact"
    MOVED_AWAY = "moved_away"


class OutcomeGroup(StrEnum):
    """Outcomes as a programme lead looks for them."""

    LEARNING = "learning"
    WORK = "work"
    NVA = "nva"
    COMMUNITY = "community"
    OTHER = "other"


OUTCOMES: Final[Mapping[OutcomeGroup, tuple[Outcome, ...]]] = {
    OutcomeGroup.LEARNING: (Outcome.EDUCATION, Outcome.CRAFT, Outcome.TRAINING, Outcome.QUALIFICATION),
    OutcomeGroup.WORK: (Outcome.JOB, Outcome.SELF_EMPLOYED),
    OutcomeGroup.NVA: (Outcome.NVA,),
    OutcomeGroup.COMMUNITY: (Outcome.NGO, Outcome.VOLUNTEERING),
    OutcomeGroup.OTHER: (Outcome.NONE_YET, Outcome.LEFT_EARLY, Outcome.LOST_CONTACT, Outcome.MOVED_AWAY),
}


class NotNow(StrEnum):
    """Why a case rests without a programme."""

    OWN_WISH = "own_wish"
    STUDIES = "studies_now"
    WORKS = "works_now"
    NVA = "registered_with_nva"
    OUTSIDE_AGE = "outside_age"
    MOVED = "moved_elsewhere"
    UNREACHABLE = "cannot_be_reached"
    OTHER = "other_reason"


ELSEWHERE: Final = (Outcome.EDUCATION, Outcome.NVA, Outcome.JOB)
"""Where somebody may be directed instead of a programme (MK noteikumi Nr. 757 of 2022, item 2.2)."""


@dataclass(frozen=True, slots=True)
class Case:
    """One young person's case. `municipality` is an ISO 3166-2 code or None where they did not know.

    `meeting` is the number of the latest invitation to meet, `proposal` a plan that waits for a lead's decision.
    """

    id: int
    youth_id: int
    municipality: str | None
    stage: Stage
    screening_outcome: str
    age_band: str
    wish: str | None
    with_parent: bool
    urgent: bool
    mentor_id: int | None
    lead_id: int | None
    opened_at: datetime
    starts_on: date | None
    ends_on: date | None
    rhythm: Rhythm | None = None
    outcome: Outcome | None = None
    meeting: int = 0
    meeting_answer: MeetingAnswer | None = None
    proposal: str | None = None
    stage_at: datetime | None = None
    stage_reason: str | None = None
    aftercare_until: date | None = None
    deputy_id: int | None = None

    @property
    def is_open(self) -> bool:
        return self.stage in OPEN


@dataclass(frozen=True, slots=True)
class Contact:
    """What screening hands over when somebody may write to the young person."""

    youth_id: int
    municipality: str | None
    screening_outcome: str
    age_band: str
    wish: str | None
    with_parent: bool
    urgent: bool


@dataclass(frozen=True, slots=True)
class ProgrammeBegan(Happening):
    """A case entered its programme; its dates and rhythm stand in the case."""

    case_id: int


@dataclass(frozen=True, slots=True)
class CasePlaced(Happening):
    """A case has its municipality: from the start, or since now."""

    case_id: int


@dataclass(frozen=True, slots=True)
class TakenBack(Happening):
    """A programme that was to begin later does not; the case is back at getting to know each other."""

    case_id: int


@dataclass(frozen=True, slots=True)
class CaseEnded(Happening):
    """A case was closed, directed elsewhere or put off; nothing more is to be sent for it."""

    case_id: int
    youth_id: int


@dataclass(frozen=True, slots=True)
class RhythmChanged(Happening):
    """The rhythm of a case, its period or a day it is paused on changed: what lies ahead is planned anew."""

    case_id: int


@dataclass(frozen=True, slots=True)
class AftercareBegan(Happening):
    """The programme is over and mentoring after it begins; until when stands in the case."""

    case_id: int


@dataclass(frozen=True, slots=True)
class MentorChanged(Happening):
    """Another mentor guides the case, or nobody does for now; what stood open went along."""

    case_id: int
    from_id: int | None
    to_id: int | None


@dataclass(frozen=True, slots=True)
class MentorWrote(Happening):
    """The mentor wrote to the young person through the bot, who therefore no longer waits for a sign."""

    case_id: int


@dataclass(frozen=True, slots=True)
class HeardFrom(Happening):
    """The young person did something of their own accord: whoever thought it quiet around them was wrong."""

    case_id: int


@dataclass(frozen=True, slots=True)
class PeriodOver(Happening):
    """A programme's last day is long enough behind that nothing of its period is to be asked any more."""

    case_id: int


# --- who may what -----------------------------------------------------------------------------------------------


def mentors(person: Person, case: Case) -> bool:
    """Whether they are its mentor: the case is theirs, and so, still, is the role in its municipality."""
    return person.id == case.mentor_id and person.holds(Role.MENTOR, case.municipality)


def deputises(person: Person, case: Case) -> bool:
    """Whether they stand in for its mentor, being a mentor of its municipality themselves."""
    return person.id == case.deputy_id and person.holds(Role.MENTOR, case.municipality)


def may_see(person: Person, case: Case) -> bool:
    """Whether this case is theirs: its young person, its mentor or deputy, or who leads or coordinates there."""
    return (
        person.id == case.youth_id
        or mentors(person, case)
        or deputises(person, case)
        or person.holds(Role.LEAD, case.municipality)
        or person.holds(Role.COORDINATOR, case.municipality)
    )


def may_guide(person: Person, case: Case) -> bool:
    """Whether they may act as staff on it: its mentor, their deputy or a programme lead of its municipality."""
    return mentors(person, case) or deputises(person, case) or person.holds(Role.LEAD, case.municipality)


def may_decide(person: Person, case: Case) -> bool:
    """Whether they may say who joins and how a case ends: only a programme lead, in person."""
    return person.holds(Role.LEAD, case.municipality)


def may_assign(person: Person, case: Case) -> bool:
    """Whether they may name the mentor: a programme lead, or the coordinator who stands in where there is none."""
    return may_decide(person, case) or person.holds(Role.COORDINATOR, case.municipality)


def may_name_deputy(person: Person, case: Case) -> bool:
    """Whether they may say who stands in for the mentor: the mentor, before a holiday, or a programme lead there."""
    has_mentor = case.is_open and case.mentor_id is not None
    return has_mentor and (mentors(person, case) or may_decide(person, case))


def may_place(person: Person, case: Case) -> bool:
    """Whether they may say which municipality a case without one belongs to."""
    return case.municipality is None and case.is_open and may_assign(person, case)


# --- a new contact ----------------------------------------------------------------------------------------------


def remind_at(opened_at: datetime, hours: Hours) -> datetime:
    """When those in charge of a new contact are reminded (UTC, in working time)."""
    return allowed(add_working_days(opened_at, REACT_WITHIN, hours), hours, Kind.WORK).at


def escalate_at(reminded_at: datetime, hours: Hours) -> datetime:
    """When the next in line are told that nobody reacted to the reminder either (UTC, in working time)."""
    return allowed(add_working_days(reminded_at, ESCALATE_AFTER, hours), hours, Kind.WORK).at


# --- the mentor -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Load:
    """The young people somebody guides, over all municipalities, each once.

    Every open case takes up a place: one that is paused goes on by itself and must not come back to a full mentor, and
    in aftercare it is still this mentor whom the young person writes to. A deputy's place is not taken up: the case
    counts with its mentor.
    """

    active: int = 0
    paused: int = 0
    aftercare: int = 0

    @property
    def total(self) -> int:
        return self.active + self.paused + self.aftercare


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who could be the mentor, with what they guide now, and `most`, how many one may guide (a setting)."""

    mentor: Person
    load: Load
    most: int

    @property
    def is_full(self) -> bool:
        return self.load.total >= self.most


def is_of(mentor: Person, municipality: str | None) -> bool:
    """Whether somebody is a mentor of this very municipality, and not only of the whole country."""
    return any(one.role is Role.MENTOR and one.municipality == municipality for one in mentor.grants)


def by_fit(
    mentors: Sequence[Person], loads: Mapping[int, Load], municipality: str | None, language: Language, most: int
) -> list[Candidate]:
    """The mentors to choose from: those with room first, then the same language, then mentors of this very
    municipality, then the smallest load."""
    return in_order([Candidate(one, loads.get(one.id, Load()), most) for one in mentors], municipality, language)


def in_order(candidates: Sequence[Candidate], municipality: str | None, language: Language) -> list[Candidate]:
    """The order of `by_fit`, of candidates whose load is known."""
    return sorted(
        candidates,
        key=lambda one: (
            one.is_full,
            one.mentor.language is not language,
            not is_of(one.mentor, municipality),
            one.load.total,
        ),
    )


@dataclass(frozen=True, slots=True)
class Assigned:
    """The mentor may have the case, which then stands at `stage`."""

    stage: Stage


@dataclass(frozen=True, slots=True)
class HasMentor:
    """Somebody was quicker."""


@dataclass(frozen=True, slots=True)
class IsFull:
    """This mentor guides as many young people as one may."""


@dataclass(frozen=True, slots=True)
class NotAMentorHere:
    """They are no mentor of the case's municipality (any more), or the case is their own."""


@dataclass(frozen=True, slots=True)
class IsEnded:
    """The case is not open."""


def assign(case: Case, candidate: Candidate) -> Assigned | HasMentor | IsFull | NotAMentorHere | IsEnded:
    """Whether the candidate may become the mentor; a case whose mentor left keeps its stage."""
    if not case.is_open:
        return IsEnded()
    if case.mentor_id is not None:
        return HasMentor()
    mentor = candidate.mentor
    if not mentor.holds(Role.MENTOR, case.municipality) or mentor.id == case.youth_id:
        return NotAMentorHere()
    if candidate.is_full:
        return IsFull()
    return Assigned(Stage.PROFILING if case.stage is Stage.CONTACT else case.stage)


# --- somebody under age -------------------------------------------------------------------------------------------


class Guardian(StrEnum):
    """How a parent or guardian said yes to the programme: to a person of the programme, never through the bot."""

    ON_PAPER = "paper"
    MET = "met"
    BY_PHONE = "phone"
    OF_AGE = "adult"
    """Nobody had to be asked: the young person has come of age since they first wrote."""


_UNDER_AGE: Final = "15_17"
COME_OF_AGE: Final = "18_28"
"""The bands of ages in the questions of `bot.screening`."""


def wants_guardian(case: Case) -> bool:
    """Whether a parent or guardian has to agree before the programme starts. For the bot their own yes was enough."""
    return case.age_band == _UNDER_AGE


# --- in and out of the programme ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MayBegin:
    """The programme may begin."""


@dataclass(frozen=True, slots=True)
class WantsMentor:
    """First somebody has to be there who keeps in touch."""


@dataclass(frozen=True, slots=True)
class HasBegun:
    """The programme is running already."""


def begin(case: Case) -> MayBegin | WantsMentor | HasBegun | IsEnded:
    """Whether this case may enter its programme."""
    if not case.is_open:
        return IsEnded()
    if case.stage in JOINED:
        return HasBegun()
    return MayBegin() if case.mentor_id is not None else WantsMentor()


@dataclass(frozen=True, slots=True)
class MayEnd:
    """The case may end so."""


@dataclass(frozen=True, slots=True)
class CannotEndSo:
    """This ending does not belong to where the case stands."""


def end(
    case: Case, stage: Stage, outcome: Outcome | None, reason: NotNow | None = None
) -> MayEnd | IsEnded | CannotEndSo:
    """Whether this case may end in that way: before a programme elsewhere, or not now for a reason; out of one, and out
    of the time after it, with an outcome."""
    if not case.is_open:
        return IsEnded()
    if case.stage in JOINED:
        return MayEnd() if stage is Stage.CLOSED and outcome is not None else CannotEndSo()
    if stage is Stage.NOT_NOW:
        return MayEnd() if outcome is None and reason is not None else CannotEndSo()
    return MayEnd() if stage is Stage.ELSEWHERE and outcome in ELSEWHERE else CannotEndSo()
