"""Two organisations that fit: asked both, introduced once both agreed. Pure."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

ANSWER_WITHIN_DAYS: Final = 5
"""Working days after which whoever has not answered is reminded, and after which, as many later, it ends."""


class Says(StrEnum):
    """What one of the two says."""

    YES = "yes"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Match:
    """Two wishes that fit, and what their owners say. Moments are aware, in UTC."""

    id: int
    wish_id: int
    other_id: int
    wish_says: Says | None = None
    other_says: Says | None = None
    next_at: datetime | None = None
    reminded_at: datetime | None = None
    introduced_at: datetime | None = None
    ended_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        return self.introduced_at is None and self.ended_at is None

    def said_by(self, wish_id: int) -> Says | None:
        """What the owner of that wish has said."""
        return self.wish_says if wish_id == self.wish_id else self.other_says

    def across(self, wish_id: int) -> int:
        """The other wish of the two."""
        return self.other_id if wish_id == self.wish_id else self.wish_id


@dataclass(frozen=True, slots=True)
class Waiting:
    """Kept; the other has not answered yet."""

    match: Match


@dataclass(frozen=True, slots=True)
class Introduced:
    """Both agreed."""

    match: Match


@dataclass(frozen=True, slots=True)
class Ended:
    """One said no. The other is told only where they had said yes and wait for an answer."""

    match: Match
    tells_other: bool


class Over:
    """It was decided before."""


def say(match: Match, wish_id: int, says: Says, now: datetime) -> Waiting | Introduced | Ended | Over:
    """What the owner of that wish answers; a yes can become a no until the other has agreed too."""
    if not match.is_open:
        return Over()
    changed = replace(match, wish_says=says) if wish_id == match.wish_id else replace(match, other_says=says)
    theirs = match.said_by(match.across(wish_id))
    if says is Says.NO:
        return Ended(replace(changed, ended_at=now, next_at=None), tells_other=theirs is Says.YES)
    if theirs is Says.YES:
        return Introduced(replace(changed, introduced_at=now, next_at=None))
    return Waiting(changed)


def ended(match: Match, now: datetime) -> Match:
    """It came to nothing."""
    return replace(match, ended_at=now, next_at=None)


def reminded(match: Match, now: datetime, next_at: datetime) -> Match:
    """Whoever has not answered was reminded."""
    return replace(match, reminded_at=now, next_at=next_at)


def silent(match: Match) -> tuple[int, ...]:
    """The wishes whose owners have not answered."""
    return tuple(one for one in (match.wish_id, match.other_id) if match.said_by(one) is None)
