"""How a run of the questions moves: what is asked next, what going back changes, and where it ends.

A run is its answers and the question on the screen. Whatever an answer makes needless or impossible is dropped, and
nothing else: going back and answering differently re-asks only what depended on it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bot.directory import rules as directory
from bot.people.rules import UNFINISHED_DAYS
from bot.screening.questionnaire import LINK, Answers, Outcome, Question, Questionnaire, holds

KEEP_UNFINISHED_FOR: Final = timedelta(days=UNFINISHED_DAYS)
"""Unfinished answers are deleted this long after the last of them, as the notice says."""

NO_ANSWER: Final = "skip"
"""The code of a question that was passed over."""


@dataclass(frozen=True, slots=True)
class Run:
    """One person's way through one version of the questions. `shown` is the question on their screen."""

    id: int
    person_id: int
    version: str
    answers: Answers
    shown: str | None
    outcome: Outcome | None

    @property
    def finished(self) -> bool:
        return self.outcome is not None


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


def on_screen(form: Questionnaire, run: Run) -> Question | None:
    """The question this person is looking at: the one they went back to, else the first without an answer."""
    asked = path(form, run.answers)
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


def give(form: Questionnaire, run: Run, question_id: str, code: str) -> Asked | Ended | Repeated | Stale:
    """What answering that question with that code does to a run that is not finished."""
    shown = on_screen(form, run)
    if shown is None or shown.id != question_id or code not in shown.options(run.answers):
        return Repeated() if run.answers.get(question_id) == code else Stale()
    return _after(form, {**run.answers, question_id: code})


def look_closer(form: Questionnaire, run: Run, code: str) -> Asked | Ended | Stale:
    """What a closer look at the answer that ended a run does: "I study" becomes "I am about to leave school"."""
    for question in form.questions:
        if code in question.closer_looks(run.answers.get(question.id)):
            return _after(form, {**run.answers, question.id: code})
    return Stale()


def go_back(form: Questionnaire, run: Run, question_id: str) -> Question | Repeated | Stale | None:
    """The question that Back on that one leads to; None from the first, to what stands before the questions."""
    shown = on_screen(form, run)
    previous = before(form, run.answers, question_id)
    if shown is None or shown.id == question_id:
        return previous
    return Repeated() if previous == shown else Stale()


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

_NUMBER: Final = re.compile(r"-?\d+")
CHILD: Final = "under_15"
"""The answer to the age with which other help is shown (screening.md section 4, rule 1)."""

_AGES: Final = ((0, 14, "under_15"), (15, 17, "15_17"), (18, 28, "18_28"), (29, 29, "29"), (30, 119, "over_29"))
AGES: Final = tuple(code for _, _, code in _AGES)


def understood(question_id: str, text: str) -> str | None:
    """The code that a typed answer means, where there is no doubt: an age written as one number."""
    numbers = _NUMBER.findall(text)
    if question_id != "age" or len(numbers) != 1 or len(numbers[0]) > 3:
        return None
    years = int(numbers[0])
    return next((code for youngest, oldest, code in _AGES if youngest <= years <= oldest), None)


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
    if outcome is Outcome.REFER_CHILD:
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
