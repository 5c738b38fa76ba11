"""Invitations to meet are numbered within their case: only the latest counts, and its first answer stands."""

from dataclasses import dataclass
from enum import StrEnum


class MeetingAnswer(StrEnum):
    """What a young person says to an invitation."""

    SUITS = "suits"
    OTHER = "other"
    """Another time or place, please."""


@dataclass(frozen=True, slots=True)
class MayAnswer:
    """It is the latest invitation, and it waits for an answer."""


@dataclass(frozen=True, slots=True)
class OlderInvitation:
    """The mentor has invited anew since, or another mentor has taken over."""


@dataclass(frozen=True, slots=True)
class AnsweredBefore:
    """The latest invitation has this answer already."""

    answer: MeetingAnswer


def answer(pressed: int, latest: int, stands: MeetingAnswer | None) -> MayAnswer | OlderInvitation | AnsweredBefore:
    """Whether a press under invitation number `pressed` answers the latest one, whose answer so far is `stands`."""
    if stands is not None:
        return AnsweredBefore(stands)
    return MayAnswer() if pressed == latest else OlderInvitation()
