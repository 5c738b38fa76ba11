"""Giving cases from one mentor to another: who fits each best, so that nobody gets more than one may guide."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.programme import rules
from bot.programme.rules import Candidate, Case
from bot.roles import Person, Role
from bot.words import Language

MOST_NOTE: Final = 500
"""Characters of the note for the next mentor."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A case that needs another mentor, the language of its young person, and who could be that."""

    case: Case
    language: Language
    candidates: Sequence[Candidate]


@dataclass(frozen=True, slots=True)
class Proposal:
    """Who fits a case best; nobody where all are full."""

    case: Case
    mentor: Person | None


def propose(choices: Sequence[Choice]) -> list[Proposal]:
    """The best fit for each case in turn; what one is given by this counts at once."""
    given: Counter[int] = Counter()
    proposals = []
    for choice in choices:
        loaded = [
            replace(one, load=replace(one.load, active=one.load.active + given[one.mentor.id]))
            for one in choice.candidates
        ]
        ordered = rules.in_order(loaded, choice.case.municipality, choice.language)
        best = next((one.mentor for one in ordered if not one.is_full), None)
        if best is not None:
            given[best.id] += 1
        proposals.append(Proposal(choice.case, best))
    return proposals


def digest(proposals: Sequence[Proposal]) -> str:
    """What was shown, in a few characters: whoever confirms it confirms this and nothing else."""
    pairs = ",".join(f"{one.case.id}:{one.case.mentor_id}>{one.mentor.id if one.mentor else ''}" for one in proposals)
    return hashlib.sha256(pairs.encode()).hexdigest()[:12]


def may_take(case: Case, before: int | None, candidate: Candidate) -> bool:
    """Whether the case can go to this candidate: it is open and still with whom it was, who is somebody else, and the
    candidate is a mentor there with room."""
    mentor = candidate.mentor
    return (
        case.is_open
        and case.mentor_id == before
        and mentor.id not in (before, case.youth_id)
        and mentor.holds(Role.MENTOR, case.municipality)
        and not candidate.is_full
    )
