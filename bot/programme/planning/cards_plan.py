"""Goals and steps in words, for whoever may read them: a young person and staff read the same plan."""

from collections.abc import Sequence
from typing import Final

from bot.programme.planning.goals import USUAL_HELPER, Goal, Helper, Step, StepState
from bot.turn import Keyboard
from bot.typed import shortened
from bot.words import Lines, Phrase, phrase

_SIGN: Final = {StepState.OPEN: "▫️", StepState.DONE: "✅", StepState.DROPPED: "✖️"}

IN_OVERVIEW: Final = 3
"""Open steps of each goal that an overview names; the goal's own page has them all."""

_CUT_GOAL, _CUT_STEP, _CUT_LABEL = 120, 60, 26
"""Characters of typed words in an overview and on a button."""

A_PAGE: Final = 3_000
"""Characters of a page, of the 4096 that a message holds, so that what stands around it has room."""

_AROUND: Final = 120
"""Characters of a line beside the typed words: kind of measure, day, who helps."""

A_ROW: Final = 6


def goal_words(goal: Goal) -> str | Phrase:
    """A goal as it was typed, or as every language says it."""
    return goal.words if goal.words is not None else phrase(f"programme.any.goal.{goal.template}")


def what(step: Step, most: int | None = None) -> Phrase:
    """What a step is: its kind, and whatever somebody added."""
    kind = phrase(f"programme.any.measure.{step.kind.value}")
    if step.words is None:
        return kind
    return phrase("programme.any.step.what", kind=kind, words=shortened(step.words, most) if most else step.words)


def step_line(step: Step, most: int | None = None) -> Phrase:
    """A step in a line: how it stands, what it is, until when, and who helps unless its kind says that already."""
    line = phrase("programme.any.step.line", sign=_SIGN[step.state], what=what(step, most))
    if step.due_on is not None:
        line = phrase("programme.any.step.until", line=line, due_on=step.due_on)
    if step.helper is Helper.SPECIALIST and USUAL_HELPER.get(step.kind) is Helper.SPECIALIST:
        return line
    return phrase("programme.any.step.helped", line=line, helper=phrase(f"programme.any.helper.{step.helper.value}"))


def heading(number: int, goal: Goal, most: int | None = None) -> Phrase:
    """A goal with its number and how far it has come; one without steps says so."""
    said = goal_words(goal)
    words = shortened(said, most) if most and isinstance(said, str) else said
    done = sum(step.state is StepState.DONE for step in goal.meant)
    if not goal.steps:
        return phrase("programme.any.goals.bare", number=number, goal=words)
    if goal.is_given_up:
        return phrase("programme.any.goals.given_up", number=number, goal=words)
    return phrase("programme.any.goals.heading", number=number, goal=words, done=done, of=len(goal.meant))


def overview(goals: Sequence[Goal]) -> Lines:
    """Every goal with its first open steps, short enough for one message whatever was typed."""
    lines = []
    for number, goal in enumerate(goals, start=1):
        still = [step for step in goal.steps if step.state is StepState.OPEN]
        lines.append(heading(number, goal, _CUT_GOAL))
        lines.extend(step_line(step, _CUT_STEP) for step in still[:IN_OVERVIEW])
        if len(still) > IN_OVERVIEW:
            lines.append(phrase("programme.any.goals.more", count=len(still) - IN_OVERVIEW))
    return Lines(tuple(lines))


def steps_of(goal: Goal) -> Lines:
    """All steps of a goal, each in full, with its number."""
    return Lines(
        tuple(
            phrase("programme.any.step.numbered", number=number, step=step_line(step))
            for number, step in enumerate(goal.steps, start=1)
        )
    )


def pages(goals: Sequence[Goal]) -> list[Lines]:
    """Every goal and every step in full, in as many pages as it takes."""
    found: list[list[Phrase]] = [[]]
    room = A_PAGE
    for number, goal in enumerate(goals, start=1):
        lines = [
            (heading(number, goal), len(goal.words or "")),
            *((step_line(s), len(s.words or "")) for s in goal.steps),
        ]
        for line, typed in lines:
            room -= typed + _AROUND
            if room < 0 and found[-1]:
                found.append([])
                room = A_PAGE - typed - _AROUND
            found[-1].append(line)
    return [Lines(tuple(page)) for page in found]


def label(words: str | Phrase) -> str | Phrase:
    """Words as a button has room for them."""
    return shortened(words, _CUT_LABEL) if isinstance(words, str) else words


def step_label(step: Step) -> str | Phrase:
    """A step on a button: its own words before its kind."""
    return label(step.words) if step.words is not None else what(step)


def in_rows(buttons: Keyboard, wide: int = A_ROW) -> Keyboard:
    """One-button rows laid beside each other."""
    flat = [one for row in buttons for one in row]
    return tuple(tuple(flat[at : at + wide]) for at in range(0, len(flat), wide))
