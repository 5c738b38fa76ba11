"""How a run of the questions moves: what is asked next, what going back changes, and where it ends.

A run is its answers and the question on the screen. Whatever an answer makes needless or impossible is dropped, and
nothing else: going back and answering differently re-asks only what depended on it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from bot.calendar import Hours, Kind, allowed
from bot.directory import rules as directory
from bot.directory.naming import matches, the_one
from bot.screening import understanding
from bot.screening.ages import FIRST_VERSION_CHILD, TOO_YOUNG, Ages, Band, Either
from bot.screening.questionnaire import LINK, Answers, OptionsFrom, Outcome, Question, Questionnaire, holds

NO_ANSWER: Final = "skip"
"""The code of a question that was passed over."""

MOST_REMINDERS: Final = 2
"""So often somebody who left in the middle is asked whether they go on: twice in all, over all their runs."""


@dataclass(frozen=True, slots=True)
class Run:
    """One person's way through one version of the questions. `shown` is the question on their screen.

    `reminded`: how often somebody who left in the middle was asked to go on; it goes with them from run to run.
    """

    id: int
    person_id: int
    form: Questionnaire
    answers: Answers
    shown: str | None
    outcome: Outcome | None
    reminded: int = 0

    @property
    def finished(self) -> bool:
        return self.outcome is not None

    @property
    def may_be_reminded(self) -> bool:
        """Whether a reminder may still come, if they leave it like this."""
        return self.reminded < MOST_REMINDERS


# --- where a run stands -----------------------------------------------------------------------------------------


def path(form: Questionnaire, answers: Answers) -> tuple[Question, ...]:
    """The questions of this run in order, as far as its answers tell: those behind, and those that still lie ahead."""
    found: list[Question] = []
    for question in form.questions:
        if question.falls_away(answers):
            continue
        found.append(question)
        if answers.get(question.id) in question.ends:
            break
    return tuple(found)


def waiting(form: Questionnaire, answers: Answers) -> Question | None:
    """The first question without an answer; None when the run is at its end."""
    return _first_open(path(form, answers), answers)


def on_screen(run: Run) -> Question | None:
    """The question this person is looking at: the one they went back to, else the first without an answer."""
    asked = path(run.form, run.answers)
    return next((one for one in asked if one.id == run.shown), _first_open(asked, run.answers))


def _first_open(asked: Iterable[Question], answers: Answers) -> Question | None:
    return next((one for one in asked if one.id not in answers), None)


def before(form: Questionnaire, answers: Answers, question_id: str) -> Question | None:
    """The question before that one on this run's way; None before the first and for one that is not on it."""
    asked = path(form, answers)
    place = next((at for at, one in enumerate(asked) if one.id == question_id), 0)
    return asked[place - 1] if place else None


@dataclass(frozen=True, slots=True)
class Progress:
    """The number of a question, from 1, and of how many as things look now."""

    at: int
    of: int


def progress(form: Questionnaire, answers: Answers, question: Question) -> Progress:
    """How far they are; only what really lies ahead is counted."""
    asked = path(form, answers)
    return Progress(asked.index(question) + 1, len(asked))


# --- what a press does ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Asked:
    """The answer counts; this question is next."""

    answers: Answers
    next: Question


@dataclass(frozen=True, slots=True)
class Ended:
    """The answer counts and was the last one needed."""

    answers: Answers
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Repeated:
    """The same press once more: it has been done."""


@dataclass(frozen=True, slots=True)
class Stale:
    """A button of a question that is not on the screen any more, or an option that it does not have."""


def give(run: Run, question_id: str, code: str) -> Asked | Ended | Repeated | Stale:
    """What answering that question with that code does to a run that is not finished."""
    shown = on_screen(run)
    if shown is None or shown.id != question_id or code not in shown.options(run.answers):
        return Repeated() if run.answers.get(question_id) == code else Stale()
    return _after(run.form, {**run.answers, question_id: code})


def give_place(run: Run, question_id: str, code: str) -> Asked | Ended | Repeated | Stale:
    """What naming a municipality does where part of the country or place is asked: it answers both."""
    shown, place = on_screen(run), directory.find(code)
    sources = {one.options_from: one.id for one in run.form.questions if one.options_from}
    if shown is None or shown.id != question_id or shown.options_from is None or place is None:
        answered = run.answers.get(sources.get(OptionsFrom.PLACES_OF_REGION, ""))
        return Repeated() if answered == code else Stale()
    told = {OptionsFrom.REGIONS: place.region.value, OptionsFrom.PLACES_OF_REGION: code}
    return _after(run.form, {**run.answers, **{sources[source]: told[source] for source in told if source in sources}})


def look_closer(run: Run, code: str) -> Asked | Ended | Stale:
    """What a closer look at the answer that ended a run does: "I study" becomes "I am about to leave school"."""
    for question in run.form.questions:
        if code in question.closer_looks(run.answers.get(question.id)):
            return _after(run.form, {**run.answers, question.id: code})
    return Stale()


