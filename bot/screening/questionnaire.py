"""A questionnaire as data: questions, when each falls away, and the decision table. Pure; the words are elsewhere.

The package's own versions lie in `questionnaires/<version>.toml`; others come in by `python -m bot questionnaire
import FILE`. A version never changes: who began one finishes that one. New runs get the version imported last, or
CURRENT where none was ever imported; to go back to an earlier one, import its file again: see
`store_versions`.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Final, assert_never

from bot.directory.rules import Region, in_region

CURRENT: Final = "2"
"""The version that new runs get where none was imported."""

LINK: Final = "link"
"""What the link told, kept beside the answers: the municipality of the poster, under this id."""

Answers = Mapping[str, str]
"""Question id -> option code."""

Condition = Mapping[str, frozenset[str]]
"""Holds when every question in it was answered with one of its codes."""


class Outcome(StrEnum):
    """Where the questions lead. Likely, never accepted: only people decide."""

    STOP_CHILD = "stop_child"
    """Too young to agree to anything alone: nobody has such a run, for nothing of it is kept."""
    REFER_CHILD = "refer_child"
    REFER_ADULT = "refer_adult"
    REFER_STUDENT = "refer_student"
    REFER_ACTIVE = "refer_active"
    REFER_NVA = "refer_nva"
    MAYBE = "maybe"
    LIKELY_MINOR = "likely_minor"
    LIKELY = "likely"


class OptionsFrom(StrEnum):
    """Lists of options that the directory knows."""

    REGIONS = "regions"
    PLACES_OF_REGION = "places_of_region"


@dataclass(frozen=True, slots=True)
class Option:
    """One possible answer. With `instead_of` it is on no list, but a closer look at one of those answers."""

    code: str
    only_if: Condition
    instead_of: frozenset[str]


@dataclass(frozen=True, slots=True)
class Question:
    """One question; see the head of the data file for what its parts mean."""

    id: str
    own_options: tuple[Option, ...]
    options_from: OptionsFrom | None
    ends: frozenset[str]
    unless: Condition
    unless_known: str | None

    def falls_away(self, answers: Answers) -> bool:
        """Whether what is known makes this question needless."""
        if self.unless_known in answers:
            return True
        if not self.unless:  # most questions; a press asks this of all of them several times
            return False
        return any(answers.get(one) in codes for one, codes in self.unless.items())

    def options(self, answers: Answers) -> tuple[str, ...]:
        """The codes offered as buttons after these answers."""
        listed = tuple(o.code for o in self.own_options if not o.instead_of and holds(o.only_if, answers))
        return (*_from_directory(self.options_from, answers), *listed)

    def accepts(self, code: str | None, answers: Answers) -> bool:
        """Whether the code is an answer to this question after these answers, a closer look included."""
        return code in self.options(answers) or any(o.code == code for o in self.own_options if o.instead_of)

    def closer_looks(self, answered: str | None) -> tuple[str, ...]:
        """The codes offered as a closer look at that answer."""
        return tuple(o.code for o in self.own_options if answered in o.instead_of)


@dataclass(frozen=True, slots=True)
class Decision:
    """A row of the decision table."""

    when: Condition
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """One version of the questions and of what follows from the answers."""

    version: str
    questions: tuple[Question, ...]
    decisions: tuple[Decision, ...]

    def question(self, question_id: str | None) -> Question | None:
        return next((one for one in self.questions if one.id == question_id), None)


def holds(condition: Condition, answers: Answers) -> bool:
    """Whether every part of the condition is met; an empty one always is."""
    return all(answers.get(question) in codes for question, codes in condition.items())


def _from_directory(source: OptionsFrom | None, answers: Answers) -> tuple[str, ...]:
    match source:
        case None:
            return ()
        case OptionsFrom.REGIONS:
            return tuple(region.value for region in Region)
        case OptionsFrom.PLACES_OF_REGION:
            chosen = answers.get("region")
            return tuple(m.code for region in Region if region == chosen for m in in_region(region))
        case never:
            assert_never(never)


@cache
def texts_of_package() -> Mapping[str, str]:
    """The package's own versions, as they stand in their files."""
    found = [one for one in files("bot.screening").joinpath("questionnaires").iterdir() if one.name.endswith(".toml")]
    return {one.name.removesuffix(".toml"): one.read_text(encoding="utf-8") for one in found}


@cache
def published() -> Mapping[str, Questionnaire]:
    """The package's own versions."""
    return {version: read(text) for version, text in texts_of_package().items()}


@lru_cache(maxsize=16)
def read(text: str) -> Questionnaire:
    """The questionnaire that this TOML holds; for one that `checking` finds at fault anything may be raised."""
    raw = tomllib.loads(text)
    return Questionnaire(
        raw["version"],
        tuple(_question(one) for one in raw["question"]),
        tuple(Decision(_condition(one["when"]), Outcome(one["outcome"])) for one in raw["decision"]),
    )


def _question(raw: Mapping[str, Any]) -> Question:
    source = raw.get("options_from")
    return Question(
        raw["id"],
        tuple(_option(one) for one in raw["options"]),
        OptionsFrom(source) if source else None,
        frozenset(raw.get("ends", ())),
        _condition(raw.get("unless", {})),
        raw.get("unless_known"),
    )


def _option(raw: str | Mapping[str, Any]) -> Option:
    if isinstance(raw, str):
        return Option(raw, {}, frozenset())
    return Option(raw["id"], _condition(raw.get("only_if", {})), frozenset(raw.get("instead_of", ())))


def _condition(raw: Mapping[str, Sequence[str]]) -> Condition:
    return {question: frozenset(codes) for question, codes in raw.items()}
