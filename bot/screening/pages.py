"""The page at the end: what it means, what to do now, where else, whom to ask, how to come back. Pure; keys alone."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.directory import rules as directory
from bot.directory.services import Need, Service, fit
from bot.screening.ages import Band
from bot.screening.questionnaire import Answers, Outcome
from bot.screening.rules import may_be_written_to
from bot.words import Language


class Way(StrEnum):
    """A way on from the page, as a button. The first of a page is the one thing to do now, where a button can do it."""

    CHILD_CHAT = "child_chat"
    """The child line's page, to write to it."""
    CLOSER = "closer"
    """"I am about to leave school": the answer deserves a closer look."""
    NVA = "nva"
    """The State Employment Agency's site."""
    TALK = "talk"
    """A person writes to them."""
    PLAN = "plan"
    """What happens next with their contact."""
    CONTACTS = "contacts"
    """The contact card of their municipality, or the way to find one."""
    CORRECT = "correct"
    """Back to the last question."""
    START_OVER = "start_over"
    MENU = "menu"


@dataclass(frozen=True, slots=True)
class Page:
    """Keys of what is said, the services that fit, and the ways on. `now` tells of the first service already."""

    means: str
    now: str
    services: tuple[Service, ...]
    notes: tuple[str, ...]
    ways: tuple[Way, ...]

    @property
    def elsewhere(self) -> tuple[Service, ...]:
        """The services to be named beside what is to be done now."""
        return tuple(one for one in self.services[1:] if one.id != _CRISIS_LINE)[:_MOST_ELSEWHERE]


_MOST_ELSEWHERE: Final = 3
"""A longer list helps nobody choose."""

_CRISIS_LINE: Final = "crisis_line"
"""On the help card, which is one tap away from every page."""

REFERRED: Final = {
    Outcome.REFER_CHILD: (Way.CHILD_CHAT, Way.CONTACTS, Way.START_OVER),
    Outcome.REFER_ADULT: (Way.NVA, Way.CLOSER, Way.CONTACTS, Way.CORRECT),
    Outcome.REFER_STUDENT: (Way.CLOSER, Way.TALK, Way.CONTACTS, Way.CORRECT),
    Outcome.REFER_ACTIVE: (Way.NVA, Way.CLOSER, Way.TALK, Way.CONTACTS, Way.CORRECT),
    Outcome.REFER_NVA: (Way.NVA, Way.CLOSER, Way.TALK, Way.CONTACTS, Way.CORRECT),
}
"""Outcomes that point somewhere else, each with its ways on."""

_COME_BACK: Final = "screening.youth.note.come_back"


def page(outcome: Outcome, answers: Answers, language: Language, place: str | None) -> Page:
    """The page for this outcome after these answers, for somebody who reads that language and lives there (ISO 3166-2
    code; None where nobody knows)."""
    means = f"screening.youth.outcome.{outcome.value}"
    if outcome in REFERRED:
        age = Band.TEEN.value if outcome is Outcome.REFER_CHILD else answers.get("age")
        services = fit(Need(outcome.value), age, language, place)
        return Page(means, f"screening.youth.now.{outcome.value}", services, (_COME_BACK,), REFERRED[outcome])
    if may_be_written_to(answers):
        now = "screening.youth.now.with_parent" if answers["contact"] == "parent" else "screening.youth.now.contact"
        notes = _notes(answers, place, contact=True)
        return Page(means, now, (), notes, (Way.PLAN, Way.CONTACTS, Way.MENU))
    notes = (*_notes(answers, place, contact=False), "screening.youth.note.no_contact", _COME_BACK)
    return Page(means, "screening.youth.now.no_contact", (), notes, (Way.TALK, Way.CONTACTS, Way.CORRECT, Way.MENU))


def _notes(answers: Answers, code: str | None, *, contact: bool) -> tuple[str, ...]:
    """What is true of some: that nobody knows yet whether their municipality takes part, that 30 is near."""
    place = directory.find(code) if code else None
    notes = []
    if place is None or not place.takes_part:
        notes.append("screening.youth.note.no_partner_asking" if contact else "screening.youth.note.no_partner")
    if answers.get("age") == Band.LAST:
        notes.append("screening.youth.note.nearly_thirty")
        if contact:
            notes.append("screening.youth.note.urgent")
    if contact:
        notes.append("screening.youth.note.code_name")
    return tuple(notes)
