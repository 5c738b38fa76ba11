"""Every way through the questions, found by walking: where each ends, how many taps it takes, what is never reached.

Options that no rule tells apart are walked once and counted as many times as there are of them, so the walk is quick
and its count exact. A closer look at an ending is part of the way that goes on. Pure.
"""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field, replace
from typing import Final

from bot.directory.rules import municipalities
from bot.screening.pages import REFERRED, Way
from bot.screening.questionnaire import LINK, Answers, Condition, Outcome, Question, Questionnaire, holds
from bot.screening.rules import Asked, Ended, Run, Undecided, give, look_closer, on_screen

LANGUAGE_AND_BEGIN: Final = 2
"""Taps before the first question."""

STARTS: Final[tuple[Answers, ...]] = ({}, {LINK: municipalities()[0].code})
"""Without a link, and from a municipality's poster."""


@dataclass(frozen=True, slots=True)
class Walked:
    """One way and all that are like it. `outcome` is None at a dead end, where no row of the decision table fits."""

    answers: Answers
    outcome: Outcome | None
    taps: int
    alike: int


@dataclass(slots=True)
class Walk:
    """All ways of one version, and what was seen on them."""

    form: Questionnaire
    ways: list[Walked] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)
    offered: set[tuple[str, str]] = field(default_factory=set)
    decided_by: set[int] = field(default_factory=set)
    """Places in the decision table."""

    @property
    def count(self) -> int:
        """How many ways there are."""
        return sum(one.alike for one in self.ways)

    @property
    def longest(self) -> Walked:
        return max(self.ways, key=lambda one: one.taps)

    @property
    def dead_ends(self) -> list[Walked]:
        return [one for one in self.ways if one.outcome is None]


def walk(form: Questionnaire, starts: tuple[Answers, ...] = STARTS) -> Walk:
    """Walk every way of that version."""
    walk = Walk(form)
    for known in starts:
        run = Run(0, 0, form, known, None, None)
        walk.ways += _from(walk, run, LANGUAGE_AND_BEGIN, 1, frozenset())
    return walk


def _from(walk: Walk, run: Run, taps: int, alike: int, looked: Set[str]) -> Iterator[Walked]:
    question = on_screen(run)
    if question is None:
        return
    walk.asked.add(question.id)
    walk.offered.update((question.id, code) for code in question.options(run.answers))
    for code, number in _told_apart(walk.form, question, run.answers).items():
        try:
            done = give(run, question.id, code)
        except Undecided:
            yield Walked({**run.answers, question.id: code}, None, taps + 1, alike * number)
            continue
        if isinstance(done, Asked):
            moved = replace(run, answers=done.answers, shown=done.next.id)
            yield from _from(walk, moved, taps + 1, alike * number, looked)
        elif isinstance(done, Ended):
            yield from _ended(walk, run, done, taps + 1, alike * number, looked)


def _ended(walk: Walk, run: Run, done: Ended, taps: int, alike: int, looked: Set[str]) -> Iterator[Walked]:
    yield Walked(done.answers, done.outcome, taps, alike)
    walk.decided_by.add(next(at for at, row in enumerate(walk.form.decisions) if holds(row.when, done.answers)))
    if Way.CLOSER not in REFERRED.get(done.outcome, ()):
        return
    finished = replace(run, answers=done.answers, shown=None, outcome=done.outcome)
    for question in walk.form.questions:
        for code in question.closer_looks(done.answers.get(question.id)):
            if code not in looked:
                walk.offered.add((question.id, code))
                yield from _looked(walk, finished, code, taps + 1, alike, looked | {code})


def _looked(walk: Walk, run: Run, code: str, taps: int, alike: int, looked: Set[str]) -> Iterator[Walked]:
    try:
        done = look_closer(run, code)
    except Undecided:
        yield Walked({**run.answers, "closer look": code}, None, taps, alike)
        return
    if isinstance(done, Asked):
        moved = replace(run, answers=done.answers, shown=done.next.id, outcome=None)
        yield from _from(walk, moved, taps, alike, looked)
    elif isinstance(done, Ended):
        yield from _ended(walk, run, done, taps, alike, looked)


def _told_apart(form: Questionnaire, question: Question, answers: Answers) -> Mapping[str, int]:
    """One option for each kind that the rules tell apart, and how many there are of it."""
    own = {one.code for one in question.own_options}
    kinds: dict[object, list[str]] = {}
    for code in question.options(answers):
        beside = question.options_from if code not in own else None
        kind = code if beside == "regions" else (beside, _kind(form, question, code))
        kinds.setdefault(kind, []).append(code)
    return {codes[0]: len(codes) for codes in kinds.values()}


def _kind(form: Questionnaire, question: Question, code: str) -> tuple[object, ...]:
    """What the rules make of an option: two with the same lead the same way."""
    named = tuple(code in one[question.id] for one in conditions(form) if question.id in one)
    return (*named, code in question.ends, question.closer_looks(code))


def conditions(form: Questionnaire) -> Iterator[Condition]:
    """Everything that depends on answers."""
    for question in form.questions:
        yield question.unless
        yield from (option.only_if for option in question.own_options)
    yield from (row.when for row in form.decisions)
