"""Plans to begin from, read from templates.toml. Pure, but for reading that file of the package."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from bot.programme.planning.goals import USUAL_HELPER, Helper, Measure
from bot.words import Language


class TemplateName(StrEnum):
    """The templates there are, in the order in which they are offered."""

    NEWCOMER = "newcomer"
    FIRST_STEPS = "first_steps"
    TOWARDS_WORK = "towards_work"
    BACK_TO_LEARNING = "back_to_learning"


@dataclass(frozen=True, slots=True)
class TemplateStep:
    kind: Measure
    helper: Helper


@dataclass(frozen=True, slots=True)
class TemplateGoal:
    """A goal by its name, which every language has words for, and its steps."""

    name: str
    steps: tuple[TemplateStep, ...]


@dataclass(frozen=True, slots=True)
class Template:
    """`for_languages`: whose readers it is suggested for before the others."""

    name: TemplateName
    for_languages: frozenset[Language]
    goals: tuple[TemplateGoal, ...]


@cache
def templates() -> Mapping[TemplateName, Template]:
    """Every template; raises ValueError or KeyError where the file names what there is not, which a test would see."""
    raw = tomllib.loads(files("bot.programme.planning").joinpath("templates.toml").read_text("utf-8"))
    if set(raw) != {name.value for name in TemplateName}:
        raise ValueError("templates.toml and TemplateName must name the same templates")
    return {name: _template(name, raw[name.value]) for name in TemplateName}


def offered(language: Language) -> list[Template]:
    """The templates to choose from, those meant for readers of that language first."""
    return sorted(templates().values(), key=lambda one: language not in one.for_languages)


def _template(name: TemplateName, raw: Mapping[str, Any]) -> Template:
    languages = frozenset(Language(one) for one in raw.get("for_languages", ()))
    goals = tuple(TemplateGoal(goal["name"], tuple(_step(step) for step in goal["steps"])) for goal in raw["goals"])
    return Template(name, languages, goals)


def _step(raw: Mapping[str, str]) -> TemplateStep:
    kind = Measure(raw["kind"])
    return TemplateStep(kind, Helper(raw["helper"]) if "helper" in raw else usual_helper(kind))


def usual_helper(kind: Measure) -> Helper:
    """Who usually helps with such a step."""
    return USUAL_HELPER.get(kind, Helper.MENTOR)
