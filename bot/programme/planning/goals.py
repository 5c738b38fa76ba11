"""Goals and the steps to them: what an individual programme holds, within its limits.

The kinds of measure are those that sources of the programme name; there is no menu of measures beyond them, each
programme is drawn up for one person.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Final

from bot.calendar import add_months
from bot.programme import rules
from bot.programme.rules import Case, Stage
from bot.roles import Person

MOST_GOALS: Final = 5
MOST_STEPS: Final = 12
MOST_WORDS: Final = 200
"""How many goals a plan has, how many steps a goal, and how many characters the words of each: a plan that is longer is
read by nobody, and a page of it would not fit into a message."""

_BEFORE_IT_IS_SETTLED: Final = 12
"""Months ahead that a step may be due before the programme's last day is known; this only keeps out slips of typing, as
the plan is held against that last day when it goes to the lead."""

_DIGEST: Final = 16


class Measure(StrEnum):
    """What a step is."""

    PSYCHOLOGIST = "psychologist"
    COACH = "coach"
    CAREER = "career"
    MEDICAL = "medical"
    LEARNING = "learning"
    TRADE = "trade"
    DRIVING = "driving"
    LANGUAGE_LV = "language_lv"
    LANGUAGE_EN = "language_en"
    SHADOWING = "shadowing"
    EVENTS = "events"
    VOLUNTEERING = "volunteering"
    COMMUNITY = "community"
    ACCESS = "access"
    """Support for somebody with a disability; said plainly to whom it concerns, never counted from here."""
    APPLYING = "applying"
    BUSINESS = "business"
    OTHER = "other"


class Helper(StrEnum):
    """Who helps with a step: several people stand by one young person."""

    YOUTH = "youth"
    MENTOR = "mentor"
    LEAD = "lead"
    SPECIALIST = "specialist"
    PARTNER = "partner"
    FAMILY = "family"


class StepState(StrEnum):
    """Where a step stands."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"
    """It was agreed to once and is no longer meant."""


USUAL_HELPER: Final[Mapping[Measure, Helper]] = {
    Measure.PSYCHOLOGIST: Helper.SPECIALIST,
    Measure.COACH: Helper.SPECIALIST,
    Measure.CAREER: Helper.SPECIALIST,
    Measure.MEDICAL: Helper.SPECIALIST,
    Measure.TRADE: Helper.PARTNER,
    Measure.DRIVING: Helper.PARTNER,
    Measure.LANGUAGE_LV: Helper.PARTNER,
    Measure.LANGUAGE_EN: Helper.PARTNER,
    Measure.COMMUNITY: Helper.PARTNER,
}
"""Who helps until somebody says otherwise; with the rest it is the mentor."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step to a goal. Without `words` it is its kind that is said. `due_on` is a day of the programme's period."""

    id: int
    goal_id: int
    position: int
    kind: Measure
    words: str | None
    due_on: date | None
    helper: Helper
    state: StepState = StepState.OPEN

    @property
    def is_meant(self) -> bool:
        return self.state is not StepState.DROPPED


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal with its steps in their order: in somebody's words, or one of a template, which every language knows."""

    id: int
    case_id: int
    position: int
    template: str | None
    words: str | None
    steps: tuple[Step, ...] = ()

    @property
    def meant(self) -> tuple[Step, ...]:
        """The steps that were not dropped."""
        return tuple(step for step in self.steps if step.is_meant)

    @property
    def is_given_up(self) -> bool:
        """Whether there were steps and all were dropped: it is kept, but no part of the plan any more."""
        return bool(self.steps) and not self.meant


def meant(goals: Sequence[Goal]) -> tuple[Goal, ...]:
    """The goals of the plan as it is meant now, each with the steps that were not dropped."""
    return tuple(replace(goal, steps=goal.meant) for goal in goals if not goal.is_given_up)


# --- who may, and what ------------------------------------------------------------------------------------------

_WRITTEN_AT: Final = (Stage.PROFILING, Stage.PROGRAMME, Stage.PAUSED, Stage.AFTERCARE)


