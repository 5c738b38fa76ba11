"""Taking up an ended case again: whether it may be, where it then stands, and whether its mentor can go on. Pure."""

from dataclasses import dataclass
from enum import StrEnum

from bot.programme.rules import Candidate, Case, Stage
from bot.roles import Role


class Comeback(StrEnum):
    """Why a case is taken up again."""

    ASKED = "asked_again"
    CHANGED = "things_changed"
    BREAK_OVER = "break_over"
    MISTAKE = "ended_by_mistake"
    OTHER = "came_back"


@dataclass(frozen=True, slots=True)
class Reopened:
    """It goes on at `stage`; without a mentor it waits for one as a new contact does."""

    stage: Stage
    mentor_id: int | None


@dataclass(frozen=True, slots=True)
class IsOpen:
    """Somebody was quicker, or it never ended."""


@dataclass(frozen=True, slots=True)
class HasNewerCase:
    """The young person came again by themselves: that case counts."""


@dataclass(frozen=True, slots=True)
class MustAgreeAnew:
    """They asked not to be written to. Only they can change that, so nothing is taken up over their heads."""


def reopen(
    case: Case, *, is_newest: bool, may_be_written_to: bool, mentor: Candidate | None
) -> Reopened | IsOpen | HasNewerCase | MustAgreeAnew:
    """Whether the case may be taken up again; the mentor it had goes on where they still are one there, with room."""
    if case.is_open:
        return IsOpen()
    if not is_newest:
        return HasNewerCase()
    if not may_be_written_to:
        return MustAgreeAnew()
    if mentor is None or mentor.is_full or not mentor.mentor.holds(Role.MENTOR, case.municipality):
        return Reopened(Stage.CONTACT, None)
    return Reopened(Stage.PROFILING, mentor.mentor.id)
