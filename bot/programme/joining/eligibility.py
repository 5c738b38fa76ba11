"""Who may join: four rules that a programme lead goes through in person, and on what ground the decision stands. Pure.

MK noteikumi Nr. 722 as JSPA tells it: 15 to 29 on the joining day, not studying, not working, not registered with NVA,
all four at once. What the sources leave open (evening school, parental leave, informal work) a person decides. The
decision is a move of the case with its ground as the reason, so it has a date and a name, and can be taken back.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from bot.programme.rules import Case, NotNow, Stage


class Rule(StrEnum):
    """What has to hold on the joining day."""

    AGE = "age"
    STUDY = "study"
    WORK = "work"
    NVA = "nva"


class Answer(StrEnum):
    """Whether a rule holds, as far as the lead knows; `ASK` is not sure."""

    YES = "yes"
    NO = "no"
    ASK = "ask"


class Ground(StrEnum):
    """Why somebody may join."""

    FOUR_RULES = "four_rules"
    PART_TIME_STUDY = "part_time_study"
    """Evening, distance or part-time study, or a break in it."""
    CHILD_CARE = "child_care"
    INFORMAL_WORK = "informal_work"
    """Seasonal or informal work, or a trade of one's own without income."""
    NVA_ENDS = "nva_ends"
    """Will not be registered with NVA any more on the joining day."""
    LOOKED_INTO = "looked_into"


TAKEN_BACK: Final = "decision_taken_back"
"""The reason of the move by which a decision to let somebody join is taken back."""


BROKEN: Final = {
    Rule.AGE: NotNow.OUTSIDE_AGE,
    Rule.STUDY: NotNow.STUDIES,
    Rule.WORK: NotNow.WORKS,
    Rule.NVA: NotNow.NVA,
}
"""What a rule that does not hold means for the case, should it rest."""


@dataclass(frozen=True, slots=True)
class MayJoin:
    """Nothing stands in the way, on that ground."""

    ground: Ground


@dataclass(frozen=True, slots=True)
class Missing:
    """This rule has not been gone through."""

    rule: Rule


@dataclass(frozen=True, slots=True)
class PersonDecides:
    """The rules do not say: the lead has to name the ground."""

    unsure: Sequence[Rule]


@dataclass(frozen=True, slots=True)
class MayNotJoin:
    """These rules do not hold, so there is no joining now."""

    broken: Sequence[Rule]


def decide(answers: Sequence[Answer | None], ground: Ground | None) -> MayJoin | Missing | PersonDecides | MayNotJoin:
    """What the answers to the four rules, in their order, come to; a ground helps only where nobody can be sure."""
    given = dict(zip(Rule, answers, strict=True))
    if (missing := next((rule for rule in Rule if given[rule] is None), None)) is not None:
        return Missing(missing)
    if broken := [rule for rule in Rule if given[rule] is Answer.NO]:
        return MayNotJoin(broken)
    if unsure := [rule for rule in Rule if given[rule] is Answer.ASK]:
        return PersonDecides(unsure) if ground is None or ground is Ground.FOUR_RULES else MayJoin(ground)
    return MayJoin(Ground.FOUR_RULES)


def stands(case: Case) -> Ground | None:
    """The ground on which a lead decided that they may join; None where nobody has, or it was taken back."""
    if case.stage not in (Stage.PROFILING, Stage.PROGRAMME):
        return None
    return next((ground for ground in Ground if ground.value == case.stage_reason), None)


def may_take_back(case: Case, today: date) -> bool:
    """Whether the decision can still be taken back: until the joining day, which is frozen in the entry snapshot."""
    if stands(case) is None:
        return False
    return case.stage is Stage.PROFILING or (case.starts_on is not None and today < case.starts_on)