def may_read(person: Person, case: Case) -> bool:
    """Whether they may read the plan as it is written: its mentor, or who leads there."""
    return person.id != case.youth_id and rules.may_guide(person, case)


def may_write(person: Person, case: Case) -> bool:
    """Whether they may write the plan now."""
    return may_read(person, case) and case.stage in _WRITTEN_AT


def has_room(goals: Sequence[Goal]) -> bool:
    return len(meant(goals)) < MOST_GOALS


def has_room_for_step(goal: Goal) -> bool:
    return len(goal.meant) < MOST_STEPS


@dataclass(frozen=True, slots=True)
class TooLong:
    """More characters than fit."""


@dataclass(frozen=True, slots=True)
class NoWords:
    """Nothing but blanks."""


def worded(text: str) -> str | TooLong | NoWords:
    """A typed line as it is kept: blanks and line breaks are one blank each."""
    words = " ".join(text.split())
    if not words:
        return NoWords()
    return words if len(words) <= MOST_WORDS else TooLong()


# --- days -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Period:
    """The days on which a step may be due, both included."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


def period(case: Case, today: date) -> Period:
    """From today, or from the first day where that lies ahead, to the last day of the programme or of what follows it.

    Before that day is settled, a year ahead.
    """
    last = case.aftercare_until if case.stage is Stage.AFTERCARE else case.ends_on
    if last is None:
        last = add_months(today, _BEFORE_IT_IS_SETTLED)
    first = today if case.starts_on is None else max(today, case.starts_on)
    return Period(min(first, last), last)


def offered_days(within: Period) -> tuple[date, ...]:
    """Days to choose from: in two weeks, in one, two and three months, and the last day."""
    days = {
        within.first + timedelta(days=14), *(add_months(within.first, months) for months in (1, 2, 3)), within.last,
    }  # fmt: skip
    return tuple(sorted(day for day in days if day in within))


# --- order ------------------------------------------------------------------------------------------------------


def moved(ids: Sequence[int], which: int, to: int) -> list[int]:
    """The same numbers with one of them at that place, counted from 0; beyond the ends it stands at the end."""
    order = [one for one in ids if one != which]
    order.insert(min(max(to, 0), len(order)), which)
    return order


# --- what exactly was agreed to ---------------------------------------------------------------------------------

Content = list[dict[str, Any]]
"""Goals and steps as JSON holds them; what was done is not among it."""


def content(goals: Sequence[Goal]) -> Content:
    """What is laid before the lead: everything that is meant, in its order, with the numbers of its rows."""
    return [
        {
            "goal": goal.id,
            "template": goal.template,
            "words": goal.words,
            "steps": [
                {
                    "step": step.id,
                    "kind": step.kind.value,
                    "words": step.words,
                    "due_on": step.due_on.isoformat() if step.due_on else None,
                    "helper": step.helper.value,
                }
                for step in goal.steps
            ],
        }
        for goal in meant(goals)
    ]


def digest(laid: Content) -> str:
    """Sixteen letters that change with every word, day, helper and place in the order, and not with a tick."""
    told = [
        {**goal, "goal": None, "steps": [{**step, "step": None} for step in goal["steps"]]} for goal in laid
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:_DIGEST]


def agreed(case_id: int, laid: Content, states: Mapping[int, StepState]) -> tuple[Goal, ...]:
    """What was laid before the lead as goals again, with how its steps stand now; one that is gone was dropped."""
    goals = []
    for place, one in enumerate(laid):
        steps = tuple(
            Step(
                step["step"],
                one["goal"],
                number,
                Measure(step["kind"]),
                step["words"],
                date.fromisoformat(step["due_on"]) if step["due_on"] else None,
                Helper(step["helper"]),
                states.get(step["step"], StepState.DROPPED),
            )
            for number, step in enumerate(one["steps"])
        )
        goals.append(Goal(one["goal"], case_id, place, one["template"], one["words"], steps))
    return tuple(goals)
