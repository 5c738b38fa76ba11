"""What can be pressed about who may join, and the questions that a programme lead goes through."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar, assert_never

from bot.actions import Action
from bot.programme import rules
from bot.programme.joining import eligibility
from bot.programme.joining.eligibility import BROKEN, Answer, Ground, Rule
from bot.programme.keepers import youth_of
from bot.programme.rules import Case, Stage
from bot.programme.screens import ChooseElsewhere, ChooseNotNow, End, back_to
from bot.turn import Keyboard, Turn, button
from bot.words import Lines, phrase


@dataclass(frozen=True, slots=True)
class Check(Action):
    """The answers to the four rules so far, and the ground where the rules do not say."""

    tag: ClassVar[str] = "programme.check"
    case: int
    age: Answer | None = None
    study: Answer | None = None
    work: Answer | None = None
    nva: Answer | None = None
    ground: Ground | None = None


@dataclass(frozen=True, slots=True)
class TakeBack(Action):
    """Take the decision that somebody may join back; asked once more unless `sure`."""

    tag: ClassVar[str] = "programme.take_back"
    case: int
    sure: bool = False


def is_wanted(turn: Turn, case: Case) -> bool:
    """Whether this person, who leads there, has yet to say that the young person may join."""
    return rules.may_decide(turn.person, case) and eligibility.stands(case) is None


async def ask(turn: Turn, case: Case) -> None:
    """All four rules at one look: mostly they hold, which is one tap; otherwise they are gone through one by one."""
    four = Check(case.id, Answer.YES, Answer.YES, Answer.YES, Answer.YES)
    keyboard = (
        (button("programme.staff.button.four_rules_hold", four),),
        (button("programme.staff.button.one_by_one", Check(case.id)),),
        back_to(case.id),
    )
    await _show(turn, case, "programme.staff.check.all", keyboard)


async def ask_rule(turn: Turn, case: Case, given: Check, rule: Rule) -> None:
    """One rule, with the three answers."""
    answers = tuple(
        (button(f"programme.staff.button.rule.{answer.value}", _answered(given, rule, answer)),) for answer in Answer
    )
    await _show(turn, case, f"programme.staff.check.{rule.value}", (*answers, back_to(case.id)))


async def ask_ground(turn: Turn, case: Case, given: Check, unsure: Sequence[Rule]) -> None:
    """The rules do not say: the lead names the ground, or puts it off."""
    grounds = tuple(
        (button(f"programme.any.reason.{ground.value}", replace(given, ground=ground)),)
        for ground in Ground
        if ground is not Ground.FOUR_RULES
    )
    not_now = (button("programme.staff.button.not_now", ChooseNotNow(case.id)),)
    await _show(turn, case, "programme.staff.check.person_decides", (*grounds, not_now, back_to(case.id)), unsure)


async def say_why_not(turn: Turn, case: Case, broken: Sequence[Rule]) -> None:
    """A rule does not hold: what can be done instead, and the way to correct an answer."""
    reasons = tuple(
        (button(f"programme.staff.button.rest.{rule.value}", End(case.id, Stage.NOT_NOW, None, False, BROKEN[rule])),)
        for rule in broken
    )
    keyboard = (
        *reasons,
        (button("programme.staff.button.elsewhere", ChooseElsewhere(case.id)),),
        (button("programme.staff.button.check_again", Check(case.id)),),
        back_to(case.id),
    )
    await _show(turn, case, "programme.staff.check.not_now", keyboard, broken)


def _answered(given: Check, rule: Rule, answer: Answer) -> Check:
    match rule:
        case Rule.AGE:
            return replace(given, age=answer)
        case Rule.STUDY:
            return replace(given, study=answer)
        case Rule.WORK:
            return replace(given, work=answer)
        case Rule.NVA:
            return replace(given, nva=answer)
        case never:
            assert_never(never)


async def _show(turn: Turn, case: Case, key: str, keyboard: Keyboard, of: Sequence[Rule] = ()) -> None:
    youth = await youth_of(turn.db, case)
    rule_lines = Lines(tuple(phrase(f"programme.any.rule.{rule.value}") for rule in of or Rule))
    turn.replace(key, keyboard=keyboard, about=youth.id, code_name=youth.code_name, rules=rule_lines)
