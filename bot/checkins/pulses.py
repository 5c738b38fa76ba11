"""What the answers to "how are you" mean for the mentor: a reason to get in touch, never a label. Pure."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.checkins.rules import LOW_PULSE
from bot.programme.rules import Case, deputises, mentors
from bot.roles import Person

DROP: Final = 2
"""So many points lower than the answer before it."""

SHOWN: Final = 12
"""Answers in the picture: a quarter of a year, week by week."""

MOST_WORDS: Final = 500
"""Characters that may be added to an answer."""


@dataclass(frozen=True, slots=True)
class Point:
    """One answer, 1 to 5, on its local day."""

    on: date
    pulse: int


@dataclass(frozen=True, slots=True)
class Words:
    """What was added to an answer, and whether the mentor may read it."""

    pulse: int
    words: str
    shared: bool

    @property
    def version(self) -> str:
        """Names these very words, without telling them."""
        return hashlib.sha256(self.words.encode()).hexdigest()[:12]


def may_see(person: Person, case: Case) -> bool:
    """Who was promised to see the number: the mentor and whoever stands in for them; no lead, no coordinator."""
    return mentors(person, case) or deputises(person, case)


def is_drop(answers: Sequence[int]) -> bool:
    """Whether the last of these answers, oldest first, is where it got clearly harder: two points lower than the one
    before, or the second low one in a row. Within one hard time only its beginning counts, and a further fall."""
    if _fell(answers):
        return True
    return _low_twice(answers) and not (_fell(answers[:-1]) or _low_twice(answers[:-1]))


def _fell(answers: Sequence[int]) -> bool:
    return len(answers) > 1 and answers[-2] - answers[-1] >= DROP


def _low_twice(answers: Sequence[int]) -> bool:
    return len(answers) > 1 and max(answers[-2:]) <= LOW_PULSE
