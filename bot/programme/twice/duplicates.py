"""Perhaps the same young person twice: no names are kept, so all the bot can do is to ask a programme lead. Pure.

Somebody who writes from a second Telegram account answers the same questions again within days, having come by the same
link. That is a hint and no more: two friends who opened one poster look the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.programme.rules import JOINED, Case
from bot.words import Language

WITHIN: Final = timedelta(days=7)
"""Between the two contacts; further apart, alike answers are chance."""

MOST_HINTS: Final = 3
"""About one new contact; more would say that everybody there is alike."""


@dataclass(frozen=True, slots=True)
class Trace:
    """All that a contact can be compared by."""

    case_id: int
    youth_id: int
    source_id: int | None
    municipality: str | None
    age_band: str
    wish: str | None
    language: Language
    opened_at: datetime


def are_alike(one: Trace, other: Trace) -> bool:
    """Whether contacts of two accounts are perhaps of one person; without a link there is too little to say."""
    if one.youth_id == other.youth_id or one.source_id is None or one.municipality is None:
        return False
    return abs(one.opened_at - other.opened_at) <= WITHIN and _answers(one) == _answers(other)


def _answers(trace: Trace) -> tuple[object, ...]:
    return trace.source_id, trace.municipality, trace.age_band, trace.wish, trace.language


def hints(new: Trace, others: Sequence[Trace]) -> list[Trace]:
    """Those to ask a lead about: the nearest in time first."""
    alike = [other for other in others if are_alike(new, other)]
    return sorted(alike, key=lambda other: (abs(new.opened_at - other.opened_at), other.case_id))[:MOST_HINTS]


@dataclass(frozen=True, slots=True)
class MayMerge:
    """The case of the account that is left ends as a duplicate."""


@dataclass(frozen=True, slots=True)
class HasJoined:
    """A programme runs under the account that was to be left: the entry counts there."""


@dataclass(frozen=True, slots=True)
class IsOver:
    """One of the two has ended already, so there is nothing to bring together."""


def merge(kept: Case, left: Case) -> MayMerge | HasJoined | IsOver:
    """Whether it can go on with `kept` alone."""
    if not kept.is_open or not left.is_open:
        return IsOver()
    return HasJoined() if left.stage in JOINED else MayMerge()