def go_back(run: Run, question_id: str) -> Question | Repeated | Stale | None:
    """The question that Back on that one leads to; None from the first, to what stands before the questions."""
    shown = on_screen(run)
    previous = before(run.form, run.answers, question_id)
    if shown is None or shown.id == question_id:
        return previous
    return Repeated() if previous == shown else Stale()


def answered(run: Run) -> tuple[Question, ...]:
    """The questions of this run that have an answer, in order."""
    return tuple(one for one in path(run.form, run.answers) if one.id in run.answers)


def change(run: Run, question_id: str) -> Question | Stale:
    """The answered question to go back to, however many lie between; what depends on it is asked again."""
    return next((one for one in answered(run) if one.id == question_id), Stale())


def _after(form: Questionnaire, answers: Answers) -> Asked | Ended:
    valid = _still_valid(form, answers)
    following = waiting(form, valid)
    return Asked(valid, following) if following else Ended(valid, decide(form, valid))


def _still_valid(form: Questionnaire, answers: Answers) -> Answers:
    """The answers without those whose question fell away or which are no option any more."""
    valid = {LINK: answers[LINK]} if LINK in answers else {}
    for question in form.questions:
        code = answers.get(question.id)
        if code is None or question.falls_away(valid) or not question.accepts(code, valid):
            continue
        valid[question.id] = code
        if code in question.ends:
            break
    return valid


# --- what a typed line means ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Chosen:
    """The line means this option."""

    code: str


@dataclass(frozen=True, slots=True)
class Place:
    """The line names this municipality, or a place in it."""

    code: str


@dataclass(frozen=True, slots=True)
class Places:
    """The line may mean one of these municipalities: they are offered as buttons."""

    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """Nothing is read into it."""


Meant = Chosen | Place | Places | Either | NotUnderstood


def understood(question: Question, answers: Answers, text: str, today: date, ages: Ages) -> Meant:
    """What a line typed at this question means, where there is no doubt."""
    codes = question.options(answers)
    if question.id == "age":
        years = understanding.age(text, today, ages)
        if isinstance(years, Either):
            return years
        code = age_code(question, years)
        return Chosen(code) if code is not None else NotUnderstood()
    if (code := understanding.option(question.id, codes, text)) is not None:
        return Chosen(code)
    if question.options_from is not None and (found := matches(text)):
        one = the_one(found)
        return Place(one.code) if one is not None else Places(tuple(match.code for match in found))
    return NotUnderstood()


def age_code(question: Question, band: Band | None) -> str | None:
    """The answer to the question of the age that means this band; the first version had one for all too young."""
    if band is None:
        return None
    if band is Band.TEEN and band.value not in question.options({}):
        return FIRST_VERSION_CHILD
    return band.value


# --- reminders --------------------------------------------------------------------------------------------------


def remind_at(touched: datetime, reminded: int, days: tuple[int, int]) -> datetime | None:
    """When to ask somebody who left in the middle whether they go on: so many days after their last press; None after
    the second time, or once they asked for silence. `next_polite_moment` says whether the hour is right."""
    return touched + timedelta(days=days[reminded]) if reminded < MOST_REMINDERS else None


def next_polite_moment(now: datetime, hours: Hours) -> datetime:
    """The first moment from now on a working day that is not at night."""
    return allowed(now, hours, Kind.WORK).at


# --- where it ends ----------------------------------------------------------------------------------------------


class Undecided(Exception):
    """No row of the decision table fits: the table has a hole, which the tests look for."""


def decide(form: Questionnaire, answers: Answers) -> Outcome:
    """The outcome of the first row of the decision table that fits; raises Undecided."""
    for decision in form.decisions:
        if holds(decision.when, answers):
            return decision.outcome
    raise Undecided(f"version {form.version} has no row for these answers")


def to_keep(answers: Answers, outcome: Outcome) -> Answers:
    """What is stored of a finished run: nothing of a child, and of nobody how they feel, for nobody would read it."""
    if outcome in (Outcome.REFER_CHILD, Outcome.STOP_CHILD):
        return {}
    return {question: NO_ANSWER if question == "mood" else code for question, code in answers.items()}


def municipality(answers: Answers) -> str | None:
    """The ISO code of where they live, from the link or their own answer; None where nobody knows."""
    code = answers.get(LINK) or answers.get("place")
    return code if code is not None and directory.find(code) else None


def tells_where(answers: Answers) -> bool:
    """Whether they were asked where they live, or the link told; what they do not know counts as an answer too."""
    return LINK in answers or "region" in answers


def may_be_written_to(answers: Answers) -> bool:
    """Whether they agreed to be contacted."""
    return answers.get("contact") in ("yes", "parent")


def says_very_hard(question_id: str, code: str) -> bool:
    """Whether this answer calls for the help card at once; it never stops the questions."""
    return question_id == "mood" and code == "very_hard"


def is_child(question_id: str, code: str | None) -> bool:
    """Whether this answer says that nothing at all may be kept."""
    return question_id == "age" and code == Band.CHILD


def is_too_young(code: str | None) -> bool:
    """Whether staff are told nothing of somebody of that age."""
    return code in TOO_YOUNG
