"""A young person would like another mentor: who may know of it, and what follows when nobody decides.

Whoever guides the case, as its mentor or as a deputy, never learns of it, whatever else they are (O16). Where the
mentor leads the municipality too (S4.4), the coordinators decide in their place.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Final

from bot.calendar import Hours, Kind, add_working_days, allowed
from bot.programme.rules import Case
from bot.roles import Person, Role

MOST_WORDS: Final = 300
"""Characters of what the young person may add."""

DECIDE_WITHIN: Final = 2
PASS_ON_AFTER: Final = 1
"""Working days until those who decide are reminded, and from there until the next in line are told."""

TALK_WITHIN: Final = 5
"""Working days in which a talk should come about, before the same two steps begin."""

ASK_AGAIN_AFTER: Final = 1
"""Working days until it is looked again for somebody who may decide, while there is nobody."""


class Step(IntEnum):
    """How far the question has gone."""

    ASKED = 0
    REMINDED = 1
    PASSED_ON = 2
    """The next in line know of it too."""


class Ending(StrEnum):
    """What came of it. A talk is no end: the wish stays open until somebody decides."""

    TALK = "talk"
    CHANGED = "changed"
    REFUSED = "refused"
    TAKEN_BACK = "taken_back"
    CASE_ENDED = "case_ended"


class Refusal(StrEnum):
    """Why there is no other mentor now, as the young person is told."""

    NO_ROOM = "no_room"
    ONLY_ONE = "only_one"
    NO_LANGUAGE = "no_language"
    AGREED = "agreed"
    """They talked, and want to go on together."""


@dataclass(frozen=True, slots=True)
class Wish:
    """One wish. `words` are the young person's own; moments are UTC."""

    id: int
    case_id: int
    words: str | None = field(repr=False)
    opened_at: datetime
    next_at: datetime | None
    step: Step
    outcome: str | None
    decided_at: datetime | None

    @property
    def is_open(self) -> bool:
        return self.decided_at is None


Line = Sequence[Sequence[Person]]
"""Who may decide, step by step, empty steps left out."""


def line(case: Case, *steps: Sequence[Person]) -> Line:
    """The steps without whoever guides the case."""
    kept = [[one for one in step if not _guides(one, case)] for step in steps]
    return [step for step in kept if step]


def _guides(person: Person, case: Case) -> bool:
    return person.id in (case.mentor_id, case.deputy_id, case.youth_id)


def knowing(wish: Wish, deciding: Line) -> Sequence[Person]:
    """Who may see this wish now."""
    told = 2 if wish.step is Step.PASSED_ON else 1
    return [one for step in deciding[:told] for one in step]


def may_know(person: Person, case: Case, wish: Wish, deciding: Line) -> bool:
    """Whether this person may see the wish: they decide, and neither guide the case nor have lost their role there."""
    holds = any(person.holds(role, case.municipality) for role in (Role.LEAD, Role.COORDINATOR))
    return holds and not _guides(person, case) and person.id in [one.id for one in knowing(wish, deciding)]


def remind_at(now: datetime, hours: Hours) -> datetime:
    """When those who decide are reminded (UTC, in working time)."""
    return _after(now, DECIDE_WITHIN, hours)


def pass_on_at(now: datetime, hours: Hours) -> datetime:
    """When the next in line are told, once the reminder was sent (UTC, in working time)."""
    return _after(now, PASS_ON_AFTER, hours)


def after_talk_at(now: datetime, hours: Hours) -> datetime:
    """When somebody who said that they would talk first is reminded (UTC, in working time)."""
    return _after(now, TALK_WITHIN, hours)


def look_again_at(now: datetime, hours: Hours) -> datetime:
    """When it is looked again whether somebody may decide (UTC, in working time)."""
    return _after(now, ASK_AGAIN_AFTER, hours)


def _after(now: datetime, days: int, hours: Hours) -> datetime:
    return allowed(add_working_days(now, days, hours), hours, Kind.WORK).at
