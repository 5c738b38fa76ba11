"""The page at the end: what the outcome means, one thing to do now, and how to come back. Pure; keys, no words."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.directory import rules as directory
from bot.screening.questionnaire import Answers, Outcome
from bot.screening.rules import may_be_written_to, municipality


class Way(StrEnum):
    """A way on from the page, as a button."""

    CLOSER = "closer"
    """"I am about to leave school": the answer deserves a closer look."""
    NVA = "nva"
    """The State Employment Agency's site."""
    TALK = "talk"
    """A person writes to them."""
    PLAN = "plan"
    """What happens next with their contact."""
    CORRECT = "correct"
    """Back to the last question."""
    START_OVER = "start_over"
    MENU = "menu"


@dataclass(frozen=True, slots=True)
class Page:
    """Keys of what is said, and the ways on."""

    means: str
    now: str
    notes: tuple[str, ...]
    ways: tuple[Way, ...]


_REFERRED: Final = {
    Outcome.REFER_CHILD: (Way.START_OVER,),
    Outcome.REFER_ADULT: (Way.NVA, Way.CORRECT),
    Outcome.REFER_STUDENT: (Way.CLOSER, Way.TALK, Way.CORRECT),
    Outcome.REFER_ACTIVE: (Way.NVA, Way.CLOSER, Way.TALK, Way.CORRECT),
    Outcome.REFER_NVA: (Way.NVA, Way.TALK, Way.CORRECT),
}
"""Outcomes that point somewhere else, each with its ways on."""

_COME_BACK: Final = "screening.youth.note.come_back"


def page(outcome: Outcome, answers: Answers) -> Page:
    """The page for this outcome after these answers."""
    means = f"screening.youth.outcome.{outcome.value}"
    if outcome in _REFERRED:
        return Page(means, f"screening.youth.now.{outcome.value}", (_COME_BACK,), _REFERRED[outcome])
    if may_be_written_to(answers):
        now = "screening.youth.now.with_parent" if answers["contact"] == "parent" else "screening.youth.now.contact"
        return Page(means, now, _notes(answers, contact=True), (Way.PLAN, Way.MENU))
    notes = (*_notes(answers, contact=False), "screening.youth.note.no_contact", _COME_BACK)
    return Page(means, "screening.youth.now.no_contact", notes, (Way.TALK, Way.CORRECT, Way.MENU))


def _notes(answers: Answers, *, contact: bool) -> tuple[str, ...]:
    """What is true of some: that nobody knows yet whether their municipality takes part, that 30 is near."""
    code = municipality(answers)
    place = directory.find(code) if code else None
    notes = []
    if place is None or not place.takes_part:
        notes.append("screening.youth.note.no_partner_asking" if contact else "screening.youth.note.no_partner")
    if answers.get("age") == "29":
        notes.append("screening.youth.note.nearly_thirty")
        if contact:
            notes.append("screening.youth.note.urgent")
    if contact:
        notes.append("screening.youth.note.code_name")
    return tuple(notes)
